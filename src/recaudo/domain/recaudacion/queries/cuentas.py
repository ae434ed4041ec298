"""Own bank accounts: what the bank says last, and what our books say to that day."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, DateField, Field, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from recaudo.domain.recaudacion.models import CuentaBancaria
from recaudo.domain.recaudacion.queries.juicio import Juicio, juicios
from recaudo.domain.recaudacion.queries.sospechosas import Sospechosa, sospechosas
from recaudo.infra.orm import DineroField
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo


class CuentaNoExiste(Rechazo):
    """There is no such own account."""

    mensaje = "No existe esa cuenta bancaria. Vuelva a la lista y elija una."


@dataclass(frozen=True, slots=True)
class CuentaVista:
    """An own account: what the bank says last and what our books say to that day, in USD.

    `extracto_id`: the statement that says it. `sospechosas`: what may explain a difference.
    """

    id: int
    numero: str
    banco: str
    canal: str
    fecha: date | None
    extracto_id: int | None
    saldo_banco: Dinero | None
    saldo_libro: Dinero
    diferencia: Dinero
    sospechosas: tuple[Sospechosa, ...]

    @property
    def cuadra(self) -> bool:
        """Our books say what the bank says, or it has said nothing yet."""
        return self.diferencia == Dinero.CERO

    @property
    def negadas(self) -> tuple[Sospechosa, ...]:
        """What a notice told and the bank, which closed its day, does not have."""
        return tuple(s for s in self.sospechosas if s.la_niega_el_banco)

    @property
    def importe_negado(self) -> Dinero:
        """How much of the difference those are, in USD."""
        return sum((s.aporte for s in self.negadas), Dinero.CERO)

    @property
    def hay_explicacion(self) -> bool:
        """Some of the lines add up to the difference."""
        return any(s.explica for s in self.sospechosas)


def cuentas_bancarias() -> tuple[CuentaVista, ...]:
    """Return the own accounts, each with our balance, the bank's and the lines that may explain."""
    todos = juicios()
    filas = CuentaBancaria.objects.order_by("banco", "numero")
    return tuple(_cuenta(fila, todos[fila.pk]) for fila in filas)


def cuenta_bancaria(cuenta_id: int) -> CuentaVista | None:
    """Return one own account with both balances, or None."""
    fila = CuentaBancaria.objects.filter(pk=cuenta_id).first()
    return _cuenta(fila, juicios(cuenta_id)[cuenta_id]) if fila else None


#: Whether the bank and our books say the same (code, words, tone).
SITUACIONES_DE_CUENTA: Final = (
    ("no_cuadra", "No cuadra", "rojo"),
    ("sin_saldo", "Sin saldo del banco", "amarillo"),
    ("cuadra", "Cuadra", "verde"),
)


def lista_de_cuentas() -> QuerySet[Any]:
    """Return the own accounts, those that do not reconcile first.

    `saldo_banco`, its day (`fecha`), `saldo_libro` and `diferencia` (None: the bank has not said).
    """
    filas: QuerySet[Any] = CuentaBancaria.objects.annotate(
        fecha=_del_saldo("fecha", DateField()),
        saldo_banco=_del_saldo("banco", DineroField()),
        saldo_libro=_del_saldo("libro", DineroField()),
        diferencia=_del_saldo("libro - banco", DineroField()),
        situacion=Case(
            When(saldo_banco__isnull=True, then=Value("sin_saldo")),
            When(diferencia=0, then=Value("cuadra")),
            default=Value("no_cuadra"),
        ),
        urgencia=Case(When(situacion="no_cuadra", then=Value(0)), default=Value(1)),
    )
    return filas.order_by("urgencia", "banco", "numero")


def _del_saldo(que: str, campo: "Field[Any, Any]") -> RawSQL:
    return RawSQL(  # noqa: S611 - names of our own view
        f"(SELECT {que} FROM recaudacion_saldodecuenta s "  # noqa: S608 - ours
        "WHERE s.cuenta_id = recaudacion_cuentabancaria.id)",
        (),
        output_field=campo,
    )


def _cuenta(f: CuentaBancaria, j: Juicio) -> CuentaVista:
    return CuentaVista(
        f.pk, f.numero, f.banco, f.canal, j.fecha, j.extracto_id, j.saldo_banco, j.saldo_libro,
        j.diferencia, sospechosas(j),
    )  # fmt: skip
