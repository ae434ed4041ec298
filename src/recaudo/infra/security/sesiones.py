"""Sessions in the database, as Django keeps them; each request reads its own by key and no more."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as SesionesDeDjango
from django.db import connection

from recaudo.infra import clock
from recaudo.infra.solo_lectura import escribiendo


class SessionStore(SesionesDeDjango):
    """Django's own, except that loading asks for one column; its name is the one Django looks for.

    A session that was closed, or whose time passed, is empty.
    """

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key, when there is none in force."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_data FROM django_session"
                " WHERE session_key = %s AND expire_date > %s",
                [self.session_key, clock.ahora()],
            )
            fila = cursor.fetchone()
        if fila is None:
            self._session_key = None
            return {}
        return self.decode(fila[0])

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's own
        """Keep it; a page that only read may have changed it (a message that was shown)."""
        with escribiendo():
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        """Forget it; a page that only read may find that it is no longer good."""
        with escribiendo():
            super().delete(session_key)
