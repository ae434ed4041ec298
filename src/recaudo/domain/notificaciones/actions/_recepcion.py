"""What every proof of a reception does, whoever brings it. Not an act: the acts open theirs."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from recaudo.domain.notificaciones.canales.protocolo import canal_de
from recaudo.domain.notificaciones.facts import NotificacionRecibida, RecepcionRegistrada
from recaudo.domain.notificaciones.materias import LoQueAbre, materia_de
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.domain.plazos.actions.abrir_plazo import SIN_PARTE, PlazoPedido, abrir_plazo
from recaudo.domain.plazos.queries import PlazoGuardado
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.documents.congelado import guardar_bytes
from recaudo.infra.documents.verificacion import huella_del_contenido
from recaudo.kernel.refusals import Rechazo

ORIGEN: Final = "notificacion"
_DE_LA_CONSTANCIA: Final = ("recibida_en", "recibida_por", "prueba")


class NotificacionNoExiste(Rechazo):
    """No notice has that number."""

    mensaje = "Esa notificación no existe. Vuelva a la lista y ábrala desde allí."
    norma = "COA art. 164"


class RecepcionAnteriorAlDeposito(Rechazo):
    """Nobody receives before the deposit."""

    mensaje = "La recepción no puede ser anterior al día en que se envió la notificación."
    norma = "COA art. 164"


def bloquear(notificacion_id: int) -> Notificacion:
    """Lock a notice with all those of its matter: which one is the first is told one by one.

    In the order of their numbers, so that who acknowledges at once waits. Raises
    NotificacionNoExiste.
    """
    materia = Notificacion.objects.filter(pk=notificacion_id).values("materia_tipo", "materia_id")
    if (suya := materia.first()) is None:
        raise NotificacionNoExiste
    todas = Notificacion.objects.select_for_update().filter(**suya).order_by("pk")
    return {n.pk: n for n in todas}[notificacion_id]


def exigir_recepcion(
    notificacion: Notificacion, *, recibida: date, prueba: Mapping[str, str]
) -> None:
    """Refuse a reception without the proof of its channel, or before it was sent."""
    canal_de(notificacion.canal).exigir_prueba(prueba)
    if recibida < notificacion.depositada_el:
        raise RecepcionAnteriorAlDeposito


def escribir_recepcion(
    a: ActoAbierto, notificacion: Notificacion, *, recibida: date, prueba: Mapping[str, str]
) -> PlazoGuardado | None:
    """Keep the proof; if the law holds it notified today or before, it takes effect.

    What was received is kept byte by byte: a job of this act. On a later day (the press, COA 168)
    it waits for it: `surtir_efecto` comes with the close of that date, and what another channel
    proves before then counts first. Returns the deadline it opened, or None.
    """
    guardar_bytes(notificacion.documento_id)
    legal = canal_de(notificacion.canal).notificado_el(
        recibida=recibida, cantones=frozenset(notificacion.cantones), prueba=prueba
    )
    notificacion.recibida_en, notificacion.recibida_por = Now(), a.por.id
    notificacion.prueba = {
        **{clave: str(valor) for clave, valor in prueba.items()},
        "quien": a.por.nombre,
        "usuario": a.por.id,
        "recibida_el": recibida.isoformat(),
        "contenido_sha256": huella_del_contenido(notificacion.documento_id),
    }
    if legal <= a.fecha:
        return surtir(a, notificacion, legal=legal)
    notificacion.estado = EstadoNotificacion.POR_SURTIR
    notificacion.surtira_el = legal
    notificacion.save(update_fields=[*_DE_LA_CONSTANCIA, "estado", "surtira_el"])
    a.declarar(
        RecepcionRegistrada(**_de_una(notificacion), surtira_el=legal),
        documento_sha256=_huella_de_la_constancia(notificacion),
    )
    return None


def surtir(a: ActoAbierto, notificacion: Notificacion, *, legal: date) -> PlazoGuardado | None:
    """Hold a notice received on `legal` and, when it is the first that counts, open its deadline.

    The first notice of a matter and addressee takes effect; a later one, by whatever channel, is
    kept with its proof and moves no deadline. Returns the deadline it opened, or None.
    """
    abre = _lo_que_abre(notificacion)
    notificacion.surte_efecto = not _de_la_misma(notificacion).filter(surte_efecto=True).exists()
    notificacion.estado = EstadoNotificacion.RECIBIDA
    notificacion.recibida_el = legal
    notificacion.save(update_fields=[*_DE_LA_CONSTANCIA, "estado", "recibida_el", "surte_efecto"])
    plazo = None if abre is None else _abrir(a, notificacion, abre, legal)
    a.declarar(
        NotificacionRecibida(
            **_de_una(notificacion),
            recibida_el=legal,
            surte_efecto=notificacion.surte_efecto,
            vence=None if plazo is None else plazo.ultimo_dia,
        ),
        documento_sha256=_huella_de_la_constancia(notificacion),
    )
    return plazo


def _huella_de_la_constancia(notificacion: Notificacion) -> str:
    """Return the SHA-256 of the proof as it was kept: the fact proves it, and facts are sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to(prueba::text, 'UTF8')), 'hex') "
            "FROM notificaciones_notificacion WHERE id = %s",
            [notificacion.pk],
        )
        huella: str = cursor.fetchone()[0]
    return huella


def _de_una(notificacion: Notificacion) -> dict[str, Any]:
    """What every fact about one notice says of it."""
    return {
        "notificacion_id": notificacion.pk,
        "destinatario_tipo": notificacion.destinatario_tipo,
        "destinatario_id": notificacion.destinatario_id,
        "provincia": notificacion.provincia,
        "materia_tipo": notificacion.materia_tipo,
        "materia_id": notificacion.materia_id,
    }


def _lo_que_abre(notificacion: Notificacion) -> LoQueAbre | None:
    """Which deadline this reception opens: none if the one that is due already runs."""
    abre = materia_de(notificacion.materia_tipo).abre
    if abre is None:
        return None
    antes = (
        _de_la_misma(notificacion)
        if abre.por_destinatario
        else Notificacion.objects.filter(
            materia_tipo=notificacion.materia_tipo, materia_id=notificacion.materia_id
        )
    )
    return None if antes.filter(surte_efecto=True).exists() else abre


def _de_la_misma(notificacion: Notificacion) -> QuerySet[Notificacion]:
    return Notificacion.objects.filter(
        materia_tipo=notificacion.materia_tipo,
        materia_id=notificacion.materia_id,
        destinatario_tipo=notificacion.destinatario_tipo,
        destinatario_id=notificacion.destinatario_id,
    )


def _abrir(
    a: ActoAbierto, notificacion: Notificacion, abre: LoQueAbre, legal: date
) -> PlazoGuardado:
    return abrir_plazo(
        acto=a,
        pedido=PlazoPedido(
            regla=abre.regla,
            materia=(notificacion.materia_tipo, notificacion.materia_id),
            origen=(ORIGEN, notificacion.pk),
            desde=legal,
            cantones=frozenset(notificacion.cantones),
            efecto=abre.efecto,
            parte=(
                (notificacion.destinatario_tipo, notificacion.destinatario_id)
                if abre.por_destinatario
                else SIN_PARTE
            ),
        ),
    )
