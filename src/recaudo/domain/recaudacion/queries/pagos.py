"""What paid one debt, as its sheet tells it."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from recaudo.domain.recaudacion.models import Ingreso
from recaudo.kernel.money import Dinero

_PAGOS = """
SELECT p.id, p.fecha_pago, coalesce(i.tipo, 'BANCO'), coalesce(c.numero, ''), p.reversa_id,
       a.interes, a.personal + a.patronal + a.ccc + a.otros,
       EXISTS (SELECT 1 FROM recaudacion_pago r WHERE r.reversa_id = p.id)
  FROM recaudacion_aplicacion a
  JOIN recaudacion_pago p ON p.id = a.pago_id
  LEFT JOIN recaudacion_ingreso i ON i.id = p.ingreso_id
  LEFT JOIN recaudacion_comprobante c ON c.id = p.comprobante_id
 WHERE a.obligacion_id = %s
 ORDER BY p.id DESC
"""


@dataclass(frozen=True, slots=True)
class PagoDeDeuda:
    """What one payment paid of one debt, in USD; below zero when it undoes another (`deshace`)."""

    id: int
    fecha: date
    medio: str
    comprobante: str
    deshace: int | None
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
                numero, fecha, _medio(tipo), comprobante, deshace, Dinero.de_centavos(interes),
                Dinero.de_centavos(capital), deshecho,
            )
            for numero, fecha, tipo, comprobante, deshace, interes, capital, deshecho
            in cursor.fetchall()
        ]  # fmt: skip


def _medio(tipo: str) -> str:
    return "Banco" if tipo == "BANCO" else str(Ingreso.Tipo(tipo).label)
