"""How many questions each page of an employer asks the database: never more than written here."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from recaudo.domain.notificaciones.models import Notificacion
from tests.interfaces.portal.conftest import Caso
from tests.interfaces.portal.test_comprobantes import generar
from tests.interfaces.portal.test_notificaciones import recibir
from tests.interfaces.portal.test_planillas import emitir

#: Three of each are of the door: the session, who it is, the employer. With a glosa in the inbox.
PREGUNTAS = {
    "@/": 10,  # with what is in its favour
    "@/planillas/": 6,  # with a glosa: it and its notice
    "@/planillas/{planilla}/": 10,
    "@/comprobantes/": 4,
    "@/comprobantes/nuevo/": 6,
    "@/comprobantes/{comprobante}/": 10,  # with the payments it received
    "@/notificaciones/": 4,
    "@/novedades/": 4,
    "@/notificaciones/{aviso}/": 5,  # and its glosa: one already paid asks for nothing
}
#: Once it was received its término is read too.
CON_TERMINO = {"@/": 11, "@/notificaciones/": 5}


def _preguntas(caso: Caso, direccion: str) -> int:
    """Ask for a page once, so that what is read once is read, and count at the second time."""
    assert caso.navegador.get(direccion).status_code == 200
    with CaptureQueriesContext(connection) as consultas:
        caso.navegador.get(direccion)
    return sum(" ROLE" not in consulta["sql"] for consulta in consultas)  # of the tests


def test_no_page_asks_more_than_it_is_allowed(caso: Caso, con_glosa: Notificacion) -> None:
    planilla = emitir(caso, *["500.00"] * 25)
    deudas = [
        caso.deuda(periodo=f"2026-{n:02d}", emitida=date(2026, 10, 1), vence=date(2026, 11, n + 5))
        for n in range(1, 9)
    ]
    numero, *_ = [generar(caso, deuda.pk) for deuda in deudas[:3]]
    de_que = {"planilla": planilla.pk, "comprobante": numero, "aviso": con_glosa.pk}
    hechas = {d: _preguntas(caso, d.format(**de_que)) for d in PREGUNTAS}
    assert hechas == PREGUNTAS
    recibir(caso, con_glosa)
    assert {d: _preguntas(caso, d) for d in CON_TERMINO} == CON_TERMINO
