"""`recaudo auditoria`: every money and legal invariant, on the database as it is now."""

from typing import Annotated, Any

import typer

from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.text import contar
from recaudo.reports.auditoria.actions.auditar_y_anotar import auditar_y_anotar
from recaudo.reports.auditoria.ejecutar import Auditoria, ResultadoInvariante
from recaudo.reports.auditoria.invariantes import INVARIANTES

app = Programa(help="Comprueba los invariantes de los libros.", no_args_is_help=False)


@app.command()
@salida.responde_errores
def auditoria(
    *,
    incremental: Annotated[
        bool,
        typer.Option("--incremental", help="Solo lo escrito desde la última auditoría sin faltas."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Comprueba cada invariante; termina con 1 si alguno está roto o no se pudo comprobar."""
    with salida.progreso("Comprobando invariantes", total=len(INVARIANTES)) as avanzar:
        hecha = auditar_y_anotar(
            incremental=incremental,
            por=Actor.sistema("Orden de auditoría"),
            hoy=clock.hoy(),
            al_terminar=lambda _: avanzar(1),
        )
    if json:
        salida.emitir_json({"invariantes": [_plano(r) for r in hecha.resultados]})
    else:
        _mostrar(hecha)
    if hecha.violaciones:
        raise typer.Exit(salida.RECHAZADO)


def _plano(resultado: ResultadoInvariante) -> dict[str, Any]:
    return {
        "id": resultado.id,
        "severidad": resultado.severidad,
        "violaciones": resultado.violaciones,
        "muestra": list(resultado.muestra),
        "segundos": float(resultado.segundos),
    }


def _mostrar(hecha: Auditoria) -> None:
    salida.mostrar_filas(
        "Auditoría del libro",
        ("Código", "Qué debe cumplirse", "Si se rompe", "Resultado", "Segundos"),
        [(r.id, r.titulo, r.severidad, _veredicto(r), r.segundos) for r in hecha.resultados],
    )
    for resultado in hecha.resultados:
        for fila in resultado.muestra[:5]:
            detalle = ", ".join(f"{clave} {valor}" for clave, valor in fila.items())
            salida.avisar(f"{resultado.id}: {detalle}")
    if hecha.violaciones:
        cuantas = contar(hecha.violaciones, "violación", "violaciones")
        salida.avisar(f"{cuantas}. Detenga lo afectado y revise la muestra.")
    else:
        salida.avisar(f"Sin faltas: {len(hecha.resultados)} invariantes comprobados.")


def _veredicto(resultado: ResultadoInvariante) -> str:
    if resultado.fallo:
        return "no se pudo comprobar"
    if not resultado.violaciones:
        return "cumple"
    return contar(resultado.violaciones, "violación", "violaciones")
