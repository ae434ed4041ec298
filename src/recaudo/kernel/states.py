"""A transition table and its questions: which act leads from which state to which, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recaudo.kernel.refusals import Rechazo


class TransicionNoPermitida(Rechazo):
    """The act does not exist from the current state."""

    mensaje = "El estado actual no permite esta acción."


@dataclass(frozen=True, slots=True)
class Paso:
    """One permitted step: act, state before (`None` = creation), state after, article, deadline."""

    acto: str
    desde: str | None
    hacia: str
    norma: str
    plazo: str = ""


class Maquina:
    """The whole table of steps of one kind of thing; it never changes after being built."""

    def __init__(
        self, nombre: str, pasos: Iterable[Paso], inicial: str, finales: Iterable[str] = ()
    ) -> None:
        """Build the table; ValueError when two steps share act and state, or a final has exits."""
        self.nombre = nombre
        self.pasos: tuple[Paso, ...] = tuple(pasos)
        self.inicial = str(inicial)
        self.finales: frozenset[str] = frozenset(str(f) for f in finales)
        self._por_acto: dict[tuple[str, str | None], Paso] = {}
        for paso in self.pasos:
            clave = (paso.acto, _texto(paso.desde))
            if clave in self._por_acto:
                msg = f"{nombre}: step {clave} appears twice"
                raise ValueError(msg)
            if clave[1] in self.finales:
                msg = f"{nombre}: {paso.desde} is final and cannot be left"
                raise ValueError(msg)
            self._por_acto[clave] = paso
        if perdidos := {self.inicial, *self.finales} - set(self.estados):
            msg = f"{nombre}: states without any step: {sorted(perdidos)}"
            raise ValueError(msg)

    @property
    def estados(self) -> tuple[str, ...]:
        """Every state, once, in order of appearance."""
        vistos: dict[str, None] = {}
        for paso in self.pasos:
            for estado in (paso.desde, paso.hacia):
                if estado is not None:
                    vistos[str(estado)] = None
        return tuple(vistos)

    def permite(self, desde: str | None, hacia: str) -> bool:
        """Say whether some act leads from `desde` (None = does not exist yet) to `hacia`."""
        return (_texto(desde), str(hacia)) in self.pares()

    def paso(self, acto: str, desde: str | None) -> Paso:
        """Return the step of `acto` from `desde`; TransicionNoPermitida when there is none."""
        encontrado = self._por_acto.get((acto, _texto(desde)))
        if encontrado is None:
            estado = "sin crear" if desde is None else str(desde)
            msg = f"{self.nombre}: no se puede {acto.replace('_', ' ')} en estado {estado}."
            raise TransicionNoPermitida(msg)
        return encontrado

    def actos_desde(self, estado: str | None) -> tuple[str, ...]:
        """Return the acts available from a state, in table order."""
        return tuple(p.acto for p in self.pasos if _texto(p.desde) == _texto(estado))

    def pares(self) -> tuple[tuple[str | None, str], ...]:
        """Return the distinct (before, after) pairs: what the database trigger allows."""
        return tuple(dict.fromkeys((_texto(p.desde), str(p.hacia)) for p in self.pasos))

    def mermaid(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lineas = ["stateDiagram-v2"]
        for paso in self.pasos:
            desde = "[*]" if paso.desde is None else str(paso.desde)
            lineas.append(f"    {desde} --> {paso.hacia}: {paso.acto}")
        lineas += [f"    {estado} --> [*]" for estado in sorted(self.finales)]
        return "\n".join(lineas) + "\n"


def _texto(estado: str | None) -> str | None:
    """Reduce an enumeration member to its plain text."""
    return None if estado is None else str(estado)
