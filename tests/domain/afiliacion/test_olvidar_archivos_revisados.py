"""What was looked at and not registered is deleted by the close; what was registered stays."""

from datetime import date, timedelta

import pytest

from recaudo.domain.afiliacion.actions.olvidar_archivos_revisados import (
    olvidar_archivos_revisados,
)
from recaudo.infra.audit.cierre import pasos_de_cierre
from recaudo.infra.audit.models import Hecho
from recaudo.infra.files.de_paso import DIAS, de_paso, dejar_de_paso
from recaudo.infra.files.models import Archivo, ArchivoDePaso
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import SISTEMA

pytestmark = pytest.mark.django_db
VISTO = date(2026, 11, 2)
UN_DIA = timedelta(days=1)


def _dejar(
    *, dueno: int = 1, nombre: str = "n.txt", contenido: bytes = b"x", hoy: date = VISTO
) -> int:
    return dejar_de_paso(dueno=dueno, nombre="n.txt", contenido=contenido, hoy=hoy)


def test_it_stays_its_days_whole_and_then_nothing_of_it_is_left() -> None:
    numero = _dejar(contenido=b"1790000000001;SUELDO")
    assert olvidar_archivos_revisados(fecha=VISTO + DIAS, por=SISTEMA) == 0
    assert de_paso(numero, dueno=1) == ("n.txt", b"1790000000001;SUELDO")
    assert not Hecho.objects.exists(), "nothing to delete, nothing to tell"
    assert olvidar_archivos_revisados(fecha=VISTO + DIAS + UN_DIA, por=SISTEMA) == 1
    assert olvidar_archivos_revisados(fecha=VISTO + DIAS + UN_DIA, por=SISTEMA) == 0
    assert de_paso(numero, dueno=1) is None
    assert (ArchivoDePaso.objects.count(), Archivo.objects.count()) == (0, 0)
    assert "1 archivo de novedades" in Hecho.objects.get().frase


def test_looking_again_begins_its_days_again_and_keeps_it_once() -> None:
    despues = VISTO + timedelta(days=10)
    assert _dejar() == _dejar(hoy=despues)
    assert olvidar_archivos_revisados(fecha=despues + DIAS, por=SISTEMA) == 0
    assert olvidar_archivos_revisados(fecha=despues + DIAS + UN_DIA, por=SISTEMA) == 1


def test_it_is_given_back_only_to_whom_it_is() -> None:
    suyo, ajeno = _dejar(dueno=1), _dejar(dueno=2)
    assert suyo != ajeno, "the same bytes of two employers are two files"
    assert de_paso(suyo, dueno=2) is None


def test_it_is_a_step_of_the_close_and_a_stranger_deletes_nothing() -> None:
    _dejar()
    assert olvidar_archivos_revisados in [paso.hacer for paso in pasos_de_cierre()]
    with pytest.raises(SinPermiso):
        olvidar_archivos_revisados(
            fecha=VISTO + DIAS + UN_DIA, por=Actor(id=3, nombre="Carla", roles=["EMP"])
        )
    assert ArchivoDePaso.objects.count() == 1
