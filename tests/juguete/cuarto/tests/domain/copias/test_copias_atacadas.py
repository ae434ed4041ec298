"""What every room brings: its race with the failing twin, its death, its tampering, its scope."""

from functools import partial

import pytest

from recaudo.domain.copias.actions.retirar_copias import CopiasNoSeRetiran
from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.queries import CopiasNoExisten, pedido_de_copias
from recaudo.domain.obligaciones.queries import obligaciones_de_materia
from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from tests.domain.encuentros import en_el_mismo_paso
from tests.domain.escondidas import poner_estado
from tests.domain.muertes import morir_tras_cambiar
from tests.factories.afiliacion import hacer_empleador
from tests.factories.copias import estado_de, pagar, pedir, retirar
from tests.factories.deudas import violaciones
from tests.factories.recaudacion import BRUNO

TABLA = "copias_pedidodecopias"
JORGE = Actor(id=71, nombre="Jorge", roles=frozenset({"AC"}), provincias=frozenset({"17"}))
DE_GUAYAS = Actor(id=72, nombre="Gina", roles=frozenset({"AC"}), provincias=frozenset({"09"}))


def pagado() -> int:
    numero = pedir()
    pagar(numero)
    return numero


def entregan_dos(*, con_candados: bool = True) -> list[object]:
    numero = pagado()
    return en_el_mismo_paso(
        partial(retirar, numero), partial(retirar, numero, JORGE),
        escriben=TABLA, con_candados=con_candados,
    )  # fmt: skip


@pytest.mark.carrera("copia")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_over_the_same_at_once_one_does_it_and_the_other_reads_why_not() -> None:
    assert entregan_dos() == [1, CopiasNoSeRetiran]
    assert Hecho.objects.filter(tipo="copias_retiradas").count() == 1


@pytest.mark.gemela("copia")
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_they_are_handed_over_twice() -> None:
    assert entregan_dos(con_candados=False) == [1, 1]
    assert Hecho.objects.filter(tipo="copias_retiradas").count() == 2


@pytest.mark.caida("copia")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tabla", [TABLA, "obligaciones_obligacion"])
def test_who_dies_while_it_settles_an_order_leaves_neither_order_nor_debt(tabla: str) -> None:
    empleador = hacer_empleador()
    morir_tras_cambiar(tabla, lambda: pedir(empleador))
    assert (PedidoDeCopias.objects.count(), Hecho.objects.count()) == (0, 0)
    assert not Documento.objects.exists()
    numero = pedir(empleador)
    assert len(obligaciones_de_materia("copias", numero)) == 1


@pytest.mark.manipulacion("copia")
@pytest.mark.django_db
def test_an_order_handed_over_behind_the_guards_is_named() -> None:
    numero = pedir()
    poner_estado(TABLA, numero, "retirada")
    (falta,) = violaciones()["P02"]
    assert (falta["maquina"], falta["id"]) == ("copia", numero)


@pytest.mark.alcance("copia")
@pytest.mark.django_db
def test_who_does_not_reach_it_neither_reads_it_nor_hands_it_over() -> None:
    numero = pagado()
    with pytest.raises(CopiasNoExisten):
        pedido_de_copias(numero, alcance=DE_GUAYAS.alcance(Permiso.COPIAS_VER))
    with pytest.raises(CopiasNoExisten):
        retirar(numero, DE_GUAYAS)
    with pytest.raises(SinPermiso):
        retirar(numero, BRUNO)
    assert estado_de(numero) == "entregable"
