"""Content of the comprobante de pago: what the paper says, frozen at the act (R-COM-02)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from recaudo.kernel.money import Dinero
from recaudo.kernel.words import importe_en_letras

TIPO = "comprobante"
_NOTA = (
    "Algunas reglas con que se calculó este valor aún no se han verificado con su norma: estado {}."
)


@dataclass(frozen=True, slots=True)
class LineaComprobante:
    """One obligation on the paper; amounts as Ecuador writes them."""

    periodo: str
    concepto: str
    sucursal: str
    vencimiento: str
    capital: str
    interes: str
    total: str


@dataclass(frozen=True, slots=True)
class ContenidoComprobante:
    """Everything the template prints."""

    numero: str
    ruc: str
    razon_social: str
    lineas: tuple[LineaComprobante, ...]
    capital: str
    interes: str
    importe: str
    en_letras: str
    valido_hasta: str
    con_mora: bool
    nota: str
    unidad: str = "Unidad de Recaudación"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeLinea:
    """What a line is made of."""

    periodo: str
    sucursal: str
    vencimiento: date
    capital: Dinero
    interes: Dinero


def contenido_de_comprobante(
    *,
    numero: str,
    ruc: str,
    razon_social: str,
    valido_hasta: date,
    lineas: Sequence[DatosDeLinea],
    estado_verificacion: str,
) -> dict[str, object]:
    """Return the content as plain data. Pure; amounts in USD written `$ 1.234,50`."""
    capital = sum((linea.capital for linea in lineas), Dinero.CERO)
    interes = sum((linea.interes for linea in lineas), Dinero.CERO)
    contenido = ContenidoComprobante(
        numero=numero,
        ruc=ruc,
        razon_social=razon_social,
        lineas=tuple(
            LineaComprobante(
                periodo=linea.periodo,
                concepto="Aportes",
                sucursal=linea.sucursal,
                vencimiento=f"{linea.vencimiento:%d/%m/%Y}",
                capital=linea.capital.formato(),
                interes=linea.interes.formato(),
                total=(linea.capital + linea.interes).formato(),
            )
            for linea in lineas
        ),
        capital=capital.formato(),
        interes=interes.formato(),
        importe=(capital + interes).formato(),
        en_letras=importe_en_letras(capital + interes),
        valido_hasta=f"{valido_hasta:%d/%m/%Y}",
        con_mora=bool(interes),
        nota="" if estado_verificacion == "VERIFICADO" else _NOTA.format(estado_verificacion),
    )
    return asdict(contenido)
