"""Own bank accounts: what the bank says last, and what our books say to that day."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import (
    Case,
    DateField,
    Exists,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)  # fmt: skip
from django.db.models.expressions import RawSQL

from recaudo.domain.recaudacion.models import CuentaBancaria, LineaExtracto, PiezaContada
from recaudo.domain.recaudacion.queries.conciliacion import LineaVista, vista_de_linea
from recaudo.infra.orm import DineroField
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

_MAXIMO_SOSPECHOSAS: Final = 50


class CuentaNoExiste(Rechazo):
    """There is no such own account."""

    mensaje = "No existe esa cuenta bancaria. Vuelva a la lista y elija una."


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


_SALDO = "SELECT fecha, banco, libro FROM recaudacion_saldodecuenta WHERE cuenta_id = %s"
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


def _cuenta(f: CuentaBancaria) -> CuentaVista:
    with connection.cursor() as cursor:
        cursor.execute(_SALDO, [f.pk])
        fecha, banco, libro = cursor.fetchone()
    saldo_libro = Dinero.de_centavos(int(libro))
    saldo_banco = None if banco is None else Dinero.de_centavos(int(banco))
    diferencia = Dinero.CERO if saldo_banco is None else saldo_libro - saldo_banco
    sospechosas = _sospechosas(f.pk, fecha) if diferencia and fecha else ()
    return CuentaVista(
        f.pk, f.numero, f.banco, f.canal, fecha, saldo_banco, saldo_libro, diferencia, sospechosas
    )


def _sospechosas(cuenta_id: int, fecha: date) -> tuple[LineaVista, ...]:
    """Return the lines that may explain a difference: seen, unreadable, told by a notice only."""
    otra = LineaExtracto.objects.filter(
        ~Q(motivo="AGRUPADA_DUDOSA"), Q(duplica_a=OuterRef("pk")) | Q(detalla_a=OuterRef("pk")),
        extracto__formato="camt053",
    )  # fmt: skip
    pieza = PiezaContada.objects.filter(
        movimiento=OuterRef("pk"), linea__extracto__formato="camt053"
    )
    filas = LineaExtracto.objects.filter(cuenta_id=cuenta_id).filter(
        Q(resultado="YA_VISTA") & (~Q(motivo__in=["IGUAL", "OTRA_VEZ"]) | Q(referencia=""))
        | Q(resultado="RECHAZADA", motivo__in=["IMPORTE_ILEGIBLE", "SIN_SIGNO", "SIN_FECHA"])
        | Q(ocurrencia__gt=0, extracto__formato="camt054", fecha_contable__lte=fecha)
        & ~Exists(otra)
        & ~Exists(pieza)
    )
    return tuple(vista_de_linea(x) for x in filas.order_by("-id")[:_MAXIMO_SOSPECHOSAS])
