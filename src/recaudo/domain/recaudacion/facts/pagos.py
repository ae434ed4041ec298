"""What this room states of payments, of their money and of their debts."""

from dataclasses import dataclass
from typing import ClassVar

from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class _DePagos:
    """What happened to payments and to their debts.

    `obligaciones` names the debts when they are few; all are in the temporary table `tabla`
    (obligacion_id), until the transaction ends.
    """

    objeto_tipo: ClassVar[str] = "pago"

    objeto_id: int
    pagos: int
    importe: Dinero
    obligaciones: tuple[int, ...]
    tabla: str

    @property
    def cuantos(self) -> str:
        """How many payments, in words."""
        return "un pago" if self.pagos == 1 else f"{self.pagos} pagos"


@dataclass(frozen=True, slots=True)
class DeudasPagadas(_DePagos):
    """Money was applied to debts, by whatever road: the rooms above learn which."""

    tipo: ClassVar[str] = "deudas_pagadas"

    def frase(self) -> str:
        """One sentence for the history tab."""
        verbo = "Se aplicó" if self.pagos == 1 else "Se aplicaron"
        return f"{verbo} {self.cuantos} a sus deudas, por {self.importe.formato()}."


@dataclass(frozen=True, slots=True)
class PagosReversados(_DePagos):
    """Payments were undone: their debts live again (R-REC-01)."""

    tipo: ClassVar[str] = "pagos_reversados"

    def frase(self) -> str:
        """One sentence for the history tab."""
        verbo = "Se deshizo" if self.pagos == 1 else "Se deshicieron"
        return f"{verbo} {self.cuantos}, por {self.importe.formato()}: sus deudas reviven."


@dataclass(frozen=True, slots=True)
class PagosApartados(_DePagos):
    """Payments dated after money that arrives now are set aside: their debts live again."""

    tipo: ClassVar[str] = "pagos_apartados"

    def frase(self) -> str:
        """One sentence for the history tab."""
        importe = self.importe.formato()
        return f"Se apartó {self.cuantos} de fecha posterior, por {importe}: llegó dinero de antes."


@dataclass(frozen=True, slots=True)
class PagosImputadosDeNuevo(_DePagos):
    """Payments set aside are imputed again, each from its own date, behind the older money."""

    tipo: ClassVar[str] = "pagos_imputados_de_nuevo"

    def frase(self) -> str:
        """One sentence for the history tab."""
        que = f"{self.cuantos}, por {self.importe.formato()}, desde su propia fecha"
        return f"Se imputó de nuevo {que}: lo que ya no se debe es crédito a favor de quien pagó."


@dataclass(frozen=True, slots=True)
class CreditoCompensado:
    """A credit in favour of a debtor paid debts of the same debtor."""

    tipo: ClassVar[str] = "credito_compensado"
    objeto_tipo: ClassVar[str] = "credito_a_favor"

    objeto_id: int
    pago_id: int
    empleador_id: int | None
    provincia: str
    importe: Dinero
    obligaciones: tuple[int, ...]
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se compensaron {self.importe.formato()} de crédito a favor. Razón: {self.razon}"


@dataclass(frozen=True, slots=True)
class ValorAplicado:
    """An officer applied by hand money that the machine could not place."""

    tipo: ClassVar[str] = "valor_aplicado"
    objeto_tipo: ClassVar[str] = "valor_por_aplicar"

    objeto_id: int
    pago_id: int
    empleador_id: int | None
    provincia: str
    importe: Dinero
    obligaciones: tuple[int, ...]
    conceptos: tuple[str, ...]
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        a_que = ", ".join(f"«{uno}»" for uno in self.conceptos) or "su deudor"
        return (
            f"Se aplicaron {self.importe.formato()} por identificar a {a_que}. Razón: {self.razon}"
        )
