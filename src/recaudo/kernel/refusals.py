"""Refusals: the named reasons for which a rule says no, with a sentence an officer can read."""

from __future__ import annotations

import re


def _codigo_de(nombre: str) -> str:
    """Turn a class name (`SinDatos`) into its stable code (`SIN_DATOS`)."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", nombre).upper()


class Rechazo(Exception):
    """A rule refuses: never an error of the program.

    Subclasses are named by their reason and set `mensaje` and `norma` as class attributes;
    `codigo` is derived from the class name unless given. Arguments override the class.
    """

    codigo: str = "RECHAZO"
    mensaje: str = "La operación no es posible."
    norma: str = ""

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Give each subclass its own code when it does not state one."""
        super().__init_subclass__(**kwargs)
        if "codigo" not in cls.__dict__:
            cls.codigo = _codigo_de(cls.__name__)

    def __init__(
        self,
        mensaje: str | None = None,
        *,
        codigo: str | None = None,
        norma: str | None = None,
    ) -> None:
        """Keep the Spanish sentence, and optionally another code or norm than the class's."""
        if mensaje is not None:
            self.mensaje = mensaje
        if codigo is not None:
            self.codigo = codigo
        if norma is not None:
            self.norma = norma
        super().__init__(self.mensaje)

    def como_dict(self) -> dict[str, str]:
        """Return the three strings every door shows: `codigo`, `mensaje`, `norma`."""
        return {"codigo": self.codigo, "mensaje": self.mensaje, "norma": self.norma}
