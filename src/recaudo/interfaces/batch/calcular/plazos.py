"""`recaudo calcular termino | vencimiento`."""

from typing import Annotated

import typer

from recaudo.interfaces.batch.lectura import (
    leer_canton,
    leer_entero,
    leer_fecha,
    leer_periodo,
    leer_provincia,
)
from recaudo.interfaces.batch.programa import Programa
from recaudo.interfaces.batch.salida import emitir_json, mostrar_ficha, mostrar_filas
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.termino import (
    LISTA_NO_VERIFICADA,
    DiaInhabil,
    Termino,
    contar_termino,
)
from recaudo.norma.plazos.vencimiento import vencimiento_de_planilla

JSON = "Escribe un solo objeto JSON en la salida."


def registrar(app: Programa) -> None:
    """Add these commands to the group `calcular`."""
    app.command("termino")(termino)
    app.command("vencimiento")(vencimiento)


def termino(
    *,
    notificado: Annotated[
        str, typer.Option(metavar="FECHA", help="Día de la notificación, AAAA-MM-DD.")
    ],
    dias: Annotated[
        str, typer.Option(metavar="NÚMERO", help="Días hábiles del término, por ejemplo 8.")
    ],
    canton: Annotated[
        str | None,
        typer.Option(
            metavar="DPA", help="Cantón del deudor: 4 dígitos del INEC, por ejemplo 0901."
        ),
    ] = None,
    canton_oficina: Annotated[
        str | None,
        typer.Option(metavar="DPA", help="Cantón de la oficina: sus feriados tampoco cuentan."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
) -> None:
    """Cuenta un término día por día: sin sábados, domingos ni feriados de los dos cantones."""
    cantones = {
        leer_canton(codigo, opcion)
        for codigo, opcion in ((canton, "--canton"), (canton_oficina, "--canton-oficina"))
        if codigo is not None
    }
    resultado = contar_termino(
        notificado=leer_fecha(notificado, "--notificado"),
        dias=leer_entero(dias, "--dias"),
        cantones=frozenset(cantones),
        calendario=cargar_calendario(),
    )
    if json:
        emitir_json(_termino_como_json(resultado))
        return
    mostrar_ficha(
        "Término",
        {
            "Notificado": resultado.notificado.isoformat(),
            "Días": resultado.dias,
            "Último día": resultado.vence.isoformat(),
            **_la_duda(resultado),
            "Calendario": resultado.calendario_version,
            "Estado de los feriados": resultado.estado_verificacion,
        },
        resultado.traza,
    )
    cuenta = {dia: str(n) for n, dia in enumerate(resultado.habiles, start=1)}
    no_cuenta = {dia.fecha: f"no cuenta: {dia.motivo}" for dia in resultado.inhabiles}
    dias_en_orden = sorted((cuenta | no_cuenta).items())
    mostrar_filas("Día por día", ("Fecha", "Cuenta"), [(str(d), t) for d, t in dias_en_orden])


def _termino_como_json(resultado: Termino) -> dict[str, object]:
    return {
        "vence": resultado.vence.isoformat(),
        "vence_min": resultado.vence_min.isoformat(),
        "vence_max": resultado.vence_max.isoformat(),
        "lista_verificada": resultado.lista_verificada,
        "dudosos": _dias(resultado.dudosos),
        "habiles": [dia.isoformat() for dia in resultado.habiles],
        "inhabiles": _dias(resultado.inhabiles),
    }


def _dias(dias: tuple[DiaInhabil, ...]) -> list[dict[str, str]]:
    return [{"fecha": dia.fecha.isoformat(), "motivo": dia.motivo} for dia in dias]


def _la_duda(resultado: Termino) -> dict[str, str]:
    """The warning of a list that is not verified, or nothing."""
    if resultado.lista_verificada:
        return {}
    return {
        "Aviso": LISTA_NO_VERIFICADA,
        "La oficina actúa hasta": resultado.vence_min.isoformat(),
        "Días dudosos": ", ".join(dia.fecha.isoformat() for dia in resultado.dudosos),
    }


def vencimiento(
    *,
    periodo: Annotated[str, typer.Option(metavar="AAAA-MM", help="Mes de la aportación, AAAA-MM.")],
    provincia: Annotated[
        str | None,
        typer.Option(
            metavar="NN", help="Provincia de la sucursal: 2 dígitos del INEC, por ejemplo 10."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
) -> None:
    """Dice hasta qué día se paga sin interés la planilla de un mes, con su prórroga si la hubo."""
    resultado = vencimiento_de_planilla(
        leer_periodo(periodo, "--periodo"),
        cargar_calendario(),
        cargar_parametros(),
        provincia=None if provincia is None else leer_provincia(provincia, "--provincia"),
    )
    prorroga = resultado.prorroga
    if json:
        emitir_json(
            {
                "vence": resultado.fecha.isoformat(),
                "vence_ordinario": resultado.ordinaria.isoformat(),
                "prorroga": None if prorroga is None else prorroga.como_dict(),
                "traza": resultado.traza.como_lista(),
            }
        )
        return
    mostrar_ficha(
        "Vencimiento de la planilla",
        {"Vence": resultado.fecha.isoformat(), "Estado": resultado.estado_verificacion},
        resultado.traza,
    )
