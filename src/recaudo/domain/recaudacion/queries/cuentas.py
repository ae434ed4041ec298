"""Own bank accounts: what the bank says last, and what our books say to that day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from recaudo.domain.recaudacion.models import CuentaBancaria, LineaExtracto
from recaudo.domain.recaudacion.queries.conciliacion import LineaVista, vista_de_linea
from recaudo.kernel.money import Dinero

_MAXIMO_SOSPECHOSAS: Final = 50


@dataclass(frozen=True, slots=True)
class CuentaVista:
    """An own account: what the bank says last and what our books say to that day, in USD.

    `sospechosas`: lines that may explain a difference.
    """

    id: int
    numero: str
    banco: str
    canal: str
    fecha: date | None
    saldo_banco: Dinero | None
    saldo_libro: Dinero
    diferencia: Dinero
    sospechosas: tuple[LineaVista, ...]

    @property
    def cuadra(self) -> bool:
        """Our books say what the bank says, or it has said nothing yet."""
        return self.diferencia == Dinero.CERO


def cuentas_bancarias() -> tuple[CuentaVista, ...]:
    """Return the own accounts, each with our balance, the bank's and the lines that may explain."""
    return tuple(_cuenta(fila) for fila in CuentaBancaria.objects.order_by("banco", "numero"))


def cuenta_bancaria(cuenta_id: int) -> CuentaVista | None:
    """Return one own account with both balances, or None."""
    fila = CuentaBancaria.objects.filter(pk=cuenta_id).first()
    return _cuenta(fila) if fila else None


_CUENTA = """
SELECT c.id, u.fecha_saldo, u.saldo_final,
       coalesce((SELECT sum(p.debe - p.haber) FROM contabilidad_partida p
                  WHERE p.cuenta_id = c.cuenta_contable_id), 0)
     - coalesce((SELECT sum(l.entrada) FROM recaudacion_lineaextracto l
                   JOIN recaudacion_extracto e ON e.id = l.extracto_id
                  WHERE l.cuenta_id = c.id AND l.ocurrencia > 0
                    AND (l.fecha_contable > u.fecha_saldo
                         OR l.fecha_contable = u.fecha_saldo AND e.formato = 'camt054'
                            AND NOT EXISTS (SELECT 1 FROM recaudacion_lineaextracto y
                                             JOIN recaudacion_extracto ye ON ye.id = y.extracto_id
                                              AND ye.formato = 'camt053'
                                            WHERE y.duplica_a = l.id OR y.detalla_a = l.id))), 0)
  FROM recaudacion_cuentabancaria c
  LEFT JOIN LATERAL (SELECT e.fecha_saldo, e.saldo_final FROM recaudacion_extracto e
                      WHERE e.cuenta_id = c.id AND e.estado = 'confirmado'
                        AND e.saldo_final IS NOT NULL AND e.formato = 'camt053'
                        AND e.fecha_saldo IS NOT NULL
                      ORDER BY e.fecha_saldo DESC,
                               EXISTS (SELECT 1 FROM recaudacion_extracto s
                                        WHERE s.cuenta_id = e.cuenta_id
                                          AND s.estado = 'confirmado' AND s.id <> e.id
                                          AND s.fecha_saldo = e.fecha_saldo
                                          AND s.saldo_inicial = e.saldo_final
                                          AND s.saldo_final <> s.saldo_inicial),
                               e.hasta_instante DESC NULLS LAST, e.id DESC LIMIT 1) u ON true
 WHERE c.id = %s
"""


def _cuenta(f: CuentaBancaria) -> CuentaVista:
    with connection.cursor() as cursor:
        cursor.execute(_CUENTA, [f.pk])
        _, fecha, banco, libro = cursor.fetchone()
    saldo_libro = Dinero.de_centavos(int(libro))
    saldo_banco = None if banco is None else Dinero.de_centavos(int(banco))
    diferencia = Dinero.CERO if saldo_banco is None else saldo_libro - saldo_banco
    sospechosas = _sospechosas(f.pk, fecha) if diferencia and fecha else ()
    return CuentaVista(
        f.pk, f.numero, f.banco, f.canal, fecha, saldo_banco, saldo_libro, diferencia, sospechosas
    )


def _sospechosas(cuenta_id: int, fecha: date) -> tuple[LineaVista, ...]:
    """Return the lines that may explain a difference: seen, unreadable, told by a notice only."""
    contada = LineaExtracto.objects.filter(
        Q(duplica_a=OuterRef("pk")) | Q(detalla_a=OuterRef("pk")), extracto__formato="camt053"
    )
    filas = LineaExtracto.objects.filter(cuenta_id=cuenta_id).filter(
        Q(resultado="YA_VISTA") & (~Q(motivo="IGUAL") | Q(referencia=""))
        | Q(resultado="RECHAZADA", motivo__in=["IMPORTE_ILEGIBLE", "SIN_SIGNO", "SIN_FECHA"])
        | Q(ocurrencia__gt=0, extracto__formato="camt054", fecha_contable__lte=fecha)
        & ~Exists(contada)
    )
    return tuple(vista_de_linea(x) for x in filas.order_by("-id")[:_MAXIMO_SOSPECHOSAS])
