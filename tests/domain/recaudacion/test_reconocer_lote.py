"""An officer affirms which entries are the pieces of one told whole: the bank's money is once."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from recaudo.domain.recaudacion.actions._lote import LoteSinRazon
from recaudo.domain.recaudacion.actions.reconocer_lote import (
    NoEsUnLote,
    PiezasQueNoSon,
    reconocer_lote,
)
from recaudo.domain.recaudacion.models import (
    Comprobante,
    LineaExtracto,
    LoteReconocido,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.queries import (
    LineaNoExiste,
    cuentas_bancarias,
    lineas_por_aclarar,
    lote_visto,
)
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.money import Dinero
from tests.domain.guardas import refused
from tests.domain.recaudacion.test_aprobar_desmentido import (
    HOY,
    deshacer,
    negadas,
    rojos,
    trae,
)
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    CUENTA,
    hacer_comprobante,
    hacer_cuenta,
    hacer_deuda,
)

pytestmark = pytest.mark.django_db


def iguales(cuantos: int) -> list[Comprobante]:
    """Comprobantes of the same amount: which of them a batch paid nobody can tell by sums."""
    hacer_cuenta(CUENTA)
    return [hacer_comprobante(hacer_deuda()) for _ in range(cuantos)]


def lote_de(vivos: Sequence[Comprobante], referencia: str = "") -> Apunte:
    partes = tuple((c.importe.centavos, c.numero) for c in vivos)
    return Apunte(0, sum(c for c, _ in partes), referencia, partes=partes)


def piezas_y_lote() -> tuple[list[Comprobante], LineaExtracto]:
    """Notices of four equal payments; the statement books three of them as one entry."""
    vivos = iguales(4)
    sueltos = [Apunte(0, c.importe.centavos, f"P{n}1", c.numero) for n, c in enumerate(vivos)]
    trae(LibroDelBanco(CUENTA, 0, tuple(sueltos)).aviso(sueltos), "N1")
    trae(LibroDelBanco(CUENTA, 0, (lote_de(vivos[:3]),)).extracto([0]), "E1")
    return vivos, LineaExtracto.objects.get(resultado="YA_VISTA")


def lote_y_piezas() -> tuple[list[Comprobante], LineaExtracto]:
    """A notice of a batch of three, whole; the statement books four equal payments apart."""
    vivos = iguales(4)
    trae(LibroDelBanco(CUENTA, 0, ()).aviso([lote_de(vivos[:3])]), "N1")
    sueltos = tuple(Apunte(0, c.importe.centavos, "", c.numero) for c in vivos)
    trae(LibroDelBanco(CUENTA, 0, sueltos).extracto([0]), "E1")
    return vivos, LineaExtracto.objects.get(ocurrencia__gt=0)


def afirmar(linea_id: int, piezas: Sequence[int], por: Actor = BRUNO) -> LoteReconocido:
    return reconocer_lote(
        linea_id=linea_id, piezas=piezas, por=por, hoy=HOY, razon="El banco lo detalla en su nota"
    )


def estados(vivos: Sequence[Comprobante]) -> list[str]:
    return [Comprobante.objects.get(pk=c.pk).estado for c in vivos]


def test_pieces_of_the_books_are_those_of_a_whole_that_was_held() -> None:
    vivos, entera = piezas_y_lote()
    assert (entera.motivo, rojos(), estados(vivos)) == ("AGRUPADA_DUDOSA", {"D26"}, ["pagado"] * 4)
    visto = lote_visto(entera.pk)
    assert (visto.impedimento, visto.en_el_libro, len(visto.candidatas)) == ("", True, 4)
    afirmar(entera.pk, [x.id for x in visto.candidatas[:3]])
    assert estados(vivos) == ["depositado"] * 3 + ["pagado"]
    assert entera.pk not in [x.pk for x in lineas_por_aclarar()]
    (cuarta,) = negadas()
    deshacer(cuarta)
    assert (rojos(), [c.cuadra for c in cuentas_bancarias()]) == (set(), [True])
    assert estados(vivos)[3] in {"generado", "caducado"}


def test_pieces_that_did_not_enter_say_what_a_whole_of_the_books_paid() -> None:
    vivos, entera = lote_y_piezas()
    assert entera.transacciones == 3
    visto = lote_visto(LineaExtracto.objects.filter(motivo="AGRUPADA_DUDOSA").earliest("pk").pk)
    assert (visto.entera.id, visto.en_el_libro, visto.impedimento) == (entera.pk, False, "")
    afirmar(entera.pk, [x.id for x in visto.candidatas[:3]])
    assert estados(vivos) == ["depositado"] * 3 + ["generado"]
    assert ValorPorAplicar.objects.get(ingreso_id=entera.pk).estado == "detallado"
    assert saldos()["2301"] == "0.00"
    (cuenta,) = cuentas_bancarias()
    assert cuenta.diferencia == -vivos[3].importe, "the fourth is money apart: it is declared"


def test_a_whole_that_had_entered_leaves_and_is_seen_in_its_pieces() -> None:
    """Pieces in two notices, and a statement that says no count: it entered, and is twice."""
    vivos = iguales(2)
    for n, c in enumerate(vivos):
        uno = Apunte(0, c.importe.centavos, f"P{n}1", c.numero)
        trae(LibroDelBanco(CUENTA, 0, (uno,)).aviso([uno]), f"N{n}")
    entero = replace(lote_de(vivos, "L1"), partes=())
    trae(LibroDelBanco(CUENTA, 0, (entero,)).extracto([0]), "E1")
    assert rojos() == {"D26"}
    entera = LineaExtracto.objects.get(referencia="L1")
    visto = lote_visto(entera.pk)
    assert (entera.ocurrencia, visto.movimiento_id) == (1, entera.pk)
    afirmar(entera.pk, [x.id for x in visto.candidatas])
    assert (rojos(), estados(vivos)) == (set(), ["depositado"] * 2)
    assert [c.cuadra for c in cuentas_bancarias()] == [True]
    assert negadas() == []
    trae(LibroDelBanco(CUENTA, 0, (entero,)).extracto([0]), "E2")
    assert rojos() == set(), "the same statement again adds nothing"


def test_a_whole_and_its_pieces_told_by_two_notices_are_one_once_it_is_said() -> None:
    vivos = iguales(2)
    entero = lote_de(vivos, "L1")
    libro = LibroDelBanco(CUENTA, 0, (entero,))
    trae(libro.aviso([entero], nivel="piezas"), "N1")
    trae(libro.aviso([entero]), "N2")
    trae(libro.extracto([0]), "E1")
    assert rojos() == {"D26"}
    entera = LineaExtracto.objects.get(ocurrencia__gt=0, transacciones=2)
    visto = lote_visto(entera.pk)
    afirmar(LineaExtracto.objects.get(duplica_a=entera.pk).pk, [x.id for x in visto.candidatas])
    assert (rojos(), estados(vivos)) == (set(), ["depositado"] * 2)
    assert not ValorPorAplicar.objects.filter(estado="abierto").exists()


def test_debits_in_pieces_are_affirmed_alike() -> None:
    hacer_cuenta(CUENTA)
    for n in range(2):
        uno = Apunte(0, -700 - n, f"C{n}1")
        trae(LibroDelBanco(CUENTA, 0, (uno,)).aviso([uno]), f"N{n}")
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, -1_401, "L1"),)).extracto([0]), "E1")
    entera = LineaExtracto.objects.get(referencia="L1")
    assert rojos() == {"D26"}
    afirmar(entera.pk, [x.id for x in lote_visto(entera.pk).candidatas])
    assert (rojos(), saldos()["1109"]) == (set(), "14.01")


def test_what_does_not_add_up_or_is_not_of_the_list_is_refused_with_both_figures() -> None:
    vivos, entera = piezas_y_lote()
    unas = [x.id for x in lote_visto(entera.pk).candidatas]
    with pytest.raises(PiezasQueNoSon, match=r"432,00.*648,00"):
        afirmar(entera.pk, unas[:2])
    with pytest.raises(PiezasQueNoSon, match="al menos dos"):
        afirmar(entera.pk, unas[:1])
    with pytest.raises(PiezasQueNoSon, match="al menos dos"):
        afirmar(entera.pk, [*unas[:2], entera.pk])
    with pytest.raises(LoteSinRazon):
        reconocer_lote(linea_id=entera.pk, piezas=unas[:3], por=BRUNO, hoy=HOY, razon=" ")
    with pytest.raises(SinPermiso):
        afirmar(entera.pk, unas[:3], por=CARLA)
    with pytest.raises(LineaNoExiste):
        afirmar(entera.pk + 999, unas[:3])
    assert vivos


def test_it_is_said_once_and_of_what_is_still_in_doubt() -> None:
    vivos, entera = piezas_y_lote()
    unas = [x.id for x in lote_visto(entera.pk).candidatas]
    afirmar(entera.pk, unas[:3])
    with pytest.raises(NoEsUnLote, match="ya se dijo"):
        afirmar(entera.pk, unas[1:])
    with pytest.raises(NoEsUnLote, match="ya pagó"):
        afirmar(unas[3], unas[:2])
    assert refused("UPDATE recaudacion_lotereconocido SET razon = 'otra'")
    assert refused("DELETE FROM recaudacion_piezacontada")
    assert refused(f"UPDATE recaudacion_lineaextracto SET motivo = 'IGUAL' WHERE id = {entera.pk}")
    assert vivos[0].importe == Dinero("216.00")
