"""Debits of the bank for tests: a fee, a transfer between own accounts, a batch taken back."""

from recaudo.domain.recaudacion.models import Comprobante, LineaExtracto
from recaudo.infra.security.actor import Actor
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.recaudacion import (
    PAGADO,
    hacer_comprobante,
    hacer_cuenta,
    hacer_deuda,
    importar,
)

ELENA = Actor(id=90_052, nombre="Elena Revisora", roles=frozenset({"UREC"}))


def un_cargo(centavos: int = 777) -> LineaExtracto:
    """A debit of account 0010 that nobody has cleared up."""
    libro = LibroDelBanco("0010", 100_000, (Apunte(0, -centavos, "C1"),))
    traer(libro)
    return LineaExtracto.objects.get(resultado="CARGO")


def traspaso() -> LineaExtracto:
    """A debit of 0010, and the credit of 0020 with the same money, in the queue."""
    traer(LibroDelBanco("0020", 0, (Apunte(0, 777, "T1"),)))
    return un_cargo()


def lote_devuelto() -> tuple[list[Comprobante], LineaExtracto]:
    """A batch of three comprobantes in one entry, and one debit that takes it all back."""
    vivos = [hacer_comprobante(hacer_deuda(personal=f"{100 + n}.00")) for n in range(3)]
    partes = tuple((c.importe.centavos, c.numero) for c in vivos)
    total = sum(c for c, _ in partes)
    libro = LibroDelBanco(
        "0010", 0,
        (Apunte(0, total, "L1", "", partes), Apunte(1, -total, "V1", reverso="RvslInd")),
    )  # fmt: skip
    traer(libro, nivel="detallada")
    return vivos, LineaExtracto.objects.get(resultado="CARGO")


def lote_con_comision_devuelto(de_mas: int) -> tuple[list[Comprobante], LineaExtracto]:
    """A batch of three, each with a fee of 0.50 inside, and one debit of its gross and `de_mas`."""
    vivos = [hacer_comprobante(hacer_deuda(personal=f"{100 + n}.00")) for n in range(3)]
    partes = tuple((c.importe.centavos, c.numero) for c in vivos)
    bruto = sum(c for c, _ in partes)
    libro = LibroDelBanco(
        "0010", 0,
        (
            Apunte(0, bruto - 150, "L1", "", partes, comision=150),
            Apunte(1, -(bruto + de_mas), "V1", reverso="RvslInd"),
        ),
    )  # fmt: skip
    traer(libro, nivel="detallada")
    return vivos, LineaExtracto.objects.get(resultado="CARGO")


def traer(libro: LibroDelBanco, **como: object) -> None:
    """Import the whole book of an account, whose account is registered."""
    hacer_cuenta(libro.cuenta, "BANCO-PICHINCHA")
    importar(contenido=libro.extracto(libro.dias, **como).xml(libro.cuenta), con_cuenta=False,
             hoy=PAGADO)  # fmt: skip
