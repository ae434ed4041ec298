"""What annulling a comprobante does, told before and after it is done."""

from datetime import date

from recaudo.domain.recaudacion.queries import ComprobanteVisto
from recaudo.interfaces.vista.formatos import contar, escribir_fecha
from recaudo.interfaces.vista.tonos import palabra_de_estado


def efecto_de_anular(visto: ComprobanteVisto, *, hoy: date) -> tuple[str, ...]:
    """Return what would happen if it were annulled on `hoy`."""
    return (
        (
            "Esto no se puede deshacer: desde hoy, "
            f"{escribir_fecha(hoy)}, ningún banco debe recibir este comprobante de "
            f"{visto.por_pagar.formato()}."
        ),
        f"{quedan_por_pagar(visto)} Podrá generar otro comprobante.",
        "Si ya lo pagó, no lo anule: el pago puede tardar en aparecer.",
    )


def quedan_por_pagar(visto: ComprobanteVisto) -> str:
    """Say what is left: its debts, free again, and their interest that goes on."""
    cuantas = contar(len(visto.detalles), "obligación sigue", "obligaciones siguen")
    interes = " y su interés se calcula de nuevo" if visto.interes else ""
    falta = (
        f"{visto.por_pagar.formato()} después de lo que ya pagó"
        if visto.abonado
        else f"{visto.capital.formato()} de capital"
    )
    return f"{cuantas} por pagar, {falta}{interes}."


def por_que_no_se_anula(visto: ComprobanteVisto) -> str:
    """Return why it cannot be annulled any more."""
    return (
        f"Este comprobante está {palabra_de_estado(visto.estado).lower()}: ya no se puede anular."
    )
