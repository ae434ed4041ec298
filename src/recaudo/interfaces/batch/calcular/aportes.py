"""`recaudo calcular aporte | fondo-reserva | base`."""

from typing import Annotated, Final

import typer

from recaudo.interfaces.batch.lectura import (
    leer_codigo,
    leer_entero,
    leer_importe,
    leer_periodo,
)
from recaudo.interfaces.batch.programa import Programa
from recaudo.interfaces.batch.salida import emitir_json, mostrar_ficha
from recaudo.kernel.money import Dinero
from recaudo.norma.aportes.aporte import calcular_aporte
from recaudo.norma.aportes.base_imponible import calcular_base
from recaudo.norma.aportes.fondo_reserva import calcular_fondo_reserva
from recaudo.norma.catalogos import regimenes, tipos_empleador
from recaudo.norma.parametros import cargar_parametros

PERIODO: Final = "Mes de la aportación, AAAA-MM."
JSON: Final = "Escribe un solo objeto JSON en la salida."


def registrar(app: Programa) -> None:
    """Add these commands to the group `calcular`."""
    app.command("aporte")(aporte)
    app.command("fondo-reserva")(fondo_reserva)
    app.command("base")(base)


def aporte(
    *,
    regimen: Annotated[
        str, typer.Option(metavar="CÓDIGO", help="Régimen de aportación, por ejemplo PRIVADO.")
    ],
    periodo: Annotated[str, typer.Option(metavar="AAAA-MM", help=PERIODO)],
    base: Annotated[
        str, typer.Option(metavar="USD", help="Base de aportación en dólares, por ejemplo 482.00.")
    ],
    tipo_empleador: Annotated[
        str | None,
        typer.Option(
            metavar="CÓDIGO", help="Tipo de empleador; sin él no se calcula la contribución CCC."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
) -> None:
    """Calcula el aporte personal y patronal de un mes y su distribución por seguro."""
    tipo = (
        None
        if tipo_empleador is None
        else leer_codigo(tipo_empleador, "--tipo-empleador", tuple(tipos_empleador()))
    )
    resultado = calcular_aporte(
        regimen=leer_codigo(regimen, "--regimen", tuple(regimenes())),
        periodo=leer_periodo(periodo, "--periodo"),
        base=leer_importe(base, "--base"),
        tipo_empleador=tipo,
        parametros=cargar_parametros(),
    )
    distribucion = {seguro: str(parte) for seguro, parte in resultado.distribucion.items()}
    if json:
        emitir_json(
            {
                "base": str(resultado.base),
                "personal": str(resultado.personal),
                "patronal": str(resultado.patronal),
                "total": str(resultado.total),
                "ccc": str(resultado.ccc),
                "distribucion": distribucion,
                "estado_verificacion": str(resultado.estado_verificacion),
                "traza": resultado.traza.como_lista(),
            }
        )
        return
    mostrar_ficha(
        "Aporte del mes",
        {
            "Base": resultado.base.formato(),
            "Aporte personal": resultado.personal.formato(),
            "Aporte patronal": resultado.patronal.formato(),
            "Total": resultado.total.formato(),
            "Contribución CCC": resultado.ccc.formato(),
            "Estado de la norma": resultado.estado_verificacion,
        },
        resultado.traza,
    )


def fondo_reserva(
    *,
    periodo: Annotated[str, typer.Option(metavar="AAAA-MM", help=PERIODO)],
    base: Annotated[
        str, typer.Option(metavar="USD", help="Base de aportación en dólares, por ejemplo 482.00.")
    ],
    json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
) -> None:
    """Calcula el fondo de reserva de un mes, con el derecho ya adquirido."""
    resultado = calcular_fondo_reserva(
        base=leer_importe(base, "--base"),
        periodo=leer_periodo(periodo, "--periodo"),
        parametros=cargar_parametros(),
    )
    if json:
        emitir_json(
            {
                "base": str(resultado.base),
                "fondo_reserva": str(resultado.fondo_reserva),
                "traza": resultado.traza.como_lista(),
            }
        )
        return
    mostrar_ficha(
        "Fondo de reserva del mes",
        {
            "Base": resultado.base.formato(),
            "Fondo de reserva": resultado.fondo_reserva.formato(),
            "Estado de la norma": resultado.estado_verificacion,
        },
        resultado.traza,
    )


def base(
    *,
    sueldo: Annotated[str, typer.Option(metavar="USD", help="Sueldo mensual completo en dólares.")],
    dias: Annotated[
        str | None,
        typer.Option(metavar="NÚMERO", help="Días trabajados en un mes de 30; sin indicar, todos."),
    ] = None,
    extras: Annotated[
        str | None,
        typer.Option(metavar="USD", help="Horas extras, comisiones y otros valores del mes."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
) -> None:
    """Calcula la base de aportación de un mes a partir del sueldo, los días y los extras."""
    resultado = calcular_base(
        sueldo=leer_importe(sueldo, "--sueldo"),
        dias=None if dias is None else leer_entero(dias, "--dias"),
        extras=Dinero.CERO if extras is None else leer_importe(extras, "--extras"),
        parametros=cargar_parametros(),
    )
    if json:
        emitir_json(
            {
                "base": str(resultado.base),
                "dias": resultado.dias,
                "traza": resultado.traza.como_lista(),
            }
        )
        return
    mostrar_ficha(
        "Base de aportación",
        {"Base": resultado.base.formato(), "Días": resultado.dias},
        resultado.traza,
    )
