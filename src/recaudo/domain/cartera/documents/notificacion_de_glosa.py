"""The notice of a glosa: what it says to every employer, and what is of each one (C.D. 516 129).

One function writes it: with values, for one glosa; with blanks (`GLOSA_EN_BLANCO`), the model that
the mass emission fills in SQL. A test compares both, byte for byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from recaudo.domain.cartera.queries import glosa_de_documento
from recaudo.domain.cartera.states import EstadoGlosa
from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.infra.documents.blancos import Blanco, Clase, Condicion, Si, escrito, si
from recaudo.infra.documents.bloques import (
    Bloques,
    Columna,
    Ficha,
    Fila,
    Firma,
    ImporteDestacado,
    Instrucciones,
    Norma,
    Parrafo,
    Parte,
    Plazo,
    Seccion,
    Tabla,
    TipoColumna,
)
from recaudo.infra.documents.estado import VIGENTE, EstadoPublico
from recaudo.infra.documents.tipos import Numeracion, QuienFirma, TipoDeDocumento
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo

NOTIFICACION_DE_GLOSA: Final = TipoDeDocumento(
    codigo="NOTIFICACION_DE_GLOSA",
    titulo="Notificación de glosa",
    unidad="Gestión de Cartera",
    serie="GLOSA",
    numeracion=Numeracion.POR_PROVINCIA,
    firma=QuienFirma.INSTITUCION,
    cargo="Unidad provincial de Gestión de Cartera",
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
Texto: TypeAlias = str | Blanco
Importe: TypeAlias = Dinero | Blanco


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeCadaGlosa:
    """What is of each debtor in any notice of glosa. `traza`: rows of step, value and norm.

    The `tiene_` fields say which optional parts are there. `fondos` is, by code, an amount in USD
    and whether it is there; empty when part of the debt was paid before: what is left belongs to no
    fund in particular yet.
    """

    representante: Texto
    tiene_representante: Condicion
    direccion: Texto
    tiene_direccion: Condicion
    sucursal: Texto
    nombre: Texto
    periodo: Periodo | Blanco
    fecha_vencimiento: date | Blanco
    capital: Importe
    fondos: Mapping[str, tuple[Importe, Condicion]]
    tiene_fondos: Condicion
    interes: Importe
    tasa: Tasa | Blanco
    dias: int | Blanco
    interes_desde: date | Blanco
    interes_hasta: date
    total: Importe
    estado_verificacion: Texto
    nota: Texto
    traza: tuple[Fila, ...] | Blanco


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeGlosa(DatosDeCadaGlosa):
    """What is of each employer whose planilla is in glosa: its three columns."""

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
_COMUNES: Final[Mapping[Clase, tuple[str, ...]]] = {
    _C.TEXTO: (
        "representante", "direccion", "sucursal", "nombre", "estado_verificacion", "nota",
    ),
    _C.DINERO: ("capital", "interes", "total"),
    _C.FECHA: ("fecha_vencimiento", "interes_desde"),
    _C.MES: ("periodo",),
    _C.TASA: ("tasa",),
    _C.NUMERO: ("dias",),
    _C.CONDICION: ("tiene_representante", "tiene_direccion", "tiene_fondos"),
    _C.FILAS: ("traza",),
}  # fmt: skip


def en_blanco(propias: Mapping[Clase, tuple[str, ...]]) -> dict[str, Blanco]:
    """Return what every notice of glosa leaves to be filled and what this one does besides.

    Each is a column of the table of its mass emission.
    """
    return {
        columna: Blanco(columna, clase)
        for partes in (_COMUNES, propias)
        for clase, columnas in partes.items()
        for columna in columnas
    }


#: The same, as columns of the table of the mass emission.
GLOSA_EN_BLANCO: Final[Mapping[str, Blanco]] = en_blanco(
    {
        _C.TEXTO: ("ruc", "razon_social", "planilla"),
        _C.DINERO: ("personal", "patronal", "ccc", "aportes"),
        _C.FECHA: ("fecha_emision_planilla",),
        _C.CONDICION: ("tiene_ccc",),
    }
)


def modelo_de_notificacion(*, dias_de_termino: int, hasta: date) -> Bloques:
    """Return the blocks with the blanks that `emitir_glosas_contenido.sql` fills."""
    fondos = {
        codigo: (
            Blanco(f"fondo_{codigo.lower()}", Clase.DINERO),
            Blanco(f"tiene_{codigo.lower()}", Clase.CONDICION),
        )
        for codigo, _ in FONDOS
    }
    datos = DatosDeGlosa(interes_hasta=hasta, fondos=fondos, **GLOSA_EN_BLANCO)
    return bloques_de_notificacion(datos, dias_de_termino=dias_de_termino)


def bloques_de_notificacion(d: DatosDeGlosa, *, dias_de_termino: int) -> Bloques:
    """Return the blocks of a notice; `dias_de_termino` in business days (C.D. 516 art. 129)."""
    return (
        Seccion("Empleador notificado", (_parte(d),)),
        Seccion("Qué se cobra", _que_se_cobra(d)),
        Seccion("Norma", (
            Norma(
                "C.D. 516 art. 129; LSS arts. 73 y 89; C.D. 497 disposiciones generales 5.ª y "
                "7.ª; COA arts. 158, 159 y 164.",
                d.estado_verificacion, d.nota,
            ),
        )),
        Seccion("Qué puede hacer y hasta cuándo", que_puede_hacer(dias_de_termino), pide=True),
        *si(d.tiene_fondos, lambda: _fondos(d)),
        *como_se_calculo(d.traza),
    )  # fmt: skip


def como_se_calculo(traza: tuple[Fila, ...] | Blanco) -> Bloques:
    """Return the reasons of the interest, and who signs: the end of every notice of a glosa."""
    return (
        Seccion("Cómo se calculó el interés", (
            Tabla(
                (Columna("Paso", ancha=True), Columna("Valor"), Columna("Norma", ancha=True)),
                traza,
            ),
        )),
        Firma(
            NOTIFICACION_DE_GLOSA.cargo, "Emitida por el cierre diario de cartera",
            "Compruebe este documento con su código o con el QR.",
        ),
    )  # fmt: skip


def _parte(d: DatosDeGlosa) -> Parte:
    return Parte("Razón social", d.razon_social, "RUC", d.ruc, (
        ("Sucursal", d.sucursal),
        *si(d.tiene_representante, lambda: ("Representante legal", d.representante)),
        *si(d.tiene_direccion, lambda: ("Dirección", d.direccion)),
    ))  # fmt: skip


def _que_se_cobra(d: DatosDeGlosa) -> Bloques:
    al = escrito(d.interes_hasta)
    mora = (
        f"Interés de mora: {escrito(d.dias)} días, del {escrito(d.interes_desde)} al {al}, "
        f"al {escrito(d.tasa)} % anual"
    )
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
        ImporteDestacado(
            que=f"Total al {al}", sin_pedir=f"Total al emitirse, el {al}", importe=d.total
        ),
        Tabla(
            (Columna("Concepto", ancha=True), Columna("Valor", TipoColumna.DINERO, suma=True)),
            (
                Fila(("Aporte personal, retenido a los trabajadores", d.personal)),
                Fila(("Aporte patronal", d.patronal)),
                *si(d.tiene_ccc, lambda: Fila(("Contribuciones para terceros (CCC)", d.ccc))),
                Fila(("Capital", d.capital), subtotal=True),
                Fila((mora, d.interes)),
            ),
            rotulo_total="Total",
            cuadra_con=d.total,
        ),
        Parrafo(
            "El interés se calcula hasta el día del pago: el total de esta notificación es el de "
            "su fecha de emisión y cambia cada día.",
            menor=True,
        ),
    )  # fmt: skip


#: How an employer acknowledges and pays; a person has no portal of its own yet.
EN_EL_PORTAL: Final = (
    "acuse recibo de esta notificación en el portal",
    (
        "En el portal de empleadores genere un comprobante que incluya esta obligación y páguelo "
        "en los bancos autorizados."
    ),
)


def que_puede_hacer(dias: int, como: tuple[str, str] = EN_EL_PORTAL) -> Bloques:
    """Return what the debtor may do and until when; `como` it is received and how it is paid."""
    recibe, paga = como
    return (
        Plazo(
            texto=(
                f"Puede pagar o impugnar esta glosa dentro del término de {dias} días hábiles."
            ),
            cuenta=(
                f"El término corre desde el día hábil siguiente a aquel en que {recibe}; no "
                "cuentan sábados, domingos ni los feriados nacionales, de su cantón o del cantón "
                "de la oficina."
            ),
            duda=(
                "Un día que pudo ser feriado local y no consta en una lista verificada tampoco "
                "cuenta: el término vence después."
            ),
        ),
        Instrucciones((
            ("Pagar.", paga),
            (
                "Impugnar.",
                (
                    "Presente el escrito firmado, con copia de esta glosa y las pruebas, en "
                    "cualquier oficina provincial de Gestión de Cartera. Resuelve la Comisión "
                    "Provincial de Prestaciones y Controversias. El portal todavía no recibe "
                    "impugnaciones en línea."
                ),
            ),
        )),
    )  # fmt: skip


def _fondos(d: DatosDeGlosa) -> Seccion:
    return Seccion("A qué seguro pertenece el capital", (
        Tabla(
            (
                Columna("Seguro o fondo", ancha=True),
                Columna("Valor", TipoColumna.DINERO, suma=True),
            ),
            tuple(fila for codigo, nombre in FONDOS for fila in _fila_de_fondo(d, codigo, nombre)),
            rotulo_total="Aportes personal y patronal",
            cuadra_con=d.aportes,
        ),
    ), en_pagina_nueva=True)  # fmt: skip


def _fila_de_fondo(d: DatosDeGlosa, codigo: str, nombre: str) -> tuple[Fila | Si, ...]:
    importe, hay = d.fondos[codigo]
    return si(hay, lambda: Fila((nombre, importe)))


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
