"""`recaudo calcular interes`."""

from typing import Annotated

import typer

from recaudo.interfaces.batch.lectura import leer_codigo, leer_fecha, leer_importe, leer_tasa
from recaudo.interfaces.batch.programa import Programa
from recaudo.interfaces.batch.salida import emitir_json, mostrar_ficha
from recaudo.norma.mora.interes import Interes, calcular_interes
from recaudo.norma.mora.tramos import Modo
from recaudo.norma.parametros import cargar_parametros


def registrar(app: Programa) -> None:
    """Add this command to the group `calcular`."""
    app.command("interes")(interes)


def interes(
    *,
    capital: Annotated[str, typer.Option(metavar="USD", help="Valor en mora, en dólares.")],
    vencimiento: Annotated[
        str, typer.Option(metavar="FECHA", help="Último día para pagar, AAAA-MM-DD.")
    ],
    corte: Annotated[
        str, typer.Option(metavar="FECHA", help="Fecha de la liquidación, AAAA-MM-DD.")
    ],
    concepto: Annotated[
        str,
        typer.Option(
            metavar="CÓDIGO", help="Qué se debe: APORTES, FONDO_RESERVA, DESCUENTO_PRESTAMO…"
        ),
    ] = "APORTES",
    tasa_maxima: Annotated[
        str | None,
        typer.Option(
            metavar="PORCENTAJE",
            help="Tasa máxima convencional anual, sin los puntos; si no, la publicada.",
        ),
    ] = None,
    modo: Annotated[
        str | None,
        typer.Option(metavar="CÓDIGO", help="TASA_A_LA_LIQUIDACION (la de la ley) o POR_TRAMOS."),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Escribe un solo objeto JSON en la salida.")
    ] = False,
) -> None:
    """Calcula el interés por mora desde el día siguiente al vencimiento hasta el corte."""
    resultado = calcular_interes(
        capital=leer_importe(capital, "--capital"),
        vencimiento=leer_fecha(vencimiento, "--vencimiento"),
        corte=leer_fecha(corte, "--corte"),
        concepto=concepto.strip().upper(),
        tasa_maxima=None if tasa_maxima is None else leer_tasa(tasa_maxima, "--tasa-maxima"),
        modo=None if modo is None else leer_codigo(modo, "--modo", tuple(Modo)),
        parametros=cargar_parametros(),
    )
    if json:
        emitir_json(
            {
                "interes": str(resultado.interes),
                "tasa": None if resultado.tasa is None else str(resultado.tasa),
                "dias": resultado.dias,
                "modo": str(resultado.modo),
                "traza": resultado.traza.como_lista(),
            }
        )
        return
    _mostrar(resultado)


def _mostrar(resultado: Interes) -> None:
    mostrar_ficha(
        "Interés por mora",
        {
            "Interés": resultado.interes.formato(),
            "Tasa anual": "—" if resultado.tasa is None else f"{resultado.tasa} %",
            "Días de mora": resultado.dias,
            "Modo": resultado.modo,
            "Estado de la norma": resultado.estado_verificacion,
        },
        resultado.traza,
    )
