"""The history of an object: what was done to it and the states it passed through.

Who did it is said as an employer may know it: its own people by name, the institution by its
office, the clock and what it brings as «Sistema». The name of an officer never leaves the office.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection

from recaudo.domain.notificaciones.queries import NotificacionVista
from recaudo.infra.security.roles import ROLES
from recaudo.interfaces.vista.formatos import escribir_actor, escribir_cita
from recaudo.interfaces.vista.piezas import Suceso
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import oracion

MAXIMO = 50
#: A reaction states its fact in the transaction of its cause: their numbers are neighbours.
CERCA = 3
_POR_PALABRAS = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: The latest facts about the object, those that moved its state and those of the attempts to
#: notify it, newest first, in one trip.
_HECHOS: Final = """
WITH propio AS (
    SELECT id FROM audit_hecho
     WHERE objeto_tipo = %(maquina)s AND objeto_id = %(objeto)s::text
     ORDER BY id DESC LIMIT %(tope)s
), cambio AS (
    SELECT DISTINCT ON (hecho_id) hecho_id, hacia
      FROM (SELECT id, hecho_id, hacia FROM audit_cambioestado
             WHERE maquina = %(maquina)s AND objeto_id = %(objeto)s
             ORDER BY id DESC LIMIT %(tope)s) ultimo
     ORDER BY hecho_id, id
), aviso AS (
    SELECT hecho_id, hacia FROM audit_cambioestado
     WHERE maquina = 'notificacion' AND objeto_id = ANY(%(avisos)s)
)
SELECT h.id, h.tipo, h.fecha, h.actor_id, h.actor_nombre, h.rol, h.norma, h.frase,
       p.id IS NOT NULL, coalesce(c.hacia, ''), coalesce(a.hacia, ''), h.causa_id
  FROM (SELECT id FROM propio UNION SELECT hecho_id FROM cambio
        UNION SELECT hecho_id FROM aviso UNION SELECT unnest(%(envios)s::bigint[])) u
  JOIN audit_hecho h ON h.id = u.id
  LEFT JOIN propio p ON p.id = h.id
  LEFT JOIN cambio c ON c.hecho_id = h.id
  LEFT JOIN aviso a ON a.hecho_id = h.id
 ORDER BY h.id DESC
"""


class _Hecho(NamedTuple):
    """What the page needs of a fact, and the state it moved the object or its notice to."""

    id: int
    tipo: str
    fecha: date
    actor_id: int | None
    actor_nombre: str
    rol: str
    norma: str
    frase: str
    es_propio: bool
    estado: str
    aviso: str
    causa_id: int | None


def historia_de(
    maquina: str,
    objeto_id: int,
    *,
    primero: Suceso | None = None,
    avisos: Sequence[NotificacionVista] = (),
) -> list[Suceso]:
    """Return what happened to one object, newest first. The caller decided who may see it.

    Its own facts tell themselves; a passage caused by a fact about something else is told by its
    new state, unless an own fact that followed at once tells it already. A machine and its objects
    have the same name in the audit trail. `primero` tells how it began when it was born with many
    others and no fact is its own. `avisos` are the attempts to notify it: when each was sent and
    what became of it, unless that moved the object itself, which says it then.
    """
    envios = {aviso.hecho_id: aviso for aviso in avisos}
    valores: dict[str, Any] = {
        "maquina": maquina, "objeto": objeto_id, "tope": MAXIMO, "envios": list(envios),
        "avisos": [aviso.id for aviso in avisos],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_HECHOS, valores)
        hechos = [_Hecho(*fila) for fila in cursor.fetchall()]
    suyos = [h for h in hechos if h.es_propio]
    causas = {h.causa_id for h in hechos if h.es_propio or h.estado}
    sucesos = [_suceso_de(h, suyos, causas, envios.get(h.id)) for h in hechos]
    return [*filter(None, sucesos), *([primero] if primero is not None else [])]


def _suceso_de(
    h: _Hecho,
    suyos: Sequence[_Hecho],
    causas: Collection[int | None],
    enviado: NotificacionVista | None,
) -> Suceso | None:
    """Tell a fact of the object, or of the attempts to notify it; None when another tells it."""
    if h.es_propio or h.estado:
        return _suceso(h) if h.es_propio or not _ya_contado(h, suyos) else None
    if enviado is not None:
        canal = f"Por {enviado.nombre_del_canal}."
        return Suceso(
            "Notificación enviada", enviado.depositada_el, quien_para_el_empleador(h),
            f"{canal} {_norma(h)}".strip(),
        )  # fmt: skip
    if h.id in causas:
        return None
    titulo = f"Notificación {palabra_de_estado(h.aviso).lower()}"
    return Suceso(titulo, h.fecha, quien_para_el_empleador(h), _norma(h))


def _ya_contado(ajeno: _Hecho, suyos: Iterable[_Hecho]) -> bool:
    """Say whether a reaction to that fact stated an own one: same person, same day, next number."""
    return any(
        0 < h.id - ajeno.id <= CERCA and (h.actor_id, h.fecha) == (ajeno.actor_id, ajeno.fecha)
        for h in suyos
    )


def _suceso(hecho: _Hecho) -> Suceso:
    """Tell one fact: its own sentence, or only the new state when it was about many objects."""
    titulo = palabra_de_estado(hecho.estado or _POR_PALABRAS.sub("_", hecho.tipo))
    frase = oracion(hecho.frase) if hecho.es_propio else ""
    detalle = " ".join(filter(None, (frase, _norma(hecho))))
    return Suceso(titulo, hecho.fecha, quien_para_el_empleador(hecho), detalle)


def _norma(hecho: _Hecho) -> str:
    cita = escribir_cita(hecho.norma)
    return f"Norma: {cita}." if cita else ""


def quien_para_el_empleador(hecho: _Hecho) -> str:
    """Return who did it: a person of the employer by name, an officer only by its office."""
    de_que = [ROLES[rol] for rol in hecho.rol.split(",") if rol in ROLES]
    if not de_que:
        return escribir_actor("Sistema")
    if any(rol.es_externo for rol in de_que):
        return escribir_actor(hecho.actor_nombre)
    return ", ".join(rol.nombre for rol in de_que)
