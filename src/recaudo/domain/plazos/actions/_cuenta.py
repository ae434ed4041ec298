"""How a count becomes a row, and how a row is counted again into the one that replaces it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from recaudo.domain.plazos.models import Plazo, PlazoPendiente
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.plazo import PlazoContado, Suspension, contar_plazo
from recaudo.norma.plazos.reglas import Obligado, Unidad


class PlazoTerminado(Rechazo):
    """A deadline that ended, or was replaced, is not changed any more."""

    mensaje = "Ese plazo ya terminó o fue reemplazado: solo cambia uno que está corriendo."
    norma = "COA art. 161"


def plazo_que_corre(plazo_id: int) -> Plazo:
    """Lock and return a deadline that is running; PlazoTerminado when it is not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_tomar_plazos(%s)", [[plazo_id]])
    if not PlazoPendiente.objects.filter(plazo_id=plazo_id).exists():
        raise PlazoTerminado
    return Plazo.objects.get(pk=plazo_id)


def suspensiones_de(plazo: Plazo) -> list[Suspension]:
    """Return the suspensions kept in a row."""
    return [
        Suspension(date.fromisoformat(desde), date.fromisoformat(hasta) if hasta else None)
        for desde, hasta in plazo.suspensiones
    ]


def reemplazar(
    plazo: Plazo,
    acto: ActoAbierto,
    *,
    motivo: str,
    cantidad: int | None = None,
    suspensiones: Iterable[Suspension] = (),
) -> Plazo:
    """Write the row that replaces `plazo`: the same deadline, counted again whole."""
    contado = contar_plazo(
        unidad=Unidad(plazo.unidad),
        obligado=Obligado(plazo.obligado),
        desde=plazo.desde,
        cantidad=cantidad or plazo.cantidad,
        cantones=frozenset(plazo.cantones),
        calendario=cargar_calendario(),
        suspensiones=suspensiones,
    )
    return Plazo.objects.create(
        materia_tipo=plazo.materia_tipo,
        materia_id=plazo.materia_id,
        regla=plazo.regla,
        parte_tipo=plazo.parte_tipo,
        parte_id=plazo.parte_id,
        obligado=plazo.obligado,
        origen_tipo=plazo.origen_tipo,
        origen_id=plazo.origen_id,
        norma=plazo.norma,
        efecto=plazo.efecto,
        reemplaza_a=plazo,
        motivo=motivo,
        hecho_id=acto.hecho_id,
        **columnas_de_la_cuenta(contado),
    )


def columnas_de_la_cuenta(contado: PlazoContado) -> dict[str, Any]:
    """Return the columns of a row that come from the count."""
    return {
        "desde": contado.desde,
        "cantidad": contado.cantidad,
        "unidad": contado.unidad,
        "suspensiones": [_par(s) for s in contado.suspensiones],
        "vence_min": contado.vence_min,
        "vence_max": contado.vence_max,
        "vence": contado.vence,
        "cantones": sorted(contado.cantones),
        "habiles": [dia.isoformat() for dia in contado.habiles],
        "inhabiles": [
            {"fecha": d.fecha.isoformat(), "motivo": d.motivo} for d in contado.inhabiles
        ],
        "dudosos": [{"fecha": d.fecha.isoformat(), "motivo": d.motivo} for d in contado.dudosos],
        "calendario_version": contado.calendario_version,
        "estado_verificacion": contado.estado_verificacion,
    }


def _par(suspension: Suspension) -> list[str | None]:
    hasta = suspension.hasta
    return [suspension.desde.isoformat(), None if hasta is None else hasta.isoformat()]
