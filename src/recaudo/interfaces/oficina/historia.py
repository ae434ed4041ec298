"""History of an object or of an employer, as the audit trail tells it."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.timezone import localtime

from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.origen import lectura_de
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES
from recaudo.interfaces.vista.formatos import escribir_cita
from recaudo.interfaces.vista.piezas import Suceso
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import oracion

LIMITE = 100


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


def pasajes(maquina: str, objeto_id: int, *, actor: Actor, nacio: Suceso) -> list[Suceso]:
    """Return the passages of state of one object, newest first, each with the fact behind it.

    The last is `nacio`, its birth, which is no passage from another state.

    A fact about many objects (a statement, the close of a day) is told only to whom reaches all
    that it tells: for the others, the passage says the new state and its norm.
    """
    cambios = list(
        CambioEstado.objects.filter(maquina=maquina, objeto_id=objeto_id).order_by("-id")[:LIMITE]
    )
    hechos = Hecho.objects.in_bulk({c.hecho_id for c in cambios})
    return [*(_pasaje(c, hechos.get(c.hecho_id), actor) for c in cambios), nacio]


def historia_de_empleador(empleador_id: int, *, actor: Actor) -> list[Suceso]:
    """Return the newest facts about an employer that somebody may read, newest first.

    Each by the permission that reads what its act did, as far as that one reaches. A fact of no
    province is of the employer itself, which the caller found within reach.
    """
    legibles = Q(pk__in=())
    for permiso in Permiso:
        alcance = actor.alcance(lectura_de(permiso))
        if not alcance.vacio:
            legibles |= Q(permiso=permiso.value) & (alcance.q() | Q(provincia=""))
    filas = Hecho.objects.filter(legibles, empleador_id=empleador_id)
    return _sucesos(filas.order_by("-id")[:LIMITE])


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
    if fila is None:
        return Suceso(titulo=titulo, cuando=localtime(cambio.en))
    suceso = _suceso(fila)
    frase = f"{suceso.titulo} " if _se_cuenta(actor, fila, cambio) else ""
    return Suceso(titulo, suceso.cuando, suceso.quien, f"{frase}{escribir_cita(fila.norma)}")


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
