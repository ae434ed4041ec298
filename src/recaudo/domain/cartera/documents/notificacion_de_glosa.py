"""The notice of a glosa: what it says to every employer, and what is of each one (C.D. 516 129).

One function writes it: with values, for one glosa; with blanks (`en_blanco`), the model that
the mass emission fills in SQL. A test compares both, byte for byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from recaudo.domain.cartera.documents.glosa_comun import (
    CARGO,
    DatosDeCadaGlosa,
    Importe,
    Texto,
    blancos_de_cada_uno,
    como_se_calculo,
    datos_de_la_parte,
    el_interes_cambia,
    en_blanco,
    filas_de,
    fondos_de,
    mora,
    norma_de,
    que_puede_hacer,
    total_y_cuenta,
)
from recaudo.domain.cartera.queries import glosa_de_documento
from recaudo.domain.cartera.states import EstadoGlosa
from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.infra.documents.blancos import Blanco, Clase, Condicion, escrito, si
from recaudo.infra.documents.bloques import Bloques, Ficha, Fila, Parrafo, Parte, Seccion
from recaudo.infra.documents.estado import VIGENTE, EstadoPublico
from recaudo.infra.documents.tipos import Numeracion, QuienFirma, TipoDeDocumento

NOTIFICACION_DE_GLOSA: Final = TipoDeDocumento(
    codigo="NOTIFICACION_DE_GLOSA",
    titulo="Notificación de glosa",
    unidad="Gestión de Cartera",
    serie="GLOSA",
    numeracion=Numeracion.POR_PROVINCIA,
    firma=QuienFirma.INSTITUCION,
    cargo=CARGO,
    norma="C.D. 516 art. 129; LSS arts. 73 y 89",
    conservacion="sin norma hallada: no se destruye",
    anulado="La glosa fue anulada: no tiene que pagarla.",
)
PAGADA: Final = EstadoPublico(
    "pagado",
    "Pagada",
    "La deuda se pagó: la glosa no pide nada más.",
    "exito",
    pide=False,
    marca="PAGADA",
)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeGlosa(DatosDeCadaGlosa):
    """What is of each employer: its planilla, with the three columns of every planilla."""

    ruc: Texto
    razon_social: Texto
    planilla: Texto
    fecha_emision_planilla: date | Blanco
    personal: Importe
    patronal: Importe
    ccc: Importe
    tiene_ccc: Condicion
    aportes: Importe


_C = Clase
_PROPIOS: Final[Mapping[Clase, tuple[str, ...]]] = {
    _C.TEXTO: ("ruc", "razon_social", "planilla"),
    _C.DINERO: ("personal", "patronal", "ccc", "aportes"),
    _C.FECHA: ("fecha_emision_planilla",),
    _C.CONDICION: ("tiene_ccc",),
}


def modelo_de_notificacion(*, dias_de_termino: int, hasta: date) -> Bloques:
    """Return the blocks with the blanks that `emitir_glosas_contenido.sql` fills."""
    datos = DatosDeGlosa(
        interes_hasta=hasta,
        fondos=blancos_de_cada_uno(dict(FONDOS), "fondo_{}", "tiene_{}"),
        **en_blanco(_PROPIOS),
    )
    return bloques_de_notificacion(datos, dias_de_termino=dias_de_termino)


def bloques_de_notificacion(d: DatosDeGlosa, *, dias_de_termino: int) -> Bloques:
    """Return the blocks of a notice; `dias_de_termino` in business days (C.D. 516 art. 129)."""
    return (
        Seccion("Empleador notificado", (_parte(d),)),
        Seccion("Qué se cobra", _que_se_cobra(d)),
        norma_de(d, "LSS arts. 73 y 89"),
        Seccion("Qué puede hacer y hasta cuándo", que_puede_hacer(dias_de_termino), pide=True),
        *si(d.tiene_fondos, lambda: fondos_de(
            "A qué seguro pertenece el capital", filas_de(dict(FONDOS), d.fondos),
            "Aportes personal y patronal", d.aportes,
        )),
        *como_se_calculo(d.traza),
    )  # fmt: skip


def _parte(d: DatosDeGlosa) -> Parte:
    return Parte("Razón social", d.razon_social, "RUC", d.ruc, (
        ("Sucursal", d.sucursal), *datos_de_la_parte(d),
    ))  # fmt: skip


def _que_se_cobra(d: DatosDeGlosa) -> Bloques:
    concepto = f"{escrito(d.nombre)} de {escrito(d.periodo)}, planilla N.º {escrito(d.planilla)}"
    return (
        Parrafo(
            "Hasta la fecha de vencimiento no se registró el pago de los aportes de la planilla "
            "que se detalla. La obligación está en mora desde el día siguiente."
        ),
        Ficha((
            ("Concepto", concepto),
            ("Fecha de la planilla", escrito(d.fecha_emision_planilla)),
            ("Venció el", escrito(d.fecha_vencimiento)),
        )),
        *total_y_cuenta(d, (
            Fila(("Aporte personal, retenido a los trabajadores", d.personal)),
            Fila(("Aporte patronal", d.patronal)),
            *si(d.tiene_ccc, lambda: Fila(("Contribuciones para terceros (CCC)", d.ccc))),
            Fila(("Capital", d.capital), subtotal=True),
            mora(d),
        )),
        el_interes_cambia(),
    )  # fmt: skip


_ESTADOS: Final[Mapping[str, EstadoPublico]] = {
    EstadoGlosa.CANCELADA: PAGADA,
    EstadoGlosa.NOTIFICADA: replace(VIGENTE, texto="La glosa fue notificada y está vigente."),
    EstadoGlosa.NOTIFICADA_VENCIDA: replace(
        VIGENTE, texto="La glosa fue notificada y su término venció: todavía puede pagarse."
    ),
}


def estado_de_notificacion(documento_id: int, hoy: date) -> EstadoPublico | None:
    """Return what became of the glosa of a document, for its public page and its copies."""
    del hoy
    vista = glosa_de_documento(documento_id)
    return None if vista is None else _ESTADOS.get(vista.estado)
