"""Open an act, state its facts, let the wired reactions run.

    EMITIR = Acto("emitir_glosas", Permiso.GLOSA_EMITIR, GlosasEmitidas)

    with acto(EMITIR, por=actor, fecha=hoy, norma="C.D. 516 art. 129") as a:
        ...                      # lock, check, write
        a.declarar(GlosasEmitidas(...))

`acto` opens a transaction. A change of a guarded `estado` column is only possible inside it: the
trigger looks for the step of that act, and records it with the act and its fact. Leaving without
having stated a fact is a defect.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, ClassVar, Protocol, cast

from django.db import connection, transaction
from django.db.models.functions import Now

from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.segregacion import exigir_sobre


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


class Acto:
    """What an act is: its name (that of its file), the permission it asks, the facts it states.

    Without permission it is a *consecuencia*: it happens only inside another act, with the
    permission and the role of that one (money came in, so the glosa is cancelled).
    """

    __slots__ = ("hechos", "nombre", "permiso")

    def __init__(self, nombre: str, permiso: Permiso | None, *hechos: type[HechoDeclarado]) -> None:
        """Declare it, once, in its own file of `actions/`; ValueError when it states nothing."""
        if not hechos:
            mensaje = f"the act {nombre} states no fact"
            raise ValueError(mensaje)
        self.nombre = nombre
        self.permiso = permiso
        self.hechos = hechos

    def __repr__(self) -> str:
        return f"Acto({self.nombre})"


@dataclass(slots=True)
class ActoAbierto:
    """An act in course: who, with which permission and role, on what date, by which article.

    `hecho_id` is the number of its first fact, its principal; `causa_id` the fact that caused the
    act, when another act or a reaction opened it.
    """

    acto: Acto
    permiso: Permiso
    rol: str
    por: Actor
    fecha: date
    norma: str
    hecho_id: int
    causa_id: int | None = None
    declarados: int = field(default=0)
    _reacciona_a: int | None = field(default=None)

    @property
    def causa_de_lo_que_abre(self) -> int:
        """The fact that causes what is opened inside: the one reacted to, else the principal."""
        return self._reacciona_a or self.hecho_id

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

        The first fact of an act takes the act's own number, the one the state triggers recorded;
        those after it are caused by it. An act states only the facts it declares.
        """
        if type(hecho) not in self.acto.hechos:
            mensaje = f"{self.acto} does not declare the fact {type(hecho).__name__}"
            raise AssertionError(mensaje)
        es_principal = self.declarados == 0
        identidad = {"id": self.hecho_id} if es_principal else {}
        if empleador_id is None:
            empleador_id = getattr(hecho, "empleador_id", None)
        lugar = provincia or getattr(hecho, "provincia", "")
        if es_principal and self.causa_id is None:
            exigir_sobre(
                por=self.por, permiso=self.permiso, provincia=lugar, empleador_id=empleador_id
            )
        self.declarados += 1
        fila = Hecho.objects.create(
            **identidad,
            en=Now(),
            fecha=self.fecha,
            acto=self.acto.nombre,
            permiso=self.permiso.value,
            causa_id=self.causa_id if es_principal else self.causa_de_lo_que_abre,
            tipo=hecho.tipo,
            objeto_tipo=hecho.objeto_tipo,
            objeto_id=str(hecho.objeto_id),
            empleador_id=empleador_id,
            provincia=lugar,
            actor_id=self.por.id,
            actor_nombre=self.por.nombre,
            rol=self.rol,
            norma=self.norma,
            frase=hecho.frase(),
            antes=_plano(antes or {}),
            despues=_plano(despues if despues is not None else _datos(hecho)),
            documento_sha256=documento_sha256,
        )
        anterior, self._reacciona_a = self._reacciona_a, fila.pk
        for reaccion in _REACCIONES.get(hecho.tipo, ()):
            reaccion(hecho, self)
        self._reacciona_a = anterior


#: The innermost act in course in this thread.
_ABIERTO: ContextVar[ActoAbierto | None] = ContextVar("acto_abierto", default=None)
_ABRIR = "SELECT recaudo_abrir_acto(%s, %s, %s)"
_CERRAR = "SELECT recaudo_cerrar_acto()"


@contextmanager
def acto(
    que: Acto, *, por: Actor, fecha: date, norma: str, causa: int | None = None
) -> Iterator[ActoAbierto]:
    """Open an act: check the permission, begin a transaction, reserve its fact number.

    Nested acts are allowed (a reaction performs an act of its own): each has its own fact, caused
    by the fact that was being reacted to, else by the principal fact of the act around it. `causa`
    gives the number of the causing fact when it was stated in another transaction. Refuses
    `SinPermiso` when the actor does not hold the permission.
    """
    alrededor = _ABIERTO.get()
    permiso, rol = _permiso_y_rol(que, por, alrededor)
    if causa is None and alrededor is not None:
        causa = alrededor.causa_de_lo_que_abre
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ABRIR, [que.nombre, fecha, por.id])
            numero = int(cursor.fetchone()[0])
        abierto = ActoAbierto(que, permiso, rol, por, fecha, norma, numero, causa)
        testigo = _ABIERTO.set(abierto)
        try:
            yield abierto
        finally:
            _ABIERTO.reset(testigo)
        if abierto.declarados == 0:
            mensaje = f"The act {que.nombre} stated no fact"
            raise AssertionError(mensaje)
        with connection.cursor() as cursor:
            cursor.execute(_CERRAR)


def _permiso_y_rol(que: Acto, por: Actor, alrededor: ActoAbierto | None) -> tuple[Permiso, str]:
    """Return the permission exercised and the role that gives it; refuse SinPermiso."""
    if que.permiso is not None:
        por.exigir(que.permiso)
        return que.permiso, por.rol_para(que.permiso)
    if alrededor is None:
        mensaje = f"{que} is a consequence: it happens only inside another act"
        raise AssertionError(mensaje)
    return alrededor.permiso, alrededor.rol


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


__all__ = ["Acto", "ActoAbierto", "HechoDeclarado", "acto", "conectar", "reacciones"]
