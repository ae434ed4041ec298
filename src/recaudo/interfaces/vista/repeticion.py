"""The same form sent twice: done once, and answered the second time with the first answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from recaudo.infra.security.repeticiones import (
    Respuesta,
    clave_de,
    de_uno_en_uno,
    es_testigo,
    primera_respuesta,
    recordar_respuesta,
)

CAMPO: Final = "testigo"
_CSRF: Final = "csrfmiddlewaretoken"


def testigo_nuevo() -> str:
    """Return the token that a form carries each time its page is shown."""
    return secrets.token_urlsafe(16)


def recordar(request: HttpRequest, volver: str, aviso: str = "") -> None:
    """Keep where the form of this request led and what was said; without a token, nothing."""
    testigo = _testigo_de(request)
    if testigo:
        respuesta = Respuesta(volver, aviso)
        recordar_respuesta(_clave(request, testigo), respuesta, actor_id=_actor_de(request))


class UnaSolaVez:
    """Middleware: a form that was done is answered again without doing it; after the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, and let in whoever waits with the same form."""
        with ExitStack() as turno:
            cast("Any", request).turno_del_formulario = turno
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Wait for the same form, if it is being answered; answer as it was, if it was."""
        testigo = _testigo_de(request)
        if not testigo:
            return None
        cast("Any", request).turno_del_formulario.enter_context(de_uno_en_uno(testigo))
        previa = primera_respuesta(_clave(request, testigo))
        if previa is None:
            return None
        _decir_una_vez(request, previa.aviso)
        return redirect(previa.volver)


def _testigo_de(request: HttpRequest) -> str:
    """Return the token of the form that somebody who is logged in sends; else empty."""
    if request.method != "POST" or getattr(request, "actor", None) is None:
        return ""
    testigo = request.POST.get(CAMPO, "")
    return testigo if es_testigo(testigo) else ""


def _clave(request: HttpRequest, testigo: str) -> str:
    """Return the key of what this request sends: its fields, and which files."""
    campos = [(c, request.POST.getlist(c)) for c in sorted(request.POST) if c != _CSRF]
    archivos = [
        (c, [(a.name, a.size) for a in request.FILES.getlist(c)]) for c in sorted(request.FILES)
    ]
    return clave_de(
        testigo, actor_id=_actor_de(request), ruta=request.get_full_path(),
        dicho=[campos, archivos],
    )  # fmt: skip


def _actor_de(request: HttpRequest) -> int:
    return int(cast("Any", request).actor.id)


def _decir_una_vez(request: HttpRequest, aviso: str) -> None:
    """Say it on the next page, unless it already waits to be said."""
    pendientes = cast("Any", messages.get_messages(request))
    dichos = [str(m) for m in pendientes]
    pendientes.used = False
    if aviso and aviso not in dichos:
        messages.success(request, SafeString(aviso))
