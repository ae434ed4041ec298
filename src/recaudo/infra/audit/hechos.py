"""Open an act, state its facts, let the wired reactions run.

    with acto(Permiso.GLOSA_EMITIR, por=actor, fecha=hoy, norma="C.D. 516 art. 129") as a:
        ...                      # lock, check, write
        a.declarar(GlosaEmitida(...))

`acto` opens a transaction. A change of a guarded `estado` column is only possible inside it, and
the trigger records it with the act's fact. Leaving without having stated a fact is a defect.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, ClassVar, Protocol, cast

from django.db import connection, transaction
from django.db.models.functions import Now

from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso


class HechoDeclarado(Protocol):
    """What a room's `facts.py` offers: frozen dataclasses that tell themselves to a person."""

    tipo: ClassVar[str]
    objeto_tipo: ClassVar[str]

    @property
    def objeto_id(self) -> int | str:
        """The object the fact is about."""
        ...

    def frase(self) -> str:
        """One Spanish sentence for the history tab."""
        ...


Reaccion = Callable[[Any, "ActoAbierto"], None]
_REACCIONES: dict[str, list[Reaccion]] = defaultdict(list)


def conectar(tipo: str, reaccion: Reaccion) -> None:
    """Call `reaccion(hecho, acto)` in the same transaction whenever a fact of `tipo` is stated.

    Only `project.wiring` calls it, so that every pair can be read in one file.
    """
    if reaccion not in _REACCIONES[tipo]:
        _REACCIONES[tipo].append(reaccion)


def reacciones() -> Mapping[str, list[Reaccion]]:
    """Return the wired pairs, for the documentation and its test."""
    return dict(_REACCIONES)


@dataclass(slots=True)
class ActoAbierto:
    """An act in course: who, with which permission, on what business date, by which article."""

    permiso: Permiso
    por: Actor
    fecha: date
    norma: str
    hecho_id: int
    declarados: int = field(default=0)

    def declarar(
        self,
        hecho: HechoDeclarado,
        *,
        antes: Mapping[str, object] | None = None,
        despues: Mapping[str, object] | None = None,
        empleador_id: int | None = None,
        provincia: str = "",
        documento_sha256: str = "",
    ) -> None:
        """Write the fact and run the wired reactions, in this transaction.

        The first fact of an act takes the act's own number, the one the state triggers recorded.
        """
        identidad = {"id": self.hecho_id} if self.declarados == 0 else {}
        self.declarados += 1
        Hecho.objects.create(
            **identidad,
            en=Now(),
            fecha=self.fecha,
            acto=self.permiso.value,
            tipo=hecho.tipo,
            objeto_tipo=hecho.objeto_tipo,
            objeto_id=str(hecho.objeto_id),
            empleador_id=empleador_id
            if empleador_id is not None
            else getattr(hecho, "empleador_id", None),
            provincia=provincia or getattr(hecho, "provincia", ""),
            actor_id=self.por.id,
            actor_nombre=self.por.nombre,
            rol=self.por.rol,
            norma=self.norma,
            frase=hecho.frase(),
            antes=_plano(antes or {}),
            despues=_plano(despues if despues is not None else _datos(hecho)),
            documento_sha256=documento_sha256,
        )
        for reaccion in _REACCIONES.get(hecho.tipo, ()):
            reaccion(hecho, self)


@contextmanager
def acto(permiso: Permiso, *, por: Actor, fecha: date, norma: str) -> Iterator[ActoAbierto]:
    """Open an act: check the permission, begin a transaction, reserve its fact number.

    Nested acts are allowed (a reaction performs an act of its own): each has its own fact.
    Raises `SinPermiso` when the actor does not hold the permission.
    """
    por.exigir(permiso)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('recaudo.hecho', true)")
            anterior = cursor.fetchone()[0] or ""
            cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_hecho', 'id'))")
            numero = cursor.fetchone()[0]
            _fijar_contexto(cursor, numero, por)
        abierto = ActoAbierto(permiso, por, fecha, norma, numero)
        yield abierto
        if abierto.declarados == 0:
            mensaje = f"The act {permiso} stated no fact"
            raise AssertionError(mensaje)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('recaudo.hecho', %s, true)", [anterior])


def _fijar_contexto(cursor: Any, numero: int, por: Actor) -> None:
    """Tell the database, for this transaction only, which fact and which actor are at work."""
    cursor.execute(
        "SELECT set_config('recaudo.hecho', %s, true), set_config('recaudo.actor', %s, true)",
        [str(numero), str(por.id or "")],
    )


def _datos(hecho: HechoDeclarado) -> dict[str, Any]:
    return asdict(cast("Any", hecho))


def _plano(valores: Mapping[str, object]) -> dict[str, object]:
    """Make the values JSON: money and periods as their text."""
    return {clave: _simple(valor) for clave, valor in valores.items()}


def _simple(valor: object) -> object:
    if isinstance(valor, (str, int, bool, type(None))):
        return valor
    if isinstance(valor, Mapping):
        return {str(k): _simple(v) for k, v in valor.items()}
    if isinstance(valor, (list, tuple, frozenset, set)):
        return [_simple(v) for v in valor]
    return str(valor)


__all__ = ["ActoAbierto", "HechoDeclarado", "acto", "conectar", "reacciones"]
