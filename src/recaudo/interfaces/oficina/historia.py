"""History of an object or of an employer, as the audit trail tells it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q
from django.utils.timezone import localtime

from recaudo.domain.notificaciones.queries import NotificacionVista
from recaudo.domain.obligaciones.queries import conceptos_de
from recaudo.domain.recaudacion.queries import PagoDeEmpleador, pagos_de_empleador
from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.origen import lectura_de
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES
from recaudo.interfaces.vista.formatos import escribir_cita, escribir_fecha, escribir_fecha_corta
from recaudo.interfaces.vista.piezas import Suceso
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import oracion

LIMITE = 100
NOTIFICACION = "notificacion"


def hecho(hecho_id: int) -> Suceso | None:
    """Return one fact, or None."""
    fila = Hecho.objects.filter(pk=hecho_id).first()
    return None if fila is None else _suceso(fila)


def historia_de_objeto(
    tipo: str, objeto_id: int | str, *, nacio: Suceso | None = None
) -> list[Suceso]:
    """Return the facts about one object, newest first; `nacio` is its birth, when no fact is."""
    filas = Hecho.objects.filter(objeto_tipo=tipo, objeto_id=str(objeto_id))
    return [*_sucesos(filas.order_by("-id")[:LIMITE]), *([nacio] if nacio else [])]


def pasajes(
    maquina: str,
    objeto_id: int,
    *,
    actor: Actor,
    nacio: Suceso,
    avisos: Sequence[NotificacionVista] = (),
) -> list[Suceso]:
    """Return the passages of state of one object, newest first, each with the fact behind it.

    The last is `nacio`, its birth, which is no passage from another state. `avisos` are the
    attempts to notify it: each is told when it was sent and what became of it, unless that moved
    the object itself, which says it then.

    A fact about many objects (a statement, the close of a day) is told only to whom reaches all
    that it tells: for the others, the passage says the new state and its norm.
    """
    suyos = Q(maquina=maquina, objeto_id=objeto_id)
    de_avisos = Q(maquina=NOTIFICACION, objeto_id__in=[aviso.id for aviso in avisos])
    cambios = list(CambioEstado.objects.filter(suyos | de_avisos).order_by("-id")[:LIMITE])
    enviados = {aviso.hecho_id for aviso in avisos}
    hechos = Hecho.objects.in_bulk({c.hecho_id for c in cambios} | enviados)
    causas = {
        hechos[c.hecho_id].causa_id
        for c in cambios
        if c.maquina == maquina and c.hecho_id in hechos
    }
    contados = [
        (c.hecho_id, _pasaje(c, hechos.get(c.hecho_id), actor))
        for c in cambios
        if c.maquina == maquina or c.hecho_id not in causas
    ]
    contados += [(aviso.hecho_id, _envio(aviso, hechos.get(aviso.hecho_id))) for aviso in avisos]
    return [*(s for _, s in sorted(contados, key=lambda par: par[0], reverse=True)), nacio]


def historia_de_empleador(empleador_id: int, *, actor: Actor) -> list[Suceso]:
    """Return the newest facts about an employer that somebody may read, newest first.

    Each by the permission that reads what its act did, as far as that one reaches. A fact of no
    province is of the employer itself, which the caller found within reach. The payments of its
    debts, which the bank brings by thousands in one fact, are told one by one.
    """
    legibles = Q(pk__in=())
    for permiso in Permiso:
        alcance = actor.alcance(lectura_de(permiso))
        if not alcance.vacio:
            legibles |= Q(permiso=permiso.value) & (alcance.q() | Q(provincia=""))
    filas = Hecho.objects.filter(legibles, empleador_id=empleador_id).order_by("-id")[:LIMITE]
    contados = {fila.pk: _suceso(fila) for fila in filas}
    alcance = actor.alcance(Permiso.RECAUDACION_VER)
    pagos = [
        p
        for p in pagos_de_empleador(empleador_id, alcance=alcance, limite=LIMITE)
        if p.hecho_id not in contados
    ]
    conceptos = conceptos_de((d for p in pagos for d in p.obligaciones), alcance=alcance)
    todos = [
        *contados.items(),
        *((p.hecho_id, _pago(p, conceptos)) for p in pagos),
    ]
    return [s for _, s in sorted(todos, key=lambda par: par[0], reverse=True)[:LIMITE]]


def _se_cuenta(actor: Actor, fila: Hecho, cambio: CambioEstado) -> bool:
    """Say whether a fact may be told: it is about that object, or all it tells is within reach."""
    if (fila.objeto_tipo, fila.objeto_id) == (cambio.maquina, str(cambio.objeto_id)):
        return True
    alcance = actor.alcance(lectura_de(Permiso(fila.permiso)))
    return alcance.contiene(provincia=fila.provincia, empleador_id=fila.empleador_id)


def _sucesos(filas: Iterable[Hecho]) -> list[Suceso]:
    return [_suceso(fila) for fila in filas]


def _pasaje(cambio: CambioEstado, fila: Hecho | None, actor: Actor) -> Suceso:
    titulo = palabra_de_estado(cambio.hacia)
    if cambio.maquina == NOTIFICACION:
        titulo = f"Notificación {titulo.lower()}"
    if fila is None:
        return Suceso(titulo=titulo, cuando=localtime(cambio.en))
    suceso = _suceso(fila)
    frase = f"{suceso.titulo} " if _se_cuenta(actor, fila, cambio) else ""
    return Suceso(titulo, suceso.cuando, suceso.quien, f"{frase}{escribir_cita(fila.norma)}")


def _envio(aviso: NotificacionVista, fila: Hecho | None) -> Suceso:
    """Tell that a notice was sent: by which channel, and until when its reception is waited for."""
    norma = escribir_cita(fila.norma if fila else "")
    intento = f", intento {aviso.intento}" if aviso.intento > 1 else ""
    espera = ""
    if aviso.abrir_hasta is not None:
        espera = f"; se espera su recepción hasta el {escribir_fecha(aviso.abrir_hasta)}"
    return Suceso(
        "Notificación enviada",
        aviso.depositada_el,
        _suceso(fila).quien if fila else "",
        f"Por {aviso.nombre_del_canal}{intento}{espera}. {norma}",
    )


def _pago(pago: PagoDeEmpleador, conceptos: Mapping[int, str]) -> Suceso:
    """Tell what a payment paid, what was undone of one, or that it was imputed again."""
    cuales = Counter(conceptos[deuda] for deuda in pago.obligaciones)
    veces = (f"{c} ({n} deudas)" if n > 1 else c for c, n in cuales.items())
    detalle = f"{', '.join(veces)}."
    if pago.deshace_el is not None:
        importe, dia = (-pago.importe).formato(), escribir_fecha_corta(pago.deshace_el)
        titulo = f"Se deshizo el pago de {importe} del {dia}"
        return Suceso(titulo, pago.fecha, pago.medio, detalle)
    if pago.se_imputo_de_nuevo:
        titulo = f"Se imputó de nuevo {pago.importe.formato()}, en el orden de las fechas"
        return Suceso(titulo, pago.fecha, "", detalle)
    con = f", con el comprobante {pago.comprobante}" if pago.comprobante else ""
    return Suceso(f"Pagó {pago.importe.formato()}{con}", pago.fecha, pago.medio, detalle)


def _suceso(fila: Hecho) -> Suceso:
    roles = ", ".join(
        ROLES[r].nombre if r in ROLES else r.capitalize() for r in fila.rol.split(",")
    )
    return Suceso(
        titulo=oracion(fila.frase),
        cuando=fila.fecha,
        quien=f"{fila.actor_nombre} ({roles}), registrado el {localtime(fila.en):%d/%m/%Y %H:%M}",
        detalle=escribir_cita(fila.norma),
    )
