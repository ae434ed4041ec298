"""Close the business dates of the portfolio, each exactly once and in order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models.functions import Now

from recaudo.domain.cartera.actions.sellar_registros import sellar_registros
from recaudo.domain.cartera.facts import DiaDeCarteraCerrado
from recaudo.domain.cartera.models import DiaCerrado
from recaudo.domain.cartera.policy import exigir_cierre
from recaudo.domain.contabilidad.actions.sellar_libro import sellar_libro
from recaudo.infra.audit.cierre import pasos_de_cierre
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO: Final = Acto("cerrar_dia", Permiso.CARTERA_CERRAR_DIA, DiaDeCarteraCerrado)
UN_DIA: Final = timedelta(days=1)
#: Name of the lock that lets one closer work at a time; the database hashes it.
CERROJO: Final = "recaudo.cartera.cerrar_dia"


@dataclass(frozen=True, slots=True)
class ResultadoDeCierre:
    """How many dates this call closed, and how many events of each kind they caused."""

    dias_cerrados: int
    eventos: Mapping[str, int]
    hasta: date | None


def cerrar_dia(*, fecha: date, por: Actor, hoy: date) -> ResultadoDeCierre:
    """This act will close every calendar date not yet closed up to `fecha`, in order (LSS 73, 89).

    Each date is one transaction: the steps that `project.wiring` lists, in their order, each an
    act of its room caused by the closed day. Then the ledger is sealed, in a transaction of its
    own, by the same cause, and what never changes of every room in another. A date closes once for
    ever, whoever runs this and however often; if it is cut, the date in course is undone and the
    next call goes on from it. The first close starts on the earliest emission. Refuses
    SinPermiso and FechaFutura (`fecha` after `hoy`).
    """
    exigir_cierre(por, fecha=fecha, hoy=hoy)
    eventos: Counter[str] = Counter()
    cerrados = 0
    hasta: date | None = None
    while (dia := _siguiente(fecha)) is not None:
        cerrado = _cerrar_uno(dia, por, hoy=hoy)
        if cerrado is not None:
            causa, del_dia = cerrado
            _sellar(dia, por, causa=causa)
            _sellar_registros(dia, por, causa=causa)
            eventos.update(del_dia)
            cerrados, hasta = cerrados + 1, dia
    return ResultadoDeCierre(cerrados, dict(sorted(eventos.items())), hasta)


def _siguiente(fecha: date) -> date | None:
    """Return the first date to close, or None when everything up to `fecha` is closed."""
    ultimo = DiaCerrado.objects.order_by("-fecha").values_list("fecha", flat=True).first()
    dia = ultimo + UN_DIA if ultimo is not None else _primera_fecha(fecha)
    return dia if dia <= fecha else None


def _primera_fecha(fecha: date) -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT least(min(fecha_emision), %s) FROM obligaciones_obligacion", [fecha])
        primera: date = cursor.fetchone()[0]
    return primera


def _cerrar_uno(dia: date, por: Actor, *, hoy: date) -> tuple[int, dict[str, int]] | None:
    """Close one date: its fact and its events; None when another closer did it meanwhile."""
    maquina = _maquina(por)
    with transaction.atomic():
        _esperar_turno()
        ultimo = DiaCerrado.objects.order_by("-fecha").values_list("fecha", flat=True).first()
        if ultimo is not None and ultimo >= dia:
            return None
        _esperar_a_quien_asienta(dia)
        with acto(ACTO, por=por, fecha=dia, norma="LSS arts. 73 y 89") as a:
            eventos: dict[str, int] = {}
            for paso in pasos_de_cierre():
                eventos |= paso.cerrar(fecha=dia, por=maquina)
            DiaCerrado.objects.create(
                fecha=dia, cerrado_el=hoy, anterior=ultimo, eventos=eventos, cerrado_en=Now(),
                hecho_id=a.hecho_id,
            )  # fmt: skip
            a.declarar(DiaDeCarteraCerrado(dia, eventos))
    return a.hecho_id, eventos


def _esperar_a_quien_asienta(dia: date) -> None:
    """Wait, holding no row yet, for who is posting on that date: none posts on it after this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_tomar_dia(%s)", [dia])


def _sellar(dia: date, por: Actor, *, causa: int) -> None:
    """Seal apart: it waits for whoever is posting, and meanwhile must hold no row of the day."""
    with transaction.atomic():
        _esperar_turno()
        sellar_libro(por=_maquina(por), hoy=dia, causa=causa)


def _sellar_registros(dia: date, por: Actor, *, causa: int) -> None:
    """Seal the records of every room, apart too: holding nothing but its turn."""
    with transaction.atomic():
        _esperar_turno()
        sellar_registros(por=_maquina(por), hoy=dia, causa=causa)


def _maquina(por: Actor) -> Actor:
    """The steps are the machine's; who started it closes the day and is named in each."""
    return Actor.sistema(f"Cierre de cartera, iniciado por {por.nombre}")


def _esperar_turno() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [CERROJO])
