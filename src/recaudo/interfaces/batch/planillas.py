"""`recaudo planillas`: the monthly emission from the command line."""

from typing import Annotated, Any

import typer

from recaudo.domain.planillas.actions.emitir_planillas import ResultadoEmision, emitir_planillas
from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.period import Periodo

app = Programa(help="Emite las planillas de un período.")


@app.callback()
def _raiz() -> None:
    """Keep it a group, whatever it holds."""


@app.command("emitir")
@salida.responde_errores
def emitir(
    *,
    periodo: Annotated[str, typer.Option("--periodo", help="Mes de trabajo, AAAA-MM.")],
    ruc: Annotated[str | None, typer.Option("--ruc", help="Solo este empleador.")] = None,
    sucursal: Annotated[
        str | None, typer.Option("--sucursal", help="Solo esta sucursal, cuatro dígitos.")
    ] = None,
    trabajadores: Annotated[
        int, typer.Option("--trabajadores", min=1, max=32, help="Lotes que se emiten a la vez.")
    ] = 2,
    ejecutar: Annotated[
        bool, typer.Option("--ejecutar", help="Emite de verdad; sin esto solo se ensaya.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Emite las planillas que faltan del período, con su cuenta por cobrar y su asiento."""
    mes = Periodo.de_texto(periodo)
    if sucursal is not None and ruc is None:
        msg = "La opción --sucursal va con --ruc: indique de qué empleador es."
        raise salida.UsoIncorrecto(msg)
    with salida.progreso(f"Emitiendo {mes}") as avanzar:
        resultado = emitir_planillas(
            periodo=mes,
            por=Actor.sistema("Orden de emisión"),
            hoy=clock.hoy(),
            trabajadores=trabajadores,
            ruc=ruc,
            sucursal=sucursal,
            ensayo=not ejecutar,
            avance=lambda _hechos, _total: avanzar(1),
        )
    if json:
        salida.emitir_json(_plano(resultado))
    else:
        _mostrar(resultado)
    salida.avisar_ensayo(ejecutar=ejecutar)


def _plano(resultado: ResultadoEmision) -> dict[str, Any]:
    return {
        "planillas": resultado.planillas,
        "lineas": resultado.lineas,
        "emitido": str(resultado.emitido),
        "diferencias": resultado.diferencias,
        "segundos": str(resultado.segundos),
        "nuevas": resultado.nuevas,
        "muestra": resultado.muestra,
        "bloqueadas": [
            {"ruc": b.ruc, "tipo_empleador": b.tipo_empleador, "motivo": b.motivo}
            for b in resultado.bloqueadas
        ],
    }


def _mostrar(resultado: ResultadoEmision) -> None:
    salida.mostrar_ficha(
        f"Emisión de {resultado.periodo}",
        {
            "Planillas del período": resultado.planillas,
            "Nuevas en esta orden": resultado.nuevas,
            "Trabajadores": resultado.lineas,
            "Emitido": resultado.emitido.formato(),
            "Líneas recalculadas": resultado.muestra,
            "Diferencias": resultado.diferencias,
            "Segundos": resultado.segundos,
        },
    )
    if resultado.bloqueadas:
        salida.mostrar_filas(
            "Empleadores sin planilla",
            ("RUC", "Tipo", "Motivo"),
            [(b.ruc, b.tipo_empleador, b.motivo) for b in resultado.bloqueadas],
        )
