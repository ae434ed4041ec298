"""What each role of the database may do with each table: said beside its model.

    @concede(agregan=AMBOS, cambian="estado saldo", quienes=AMBOS)
    class Credito(models.Model): ...

The owner migrates and owns; `recaudo_web` serves pages, `recaudo_lotes` does the batches,
`recaudo_informes` reads what is no secret, `recaudo_auditor` reads all (ADR 0018). Whatever is not
said here is not granted: nobody deletes, and nobody changes a column that is not named.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.apps import apps
from django.db import models
from django.db.backends.utils import CursorWrapper

from recaudo.infra.papeles import Papel

M = TypeVar("M", bound=type[models.Model])


AMBOS: Final = (Papel.WEB, Papel.LOTES)
TODOS: Final = tuple(Papel)
SOLO_LOTES: Final = (Papel.LOTES,)
NADIE: Final[tuple[Papel, ...]] = ()


@dataclass(frozen=True, slots=True)
class Concesion:
    """Who adds rows to a table, who changes which columns, who deletes; everybody reads.

    A secret table, or the secret columns of one, are not read for reports.
    """

    agregan: tuple[Papel, ...] = NADIE
    cambian: tuple[str, ...] = ()
    quienes: tuple[Papel, ...] = AMBOS
    borran: tuple[Papel, ...] = NADIE
    es_secreta: bool = False
    secretas: tuple[str, ...] = ()


_DE_MODELOS: Final[dict[str, Concesion]] = {}
_DE_TABLAS: Final[dict[str, Concesion]] = {}
_DE_FUNCIONES: Final[dict[str, tuple[Papel, ...]]] = {}


def concede(
    *,
    agregan: tuple[Papel, ...] = NADIE,
    cambian: str = "",
    quienes: tuple[Papel, ...] = AMBOS,
    borran: tuple[Papel, ...] = NADIE,
    es_secreta: bool = False,
    secretas: str = "",
) -> Callable[[M], M]:
    """Say what the table of a model grants; `cambian` names columns, with blanks between them."""
    dicha = Concesion(
        agregan, tuple(cambian.split()), quienes, borran, es_secreta, tuple(secretas.split())
    )

    def anotar(modelo: M) -> M:
        _DE_MODELOS[modelo._meta.db_table] = dicha  # noqa: SLF001 - documented API
        return modelo

    return anotar


def concede_tabla(*nombres: str, **dicha: Any) -> None:
    """Say what tables without a model of ours grant."""
    for nombre in nombres:
        _DE_TABLAS[nombre] = Concesion(**dicha)


def concede_funciones(quienes: tuple[Papel, ...], nombres: str) -> None:
    """Say who calls these functions; of one that nobody names, only the owner does."""
    for nombre in nombres.split():
        _DE_FUNCIONES[nombre] = quienes


def concesiones() -> dict[str, Concesion]:
    """Return what each table grants; LookupError names a model of ours that says nothing."""
    calladas = [
        modelo._meta.label  # noqa: SLF001 - documented API
        for modelo in apps.get_models(include_auto_created=True)
        if modelo.__module__.startswith("recaudo.") and modelo._meta.db_table not in _DE_MODELOS  # noqa: SLF001
    ]
    if calladas:
        mensaje = f"nobody said who may write in the tables of {', '.join(sorted(calladas))}"
        raise LookupError(mensaje)
    return {**_DE_TABLAS, **_DE_MODELOS}


def quienes_llaman(funcion: str) -> tuple[Papel, ...]:
    """Return who calls a function; those of the queue do what the tables let whoever calls them."""
    if funcion.startswith("procrastinate_"):
        return AMBOS
    return _DE_FUNCIONES.get(funcion, NADIE)


def papeles_del_servidor(cursor: CursorWrapper) -> list[Papel]:
    """Return which of the roles exist in this server."""
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(Papel)])
    hay = {fila[0] for fila in cursor.fetchall()}
    return [papel for papel in Papel if papel in hay]


def aplicar_concesiones(cursor: CursorWrapper) -> list[Papel]:
    """Leave each role of the server with what is said here and nothing else; return the roles.

    For the owner. A server without the roles is left as it is. Running it again changes nothing.
    """
    papeles = papeles_del_servidor(cursor)
    if papeles:
        for sentencia in sentencias(papeles, _funciones_de_la_casa(cursor)):
            cursor.execute(sentencia)
    return papeles


def sentencias(papeles: Iterable[Papel], de_la_casa: dict[str, str]) -> list[str]:
    """Return the statements, in order; `de_la_casa` is each function of ours and its signature."""
    todos = list(papeles)
    lista = ", ".join(todos)
    hechas = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {lista}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {lista}",
        f"GRANT USAGE ON SCHEMA public TO {lista}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {lista}",
        *(
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {papel}"
            for papel in todos
            if papel in AMBOS
        ),
    ]
    for tabla, dicha in sorted(concesiones().items()):
        hechas += _de_tabla(tabla, dicha, todos)
    for nombre, firma in sorted(de_la_casa.items()):
        hechas.append(f"REVOKE ALL ON FUNCTION {firma} FROM PUBLIC, {lista}")
        quienes = [p for p in quienes_llaman(nombre) if p in todos]
        if quienes:
            hechas.append(f"GRANT EXECUTE ON FUNCTION {firma} TO {', '.join(quienes)}")
    return hechas


def _de_tabla(tabla: str, dicha: Concesion, papeles: list[Papel]) -> list[str]:
    def a(quienes: Iterable[Papel]) -> str:
        return ", ".join(papel for papel in quienes if papel in papeles)

    hechas = []
    if quienes := a(dicha.agregan):
        hechas.append(f'GRANT INSERT ON "{tabla}" TO {quienes}')
    if dicha.cambian and (quienes := a(dicha.quienes)):
        columnas = ", ".join(f'"{columna}"' for columna in dicha.cambian)
        hechas.append(f'GRANT UPDATE ({columnas}) ON "{tabla}" TO {quienes}')
    if quienes := a(dicha.borran):
        hechas.append(f'GRANT DELETE ON "{tabla}" TO {quienes}')
    if Papel.INFORMES in papeles and (dicha.es_secreta or dicha.secretas):
        hechas.append(f'REVOKE SELECT ON "{tabla}" FROM {Papel.INFORMES}')  # noqa: S608 - own names
        if not dicha.es_secreta:
            columnas = ", ".join(f'"{c}"' for c in _columnas(tabla) if c not in dicha.secretas)
            hechas.append(f'GRANT SELECT ({columnas}) ON "{tabla}" TO {Papel.INFORMES}')
    return hechas


def _columnas(tabla: str) -> list[str]:
    modelo = next(m for m in apps.get_models() if m._meta.db_table == tabla)  # noqa: SLF001
    return [str(campo.column) for campo in modelo._meta.concrete_fields]  # noqa: SLF001


def _funciones_de_la_casa(cursor: CursorWrapper) -> dict[str, str]:
    """Return each function that is not of an extension, with the signature that names it."""
    cursor.execute(
        "SELECT p.proname, p.oid::regprocedure::text FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public' "
        "WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass "
        "                   AND d.objid = p.oid AND d.deptype = 'e')"
    )
    return dict(cursor.fetchall())
