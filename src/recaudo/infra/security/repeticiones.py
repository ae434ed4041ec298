"""A form sent twice is one act: the first answer is kept under a key of what was sent.

The key is of the person, the address, the token of the form and what was typed in it: who goes
back and corrects something sends another form.

While a form is being answered, whoever sends the same one waits (a lock of the session of the
database, by token); then both get the first answer. A form that was refused keeps nothing: it is
corrected and sent again.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection
from django.db.models.functions import Now

from recaudo.infra.security.models import FormularioHecho

#: How long a form that was answered is known again: longer than a session lasts.
MEMORIA: Final = timedelta(days=2)
_TESTIGO: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")


@dataclass(frozen=True, slots=True)
class Respuesta:
    """What the first sending was answered: where it led and what was said there."""

    volver: str
    aviso: str


def es_testigo(texto: str) -> bool:
    """Whether a text can be the token of a form."""
    return _TESTIGO.fullmatch(texto) is not None


def clave_de(testigo: str, *, actor_id: int, ruta: str, dicho: Sequence[object]) -> str:
    """Return the key of a form as it was sent; `dicho` is its content, in order."""
    entero = json.dumps([testigo, actor_id, ruta, dicho], ensure_ascii=False)
    return hashlib.sha256(entero.encode()).hexdigest()


@contextmanager
def de_uno_en_uno(testigo: str) -> Iterator[None]:
    """Let in one at a time of those who send the form of that token."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"form {testigo}"])
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"form {testigo}"]
                )


def primera_respuesta(clave: str) -> Respuesta | None:
    """Return what was answered the first time, or None: it was not done yet."""
    hecho = FormularioHecho.objects.filter(clave=clave).first()
    return None if hecho is None else Respuesta(hecho.volver, hecho.aviso)


def recordar_respuesta(clave: str, respuesta: Respuesta, *, actor_id: int) -> None:
    """Keep the answer of a form that was done, and forget those of that person that are old."""
    FormularioHecho.objects.filter(actor_id=actor_id, en__lt=Now() - MEMORIA).delete()
    FormularioHecho.objects.create(
        clave=clave, actor_id=actor_id, volver=respuesta.volver, aviso=respuesta.aviso, en=Now()
    )
