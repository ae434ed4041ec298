"""The notice of the glosa of a debt of any class, rubro by rubro, of an employer or of a person.

The same document as that of a planilla (`notificacion_de_glosa`), with the rubros of the catalogue
instead of three columns: SQL fills in those that the debt has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.domain.cartera.documents.notificacion_de_glosa import (
    EN_EL_PORTAL,
    DatosDeCadaGlosa,
    Importe,
    Texto,
    como_se_calculo,
    en_blanco,
    que_puede_hacer,
)
from recaudo.domain.contabilidad.plan_contable import FONDOS, TERCEROS
from recaudo.infra.documents.blancos import Blanco, Clase, Condicion, escrito, si
from recaudo.infra.documents.bloques import (
    Bloques,
    Columna,
    Ficha,
    Fila,
    ImporteDestacado,
    Norma,
    Parrafo,
    Parte,
    Seccion,
    Tabla,
    TipoColumna,
)
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
_DINERO: Final = (
    Columna("Concepto", ancha=True),
    Columna("Valor", TipoColumna.DINERO, suma=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosPorRubros(DatosDeCadaGlosa):
    """What is of each debt of any class, of an employer or of a person.

    `rubros` is, by code, an amount in USD and whether it is there.
    """

    identificacion: Texto
    nombre_del_deudor: Texto
    tiene_sucursal: Condicion
    norma: Texto
    deuda: int | Blanco
    tiene_periodo: Condicion
    fecha_emision_deuda: date | Blanco
    rubros: Mapping[str, tuple[Importe, Condicion]]
    tiene_interes: Condicion


_EN_BLANCO: Final[Mapping[str, Blanco]] = en_blanco(
    {
        Clase.TEXTO: ("identificacion", "nombre_del_deudor", "norma"),
        Clase.FECHA: ("fecha_emision_deuda",),
        Clase.NUMERO: ("deuda",),
        Clase.CONDICION: ("tiene_sucursal", "tiene_periodo", "tiene_interes"),
    }
)


def modelo_por_rubros(*, de_persona: bool, dias_de_termino: int, hasta: date) -> Bloques:
    """Return the blocks with the blanks that `emitir_glosas_por_rubros.sql` fills."""
    datos = DatosPorRubros(
        interes_hasta=hasta,
        rubros=_de_cada_uno("rubro", rubros()),
        fondos=_de_cada_uno("fondo", dict(FONDOS_DE_GLOSA)),
        **_EN_BLANCO,
    )
    return bloques_por_rubros(datos, de_persona=de_persona, dias_de_termino=dias_de_termino)


def _de_cada_uno(que: str, codigos: Mapping[str, object]) -> dict[str, tuple[Blanco, Blanco]]:
    return {
        codigo: (
            Blanco(f"{que}_{codigo.lower()}", Clase.DINERO),
            Blanco(f"tiene_{que}_{codigo.lower()}", Clase.CONDICION),
        )
        for codigo in codigos
    }


def bloques_por_rubros(d: DatosPorRubros, *, de_persona: bool, dias_de_termino: int) -> Bloques:
    """Return the blocks of a notice; `dias_de_termino` in business days (C.D. 516 art. 129)."""
    quien, cedula = ("Persona notificada", "Cédula") if de_persona else (
        "Empleador notificado", "RUC")  # fmt: skip
    como = EN_LA_OFICINA if de_persona else EN_EL_PORTAL
    return (
        Seccion(quien, (_parte(d, "Nombre" if de_persona else "Razón social", cedula),)),
        Seccion("Qué se cobra", _que_se_cobra(d)),
        Seccion("Norma", (
            Norma(
                f"C.D. 516 art. 129; {escrito(d.norma)}; C.D. 497 disposiciones generales 5.ª y "
                "7.ª; COA arts. 158, 159 y 164.",
                d.estado_verificacion, d.nota,
            ),
        )),
        Seccion("Qué puede hacer y hasta cuándo", que_puede_hacer(dias_de_termino, como),
                pide=True),
        *si(d.tiene_fondos, lambda: _fondos(d)),
        *como_se_calculo(d.traza),
    )  # fmt: skip


def _parte(d: DatosPorRubros, nombre: str, documento: str) -> Parte:
    return Parte(nombre, d.nombre_del_deudor, documento, d.identificacion, (
        *si(d.tiene_sucursal, lambda: ("Sucursal", d.sucursal)),
        *si(d.tiene_representante, lambda: ("Representante legal", d.representante)),
        *si(d.tiene_direccion, lambda: ("Dirección", d.direccion)),
    ))  # fmt: skip


def _que_se_cobra(d: DatosPorRubros) -> Bloques:
    al = escrito(d.interes_hasta)
    mora = (
        f"Interés de mora: {escrito(d.dias)} días, del {escrito(d.interes_desde)} al {al}, "
        f"al {escrito(d.tasa)} % anual"
    )
    catalogo = rubros()
    partes = (
        fila
        for codigo, (importe, hay) in d.rubros.items()
        for fila in si(hay, lambda c=codigo, i=importe: Fila((catalogo[c].nombre, i)))  # type: ignore[misc]
    )
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
        ImporteDestacado(
            que=f"Total al {al}", sin_pedir=f"Total al emitirse, el {al}", importe=d.total
        ),
        Tabla(
            _DINERO,
            (
                *partes,
                Fila(("Capital", d.capital), subtotal=True),
                *si(d.tiene_interes, lambda: Fila((mora, d.interes))),
            ),
            rotulo_total="Total",
            cuadra_con=d.total,
        ),
        *si(d.tiene_interes, lambda: Parrafo(
            "El interés se calcula hasta el día del pago: el total de esta notificación es el de "
            "su fecha de emisión y cambia cada día.",
            menor=True,
        )),
    )  # fmt: skip


def _fondos(d: DatosPorRubros) -> Seccion:
    nombres = dict(FONDOS_DE_GLOSA)
    return Seccion("A qué fondo pertenece el capital", (
        Tabla(
            (Columna("Seguro o fondo", ancha=True), _DINERO[1]),
            tuple(
                fila
                for codigo, (importe, hay) in d.fondos.items()
                for fila in si(hay, lambda c=codigo, i=importe: Fila((nombres[c], i)))  # type: ignore[misc]
            ),
            rotulo_total="Capital",
            cuadra_con=d.capital,
        ),
    ), en_pagina_nueva=True)  # fmt: skip
