"""`recaudo validar identificacion`."""

from typing import Annotated

import typer

from recaudo.interfaces.batch.programa import Programa
from recaudo.interfaces.batch.salida import emitir_json, mostrar_ficha
from recaudo.kernel.ids import TipoIdentificacion, identificar


def registrar(app: Programa) -> None:
    """Add this command to the group `validar`."""
    app.command("identificacion")(identificacion)


def identificacion(
    numero: Annotated[str, typer.Argument(help="Cédula (10 dígitos) o RUC (13 dígitos).")],
    *,
    json: Annotated[
        bool, typer.Option("--json", help="Escribe un solo objeto JSON en la salida.")
    ] = False,
) -> None:
    """Dice si una cédula o un RUC puede existir y qué conviene revisar."""
    dictamen = identificar(numero)
    tipo = None if dictamen.tipo is TipoIdentificacion.DESCONOCIDA else str(dictamen.tipo)
    if json:
        emitir_json(
            {
                "tipo": tipo,
                "valida": dictamen.valida,
                "motivo": dictamen.motivo,
                "advertencias": list(dictamen.advertencias),
            }
        )
        return
    mostrar_ficha(
        "Identificación",
        {
            "Número": dictamen.numero or "—",
            "Tipo": tipo or "no se reconoce",
            "Válida": "sí" if dictamen.valida else "no",
            "Motivo": dictamen.motivo or "—",
            "Advertencias": " ".join(dictamen.advertencias) or "—",
        },
    )
