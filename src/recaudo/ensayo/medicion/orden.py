"""The command itself."""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

from recaudo.ensayo.medicion.registro import MEDICIONES, Medicion
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa

app = Programa(help="Mide una operación junto a su piso físico.")
TODO = "todo"


@app.command()
@salida.responde_errores
def medir(
    *,
    nombre: Annotated[str, typer.Argument(help="Qué medir, o «todo».")],
    escala: Annotated[
        float | None,
        typer.Option("--escala", help="1 es el país entero; sin ella, la usual de cada medición."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Mide una operación y el piso físico de esta máquina para las mismas filas."""
    if escala is not None and not 0 < escala <= 10:
        msg = f"La escala {escala} no sirve: use un número mayor que 0 y hasta 10."
        raise salida.UsoIncorrecto(msg)
    hechas = [
        _medir(medicion, escala or medicion.escala, mostrar=not json)
        for medicion in _elegidas(nombre)
    ]
    if json:
        salida.emitir_json({"mediciones": hechas} if nombre == TODO else hechas[0])


def _elegidas(nombre: str) -> list[Medicion]:
    cargar_mediciones()
    if nombre == TODO:
        return [MEDICIONES[clave] for clave in sorted(MEDICIONES)]
    if nombre not in MEDICIONES:
        msg = f"No existe la medición «{nombre}»: use {', '.join(sorted(MEDICIONES))} o {TODO}."
        raise salida.UsoIncorrecto(msg)
    return [MEDICIONES[nombre]]


def cargar_mediciones() -> None:
    """Import every module of this package, so that each registers its benchmarks."""
    paquete = import_module("recaudo.ensayo.medicion")
    for modulo in pkgutil.iter_modules(paquete.__path__):
        import_module(f"{paquete.__name__}.{modulo.name}")


def _medir(medicion: Medicion, escala: float, *, mostrar: bool) -> dict[str, Any]:
    with salida.progreso(f"Midiendo {medicion.nombre}"):
        plano = medicion.funcion(escala).plano(medicion.nombre)
    if mostrar:
        tablas = {clave: valor for clave, valor in plano.items() if isinstance(valor, Mapping)}
        simples = {clave: valor for clave, valor in plano.items() if clave not in tablas}
        salida.mostrar_ficha(medicion.ayuda, simples)
        for clave, tabla in tablas.items():
            salida.mostrar_filas(clave, ("Qué", clave), list(tabla.items()))
    return plano
