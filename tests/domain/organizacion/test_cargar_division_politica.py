"""Provinces and cantons (C.D. 497 art. 1; INEC DPA)."""

import pytest

from recaudo.domain.organizacion import queries
from recaudo.domain.organizacion.actions.cargar_division_politica import cargar_division_politica
from recaudo.domain.organizacion.models import Canton, Provincia

pytestmark = pytest.mark.django_db


def test_there_are_24_provinces_and_the_zones_not_delimited_are_not_one() -> None:
    cargar_division_politica()
    codigos = sorted(Provincia.objects.values_list("codigo", flat=True))
    assert codigos == [f"{n:02d}" for n in range(1, 25)]
    assert Canton.objects.count() == 221
    assert not Canton.objects.filter(codigo__startswith="90").exists()


def test_loading_again_changes_nothing_and_repairs_what_was_changed() -> None:
    assert cargar_division_politica() == cargar_division_politica() == 245
    Provincia.objects.filter(codigo="17").update(nombre="Otra", tiene_unidad_coactiva=False)
    cargar_division_politica()
    assert Provincia.objects.get(codigo="17").nombre == "Pichincha"
    assert Provincia.objects.count() == 24


def test_only_pichincha_guayas_and_manabi_have_a_coactiva_unit() -> None:
    cargar_division_politica()
    con = Provincia.objects.filter(tiene_unidad_coactiva=True).order_by("nombre")
    assert [p.nombre for p in con] == ["Guayas", "Manabí", "Pichincha"]


def test_the_seat_of_each_province_is_one_of_its_cantons() -> None:
    cargar_division_politica()
    sedes = {p.codigo: p.canton_sede for p in queries.provincias()}
    assert sedes["17"] == "1701"
    for provincia, sede in sedes.items():
        assert queries.canton(sede).provincia == provincia


def test_provinces_and_cantons_come_in_spanish_order() -> None:
    cargar_division_politica()
    nombres = [p.nombre for p in queries.provincias()]
    assert nombres.index("Cañar") < nombres.index("Carchi") < nombres.index("Chimborazo")
    cantones = [c.nombre for c in queries.cantones(provincia="17")]
    assert "Quito" in cantones
    assert all(c.provincia == "17" for c in queries.cantones(provincia="17"))


def test_an_unknown_canton_is_refused_with_what_to_write() -> None:
    with pytest.raises(queries.CantonDesconocido, match="4 dígitos"):
        queries.canton("9999")
