"""Content of the notice of a glosa: what it says to every employer, and what is of each one.

The mass emission assembles the same content in SQL; a test compares both, key by key.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

TIPO: Final = "NOTIFICACION_DE_GLOSA"
TITULO: Final = "Notificación de glosa"
PLANTILLA: Final = "cartera/notificacion_de_glosa"

NOTAS: Final[Mapping[str, str]] = {
    "VERIFICADO": "",
    "SECUNDARIO": "",
    "PROVISIONAL": (
        "El día de emisión o la base de días del interés son decisiones de esta institución "
        "mientras ninguna norma las fija."
    ),
    "RECONSTRUIDO": "Una de las tasas usadas se reconstruyó y un funcionario la aprobó.",
    "DEMO": "Documento de demostración: usa tasas que no son oficiales y no produce efectos.",
    "SIN_DATOS": "",
}


@dataclass(frozen=True, slots=True)
class TextosDeGlosa:
    """What every notice of a glosa says, frozen with each one."""

    unidad: str
    causa: str
    derecho: str
    pagar: str
    impugnar: str
    interes_despues: str
    norma: str
    emite: str
    cargo: str


def textos_de_glosa(dias_de_termino: int) -> TextosDeGlosa:
    """Return the fixed sentences; `dias_de_termino` in business days (C.D. 516 art. 129)."""
    return TextosDeGlosa(
        unidad="Gestión de Cartera",
        causa=(
            "Hasta la fecha de vencimiento no se registró el pago de los aportes de la planilla "
            "que se detalla. La obligación está en mora desde el día siguiente."
        ),
        derecho=(
            f"Puede pagar o impugnar esta glosa dentro del término de {dias_de_termino} días "
            "hábiles. El término corre desde el día hábil siguiente a aquel en que acuse recibo "
            "de esta notificación en el portal; no cuentan sábados, domingos ni los feriados "
            "nacionales, de su cantón o del cantón de la oficina. Un día que pudo ser feriado "
            "local y no consta en una lista verificada tampoco cuenta: el término vence después."
        ),
        pagar=(
            "En el portal de empleadores genere un comprobante que incluya esta obligación y "
            "páguelo en los bancos autorizados."
        ),
        impugnar=(
            "Presente el escrito firmado, con copia de esta glosa y las pruebas, en cualquier "
            "oficina provincial de Gestión de Cartera. Resuelve la Comisión Provincial de "
            "Prestaciones y Controversias. El portal todavía no recibe impugnaciones en línea."
        ),
        interes_despues=(
            "El interés se calcula hasta el día del pago: el total de esta notificación es el de "
            "su fecha de emisión y cambia cada día."
        ),
        norma=(
            "C.D. 516 art. 129; LSS arts. 73 y 89; C.D. 497 disposiciones generales 5.ª y 7.ª; "
            "COA arts. 158, 159 y 164."
        ),
        emite="Emitida por el cierre diario de cartera",
        cargo="Unidad provincial de Gestión de Cartera",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificacionDeGlosa:
    """What is of each employer. Amounts in USD with two decimals, dates ISO, rate annual %."""

    lugar: str
    ruc: str
    razon_social: str
    representante: str
    direccion: str
    sucursal: str
    sucursal_nombre: str
    planilla: str
    periodo: str
    fecha_emision_planilla: str
    fecha_vencimiento: str
    personal: str
    patronal: str
    ccc: str
    aportes: str
    capital: str
    fondos: Mapping[str, str]
    interes: str
    tasa: str
    dias: int
    interes_desde: str
    interes_hasta: str
    total: str
    estado_verificacion: str
    traza: tuple[Mapping[str, str], ...]

    def contenido(self, textos: TextosDeGlosa, nota: str) -> dict[str, object]:
        """Return the whole content of the document."""
        propio = asdict(self)
        return {**asdict(textos), "nota": nota, **propio, "traza": list(propio["traza"])}
