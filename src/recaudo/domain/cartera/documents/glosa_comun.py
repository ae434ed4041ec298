"""What every notice of a glosa says, whatever the debt: its fields, its sentences, its deadline.

`notificacion_de_glosa` adds what is of a planilla; `glosa_por_rubros`, of any other debt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from recaudo.infra.documents.blancos import Blanco, Clase, Condicion, Si, escrito, si
from recaudo.infra.documents.bloques import (
    Bloques,
    Columna,
    Fila,
    Firma,
    ImporteDestacado,
    Instrucciones,
    Norma,
    Par,
    Parrafo,
    Plazo,
    Seccion,
    Tabla,
    TipoColumna,
)
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo

CARGO: Final = "Unidad provincial de Gestión de Cartera"
VALOR: Final = Columna("Valor", TipoColumna.DINERO, suma=True)
Texto: TypeAlias = str | Blanco
Importe: TypeAlias = Dinero | Blanco
#: By code, an amount in USD and whether it is there.
PorCodigo: TypeAlias = Mapping[str, tuple[Importe, Condicion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeCadaGlosa:
    """What is of each debtor. `traza`: rows of step, value and norm, written for a person.

    The `tiene_` fields say which optional parts are there. `fondos` is empty when part of the debt
    was paid before: what is left belongs to no fund in particular yet.
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
    fondos: PorCodigo
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


def en_blanco(propios: Mapping[Clase, tuple[str, ...]]) -> dict[str, Any]:
    """Return the blanks of every notice and those of its own, as columns of the mass emission."""
    return {
        columna: Blanco(columna, clase)
        for columnas_de in (_COMUNES, propios)
        for clase, columnas in columnas_de.items()
        for columna in columnas
    }


def blancos_de_cada_uno(
    codigos: Iterable[str], importe: str, condicion: str
) -> dict[str, tuple[Blanco, Blanco]]:
    """Return by code the blanks of an amount and of whether it is there, named after the code."""
    return {
        codigo: (
            Blanco(importe.format(codigo.lower()), Clase.DINERO),
            Blanco(condicion.format(codigo.lower()), Clase.CONDICION),
        )
        for codigo in codigos
    }


def filas_de(nombres: Mapping[str, str], importes: PorCodigo) -> tuple[Fila | Si, ...]:
    """Return a row for each amount that is there, by its name."""
    return tuple(
        fila
        for codigo, (importe, hay) in importes.items()
        for fila in si(hay, lambda c=codigo, i=importe: Fila((nombres[c], i)))  # type: ignore[misc]
    )


def datos_de_la_parte(d: DatosDeCadaGlosa) -> tuple[Par | Si, ...]:
    """Return who stands for the debtor and where it is, when known."""
    return (
        *si(d.tiene_representante, lambda: ("Representante legal", d.representante)),
        *si(d.tiene_direccion, lambda: ("Dirección", d.direccion)),
    )


def mora(d: DatosDeCadaGlosa) -> Fila:
    """Return the row of the interest: how many days, between which dates, at what rate."""
    cuenta = (
        f"Interés de mora: {escrito(d.dias)} días, del {escrito(d.interes_desde)} al "
        f"{escrito(d.interes_hasta)}, al {escrito(d.tasa)} % anual"
    )
    return Fila((cuenta, d.interes))


def total_y_cuenta(d: DatosDeCadaGlosa, filas: tuple[Fila | Si, ...]) -> Bloques:
    """Return the total of the notice and the table that adds up to it."""
    al = escrito(d.interes_hasta)
    return (
        ImporteDestacado(
            que=f"Total al {al}", sin_pedir=f"Total al emitirse, el {al}", importe=d.total
        ),
        Tabla(
            (Columna("Concepto", ancha=True), VALOR), filas,
            rotulo_total="Total", cuadra_con=d.total,
        ),
    )  # fmt: skip


def el_interes_cambia() -> Parrafo:
    """Return the remark that the total is that of its date."""
    return Parrafo(
        "El interés se calcula hasta el día del pago: el total de esta notificación es el de "
        "su fecha de emisión y cambia cada día.",
        menor=True,
    )


def norma_de(d: DatosDeCadaGlosa, de_la_deuda: str) -> Seccion:
    """Return the articles of the notice, with those of the debt among them."""
    return Seccion("Norma", (
        Norma(
            f"C.D. 516 art. 129; {de_la_deuda}; C.D. 497 disposiciones generales 5.ª y "
            "7.ª; COA arts. 158, 159 y 164.",
            d.estado_verificacion, d.nota,
        ),
    ))  # fmt: skip


def fondos_de(titulo: str, filas: tuple[Fila | Si, ...], rotulo: str, suman: Importe) -> Seccion:
    """Return to whom the capital belongs, on a page of its own."""
    return Seccion(titulo, (
        Tabla(
            (Columna("Seguro o fondo", ancha=True), VALOR), filas,
            rotulo_total=rotulo, cuadra_con=suman,
        ),
    ), en_pagina_nueva=True)  # fmt: skip


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
            CARGO, "Emitida por el cierre diario de cartera",
            "Compruebe este documento con su código o con el QR.",
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
