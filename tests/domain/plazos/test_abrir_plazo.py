"""A deadline is counted once, kept whole and never edited."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from recaudo.domain.plazos.actions.abrir_plazo import PlazoPedido, abrir_plazo
from recaudo.domain.plazos.models import Plazo, PlazoPendiente
from recaudo.domain.plazos.queries import plazo_de
from recaudo.infra.audit.cierre import EfectoDesconocido
from tests.domain.guardas import passes_without, refused
from tests.factories.plazos import ABOGADO, CUOTA, RESPUESTA, abrir, en_acto

pytestmark = pytest.mark.django_db
DESDE = date(2026, 4, 28)


def test_it_keeps_the_rule_the_calendar_the_places_and_every_day() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE, cantones=frozenset({"1701"}))
    assert (plazo.regla, plazo.cantidad, plazo.unidad) == ("responder", 8, "habiles")
    assert (plazo.vence, plazo.vence_min, plazo.vence_max) == (date(2026, 5, 12),) * 3
    assert (len(plazo.habiles), plazo.cantones) == (8, ["1701"])
    assert plazo.calendario_version
    assert PlazoPendiente.objects.get().vence == plazo.vence
    visto = plazo_de("juguete", 7, hoy=date(2026, 5, 11))
    assert visto is not None
    assert (visto.titulo, visto.restantes, visto.esta_vencido) == ("responder", 2, False)


def test_an_agreement_a_lawyer_and_a_reply_are_rows_of_one_table() -> None:
    abrir(RESPUESTA, desde=DESDE, materia=("respuesta", 1))
    abrir(ABOGADO, desde=date(2026, 1, 1), materia=("asignacion", 2), cantidad=180)
    abrir(CUOTA, desde=date(2026, 1, 31), materia=("cuota", 3), cantidad=1)
    filas = Plazo.objects.order_by("id").values_list("materia_tipo", "unidad", "vence")
    assert list(filas) == [
        ("respuesta", "habiles", date(2026, 5, 12)),
        ("asignacion", "calendario", date(2026, 6, 30)),
        ("cuota", "meses", date(2026, 2, 28)),
    ]


@pytest.mark.parametrize(
    ("dias", "restantes", "esta_vencido"),
    [(0, 30, False), (1, 30, False), (2, 29, False), (30, 1, False), (31, 0, True)],
)
def test_calendar_days_left_count_today_until_the_last_day_is_over(
    dias: int, restantes: int, *, esta_vencido: bool
) -> None:
    abrir(ABOGADO, desde=DESDE, cantidad=30)
    visto = plazo_de("juguete", 7, hoy=DESDE + timedelta(days=dias))
    assert visto is not None
    assert (visto.restantes, visto.esta_vencido) == (restantes, esta_vencido)


def test_a_matter_has_one_of_each_rule_and_an_effect_that_exists() -> None:
    abrir(RESPUESTA, desde=DESDE)
    abrir(ABOGADO, desde=DESDE)
    with pytest.raises(IntegrityError, match="plazo_uno_por_regla"), transaction.atomic():
        abrir(RESPUESTA, desde=DESDE)
    pedido = PlazoPedido(
        regla=CUOTA, materia=("x", 1), origen=("x", 1), desde=DESDE, cantones=frozenset(),
        efecto="nadie",
    )  # fmt: skip
    with pytest.raises(EfectoDesconocido), en_acto(DESDE) as a:
        abrir_plazo(acto=a, pedido=pedido)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plazos_plazo SET vence = vence + 1, vence_max = vence + 1",
        "UPDATE plazos_plazo SET cantones = '[]'",
        "DELETE FROM plazos_plazo",
    ],
)
def test_it_is_never_edited_p17(sql: str) -> None:
    abrir(RESPUESTA, desde=DESDE)
    assert refused(sql)


@pytest.mark.parametrize(
    ("guard", "cambio"),
    [
        ("plazo_vence_despues", "vence = vence + 1"),
        ("plazo_duda_con_motivo", "vence_max = vence_max + 1"),
        ("plazo_vence_despues", "desde = vence"),
    ],
)
def test_the_constraints_of_the_row(guard: str, cambio: str) -> None:
    abrir(RESPUESTA, desde=DESDE)
    sql = (
        "SET CONSTRAINTS ALL IMMEDIATE; "
        "ALTER TABLE plazos_plazo DISABLE TRIGGER plazo_solo_agregar; "
        f"UPDATE plazos_plazo SET {cambio}"
    )
    assert refused(sql)
    assert passes_without(guard, "plazos_plazo", sql, is_trigger=False)
