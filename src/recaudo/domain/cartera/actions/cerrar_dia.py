"""Close the business dates of the portfolio, each exactly once and in order."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models.functions import Now

from recaudo.domain.cartera.batches.caducar_comprobantes import caducar_comprobantes
from recaudo.domain.cartera.batches.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.batches.entrar_en_mora import entrar_en_mora
from recaudo.domain.cartera.batches.vencer_terminos import vencer_terminos
from recaudo.domain.cartera.facts import DiaDeCarteraCerrado
from recaudo.domain.cartera.models import DiaCerrado
from recaudo.domain.cartera.policy import exigir_cierre
from recaudo.domain.contabilidad.actions.sellar_libro import sellar_libro
from recaudo.domain.notificaciones.batches.vencer_sin_abrir import vencer_sin_abrir
from recaudo.infra.audit.hechos import acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

UN_DIA: Final = timedelta(days=1)
#: Name of the lock that lets one closer work at a time; the database hashes it.
CERROJO: Final = "recaudo.cartera.cerrar_dia"
Paso = Callable[[date, Actor], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class ResultadoDeCierre:
    """How many dates this call closed, and how many events of each kind they caused."""

    dias_cerrados: int
    eventos: Mapping[str, int]
    hasta: date | None


def cerrar_dia(*, fecha: date, por: Actor, hoy: date) -> ResultadoDeCierre:
    """This act will close every calendar date not yet closed up to `fecha`, in order (LSS 73, 89).

    Each date is one transaction: comprobantes that expire, debts that fall in arrears, glosas
    whose day came, notices nobody opened, términos that ended the day before. Then the ledger is
    sealed, in a transaction of its own. A date closes once for ever, whoever runs this and however
    often; if it is cut, the date in course is undone and the next call goes on from it. The first
    close starts on the earliest emission. Refuses SinPermiso and FechaFutura (`fecha` after
    `hoy`).
    """
    exigir_cierre(por, fecha=fecha, hoy=hoy)
    eventos: Counter[str] = Counter()
    cerrados = 0
    hasta: date | None = None
    while (dia := _siguiente(fecha)) is not None:
        del_dia = _cerrar_uno(dia, por)
        if del_dia is not None:
            _sellar(dia, por)
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


def _cerrar_uno(dia: date, por: Actor) -> dict[str, int] | None:
    """Close one date, or return None when another closer did it while this one waited."""
    maquina = _maquina(por)
    with transaction.atomic():
        _esperar_turno()
        ultimo = DiaCerrado.objects.order_by("-fecha").values_list("fecha", flat=True).first()
        if ultimo is not None and ultimo >= dia:
            return None
        eventos: dict[str, int] = {}
        for paso in PASOS:
            eventos |= {tipo: n for tipo, n in paso(dia, maquina).items() if n}
        with acto(Permiso.CARTERA_CERRAR_DIA, por=por, fecha=dia, norma="LSS arts. 73 y 89") as a:
            DiaCerrado.objects.create(
                fecha=dia, anterior=ultimo, eventos=eventos, cerrado_en=Now(), hecho_id=a.hecho_id
            )
            a.declarar(DiaDeCarteraCerrado(dia, eventos))
    return eventos


def _sellar(dia: date, por: Actor) -> None:
    """Seal apart: it waits for whoever is posting, and meanwhile must hold no row of the day."""
    with transaction.atomic():
        _esperar_turno()
        sellar_libro(por=_maquina(por), hoy=dia)


def _maquina(por: Actor) -> Actor:
    """The steps are the machine's; who started it closes the day and is named in each."""
    return Actor.sistema(f"Cierre de cartera, iniciado por {por.nombre}")


def _esperar_turno() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [CERROJO])


def _caducar(dia: date, por: Actor) -> Mapping[str, int]:
    return {"COMPROBANTE_CADUCADO": caducar_comprobantes(fecha=dia, por=por)}


def _mora(dia: date, por: Actor) -> Mapping[str, int]:
    return {"MORA": entrar_en_mora(fecha=dia, por=por)}


def _glosas(dia: date, por: Actor) -> Mapping[str, int]:
    resultado = emitir_glosas(fecha=dia, por=por)
    return {"GLOSA_EMITIDA": resultado.emitidas, "GLOSA_SIN_TASA": resultado.sin_tasa}


def _sin_abrir(dia: date, por: Actor) -> Mapping[str, int]:
    return {"NOTIFICACION_SIN_ABRIR": vencer_sin_abrir(fecha=dia, por=por)}


def _terminos(dia: date, por: Actor) -> Mapping[str, int]:
    return {"TERMINO_VENCIDO": vencer_terminos(fecha=dia, por=por)}


#: What a date does, in this order and no other.
PASOS: Final[tuple[Paso, ...]] = (_caducar, _mora, _glosas, _sin_abrir, _terminos)
