"""The comprobante de pago: what the paper says, frozen at the act (R-COM-02)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from recaudo.domain.recaudacion.queries import comprobante_de_documento, siguen_pendientes
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.documents.blancos import escrito
from recaudo.infra.documents.bloques import (
    Bloques,
    Columna,
    Fila,
    ImporteDestacado,
    Norma,
    Parte,
    Plazo,
    Seccion,
    Tabla,
    TipoColumna,
)
from recaudo.infra.documents.estado import EstadoPublico
from recaudo.infra.documents.tipos import Numeracion, QuienFirma, TipoDeDocumento
from recaudo.kernel.money import Dinero
from recaudo.kernel.words import importe_en_letras

COMPROBANTE: Final = TipoDeDocumento(
    codigo="comprobante",
    titulo="Comprobante de pago",
    unidad="Unidad de Recaudación",
    serie="COMPROBANTE",
    numeracion=Numeracion.DEL_ACTO,
    firma=QuienFirma.NADIE,
    cargo="",
    norma="LSS arts. 73 y 89",
    conservacion="sin norma hallada: no se destruye",
    anulado="El comprobante se anuló: no se puede pagar con él.",
)
PAGADO: Final = EstadoPublico(
    "pagado",
    "Pagado",
    "El comprobante ya se pagó: no lo pague otra vez.",
    "exito",
    pide=False,
    marca="PAGADO",
)
VENCIDO: Final = EstadoPublico(
    "vencido",
    "Vencido",
    "El comprobante caducó: ya no se puede pagar con él. Genere otro.",
    "atencion",
    pide=False,
    marca="VENCIDO",
)
REVERSADO: Final = EstadoPublico(
    "reversado",
    "Reversado",
    "El pago quedó deshecho: las obligaciones de este comprobante siguen pendientes.",
    "error",
    pide=False,
    marca="REVERSADO",
)
#: The same when its debts were paid in another way since.
VENCIDO_Y_PAGADO: Final = replace(
    VENCIDO,
    texto="El comprobante caducó sin pagarse. Sus obligaciones se pagaron después de otra manera.",
)
REVERSADO_Y_PAGADO: Final = replace(
    REVERSADO,
    texto="El pago quedó deshecho. Sus obligaciones se pagaron después de otra manera.",
    tono="atencion",
)
_SI_YA_NO_DEBE: Final = {VENCIDO: VENCIDO_Y_PAGADO, REVERSADO: REVERSADO_Y_PAGADO}
_NOTAS: Final[Mapping[str, str]] = {
    "VERIFICADO": "",
    "SECUNDARIO": "Una regla de este valor se tomó de una fuente secundaria.",
    "PROVISIONAL": "Algunas reglas de este valor están por confirmar con su norma.",
    "RECONSTRUIDO": "Una de las tasas usadas se reconstruyó y un funcionario la aprobó.",
    "DEMO": "Documento de demostración: usa tasas que no son oficiales y no produce efectos.",
    "SIN_DATOS": "Falta la norma de una de las reglas de este valor.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeLinea:
    """What a line is made of; `periodo` and `sucursal` empty when the debt is of none.

    `norma` is that of its class; `normas_del_interes`, those by which interest runs on it.
    """

    concepto: str
    periodo: str
    sucursal: str
    vencimiento: date
    capital: Dinero
    interes: Dinero
    norma: str
    normas_del_interes: tuple[str, ...] = ()


def bloques_de_comprobante(
    *,
    numero: str,
    ruc: str,
    razon_social: str,
    valido_hasta: date,
    lineas: Sequence[DatosDeLinea],
    estado_verificacion: str,
) -> Bloques:
    """Return the blocks of a comprobante. Pure; amounts in USD."""
    importe = sum((linea.capital + linea.interes for linea in lineas), Dinero.CERO)
    return (
        Seccion("Quién paga", (Parte("Empleador", razon_social, "RUC", ruc),)),
        Seccion("Qué paga y cuánto", (
            ImporteDestacado(
                que="Total a pagar", sin_pedir="Valor del comprobante", importe=importe,
                en_letras=importe_en_letras(importe),
            ),
            _tabla(lineas, importe),
        )),
        Seccion("Norma", (
            Norma(_normas(lineas), estado_verificacion, _NOTAS[estado_verificacion]),
        )),
        Seccion("Qué debe hacer y hasta cuándo", (
            _plazo(numero, importe, valido_hasta, _despues(lineas)),
        ), pide=True),
    )  # fmt: skip


def _normas(lineas: Sequence[DatosDeLinea]) -> str:
    """Say by which norm each kind of debt is owed and, where interest runs, by which it does."""
    frases = dict.fromkeys(f"{linea.concepto}: {linea.norma}." for linea in lineas)
    del_interes = dict.fromkeys(n for linea in lineas for n in linea.normas_del_interes)
    if del_interes:
        hasta = "calculado hasta el último día de validez de este comprobante"
        frases[f"Interés de mora: {' y '.join(del_interes)}, {hasta}."] = None
    return " ".join(frases).replace("LSS ", "Ley de Seguridad Social ")


def _despues(lineas: Sequence[DatosDeLinea]) -> str:
    """Say what happens after the last day: not every debt bears interest."""
    if any(linea.interes for linea in lineas):
        return "el interés cambia"
    if any(linea.normas_del_interes for linea in lineas):
        return "corre interés de mora"
    return "ya no se puede pagar con él"


def _tabla(lineas: Sequence[DatosDeLinea], importe: Dinero) -> Tabla:
    return Tabla(
        columnas=(
            Columna("Período"),
            Columna("Sucursal"),
            Columna("Concepto", ancha=True),
            Columna("Vencimiento", TipoColumna.FECHA),
            Columna("Capital", TipoColumna.DINERO, suma=True),
            Columna("Interés de mora", TipoColumna.DINERO, suma=True),
            Columna("Total", TipoColumna.DINERO, suma=True),
        ),
        filas=tuple(
            Fila((
                linea.periodo or "—", linea.sucursal or "—", linea.concepto, linea.vencimiento,
                linea.capital, linea.interes, linea.capital + linea.interes,
            ))
            for linea in lineas
        ),
        rotulo_total="Total",
        cuadra_con=importe,
    )  # fmt: skip


def _plazo(numero: str, importe: Dinero, valido_hasta: date, despues: str) -> Plazo:
    return Plazo(
        texto=f"Pague {escrito(importe)} hasta el {escrito(valido_hasta)}, 23:59.",
        regla=(
            f"Use el número {numero} como referencia del pago. Cuenta la fecha de la transacción "
            f"en el banco. Pasado ese día {despues}: genere otro comprobante."
        ),
        vence_min=valido_hasta,
        vence_max=valido_hasta,
    )


_ESTADOS: Final[Mapping[str, EstadoPublico]] = {
    EstadoComprobante.PAGADO: PAGADO,
    EstadoComprobante.DEPOSITADO: PAGADO,
    EstadoComprobante.ANULADO: COMPROBANTE.estado_anulado(),
    EstadoComprobante.CADUCADO: VENCIDO,
    EstadoComprobante.REVERSADO: REVERSADO,
}


def estado_de_comprobante(documento_id: int, hoy: date) -> EstadoPublico | None:
    """Return what became of the comprobante of a document by `hoy`; None while it can be paid.

    One past its validity cannot be paid, even before the nightly close says so.
    """
    visto = comprobante_de_documento(documento_id)
    if visto is None:
        return None
    if visto.estado == EstadoComprobante.GENERADO and visto.valido_hasta < hoy:
        return _sin_uso(VENCIDO, visto.id)
    if visto.estado == EstadoComprobante.GENERADO and visto.abonado:
        return _abonado(visto.por_pagar, visto.valido_hasta)
    estado = _ESTADOS.get(visto.estado)
    return None if estado is None else _sin_uso(estado, visto.id)


def _sin_uso(estado: EstadoPublico, comprobante_id: int) -> EstadoPublico:
    """Tell of one that no longer pays whether its debts are still owed."""
    otro = _SI_YA_NO_DEBE.get(estado)
    return estado if otro is None or siguen_pendientes(comprobante_id) else otro


def _abonado(por_pagar: Dinero, valido_hasta: date) -> EstadoPublico:
    """Part of it was paid: the total printed is not owed any more. Each abono has its own mark."""
    cifra = por_pagar.formato().removeprefix("$").strip()
    return EstadoPublico(
        "abonado",
        "Pagado en parte",
        f"Falta pagar {escrito(por_pagar)} hasta el {escrito(valido_hasta)}, con el mismo número: "
        "el total del documento ya no es lo que se debe.",
        "atencion",
        pide=False,
        marca=f"FALTA {cifra}",
    )
