"""`recaudo cartera`: the daily close from the command line."""

from datetime import date
from typing import Annotated, Any

import typer
from django.db import transaction

from recaudo.domain.cartera.actions.cerrar_dia import ResultadoDeCierre, cerrar_dia
from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.lectura import leer_fecha
from recaudo.interfaces.batch.programa import Programa

app = Programa(help="Cierra los días de cartera: mora, glosas y términos.")


@app.callback()
def _raiz() -> None:
    """Keep it a group, whatever it holds."""


@app.command("cerrar-dia")
@salida.responde_errores
def cerrar(
    *,
    fecha: Annotated[str, typer.Option("--fecha", help="Último día que se cierra, AAAA-MM-DD.")],
    ejecutar: Annotated[
        bool, typer.Option("--ejecutar", help="Cierra de verdad; sin esto solo se ensaya.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Cierra, en orden y una sola vez, cada día que falta hasta la fecha."""
    hasta = leer_fecha(fecha, "--fecha")
    with salida.progreso("Cerrando días de cartera"):
        resultado = _cerrar(hasta, ejecutar=ejecutar)
    plano = _plano(resultado)
    if json:
        salida.emitir_json(plano)
    else:
        ficha = {"Días cerrados": plano["dias_cerrados"], **plano["eventos"]}
        salida.mostrar_ficha("Cierre de cartera", ficha)
    salida.avisar_ensayo(ejecutar=ejecutar)


def _cerrar(hasta: date, *, ejecutar: bool) -> ResultadoDeCierre:
    """Close, or do the same and undo it all."""
    por, hoy = Actor.sistema("Orden de cierre"), clock.hoy()
    if ejecutar:
        return cerrar_dia(fecha=hasta, por=por, hoy=hoy)
    with transaction.atomic():
        resultado = cerrar_dia(fecha=hasta, por=por, hoy=hoy)
        transaction.set_rollback(True)
    return resultado


def _plano(resultado: ResultadoDeCierre) -> dict[str, Any]:
    return {"dias_cerrados": resultado.dias_cerrados, "eventos": dict(resultado.eventos)}
