"""Who is here: the user, the roles, the employers represented and the clock, in one statement.

Every request of somebody logged in asks for it, and it is never remembered: a role that ends, a
representation that ends and an account that is closed stop working in the next request.
It reads the tables of two rooms, which only this floor may; its test compares it with theirs.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.asignacion import AsignacionVigente
from recaudo.infra.security.models import Usuario

_COLUMNAS: Final = tuple(campo.attname for campo in Usuario._meta.concrete_fields)  # noqa: SLF001 - documented API
_QUIEN: Final = f"""
SELECT reloj.simulada,
       ARRAY(SELECT ARRAY[a.rol, a.provincia, coalesce(d.nombre, '')] FROM security_asignacion a
               LEFT JOIN security_usuario d ON d.id = a.delegante_id
              WHERE a.usuario_id = u.id AND a.desde <= reloj.hoy
                AND (a.hasta IS NULL OR a.hasta > reloj.hoy)),
       ARRAY(SELECT r.empleador_id FROM afiliacion_representacion r
              WHERE r.usuario_id = u.id AND r.desde <= reloj.hoy
                AND (r.hasta IS NULL OR r.hasta > reloj.hoy)),
       {", ".join(f"u.{columna}" for columna in _COLUMNAS)}
  FROM security_usuario u,
       (SELECT s.simulada, coalesce(s.simulada, %s::date) AS hoy
          FROM (SELECT (SELECT fecha_simulada FROM audit_reloj) AS simulada) s) reloj
 WHERE u.id = %s
"""  # noqa: S608 - the names of our own columns


@dataclass(frozen=True, slots=True)
class Presencia:
    """Who acts in one request, and on what business date; `simulada` is the demonstration's."""

    actor: Actor
    simulada: date | None


def presencia_de(usuario: Usuario) -> Presencia:
    """Return what was read with that user, or read it now."""
    leida = getattr(usuario, "presencia", None)
    if leida is None:
        leida = getattr(_leer(usuario.pk), "presencia", None)
    return cast("Presencia", leida)


def _leer(usuario_id: int) -> Usuario | None:
    """Return a user with its presence, or None when there is no such user."""
    with connection.cursor() as cursor:
        cursor.execute(_QUIEN, [clock.ahora().date(), usuario_id])
        fila = cursor.fetchone()
    if fila is None:
        return None
    simulada, asignaciones, empleadores, *valores = fila
    usuario = Usuario.from_db(connection.alias, _COLUMNAS, valores)
    cast("Any", usuario).presencia = Presencia(
        Actor(
            id=usuario.pk,
            nombre=usuario.nombre,
            asignaciones=(
                *(_asignacion(*columnas) for columnas in asignaciones),
                *_representaciones(empleadores),
            ),
        ),
        simulada,
    )
    return usuario


def _asignacion(rol: str, provincia: str, delegante: str) -> AsignacionVigente:
    lugares = frozenset({provincia} if provincia else ())
    return AsignacionVigente(rol=rol, provincias=lugares, delegante=delegante)


def _representaciones(empleadores: list[int]) -> tuple[AsignacionVigente, ...]:
    """Return the assignment that representing somebody gives, if it does."""
    if not empleadores:
        return ()
    return (AsignacionVigente(rol="EMP", empleadores=frozenset(empleadores)),)


class Cuentas(ModelBackend):
    """The accounts of the house: each is read together with what it may do."""

    def get_user(self, user_id: int) -> Usuario | None:
        """Return who owns a session; None when the account is gone or closed."""
        usuario = _leer(user_id)
        return usuario if usuario is not None and self.user_can_authenticate(usuario) else None
