"""What paid one debt, as its sheet tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from recaudo.domain.obligaciones.queries import lista_de_obligaciones
from recaudo.domain.recaudacion.models import Aplicacion, Comprobante, Ingreso, Pago
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero

_PAGOS = """
SELECT p.fecha_pago, coalesce(i.tipo, 'BANCO'), coalesce(c.numero, ''), d.fecha_pago,
       a.interes, a.personal + a.patronal + a.ccc + a.otros,
       EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id)
  FROM recaudacion_aplicacion a
  JOIN recaudacion_pago p ON p.id = a.pago_id
  LEFT JOIN recaudacion_ingreso i ON i.id = p.ingreso_id
  LEFT JOIN recaudacion_comprobante c ON c.id = p.comprobante_id
  LEFT JOIN recaudacion_pago d ON d.id = p.reversa_id
 WHERE a.obligacion_id = %s
 ORDER BY p.id DESC
"""
#: Money imputed again is still the money that entered: its last payment says what became of it.
_ABONOS = """
WITH RECURSIVE dinero (raiz, id) AS (
    SELECT p.id, p.id
      FROM recaudacion_pago p
      LEFT JOIN recaudacion_ingreso i ON i.id = p.ingreso_id
     WHERE p.comprobante_id = %(comprobante)s AND p.reversa_id IS NULL
       AND i.tipo IS DISTINCT FROM 'REIMPUTACION'
       AND p.id IN (SELECT a.pago_id FROM recaudacion_aplicacion a
                     WHERE a.obligacion_id = ANY(%(deudas)s))
    UNION ALL
    SELECT d.raiz, q.id
      FROM dinero d
      JOIN recaudacion_ingreso i ON i.origen_id = d.id AND i.tipo = 'REIMPUTACION' AND i.importe > 0
      JOIN recaudacion_pago q ON q.ingreso_id = i.id
)
SELECT p.fecha_pago, p.importe, coalesce(i.tipo, 'BANCO'), coalesce(cu.banco, ''),
       coalesce(rl.fecha_contable, r.fecha_pago), coalesce(ri.tipo, 'BANCO')
  FROM (SELECT raiz, max(id) AS id FROM dinero GROUP BY raiz) u
  JOIN recaudacion_pago p ON p.id = u.raiz
  LEFT JOIN recaudacion_ingreso i ON i.id = p.ingreso_id
  LEFT JOIN recaudacion_lineaextracto l ON l.id = p.ingreso_id
  LEFT JOIN recaudacion_cuentabancaria cu ON cu.id = l.cuenta_id
  LEFT JOIN recaudacion_pago r ON r.reversa_id = u.id
  LEFT JOIN recaudacion_ingreso ri ON ri.id = r.ingreso_id
  LEFT JOIN recaudacion_lineaextracto rl ON rl.id = r.ingreso_id
 ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class AbonoDeComprobante:
    """Money that entered with a comprobante, in USD: when, by which channel, what became of it.

    `deshecho_el` is the day it was taken back, `por_el_banco` when the bank did; `espera` when it
    was set aside and no debt has it yet.
    """

    fecha: date
    importe: Dinero
    canal: str
    deshecho_el: date | None
    por_el_banco: bool
    espera: bool


@dataclass(frozen=True, slots=True)
class PagoDeEmpleador:
    """What one payment paid of the debts of an employer, in USD; below zero, what it undid.

    `hecho_id` is the fact behind it; `deshace_el` the day of the payment that it undid.
    """

    hecho_id: int
    fecha: date
    importe: Dinero
    medio: str
    comprobante: str
    deshace_el: date | None
    se_imputo_de_nuevo: bool
    obligaciones: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PagoDeDeuda:
    """What one payment paid of one debt, in USD.

    Below zero when it undoes another, of the day `deshace_el`.
    """

    fecha: date
    medio: str
    comprobante: str
    deshace_el: date | None
    interes: Dinero
    capital: Dinero
    esta_deshecho: bool

    @property
    def total(self) -> Dinero:
        """Interest and capital."""
        return self.interes + self.capital


def pagos_de_deuda(obligacion_id: int) -> list[PagoDeDeuda]:
    """Return what was paid of a debt that was read within reach, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGOS, [obligacion_id])
        return [
            PagoDeDeuda(
                fecha, _medio(tipo), comprobante, deshace_el, Dinero.de_centavos(interes),
                Dinero.de_centavos(capital), deshecho,
            )
            for fecha, tipo, comprobante, deshace_el, interes, capital, deshecho
            in cursor.fetchall()
        ]  # fmt: skip


#: A payment set aside to be imputed again is told by its new imputation, not by its undoing.
_APARTADO = Q(importe__lt=0, tipo=Ingreso.Tipo.REIMPUTACION)


def pagos_de_empleador(
    empleador_id: int, *, alcance: Alcance, limite: int
) -> list[PagoDeEmpleador]:
    """Return what was paid of the debts of an employer within reach, the newest decision first.

    Those undone are told too. Of a payment that also reached debts out of reach, only the part of
    those within it.
    """
    suyas = lista_de_obligaciones(empleador_id, alcance=alcance).order_by().values("pk")
    ingreso = Ingreso.objects.filter(pk=OuterRef("ingreso"))
    otro = Pago.objects.filter(pk=OuterRef("reversa"))
    comprobante = Comprobante.objects.filter(pk=OuterRef("comprobante"))
    filas = (
        Aplicacion.objects.filter(obligacion_id__in=suyas)
        .values(
            "pago_id",
            hecho=F("pago__hecho_id"),
            fecha=F("pago__fecha_pago"),
            ingreso=F("pago__ingreso_id"),
            reversa=F("pago__reversa_id"),
            comprobante=F("pago__comprobante_id"),
        )
        .annotate(
            importe=Sum(F("interes") + F("personal") + F("patronal") + F("ccc") + F("otros")),
            deudas=ArrayAgg("obligacion_id", order_by="obligacion_id"),
            tipo=Coalesce(Subquery(ingreso.values("tipo")), Value("BANCO")),
            numero=Subquery(comprobante.values("numero")),
            deshace_el=Subquery(otro.values("fecha_pago")),
        )
        .exclude(_APARTADO)
        .order_by("-pago_id")[:limite]
    )
    return [
        PagoDeEmpleador(
            fila["hecho"], fila["fecha"], Dinero.de_centavos(fila["importe"]), _medio(fila["tipo"]),
            fila["numero"] or "", fila["deshace_el"], fila["tipo"] == Ingreso.Tipo.REIMPUTACION,
            tuple(fila["deudas"]),
        )
        for fila in filas
    ]  # fmt: skip


def abonos_de_comprobante(
    comprobante_id: int, *, obligaciones: Iterable[int]
) -> list[AbonoDeComprobante]:
    """Return what was paid with a comprobante that was read within reach, in order.

    `obligaciones` are the debts it froze.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ABONOS, {"comprobante": comprobante_id, "deudas": list(obligaciones)})
        return [_abono(*fila) for fila in cursor.fetchall()]


def _abono(
    fecha: date, importe: int, tipo: str, banco: str, deshecho_el: date | None, por: str
) -> AbonoDeComprobante:
    espera = deshecho_el is not None and por == "REIMPUTACION"
    return AbonoDeComprobante(
        fecha,
        Dinero.de_centavos(importe),
        banco or _medio(tipo),
        None if espera else deshecho_el,
        por != "REVERSION",
        espera,
    )


def _medio(tipo: str) -> str:
    return "Banco" if tipo == "BANCO" else str(Ingreso.Tipo(tipo).label)
