"""What was affirmed of a batch is undone by another person, and everything is in doubt again."""

from dataclasses import replace

import pytest

from recaudo.domain.recaudacion.actions._lote import LoteSinRazon
from recaudo.domain.recaudacion.actions.reconocer_lote import NoEsUnLote
from recaudo.domain.recaudacion.actions.revertir_lote import (
    NoHayLote,
    RevierteQuienReconocio,
    revertir_lote,
)
from recaudo.domain.recaudacion.models import LineaExtracto, LoteReconocido, ValorPorAplicar
from recaudo.domain.recaudacion.queries import lote_visto
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.domain.recaudacion.test_aprobar_desmentido import HOY, IRENE, rojos, trae
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.domain.recaudacion.test_reconocer_lote import (
    afirmar,
    estados,
    iguales,
    lote_de,
    lote_y_piezas,
    piezas_y_lote,
)
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.recaudacion import BRUNO, CARLA, CUENTA

pytestmark = pytest.mark.django_db


def revertir(linea_id: int, por: Actor = IRENE) -> LoteReconocido:
    return revertir_lote(linea_id=linea_id, por=por, hoy=HOY, razon="La nota era de otro lote")


def test_pieces_of_the_books_are_no_longer_of_that_whole() -> None:
    vivos, entera = piezas_y_lote()
    antes = saldos()
    afirmar(entera.pk, [x.id for x in lote_visto(entera.pk).candidatas[:3]])
    revertir(entera.pk)
    entera.refresh_from_db()
    assert (entera.motivo, estados(vivos), rojos()) == (
        "AGRUPADA_DUDOSA", ["pagado"] * 4, {"D26"},
    )  # fmt: skip
    assert saldos() == antes
    with pytest.raises(NoEsUnLote, match="no se dice otra vez"):
        afirmar(entera.pk, [x.id for x in lote_visto(entera.pk).candidatas[:3]])


def test_what_pieces_paid_with_the_money_of_the_whole_is_undone_and_it_waits() -> None:
    vivos, entera = lote_y_piezas()
    antes = saldos()
    afirmar(entera.pk, [x.id for x in lote_visto(entera.pk).candidatas[:3]])
    revertir(entera.pk)
    assert estados(vivos) == ["generado"] * 4
    assert ValorPorAplicar.objects.get(ingreso_id=entera.pk).estado == "abierto"
    assert LineaExtracto.objects.filter(motivo="AGRUPADA_DUDOSA").count() == 4
    ahora = {cuenta: saldo for cuenta, saldo in saldos().items() if saldo != "0.00"}
    assert (ahora, rojos()) == (antes, {"D26"})


def test_a_whole_that_left_the_books_enters_them_again() -> None:
    vivos = iguales(2)
    for n, c in enumerate(vivos):
        uno = Apunte(0, c.importe.centavos, f"P{n}1", c.numero)
        trae(LibroDelBanco(CUENTA, 0, (uno,)).aviso([uno]), f"N{n}")
    entero = replace(lote_de(vivos, "L1"), partes=())
    trae(LibroDelBanco(CUENTA, 0, (entero,)).extracto([0]), "E1")
    entera = LineaExtracto.objects.get(referencia="L1")
    antes = saldos()
    afirmar(entera.pk, [x.id for x in lote_visto(entera.pk).candidatas])
    revertir(entera.pk)
    entera.refresh_from_db()
    assert (entera.resultado, entera.ocurrencia) == ("POR_IDENTIFICAR", 1)
    assert (saldos(), estados(vivos), rojos()) == (antes, ["pagado"] * 2, {"D26"})


def test_who_affirmed_never_reverts_and_nobody_reverts_twice() -> None:
    _, entera = piezas_y_lote()
    with pytest.raises(NoHayLote):
        revertir(entera.pk)
    afirmar(entera.pk, [x.id for x in lote_visto(entera.pk).candidatas[:3]])
    with pytest.raises(RevierteQuienReconocio):
        revertir(entera.pk, por=BRUNO)
    with pytest.raises(SinPermiso):
        revertir(entera.pk, por=CARLA)
    with pytest.raises(LoteSinRazon):
        revertir_lote(linea_id=entera.pk, por=IRENE, hoy=HOY, razon="")
    revertir(entera.pk)
    with pytest.raises(NoHayLote):
        revertir(entera.pk)
