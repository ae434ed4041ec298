"""Model fields that store the kernel's values: money as integer cents, a month as AAAAMM."""

from typing import TYPE_CHECKING, Any

from django.db import models

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo

if TYPE_CHECKING:
    CampoEntero = models.BigIntegerField[Any, Any]
    CampoMes = models.IntegerField[Any, Any]
else:
    CampoEntero = models.BigIntegerField
    CampoMes = models.IntegerField


class DineroField(CampoEntero):
    """USD as integer cents (`bigint`): exact in Python and in SQL, no rounding to agree on.

    Reads and writes `Dinero`. In raw SQL the column holds cents.
    """

    description = "USD in integer cents"
    if TYPE_CHECKING:  # what django-stubs reads to check the values given to a model
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def from_db_value(self, value: int | None, *_: object) -> Dinero | None:
        """Turn cents into `Dinero`."""
        return None if value is None else Dinero.de_centavos(value)

    def to_python(self, value: object) -> Dinero | None:
        """Accept `Dinero`, cents (int) or text with two decimals."""
        if value is None or isinstance(value, Dinero):
            return value
        if isinstance(value, int):
            return Dinero.de_centavos(value)
        return Dinero(str(value))

    def get_prep_value(self, value: object) -> int | None:
        """Give cents to the database; a bare number is refused so that units cannot be mixed."""
        if value is None:
            return None
        if isinstance(value, Dinero):
            return value.centavos
        if (
            type(value) is int and value == 0
        ):  # zero is zero in any unit: constraints compare with it
            return 0
        mensaje = f"A money column takes Dinero, not {type(value).__name__}"
        raise TypeError(mensaje)


class PeriodoField(CampoMes):
    """A month as the integer AAAAMM (202609): readable in SQL, sortable, four bytes."""

    description = "month as AAAAMM"
    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any
        _pyi_lookup_exact_type: Any

    def from_db_value(self, value: int | None, *_: object) -> Periodo | None:
        """Turn AAAAMM into `Periodo`."""
        return None if value is None else Periodo(value // 100, value % 100)

    def to_python(self, value: object) -> Periodo | None:
        """Accept `Periodo`, AAAAMM or AAAA-MM."""
        if value is None or isinstance(value, Periodo):
            return value
        if isinstance(value, int):
            return Periodo(value // 100, value % 100)
        return Periodo.de_texto(str(value))

    def get_prep_value(self, value: object) -> int | None:
        """Give AAAAMM to the database."""
        if value is None:
            return None
        if isinstance(value, Periodo):
            return value.anio * 100 + value.mes
        mensaje = f"A month column takes Periodo, not {type(value).__name__}"
        raise TypeError(mensaje)
