"""Sessions in the database: each request reads its own by key, and nobody uses one that he reads.

A session ends when its day ends (`SESSION_COOKIE_AGE` after entering), when it is idle for its
time, and when its person ends it from another. The table keeps the digest of the key. The last use
is written at most once in `PASO`, counted within the idle time: nobody is given more.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import (
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    QuerySet,
    Value,
)
from django.db.models.functions import Now

from recaudo.infra import clock
from recaudo.infra.bitacora.seguridad import anotar
from recaudo.infra.security.models import Asignacion, Sesion, Usuario
from recaudo.infra.solo_lectura import escribiendo

#: How often the last use of a session is written, at most.
PASO: Final = timedelta(minutes=2)
#: What a session tells of itself in its row.
_FICHA: Final = "_ficha"
_LEER: Final = """
SELECT datos, ultimo_uso < %(ahora)s - %(paso)s FROM security_sesion
 WHERE huella = %(huella)s AND vence > %(ahora)s
   AND ultimo_uso + make_interval(secs => inactividad) > %(ahora)s
"""
_USADA: Final = """
UPDATE security_sesion SET ultimo_uso = %(ahora)s
 WHERE huella = %(huella)s AND ultimo_uso < %(ahora)s - %(paso)s
"""


class SessionStore(SessionBase):
    """Sessions as Django asks for them; the name of the class is the one Django looks for."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key, when there is none in force."""
        datos: dict[str, Any] = {
            "huella": huella_de(self.session_key),
            "ahora": clock.ahora(),
            "paso": PASO,
        }
        with connection.cursor() as cursor:
            cursor.execute(_LEER, datos)
            fila = cursor.fetchone()
        if fila is None:
            self._session_key = None
            return {}
        if fila[1]:
            _anotar_uso(datos)
        return self.decode(fila[0])

    def exists(self, session_key: str) -> bool:
        """Whether that key is taken."""
        return Sesion.objects.filter(huella=huella_de(session_key)).exists()

    def create(self) -> None:
        """Begin a session with a key that nobody had."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's own
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's own
        """Keep it; a page that only read may have changed it (a message that was shown)."""
        if self.session_key is None:
            self.create()
            return
        contenido = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # same
        with escribiendo():
            if must_create:
                self._crear(contenido)
            elif not Sesion.objects.filter(huella=huella_de(self.session_key)).update(
                datos=self.encode(contenido), **_de_la_ficha(contenido)
            ):
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """Forget it; a page that only read may find that it is no longer good."""
        with escribiendo():
            Sesion.objects.filter(huella=huella_de(session_key or self.session_key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete the sessions that ended."""
        ahora = clock.ahora()
        Sesion.objects.filter(vence__lt=ahora).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM security_sesion"
                " WHERE ultimo_uso + make_interval(secs => inactividad) < %s",
                [ahora],
            )

    def _crear(self, contenido: dict[str, Any]) -> None:
        ahora = clock.ahora()
        try:
            with transaction.atomic():
                Sesion.objects.create(
                    huella=huella_de(self.session_key), datos=self.encode(contenido),
                    desde=ahora, ultimo_uso=ahora,
                    vence=ahora + timedelta(seconds=settings.SESSION_COOKIE_AGE),
                    **{"inactividad": settings.INACTIVIDAD_DE_FUNCIONARIO,
                       **_de_la_ficha(contenido)},
                )  # fmt: skip
        except IntegrityError as error:
            raise CreateError from error


def huella_de(clave: str | None) -> str:
    """Return the digest under which the session of a key is kept."""
    return hashlib.sha256((clave or "").encode()).hexdigest()


def presentar(sesion: SessionBase, *, aparato: str, origen: str, inactividad: int) -> None:
    """Say of a session that begins in what browser it is, from where, how long it may be idle.

    `inactividad` in seconds.
    """
    sesion[_FICHA] = {"aparato": aparato[:80], "origen": origen[:45], "inactividad": inactividad}


def inactividad_de(usuario: Usuario, *, hoy: date) -> int:
    """Return how many seconds a session of a person may be idle: less for who works here."""
    vigentes = Asignacion.objects.filter(usuario=usuario, desde__lte=hoy)
    es_funcionario = vigentes.exclude(hasta__lte=hoy).exists()
    segundos: int = (
        settings.INACTIVIDAD_DE_FUNCIONARIO if es_funcionario else settings.INACTIVIDAD_DE_EMPLEADOR
    )
    return segundos


def sesiones_de(usuario_id: int) -> QuerySet[Sesion]:
    """Return the sessions of a person that are in force, the last used first."""
    un_segundo = Value(timedelta(seconds=1))
    ocio = ExpressionWrapper(F("inactividad") * un_segundo, output_field=DurationField())
    fin = ExpressionWrapper(F("ultimo_uso") + ocio, output_field=DateTimeField())
    en_vigor = Sesion.objects.filter(usuario_id=usuario_id, vence__gt=Now())
    return en_vigor.alias(fin=fin).filter(fin__gt=Now()).order_by("-ultimo_uso", "-pk")


def terminar_sesiones(
    usuario_id: int, *, excepto: str | None = None, sesion_id: int | None = None
) -> int:
    """End the sessions of a person: one, or all except that of a key. Return how many ended.

    What another person has is not touched: it is as if it were not.
    """
    suyas = Sesion.objects.filter(usuario_id=usuario_id)
    if sesion_id is not None:
        suyas = suyas.filter(pk=sesion_id)
    if excepto is not None:
        suyas = suyas.exclude(huella=huella_de(excepto))
    cuantas, _ = suyas.delete()
    if cuantas:
        anotar("sesiones_terminadas", usuario=usuario_id, cuantas=cuantas)
    return cuantas


def _de_la_ficha(contenido: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that a session says: whose it is, and what was presented."""
    quien = contenido.get(SESSION_KEY)
    return {"usuario_id": int(quien) if quien else None, **contenido.get(_FICHA, {})}


def _anotar_uso(datos: Mapping[str, Any]) -> None:
    """Write that a session is used; a database that does not write now loses that and no page."""
    try:
        with escribiendo(), connection.cursor() as cursor:
            cursor.execute(_USADA, datos)
    except DatabaseError:
        if connection.in_atomic_block:
            raise
