"""What the database itself refuses, and what happens when two act at once."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from recaudo.domain.afiliacion.actions import _novedades
from recaudo.domain.afiliacion.actions import cargar_archivo_novedades as accion
from recaudo.domain.afiliacion.models import (
    ArchivoNovedades,
    CierreNovedades,
    FilaNovedades,
    Novedad,
    RelacionLaboral,
)
from recaudo.kernel.period import Periodo
from tests.domain.afiliacion.archivos import codigos, entrada, enviar, linea
from tests.domain.encuentros import Encuentro
from tests.factories.afiliacion import (
    Nomina,
    cedula_sintetica,
    hacer_empleador,
    hacer_nomina,
    hacer_persona,
    hacer_relacion,
    matriz_de,
)

UNA = cedula_sintetica(830_001)


def _dos_empleos_que_se_cruzan() -> None:
    matriz, persona = matriz_de(hacer_empleador()), hacer_persona()
    hacer_relacion(sucursal=matriz, persona=persona, hasta=date(2026, 6, 2))
    hacer_relacion(sucursal=matriz, persona=persona, desde=date(2026, 6, 1))


@pytest.mark.django_db
def test_two_employments_of_a_person_in_a_sucursal_cannot_overlap() -> None:
    with pytest.raises(IntegrityError, match="relacion_sin_cruces"), transaction.atomic():
        _dos_empleos_que_se_cruzan()


@pytest.mark.django_db
def test_twin_without_the_constraint_the_overlap_enters() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE afiliacion_relacionlaboral DROP CONSTRAINT relacion_sin_cruces")
    _dos_empleos_que_se_cruzan()


@pytest.mark.django_db
def test_an_employment_may_begin_on_the_day_the_other_no_longer_covers() -> None:
    matriz, persona = matriz_de(hacer_empleador()), hacer_persona()
    hacer_relacion(sucursal=matriz, persona=persona, hasta=date(2026, 6, 2))
    hacer_relacion(sucursal=matriz, persona=persona, desde=date(2026, 6, 2))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tabla",
    ["archivonovedades", "filanovedades", "cambiosueldo", "cierrenovedades"],
)
def test_what_was_received_and_what_became_of_it_is_never_changed(tabla: str) -> None:
    nomina = hacer_nomina(1)
    cedula = nomina.relaciones[0].persona.identificacion
    enviar(nomina.empleador, linea(nomina.empleador, "MSU", cedula, "700.00"))
    CierreNovedades.objects.create(
        periodo=Periodo(2026, 5), cerrado_en=date(2026, 6, 5), hecho_id=1
    )
    for orden in (f"DELETE FROM afiliacion_{tabla}", f"UPDATE afiliacion_{tabla} SET id = id"):
        with pytest.raises(DatabaseError, match="solo admite agregar"), transaction.atomic():
            connection.cursor().execute(orden)


@pytest.mark.django_db
def test_twin_without_the_trigger_the_row_disappears() -> None:
    empleador = hacer_empleador()
    enviar(empleador, entrada(empleador, UNA))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE afiliacion_filanovedades DISABLE TRIGGER fila_novedades_solo_agregar"
        )
        cursor.execute("DELETE FROM afiliacion_filanovedades")
    assert not FilaNovedades.objects.exists()


def _antes_de_escribir(monkeypatch: pytest.MonkeyPatch, accidente: Callable[[], object]) -> None:
    """Make something happen between the judgement of the lines and the writing."""

    def escribir(admitidas: Any, lote: Any) -> dict[int, int]:
        accidente()
        return _novedades.escribir(admitidas, lote)

    monkeypatch.setattr(accion, "escribir", escribir)


@pytest.mark.django_db
def test_a_row_that_loses_a_race_comes_back_and_the_others_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empleador, persona = hacer_empleador(), hacer_persona()
    _antes_de_escribir(
        monkeypatch, lambda: hacer_relacion(sucursal=matriz_de(empleador), persona=persona)
    )
    resultado = enviar(
        empleador, entrada(empleador, persona.identificacion), entrada(empleador, UNA)
    )
    assert codigos(resultado) == [("RECHAZADA", "CRUCE"), ("ACEPTADA", "")]
    assert Novedad.objects.filter(persona=persona).count() == 0
    assert (resultado.aceptadas, resultado.rechazadas) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tipo", "resto"), [("SAL", ("20260615", "V", "00000000")), ("MSU", ("700.00",))]
)
def test_an_employment_closed_meanwhile_is_not_closed_again(
    monkeypatch: pytest.MonkeyPatch, tipo: str, resto: tuple[str, ...]
) -> None:
    nomina = hacer_nomina(1)
    relacion = nomina.relaciones[0]

    def cerrar() -> None:
        relacion.vigencia = (date(2025, 1, 1), date(2026, 6, 1))
        relacion.save()

    _antes_de_escribir(monkeypatch, cerrar)
    texto = linea(nomina.empleador, tipo, relacion.persona.identificacion, *resto)
    assert codigos(enviar(nomina.empleador, texto)) == [("RECHAZADA", "CRUCE")]
    assert RelacionLaboral.objects.get(pk=relacion.pk).vigencia.upper == date(2026, 6, 1)
    assert not Novedad.objects.exists()


def _carrera(nomina: Nomina, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Send the same file twice at once; if they can, each waits for the other before writing."""
    final: list[object] = []
    cedula = nomina.relaciones[0].persona.identificacion
    texto = linea(nomina.empleador, "INS", cedula, "85.50", "O")

    _antes_de_escribir(monkeypatch, Encuentro().esperar)

    def correr() -> None:
        try:
            final.append(enviar(nomina.empleador, texto).aceptadas)
        except Exception as error:
            final.append(type(error))
        finally:
            connections.close_all()

    hilos = [threading.Thread(target=correr) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=30)
    return final


def _sin_candado(monkeypatch: pytest.MonkeyPatch) -> None:
    def empleador_de(empleador_id: int, **otros: Any) -> Any:
        return _novedades.empleador_de(empleador_id, por=otros["por"], bloquear=False)

    monkeypatch.setattr(accion, "empleador_de", empleador_de)


@pytest.mark.django_db(transaction=True)
def test_of_two_uploads_of_a_type_at_once_one_enters(monkeypatch: pytest.MonkeyPatch) -> None:
    final = _carrera(hacer_nomina(1), monkeypatch)
    assert sorted(map(str, final)) == ["0", "1"], "the other finds everything already entered"
    assert (Novedad.objects.count(), ArchivoNovedades.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_even_without_the_lock_the_constraint_lets_one_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _sin_candado(monkeypatch)
    final = _carrera(hacer_nomina(1), monkeypatch)
    assert sorted(map(str, final)) == sorted(map(str, [1, accion.TipoYaProcesado]))
    assert (Novedad.objects.count(), ArchivoNovedades.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_twin_without_lock_nor_constraint_the_extras_enter_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _sin_candado(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX archivo_uno_por_tipo_y_mes")
    assert _carrera(hacer_nomina(1), monkeypatch) == [1, 1]
    assert Novedad.objects.count() == 2
