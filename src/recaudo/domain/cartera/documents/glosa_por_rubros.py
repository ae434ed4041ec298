"""The notice of the glosa of a debt of any class, rubro by rubro, of an employer or of a person.

The same document as that of a planilla (`notificacion_de_glosa`), with the rubros of the catalogue
instead of three columns: SQL fills in those that the debt has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.domain.cartera.documents.glosa_comun import (
    EN_EL_PORTAL,
    DatosDeCadaGlosa,
    PorCodigo,
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
from recaudo.domain.contabilidad.plan_contable import FONDOS, TERCEROS
from recaudo.infra.documents.blancos import Blanco, Clase, Condicion, escrito, si
from recaudo.infra.documents.bloques import Bloques, Ficha, Fila, Parrafo, Parte, Seccion
from recaudo.norma.catalogos.obligaciones import rubros

#: Whom the capital of a debt of any class may belong to.
FONDOS_DE_GLOSA: Final = (*FONDOS, *TERCEROS)
EN_LA_OFICINA: Final = (
    "reciba esta notificación",
    (
        "Pida en cualquier oficina provincial de Gestión de Cartera cómo pagar esta obligación, "
        "con su cédula y este documento."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosPorRubros(DatosDeCadaGlosa):
    """What is of each debt of any class, with its rubros by code."""

    identificacion: Texto
    nombre_del_deudor: Texto
    tiene_sucursal: Condicion
    norma: Texto
    deuda: int | Blanco
    tiene_periodo: Condicion
    fecha_emision_deuda: date | Blanco
    rubros: PorCodigo
    tiene_interes: Condicion


_C = Clase
_PROPIOS: Final[Mapping[Clase, tuple[str, ...]]] = {
    _C.TEXTO: ("identificacion", "nombre_del_deudor", "norma"),
    _C.FECHA: ("fecha_emision_deuda",),
    _C.NUMERO: ("deuda",),
    _C.CONDICION: ("tiene_sucursal", "tiene_periodo", "tiene_interes"),
}


def modelo_por_rubros(*, de_persona: bool, dias_de_termino: int, hasta: date) -> Bloques:
    """Return the blocks with the blanks that `emitir_glosas_por_rubros.sql` fills."""
    fondos = dict(FONDOS_DE_GLOSA)
    datos = DatosPorRubros(
        interes_hasta=hasta,
        rubros=blancos_de_cada_uno(rubros(), "rubro_{}", "tiene_rubro_{}"),
        fondos=blancos_de_cada_uno(fondos, "fondo_{}", "tiene_fondo_{}"),
        **en_blanco(_PROPIOS),
    )
    return bloques_por_rubros(datos, de_persona=de_persona, dias_de_termino=dias_de_termino)


def bloques_por_rubros(d: DatosPorRubros, *, de_persona: bool, dias_de_termino: int) -> Bloques:
    """Return the blocks of a notice; `dias_de_termino` in business days (C.D. 516 art. 129)."""
    quien, cedula = ("Persona notificada", "Cédula") if de_persona else (
        "Empleador notificado", "RUC")  # fmt: skip
    como = EN_LA_OFICINA if de_persona else EN_EL_PORTAL
    return (
        Seccion(quien, (_parte(d, "Nombre" if de_persona else "Razón social", cedula),)),
        Seccion("Qué se cobra", _que_se_cobra(d)),
        norma_de(d, escrito(d.norma)),
        Seccion("Qué puede hacer y hasta cuándo", que_puede_hacer(dias_de_termino, como),
                pide=True),
        *si(d.tiene_fondos, lambda: fondos_de(
            "A qué fondo pertenece el capital", filas_de(dict(FONDOS_DE_GLOSA), d.fondos),
            "Capital", d.capital,
        )),
        *como_se_calculo(d.traza),
    )  # fmt: skip


def _parte(d: DatosPorRubros, nombre: str, documento: str) -> Parte:
    return Parte(nombre, d.nombre_del_deudor, documento, d.identificacion, (
        *si(d.tiene_sucursal, lambda: ("Sucursal", d.sucursal)), *datos_de_la_parte(d),
    ))  # fmt: skip


def _que_se_cobra(d: DatosPorRubros) -> Bloques:
    nombres = {codigo: rubro.nombre for codigo, rubro in rubros().items()}
    return (
        Parrafo(
            "Hasta la fecha de vencimiento no se registró el pago de la obligación que se detalla. "
            "Está en mora desde el día siguiente."
        ),
        Ficha((
            ("Concepto", f"{escrito(d.nombre)}, obligación N.º {escrito(d.deuda)}"),
            *si(d.tiene_periodo, lambda: ("Período", escrito(d.periodo))),
            ("Fecha de la obligación", escrito(d.fecha_emision_deuda)),
            ("Venció el", escrito(d.fecha_vencimiento)),
        )),
        *total_y_cuenta(d, (
            *filas_de(nombres, d.rubros),
            Fila(("Capital", d.capital), subtotal=True),
            *si(d.tiene_interes, lambda: mora(d)),
        )),
        *si(d.tiene_interes, el_interes_cambia),
    )  # fmt: skip
