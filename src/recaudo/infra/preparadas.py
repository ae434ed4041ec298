"""Queries of the ORM that are written once, turned into SQL once, and asked many times.

A page asks the same dozen questions at every visit, and building each of them anew in Python costs
several times what the server takes to answer. A prepared query keeps its SQL; only the values
travel. What it gives back are ordinary instances of its model.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from inspect import signature
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model, QuerySet, Value

M = TypeVar("M", bound=Model)
Convertidor = Callable[[Any, Any, Any], Any]


class Hueco(Value):
    """The place of a value in a prepared query: compare a field with it (`filter(pk=hueco)`)."""

    def __init__(self, nombre: str, campo: "Field[Any, Any] | None" = None) -> None:
        """Keep the name under which the value will be given, and what it is when it is shown."""
        super().__init__(None, output_field=campo)
        self.nombre = nombre

    @property
    def alguno(self) -> "Hueco":
        """The place of a list: the field must be one of its values (none when it is empty)."""
        return _Alguno(self.nombre)

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, Any]:
        """Write the place; the value comes later."""
        return "%s", [self]


class _Alguno(Hueco):
    """A list of values; `= ANY` is the same statement whatever its length, which `IN` is not."""

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, Any]:
        return "ANY(%s)", [self]


def mostrado(valor: Any, campo: "Field[Any, Any]") -> Value:
    """Return a value, or the place of one, as something that each row shows (`annotate`)."""
    return Hueco(valor.nombre, campo) if isinstance(valor, Hueco) else Value(valor, campo)


class _Plan(NamedTuple):
    """What is worth keeping of a query: its text, its values, and how its rows become objects."""

    sql: str
    valores: Sequence[Any]
    campos: Sequence[str]
    anotaciones: Mapping[str, int]
    convertidores: Sequence[tuple[int, Any, Sequence[Convertidor]]]


class Preparada(Generic[M]):
    """A query over one model with named places, compiled at its first use.

    Made from a function with one parameter for each place that returns the queryset: conditions,
    order, annotations, deferred fields. A slice, a lock or `select_related` is a TypeError: they
    would change what is read without being seen here.
    """

    def __init__(self, armar: Callable[..., QuerySet[M]]) -> None:
        """Keep the function; nothing is compiled yet, so a module may define it while loading."""
        self._armar = armar
        self._huecos = {nombre: Hueco(nombre) for nombre in signature(armar).parameters}
        self._modelo: type[M] | None = None
        self._plan: _Plan | None = None

    def filas(self, *, limite: int | None = None, **valores: Any) -> list[M]:
        """Return the instances for those values, as the database takes them; the first `limite`.

        KeyError when the value of a place is not given.
        """
        modelo, plan = self._compilar()
        puestos = [valores[v.nombre] if isinstance(v, Hueco) else v for v in plan.valores]
        sql = plan.sql
        if limite is not None:
            sql, puestos = f"{sql} LIMIT %s", [*puestos, limite]
        with connection.cursor() as cursor:
            cursor.execute(sql, puestos)
            leidas = cursor.fetchall()
        return [_instancia(modelo, plan, fila) for fila in leidas]

    def primera(self, **valores: Any) -> M | None:
        """Return the first instance for those values, or None."""
        halladas = self.filas(limite=1, **valores)
        return halladas[0] if halladas else None

    def _compilar(self) -> tuple[type[M], _Plan]:
        if self._plan is None or self._modelo is None:
            consulta = self._armar(**self._huecos)
            self._modelo, self._plan = consulta.model, _plan_de(consulta)
        return self._modelo, self._plan


class ListaPreparada(Preparada[M]):
    """The rows of a list, nearly always asked for whole and in their own order.

    Its function is the one that gives the queryset to filter, to order or to write as a file, so
    that both are the same rows: it is called with places once, and with values when somebody asks
    for more than the first page. Equal rows always come in the same order, by their key.
    """

    def __init__(self, armar: Callable[..., QuerySet[M]]) -> None:
        """Keep the function, and the order to the last row."""

        def en_orden(**valores: Any) -> QuerySet[M]:
            consulta = armar(**valores)
            return consulta.order_by(*consulta.query.order_by, "-pk")

        super().__init__(en_orden)
        self._huecos = {nombre: Hueco(nombre) for nombre in signature(armar).parameters}

    @cached_property
    def plantilla(self) -> QuerySet[M]:
        """The queryset with its places empty: what its rows are and their order; never read."""
        return self._armar(**self._huecos)

    def de(self, **valores: Any) -> "Pedida[M]":
        """Return the list for those values; nothing is read yet."""
        return Pedida(self, valores)


class Pedida(Generic[M]):
    """A prepared list for some values: its first rows at once, or the queryset of all of them."""

    def __init__(self, lista: ListaPreparada[M], valores: Mapping[str, Any]) -> None:
        """Keep which list and for what values."""
        self._lista, self._valores = lista, valores
        self.plantilla = lista.plantilla

    def primeras(self, cuantas: int) -> list[M]:
        """Return the first rows, in the order of the list."""
        return self._lista.filas(limite=cuantas, **self._valores)

    @cached_property
    def consulta(self) -> QuerySet[M]:
        """The same rows as a queryset, to filter, order, count or read as a stream."""
        return self._lista._armar(**self._valores)  # noqa: SLF001 - the two are one thing


def _plan_de(consulta: QuerySet[M]) -> _Plan:
    query = consulta.query
    compilador = query.get_compiler(DEFAULT_DB_ALIAS)
    sql, valores = compilador.as_sql()
    columnas = [columna for columna, _, _ in compilador.select]
    if query.is_sliced or query.select_for_update or query.select_related or query.values_select:
        msg = f"A prepared query reads rows of {consulta.model.__name__} and nothing else"
        raise TypeError(msg)
    anotaciones = dict(compilador.annotation_col_map or {})
    convertidores = compilador.get_converters(columnas)
    return _Plan(
        sql,
        valores,
        [columna.target.attname for columna in columnas[: len(columnas) - len(anotaciones)]],
        anotaciones,
        [(lugar, columna, como) for lugar, (como, columna) in convertidores.items()],
    )


def _instancia(modelo: type[M], plan: _Plan, fila: Sequence[Any]) -> M:
    valores = list(fila)
    for lugar, columna, como in plan.convertidores:
        for convertir in como:
            valores[lugar] = convertir(valores[lugar], columna, connection)
    hecha = modelo.from_db(DEFAULT_DB_ALIAS, plan.campos, valores[: len(plan.campos)])
    for nombre, lugar in plan.anotaciones.items():
        setattr(hecha, nombre, valores[lugar])
    return hecha
