"""`recaudo medir`: a benchmark beside its physical floor, measured in the same run.

Each benchmark is a module here with `medir(*, escala: Decimal) -> dict` (filas, segundos,
filas_por_segundo, piso_segundos, razon_al_piso). Add its name to MEDICIONES.
"""

import importlib
from decimal import Decimal, InvalidOperation
from typing import Annotated, Final

import typer

from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.aplicacion import Aplicacion

MEDICIONES: Final = ("pdf",)
TODO: Final = "todo"
app = Aplicacion(help="Mide una operación junto a su piso físico.")


@app.command()
@salida.responde_errores
def medir(
    nombre: Annotated[str, typer.Argument(help=f"Una de: {', '.join(MEDICIONES)}; o todo.")],
    *,
    escala: Annotated[
        str, typer.Option("--escala", help="Multiplica el tamaño: 0.1, 1, 10.")
    ] = "1",
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON por medición.")] = False,
) -> None:
    """Mide una operación y, en la misma corrida, lo menos que esta máquina puede tardar en ella."""
    factor = _factor(escala)
    nombres = MEDICIONES if nombre == TODO else (nombre,)
    if not set(nombres) <= set(MEDICIONES):
        msg = f"«{nombre}» no existe. Use una de: {', '.join(MEDICIONES)}; o todo."
        raise salida.UsoIncorrecto(msg)
    for una in nombres:
        modulo = importlib.import_module(f"{__name__}.{una}")
        resultado = {"nombre": una, **modulo.medir(escala=factor)}
        plano = {k: v if isinstance(v, int) else str(v) for k, v in resultado.items()}
        if json:
            salida.emitir_json(plano)
        else:
            salida.mostrar_ficha(f"Medición: {una}", plano)


def _factor(texto: str) -> Decimal:
    try:
        factor = Decimal(texto)
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 0:
        msg = f"--escala: «{texto}» no es un número mayor que cero. Escriba por ejemplo 0.1."
        raise salida.UsoIncorrecto(msg)
    return factor
