"""Reads of the room used by its own acts and by the doors: interest to a date, comprobantes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Subquery

from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.domain.obligaciones.queries import ObligacionVista
from recaudo.domain.obligaciones.states import ESTADO_CONTABLE
from recaudo.domain.recaudacion.models import Comprobante, ComprobanteDetalle
from recaudo.domain.recaudacion.states import MAQUINA, EstadoComprobante
from recaudo.infra.documents.models import Documento
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.mora.tasas import TablaTasas
from recaudo.norma.parametros import EstadoVerificacion, Parametros

#: To look for comprobantes by the beginning of their number: how long, and how many at most.
MINIMO_DE_DIGITOS, MAXIMO = 6, 20


class ComprobanteNoExiste(Rechazo):
    """There is no such comprobante, or it is not the asker's."""

    mensaje = "No existe ese comprobante. Revise el número: tiene 14 dígitos."


@dataclass(frozen=True, slots=True)
class InteresPrevio:
    """What earlier partial payments did: interest is settled until `desde`, `abonado` after it."""

    desde: date | None
    abonado: Dinero


@dataclass(frozen=True, slots=True)
class InteresALaFecha:
    """Interest of one obligation to a date, in USD, with its reasons and its doubt."""

    obligacion_id: int
    interes: Dinero
    corte: date
    estado_verificacion: EstadoVerificacion
    traza: Traza


@dataclass(frozen=True, slots=True)
class DetalleVisto:
    """One obligation inside a comprobante."""

    obligacion_id: int
    orden: int
    interes: Dinero
    personal: Dinero
    patronal: Dinero
    ccc: Dinero
    interes_hasta: date
    traza: Sequence[Mapping[str, str]]

    @property
    def capital(self) -> Dinero:
        """Capital frozen, in USD."""
        return self.personal + self.patronal + self.ccc

    @property
    def total(self) -> Dinero:
        """Capital and interest, in USD."""
        return self.capital + self.interes


@dataclass(frozen=True, slots=True)
class ComprobanteResumido:
    """A comprobante as a list shows it; amounts in USD."""

    id: int
    numero: str
    empleador_id: int
    fecha_emision: date
    valido_hasta: date
    capital: Dinero
    interes: Dinero
    importe: Dinero
    estado: str
    documento_id: int | None
    estado_verificacion: str

    def esta_vigente(self, hoy: date) -> bool:
        """Tell whether it can be paid today."""
        return self.estado == "generado" and hoy <= self.valido_hasta


@dataclass(frozen=True, slots=True)
class ComprobanteVisto(ComprobanteResumido):
    """A comprobante whole: what it froze of each debt, and the acts its state admits."""

    detalles: tuple[DetalleVisto, ...]
    actos: tuple[str, ...]


def estado_contable(obligacion: ObligacionVista) -> str:
    """Return PLANILLA or GLOSA: the state by which the order of imputation is chosen."""
    return ESTADO_CONTABLE[obligacion.estado].upper()


def intereses_previos(obligaciones: Iterable[int]) -> dict[int, InteresPrevio]:
    """Return, per obligation that had partial payments, until when its interest is settled.

    A payment that covered all the interest due at its cut-off settles it until then; one that
    did not is credited against the interest that keeps running from the earlier date (no
    interest on interest, and none charged twice: LSS art. 89, Código Civil art. 1611).
    """
    with connection.cursor() as cursor:
        cursor.execute(_INTERESES_PREVIOS, [list(obligaciones)])
        return {
            fila[0]: InteresPrevio(fila[1], Dinero.de_centavos(fila[2]))
            for fila in cursor.fetchall()
        }


_INTERESES_PREVIOS = """
WITH pagos AS (
    SELECT a.obligacion_id, a.interes, a.interes_hasta, a.pago_id,
           max(a.pago_id) FILTER (WHERE a.interes = a.interes_liquidado)
               OVER (PARTITION BY a.obligacion_id) AS ultimo_completo
      FROM recaudacion_aplicacion a WHERE a.obligacion_id = ANY(%s)
)
SELECT obligacion_id, max(interes_hasta) FILTER (WHERE pago_id = ultimo_completo),
       coalesce(sum(interes) FILTER (WHERE ultimo_completo IS NULL OR pago_id > ultimo_completo),
                0)::bigint
  FROM pagos GROUP BY obligacion_id
"""


def interes_a_la_fecha(
    obligaciones: Sequence[ObligacionVista],
    *,
    corte: date,
    tasas: TablaTasas,
    parametros: Parametros,
) -> dict[int, InteresALaFecha]:
    """Return the interest in USD that each obligation owes on `corte` (LSS art. 89).

    Counts earlier partial payments. Raises TasaSinDatos or TasaProvisional when the rate of the
    month is not in force and some obligation is overdue.
    """
    vencidas = [o.id for o in obligaciones if corte > o.fecha_vencimiento]
    previos = intereses_previos(vencidas) if vencidas else {}  # nothing else bears interest
    nada = InteresPrevio(None, Dinero.CERO)
    return {
        o.id: _interes(o, previos.get(o.id, nada), corte, tasas, parametros) for o in obligaciones
    }


def _interes(
    obligacion: ObligacionVista,
    previo: InteresPrevio,
    corte: date,
    tasas: TablaTasas,
    parametros: Parametros,
) -> InteresALaFecha:
    desde = max(obligacion.fecha_vencimiento, previo.desde or obligacion.fecha_vencimiento)
    calculado = calcular_interes(
        capital=obligacion.saldo,
        vencimiento=desde,
        corte=corte,
        parametros=parametros,
        concepto=obligacion.clase,
        tasas=tasas,
    )
    traza = calculado.traza
    if desde != obligacion.fecha_vencimiento:
        traza = traza.mas("El interés está pagado hasta", desde.isoformat(), "LSS art. 89")
    interes = calculado.interes
    if previo.abonado:
        interes = max(interes - previo.abonado, Dinero.CERO)
        traza = traza.mas("Interés ya abonado", previo.abonado, "Código Civil art. 1611").mas(
            "Interés que falta", interes, "LSS art. 89"
        )
    return InteresALaFecha(obligacion.id, interes, corte, calculado.estado_verificacion, traza)


def fondos_por_recaudar(obligacion_id: int) -> dict[str, Dinero]:
    """Return what of personal + patronal each fund has yet to receive of one debt, in USD."""
    columnas = [codigo.lower() for codigo, _ in FONDOS]
    emitido = ", ".join(f"p.{c} - coalesce(a.{c}, 0)" for c in columnas)
    aplicado = ", ".join(f"sum({c}) AS {c}" for c in columnas)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {emitido} FROM planillas_planilla p LEFT JOIN "  # noqa: S608 - our own columns
            f"(SELECT obligacion_id, {aplicado} FROM recaudacion_aplicacion "
            "WHERE obligacion_id = %s GROUP BY obligacion_id) a USING (obligacion_id) "
            "WHERE p.obligacion_id = %s",
            [obligacion_id, obligacion_id],
        )
        fila = cursor.fetchone()
    return {codigo: Dinero.de_centavos(int(v)) for (codigo, _), v in zip(FONDOS, fila, strict=True)}


_DE_EMPLEADOR = Preparada(
    lambda empleador: Comprobante.objects.filter(empleador_id=empleador).order_by("-id")
)
_POR_NUMERO = Preparada(lambda numero: Comprobante.objects.filter(numero=numero))
_DETALLES_DE = Preparada(
    lambda comprobante: ComprobanteDetalle.objects.filter(comprobante_id=comprobante).order_by(
        "orden"
    )
)


def comprobantes_de(
    empleador_id: int, *, alcance: Alcance, limite: int = 200
) -> tuple[ComprobanteResumido, ...]:
    """Return the comprobantes of an employer, newest first; none when it is out of reach.

    A comprobante is of its employer, of no province: debts of several may be in one.
    """
    if not alcance.contiene(empleador_id=empleador_id):
        return ()
    filas = _DE_EMPLEADOR.filas(empleador=empleador_id, limite=limite)
    return tuple(ComprobanteResumido(**_resumen(fila)) for fila in filas)


def lista_de_comprobantes(empleador_id: int, *, alcance: Alcance) -> QuerySet[Comprobante]:
    """Return the comprobantes of an employer within reach, newest first, for a list."""
    suyos = Comprobante.objects.filter(alcance.q(provincia=""), empleador_id=empleador_id)
    return suyos.order_by("-id")


def comprobantes_por_numero(numero: str, *, alcance: Alcance) -> list[ComprobanteResumido]:
    """Return the comprobantes within reach whose number begins so (six digits at least)."""
    if not (numero.isascii() and numero.isdigit() and len(numero) >= MINIMO_DE_DIGITOS):
        return []
    filas = Comprobante.objects.filter(alcance.q(provincia=""), numero__startswith=numero)
    return [ComprobanteResumido(**_resumen(fila)) for fila in filas.order_by("numero")[:MAXIMO]]


def cuantos_caducan(*, antes_de: date) -> int:
    """Return how many live comprobantes are no longer valid on a day: closing it expires them."""
    vivos = Comprobante.objects.filter(estado=EstadoComprobante.GENERADO)
    return vivos.filter(valido_hasta__lt=antes_de).count()


def comprobante(numero: str, *, alcance: Alcance) -> ComprobanteVisto:
    """Return one comprobante; ComprobanteNoExiste when missing or out of reach."""
    fila = _POR_NUMERO.primera(numero=numero.strip())
    if fila is None or not alcance.contiene(empleador_id=fila.empleador_id):
        raise ComprobanteNoExiste
    detalles = tuple(
        DetalleVisto(
            d.obligacion_id, d.orden, d.interes, d.personal, d.patronal, d.ccc, d.interes_hasta,
            d.traza,
        )
        for d in _DETALLES_DE.filas(comprobante=fila.pk)
    )  # fmt: skip
    actos = MAQUINA.actos_desde(fila.estado)
    return ComprobanteVisto(**_resumen(fila), detalles=detalles, actos=actos)


def comprobantes_vivos_con(obligaciones: Iterable[int]) -> dict[int, str]:
    """Return the live comprobante (its number) that holds each obligation, where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.obligacion_id, c.numero FROM recaudacion_detallevivo v "
            "JOIN recaudacion_comprobante c ON c.id = v.comprobante_id "
            "WHERE v.obligacion_id = ANY(%s)",
            [list(obligaciones)],
        )
        return dict(cursor.fetchall())


#: By its number, which both have and an index finds: nothing looks for comprobantes by document.
_DE_DOCUMENTO = Preparada(
    lambda documento: Comprobante.objects.filter(
        numero=Subquery(Documento.objects.filter(pk=documento).values("numero")),
        documento_id=documento,
    )
)


def comprobante_de_documento(documento_id: int) -> ComprobanteResumido | None:
    """Return the comprobante a document is of, for the public page, which asks nobody who he is."""
    fila = _DE_DOCUMENTO.primera(documento=documento_id)
    return None if fila is None else ComprobanteResumido(**_resumen(fila))


def _resumen(fila: Comprobante) -> dict[str, Any]:
    return {campo.name: getattr(fila, campo.name) for campo in fields(ComprobanteResumido)}
