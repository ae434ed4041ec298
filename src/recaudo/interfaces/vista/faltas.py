"""What was asked for by its number and is not there: one page for every door says what to try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404

from recaudo.interfaces.vista.piezas import Enlace

#: Longer than any number of ours: what is longer is not repeated whole on the page.
LARGO_BUSCADO = 60


class NoHallado(Http404):
    """Somebody asked for a thing by its number, and there is none within reach.

    `que` with its article («el comprobante»); `buscado` as it was typed; `donde` says among what
    it was looked for; `consejos`, what to check; `salidas`, where else to go; `marco`, what the
    frame of the door needs (navigation, for whom one acts). What is missing and what is another's
    are the same: the caller must not tell them apart.
    """

    def __init__(
        self,
        que: str,
        buscado: object = "",
        *,
        donde: str = "",
        consejos: Sequence[str] = (),
        salidas: Sequence[Enlace] = (),
        marco: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep the words of the page."""
        self.que = que
        escrito = str(buscado).strip()
        self.buscado = escrito if len(escrito) <= LARGO_BUSCADO else f"{escrito[:LARGO_BUSCADO]}…"
        self.donde, self.consejos, self.salidas = donde, tuple(consejos), tuple(salidas)
        self.marco = dict(marco or {})
        super().__init__(f"No encontramos {self.nombre}")

    @property
    def nombre(self) -> str:
        """Return what was looked for, with its number."""
        return f"{self.que} {self.buscado}".strip()
