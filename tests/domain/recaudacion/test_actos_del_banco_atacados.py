"""Every act about the bank attacked: twice, by who may not, by two people at once, late.

Each refuses with words that a person can read, and the books stay the bank's (S03, D26).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from recaudo.domain.cartera.models import DiaCerrado
from recaudo.domain.recaudacion.actions.aprobar_aclaracion import aprobar_aclaracion
from recaudo.domain.recaudacion.actions.aprobar_desmentido import aprobar_desmentido
from recaudo.domain.recaudacion.actions.confirmar_extracto import confirmar_extracto
from recaudo.domain.recaudacion.actions.declarar_linea_propia import declarar_linea_propia
from recaudo.domain.recaudacion.actions.desmentir_aviso import desmentir_aviso
from recaudo.domain.recaudacion.actions.devolver_aclaracion import devolver_aclaracion
from recaudo.domain.recaudacion.actions.devolver_desmentido import devolver_desmentido
from recaudo.domain.recaudacion.actions.liberar_extracto import liberar_extracto
from recaudo.domain.recaudacion.actions.proponer_aclaracion import proponer_aclaracion
from recaudo.domain.recaudacion.actions.rechazar_extracto import rechazar_extracto
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.actions.reconocer_lote import reconocer_lote
from recaudo.domain.recaudacion.actions.revertir_declaracion import revertir_declaracion
from recaudo.domain.recaudacion.actions.revertir_lote import revertir_lote
from recaudo.domain.recaudacion.models import Comprobante, LineaExtracto
from recaudo.domain.recaudacion.queries import cuentas_bancarias, lote_visto
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.refusals import Rechazo
from tests.domain.encuentros import Encuentro, a_la_vez
from tests.domain.recaudacion.test_aprobar_desmentido import (
    HOY,
    IRENE,
    dos_avisos,
    negadas,
    proponer,
    rojos,
)
from tests.domain.recaudacion.test_declarar_linea_propia import declarada, repetida
from tests.domain.recaudacion.test_reconocer_lote import afirmar, piezas_y_lote
from tests.factories.cargos import un_cargo
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    Linea,
    extracto_xml,
    hacer_cuenta,
)

Hacer = Callable[[Actor], object]
#: What no refusal says: a name in code, a rule of ours by its code, English.
_NO_ES_PALABRA = re.compile(r"\b[a-z]+_[a-z_]+\b|\bR-[A-Z]{2,4}-\d|\b(?:the|not|cannot)\b")
DE_PROVINCIA = Actor(
    id=70, nombre="Jorge Provincial", roles=frozenset({"JC"}), provincias=frozenset({"09"})
)
TERCERA = Actor(id=91, nombre="Tania Tercera", roles=frozenset({"UREC"}))
ADMINISTRA = Actor(id=71, nombre="Adela Administra", roles=frozenset({"ADM"}))


@dataclass(frozen=True)
class Ataque:
    """An act ready to be done: what prepares it gives how, and who is the right person."""

    preparar: Callable[[], Hacer]
    quien: Actor = BRUNO


def _recibido() -> int:
    hacer_cuenta()
    (numero,) = recibir_extracto(
        nombre="e.xml", formato="camt053", contenido=extracto_xml(Linea(1_000, "", "K1")),
        por=BRUNO, hoy=HOY,
    ).extractos  # fmt: skip
    return numero


def _confirmar() -> Hacer:
    numero = _recibido()
    return lambda por: confirmar_extracto(extracto_id=numero, por=por, hoy=HOY)


def _rechazar() -> Hacer:
    numero = _recibido()
    return lambda por: rechazar_extracto(extracto_id=numero, por=por, hoy=HOY, razon="x")


def _liberar() -> Hacer:
    """It is held no more once its account is known, so judging it again is refused at once."""
    numero = _recibido()
    return lambda por: liberar_extracto(extracto_id=numero, por=por, hoy=HOY, razon="x")


def _declarar() -> Hacer:
    linea = repetida()
    return lambda por: declarar_linea_propia(linea_id=linea.pk, por=por, hoy=HOY, razon="x")


def _revertir_declaracion() -> Hacer:
    linea = declarada()
    return lambda por: revertir_declaracion(linea_id=linea.pk, por=por, hoy=HOY, razon="x")


def _proponer_aclaracion() -> Hacer:
    linea = un_cargo()
    return lambda por: proponer_aclaracion(
        cargo_id=linea.pk, destino="COMISION", por=por, hoy=HOY, razon="x"
    )


def _con_propuesta() -> int:
    fila = proponer_aclaracion(
        cargo_id=un_cargo().pk, destino="COMISION", por=BRUNO, hoy=HOY, razon="x"
    )
    return int(fila.pk)


def _aprobar_aclaracion() -> Hacer:
    numero = _con_propuesta()
    return lambda por: aprobar_aclaracion(aclaracion_id=numero, por=por, hoy=HOY)


def _devolver_aclaracion() -> Hacer:
    numero = _con_propuesta()
    return lambda por: devolver_aclaracion(aclaracion_id=numero, por=por, hoy=HOY, razon="x")


def _desmentir() -> Hacer:
    dos_avisos(0)
    (una,) = negadas()
    return lambda por: desmentir_aviso(linea_id=una, por=por, hoy=HOY, razon="x")


def _con_desmentido() -> int:
    dos_avisos(1)
    return proponer(negadas()[0])


def _aprobar_desmentido() -> Hacer:
    numero = _con_desmentido()
    return lambda por: aprobar_desmentido(desmentido_id=numero, por=por, hoy=HOY)


def _devolver_desmentido() -> Hacer:
    numero = _con_desmentido()
    return lambda por: devolver_desmentido(desmentido_id=numero, por=por, hoy=HOY, razon="x")


def _reconocer() -> Hacer:
    _, entera = piezas_y_lote()
    unas = [x.id for x in lote_visto(entera.pk).candidatas[:3]]
    return lambda por: reconocer_lote(linea_id=entera.pk, piezas=unas, por=por, hoy=HOY, razon="x")


def _revertir_lote() -> Hacer:
    _, entera = piezas_y_lote()
    afirmar(entera.pk, [x.id for x in lote_visto(entera.pk).candidatas[:3]])
    return lambda por: revertir_lote(linea_id=entera.pk, por=por, hoy=HOY, razon="x")


ATAQUES = {
    "confirmar_extracto": Ataque(_confirmar, IRENE),
    "rechazar_extracto": Ataque(_rechazar, IRENE),
    "declarar_linea_propia": Ataque(_declarar),
    "revertir_declaracion": Ataque(_revertir_declaracion, IRENE),
    "proponer_aclaracion": Ataque(_proponer_aclaracion),
    "aprobar_aclaracion": Ataque(_aprobar_aclaracion, IRENE),
    "devolver_aclaracion": Ataque(_devolver_aclaracion, IRENE),
    "desmentir_aviso": Ataque(_desmentir),
    "aprobar_desmentido": Ataque(_aprobar_desmentido, IRENE),
    "devolver_desmentido": Ataque(_devolver_desmentido, IRENE),
    "reconocer_lote": Ataque(_reconocer),
    "revertir_lote": Ataque(_revertir_lote, IRENE),
}


def _con_palabras(rechazo: Rechazo) -> bool:
    mensaje = rechazo.mensaje
    return len(mensaje) > 20 and mensaje[-1] in ".:" and not _NO_ES_PALABRA.search(mensaje)


@pytest.mark.alcance("extracto", "aclaracion_de_cargo", "desmentido_de_aviso")
@pytest.mark.django_db
@pytest.mark.parametrize("cual", ATAQUES)
def test_who_may_not_is_refused_and_the_second_time_too(cual: str) -> None:
    """Employers, officers of a province, who administers users: none of them. Then, twice."""
    ataque = ATAQUES[cual]
    hacer = ataque.preparar()
    antes = [c.saldo_libro for c in cuentas_bancarias()]
    for ajeno in (CARLA, DE_PROVINCIA, ADMINISTRA):
        with pytest.raises(SinPermiso) as no_puede:
            hacer(ajeno)
        assert _con_palabras(no_puede.value), no_puede.value.mensaje
    assert [c.saldo_libro for c in cuentas_bancarias()] == antes
    hacer(ataque.quien)
    with pytest.raises(Rechazo) as otra_vez:
        hacer(TERCERA)
    assert _con_palabras(otra_vez.value), otra_vez.value.mensaje
    assert rojos() <= {"D26"}


@pytest.mark.django_db
def test_a_statement_that_is_not_held_is_not_judged_again() -> None:
    with pytest.raises(Rechazo) as freno:
        _liberar()(IRENE)
    assert _con_palabras(freno.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "cual",
    ["reconocer_lote", "revertir_lote", "proponer_aclaracion"],
)
def test_of_two_people_at_once_one_does_it_and_the_other_is_told_why(cual: str) -> None:
    ataque = ATAQUES[cual]
    hacer, encuentro = ataque.preparar(), Encuentro()

    def uno(por: Actor) -> None:
        encuentro.esperar()
        hacer(por)

    finales = a_la_vez(lambda: uno(ataque.quien), lambda: uno(TERCERA))
    hechos = [f for f in finales if f == 1]
    frenos = [f for f in finales if f != 1]
    assert len(hechos) == 1
    assert all(isinstance(f, type) and issubclass(f, Rechazo) for f in frenos), frenos
    assert rojos() <= {"D26"}


@pytest.mark.django_db
def test_after_its_days_are_closed_what_is_undone_gives_an_expired_comprobante_back() -> None:
    """The nightly close went by: the comprobante is as if it had expired unpaid (D16)."""
    c = dos_avisos(0)
    (una,) = negadas()
    Comprobante.objects.get(pk=c.pk)
    tarde = c.valido_hasta + timedelta(days=3)
    DiaCerrado.objects.create(
        fecha=tarde - timedelta(days=1), cerrado_el=tarde, cerrado_en=Now(), hecho_id=0
    )
    fila = desmentir_aviso(linea_id=una, por=BRUNO, hoy=tarde, razon="x")
    aprobar_desmentido(desmentido_id=fila.pk, por=IRENE, hoy=tarde)
    c.refresh_from_db()
    assert (c.estado, rojos()) == ("depositado", set())
    assert LineaExtracto.objects.get(pk=una).motivo == "DESMENTIDA"
