"""The small statements that failed, each with its right outcome (tests/datos/casos_extractos)."""

from datetime import date
from pathlib import Path

import pytest

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.recaudacion.actions.importar_extracto import ResultadoImportacion
from recaudo.domain.recaudacion.models import (
    Aplicacion,
    Comprobante,
    LineaExtracto,
    Pago,
    ReversoBancario,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.queries import cuentas_bancarias, lineas_por_aclarar
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.recaudacion import hacer_comprobante, hacer_cuenta, hacer_deuda, importar

pytestmark = pytest.mark.django_db

CASOS = Path(__file__).parents[2] / "datos" / "casos_extractos"
DIA = date(2026, 11, 20)
#: The comprobantes of the samples: their number and amount, to be put in place by live ones.
NUMEROS = ("20260000011844", "20260000011852", "20260000011869")
IMPORTES = ("2954.82", "5819.06", "3612.38")


@pytest.fixture
def vivos() -> list[Comprobante]:
    """Three live comprobantes, and the two accounts of the samples."""
    hacer_cuenta("0001", "JEP")
    hacer_cuenta("0002", "FACILITO")
    hechos = []
    for importe in IMPORTES:
        personal = str(Dinero(importe) - Dinero("300.00"))
        deuda = hacer_deuda(
            personal=personal, patronal="290.00", ccc="10.00", vence=date(2026, 12, 15),
            emitida=date(2026, 11, 10),
        )  # fmt: skip
        hechos.append(hacer_comprobante(deuda, hoy=date(2026, 11, 18)))
    return hechos


def leer(nombre: str, vivos: list[Comprobante]) -> bytes:
    """Return a sample that cites the live comprobantes, cut or spaced like its own."""
    texto = (CASOS / f"{nombre}.xml").read_text(encoding="utf-8")
    for numero, vivo in zip(NUMEROS, vivos, strict=True):
        texto = texto.replace(numero, vivo.numero)
    v = vivos[0].numero
    texto = texto.replace("20260000</Ustrd><Ustrd>011844", f"{v[:8]}</Ustrd><Ustrd>{v[8:]}")
    texto = texto.replace("2026 0000 0118 44", f"{v[:4]} {v[4:8]} {v[8:12]} {v[12:]}")
    return texto.encode()


def caso(nombre: str, vivos: list[Comprobante]) -> ResultadoImportacion:
    formato = "camt054" if "054" in nombre else "camt053"
    return importar(contenido=leer(nombre, vivos), formato=formato, hoy=DIA, con_cuenta=False)


def estados(vivos: list[Comprobante]) -> list[str]:
    return [Comprobante.objects.get(pk=c.pk).estado for c in vivos]


@pytest.mark.parametrize(
    ("nombre", "pagos"),
    [
        ("a1-mismo-endtoend", 2),
        ("a2-dos-cuentas-ntryref", 2),
        ("a4-not-provided", 2),
        ("a6-lote-acctsvcrref-repetida", 3),
        ("a8-lote-con-comision", 3),
        ("d2-medianoche-z", 1),
        ("f2-lote-solo-instdamt", 2),
        ("r1-pago", 1),
        ("u1-ustrd-partido", 1),
        ("u2-espacios", 1),
        ("v1-sobre", 1),
    ],
)
def test_each_sample_pays_what_it_brings_and_again_nothing(
    nombre: str, pagos: int, vivos: list[Comprobante]
) -> None:
    r = caso(nombre, vivos)
    assert (r.aplicadas, r.por_identificar, r.rechazadas, r.duplicadas) == (pagos, 0, 0, 0)
    assert r.cuadra
    assert estados(vivos) == ["depositado"] * pagos + ["generado"] * (3 - pagos)
    assert libro_cuadra()
    otra = importar(
        contenido=leer(nombre, vivos).replace(b"<MsgId>M1<", b"<MsgId>M9<"), hoy=DIA,
        con_cuenta=False,
    )  # fmt: skip
    assert (otra.aplicadas, otra.duplicadas, otra.total) == (0, pagos, Dinero.CERO)
    assert Pago.objects.count() == pagos


def test_a1b_two_equal_entries_of_one_statement_are_two_movements(vivos: list[Comprobante]) -> None:
    r = caso("a1b-mismo-endtoend-mismo-importe", vivos)
    assert (r.lineas, r.duplicadas, r.total) == (2, 0, Dinero("198.58"))
    assert sorted(LineaExtracto.objects.values_list("ocurrencia", flat=True)) == [1, 2]


@pytest.mark.parametrize("al_reves", [False, True])
def test_a7_notice_and_statement_of_one_batch_are_one_movement(
    al_reves: bool, vivos: list[Comprobante]
) -> None:
    nombres = ["a7-lote-054", "a7-lote-053"]
    if al_reves:
        entero = caso("a7-lote-053", vivos)
        assert (entero.por_identificar, entero.total) == (1, Dinero("12386.26"))
        assert ValorPorAplicar.objects.get().motivo == "POR_DETALLAR"
        detalle = caso("a7-lote-054", vivos)
        assert (detalle.aplicadas, detalle.total) == (3, Dinero.CERO)
        assert ValorPorAplicar.objects.get().estado == "detallado"
    else:
        aviso, extracto = (caso(nombre, vivos) for nombre in nombres)
        assert (aviso.aplicadas, aviso.total) == (3, Dinero("12386.26"))
        assert (extracto.duplicadas, extracto.total) == (1, Dinero.CERO)
    assert Pago.objects.count() == 3
    assert estados(vivos) == ["depositado"] * 3
    cuentas = saldos()
    assert (cuentas["1101"], cuentas.get("2301", "0.00")) == ("12386.26", "0.00")


@pytest.mark.parametrize("al_reves", [False, True])
def test_a7c_the_value_date_never_makes_another_movement(
    al_reves: bool, vivos: list[Comprobante]
) -> None:
    nombres = ["a7c-054-sin-fecha-valor", "a7c-053-otra-fecha-valor"]
    primera, segunda = (caso(n, vivos) for n in (reversed(nombres) if al_reves else nombres))
    assert (primera.aplicadas, segunda.aplicadas, segunda.duplicadas) == (1, 0, 1)
    assert estados(vivos)[0] == "depositado"
    assert saldos()["1101"] == "2954.82"


def test_a8_the_gross_is_paid_the_fee_is_an_expense_and_the_account_is_the_banks(
    vivos: list[Comprobante],
) -> None:
    caso("a8-lote-con-comision", vivos)
    cuentas = saldos()
    assert (cuentas["1101"], cuentas["5101"]) == ("12383.76", "2.50")
    pagado = sum((a.personal + a.patronal + a.ccc for a in Aplicacion.objects.all()), Dinero.CERO)
    assert pagado == Dinero("12386.26")


@pytest.mark.parametrize("nombre", ["d6-fecha-por-omision", "d6b-fecha-por-omision-z"])
def test_d6_an_instant_nobody_believes_waits_with_its_reason(
    nombre: str, vivos: list[Comprobante]
) -> None:
    r = caso(nombre, vivos)
    assert (r.aplicadas, r.por_identificar, r.total) == (0, 1, Dinero("2954.82"))
    assert ValorPorAplicar.objects.get().motivo == "FECHA_INVEROSIMIL"


def test_d6h_the_others_enter(vivos: list[Comprobante]) -> None:
    r = caso("d6h-una-mala-entre-buenas", vivos)
    assert (r.aplicadas, r.por_identificar) == (1, 1)
    assert estados(vivos) == ["generado", "depositado", "generado"]


def test_r2_a_credit_marked_as_reversal_waits_for_a_person(vivos: list[Comprobante]) -> None:
    r = caso("r2-credito-por-reverso", vivos)
    assert (r.aplicadas, r.por_identificar) == (0, 1)
    assert ValorPorAplicar.objects.get().motivo == "CREDITO_POR_REVERSO"
    assert estados(vivos) == ["generado"] * 3
    assert saldos()["1101"] == "2954.82"


def test_an_unknown_account_is_held_and_its_file_again_posts_it(vivos: list[Comprobante]) -> None:
    contenido = leer("a2-dos-cuentas-ntryref", vivos).replace(b"<Id>0002<", b"<Id>0003<")
    r = importar(contenido=contenido, hoy=DIA, con_cuenta=False)
    assert (r.aplicadas, r.retenidas, r.retenciones, r.cuadra) == (
        1, 1, ("CUENTA_DESCONOCIDA",), False,
    )  # fmt: skip
    assert importar(contenido=contenido, hoy=DIA, con_cuenta=False).retenidas == 1
    hacer_cuenta("00 03-", "COOPMEGO")
    otra = importar(contenido=contenido, hoy=DIA, con_cuenta=False)
    assert (otra.aplicadas, otra.retenidas, otra.cuadra) == (2, 0, True)
    assert Pago.objects.count() == 2
    assert [c.saldo_libro for c in sorted(cuentas_bancarias(), key=lambda c: c.numero)] == [
        Dinero("2954.82"), Dinero.CERO, Dinero("5819.06"),
    ]  # fmt: skip
    assert Obligacion.objects.filter(estado="cancelada").count() == 2


def _debe(c: Comprobante) -> tuple[str, Dinero]:
    o = Obligacion.objects.get(pk=c.detalles.get().obligacion_id)
    return o.estado, o.saldo_personal + o.saldo_patronal + o.saldo_ccc


@pytest.mark.parametrize("al_reves", [False, True])
def test_r1_what_the_bank_takes_back_is_undone_in_either_order(
    al_reves: bool, vivos: list[Comprobante]
) -> None:
    nombres = ["r1-pago", "r1-reverso"]
    antes = _debe(vivos[0])
    for nombre in reversed(nombres) if al_reves else nombres:
        caso(nombre, vivos)
    assert estados(vivos) == ["reversado", "generado", "generado"]
    assert _debe(vivos[0]) == antes
    assert {c: s for c, s in saldos().items() if s != "0.00"} == {}
    assert (ReversoBancario.objects.count(), Pago.objects.count()) == (1, 2)
    assert libro_cuadra()


def test_r1_both_in_one_statement_and_the_same_reversal_again(vivos: list[Comprobante]) -> None:
    pago, reverso = leer("r1-pago", vivos), leer("r1-reverso", vivos)
    entrada = reverso[reverso.index(b"<Ntry>") : reverso.index(b"</Ntry>") + 7]
    r = importar(
        contenido=pago.replace(b"</Stmt>", entrada + b"</Stmt>"), hoy=DIA, con_cuenta=False
    )
    assert (r.aplicadas, r.cargos, r.rechazadas, r.lineas) == (1, 1, 1, 2)
    assert estados(vivos)[0] == "reversado"
    assert caso("r1-reverso", vivos).duplicadas == 1
    assert Pago.objects.count() == 2


def test_a_reversal_that_finds_no_entry_is_in_the_books_and_waits(vivos: list[Comprobante]) -> None:
    caso("r1-pago", vivos)
    otro = leer("r1-reverso", vivos).replace(b"2954.82", b"2954.81")
    r = importar(contenido=otro, hoy=DIA, con_cuenta=False)
    assert r.cargos == 1
    assert estados(vivos)[0] == "depositado"
    assert (saldos()["1101"], saldos()["1109"]) == ("0.01", "2954.81")
    (linea,) = lineas_por_aclarar()
    assert linea.resultado == "CARGO"


def test_one_payment_of_a_batch_may_be_taken_back(vivos: list[Comprobante]) -> None:
    caso("a6-lote-acctsvcrref-repetida", vivos)
    caso("r1-reverso", vivos)
    assert estados(vivos) == ["reversado", "depositado", "depositado"]
    assert saldos()["1101"] == "9431.44"
