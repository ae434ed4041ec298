"""The search and the filters of a list: they live in the address and work in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import django_filters
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.forms import Form, TextInput

from recaudo.interfaces.vista.formatos import escribir_fecha_corta
from recaudo.interfaces.vista.formularios import CampoFecha, Formulario
from recaudo.interfaces.vista.piezas import FichaDeFiltro
from recaudo.kernel.ids import limpiar
from recaudo.kernel.text import clave_de_orden

PARAMETROS_DE_LISTA = ("orden", "por_pagina")
LARGO_DE_BUSQUEDA = 100
LARGO_DE_ID = 19
#: The name of the search in the address.
BUSCAR = "q"
Opciones = Iterable[tuple[str, str]] | Callable[[], Iterable[tuple[str, str]]]


class Filas(list[Any]):
    """Rows already in memory where a filter expects a queryset. Only for small closed sets."""

    model = None

    def all(self) -> Filas:
        """Return the rows themselves."""
        return self


class Busqueda(django_filters.CharFilter):  # type: ignore[misc]
    """The search box of a list. Blanks, dots and hyphens inside a number do not matter.

    `codigos` are numbers (matched from their beginning), `con_guiones` numbers kept with hyphens
    (matched anywhere), `claves` sorting keys of names (accents do not matter), `textos` free words.
    `empleador` is the column with the id of the employer, and `empleadores` the function that gives
    the ids of those whose RUC or name matches.
    """

    def __init__(
        self,
        label: str,
        *,
        codigos: Sequence[str] = (),
        con_guiones: Sequence[str] = (),
        claves: Sequence[str] = (),
        textos: Sequence[str] = (),
        empleador: str = "",
        empleadores: Callable[[str], QuerySet[Any]] | None = None,
    ) -> None:
        """Keep where to look."""
        caja = TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(label=label, widget=caja, max_length=LARGO_DE_BUSQUEDA)
        self.codigos, self.con_guiones = codigos, con_guiones
        self.claves, self.textos = claves, textos
        self.empleador, self.empleadores = empleador, empleadores

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows where any of the places says it."""
        texto = (value or "").strip()
        if not texto:
            return qs
        numero, clave = limpiar(texto), clave_de_orden(texto)
        dice = Q(pk__in=())
        for campo in self.con_guiones:
            qs = qs.alias(**{f"sin_{campo}": Replace(F(campo), Value("-"), Value(""))})
            dice |= Q(**{f"sin_{campo}__contains": numero})
        if numero.isascii() and numero.isdigit():
            for campo in self.codigos:
                dice |= _codigo(qs, campo, numero)
        for campo in self.claves:
            dice |= Q(**{f"{campo}__contains": clave})
        for campo in self.textos:
            dice |= Q(**{f"{campo}__icontains": texto})
        if self.empleadores is not None:
            dice |= Q(**{f"{self.empleador}__in": self.empleadores(texto).values("pk")})
        return qs.filter(dice)


def _codigo(qs: QuerySet[Any], campo: str, numero: str) -> Q:
    """A number kept as a text is looked for from its beginning; an id, whole."""
    anotado = qs.query.annotations.get(campo)
    tipo = anotado.output_field if anotado else qs.query.get_meta().get_field(campo)
    if not isinstance(tipo, IntegerField):
        return Q(**{f"{campo}__startswith": numero})
    return Q(**{campo: int(numero)}) if len(numero) < LARGO_DE_ID else Q(pk__in=())


class Opcion(django_filters.ChoiceFilter):  # type: ignore[misc]
    """One of a closed set. `campo` is the column; `donde` turns the choice into conditions."""

    def __init__(
        self,
        label: str,
        opciones: Opciones = (),
        *,
        campo: str | None = None,
        donde: Callable[[str], Q] | Mapping[str, Q] | None = None,
    ) -> None:
        """Keep the choices, or the function that gives them."""
        escogibles = opciones if callable(opciones) else list(opciones)
        super().__init__(label=label, field_name=campo, choices=escogibles, empty_label="Todos")
        self.donde = donde

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows of the choice."""
        if not value or self.donde is None:
            return super().filter(qs, value)  # type: ignore[no-any-return]
        return qs.filter(self.donde(value) if callable(self.donde) else self.donde[value])


class FiltroFecha(django_filters.DateFilter):  # type: ignore[misc]
    """One end of a range of dates: `Desde` or `Hasta`, the day included."""

    field_class = CampoFecha

    def __init__(self, label: str, *, campo: str, hasta: bool = False) -> None:
        """Keep the column and which end it is."""
        extremo = "lte" if hasta else "gte"
        super().__init__(label=label, field_name=campo, lookup_expr=extremo, help_text="")


class FormularioDeFiltro(Formulario):
    """Filters are all optional: saying it on each would be noise."""

    marca_opcionales = False


class Filtro(django_filters.FilterSet):  # type: ignore[misc]
    """A filter set with `fichas` (applied filters as chips) and `ocultos` (order stays)."""

    class Meta:
        form = FormularioDeFiltro

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        queryset: QuerySet[Any] | Filas,
        *,
        opciones: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        """Put the choices that depend on who asks; a filter with nothing to choose is left out."""
        super().__init__(data, queryset)
        for nombre, escogibles in (opciones or {}).items():
            if len(escogibles) > 1:
                self.filters[nombre].extra["choices"] = list(escogibles)
            else:
                del self.filters[nombre]

    def get_form_class(self) -> type[Form]:
        """Build the form on our base, so that the fields look like all others."""
        campos = {nombre: filtro.field for nombre, filtro in self.filters.items()}
        return type("FiltroFormulario", (FormularioDeFiltro,), campos)

    @property
    def busqueda(self) -> Any:
        """The search box of the list, or None."""
        return next((self.form[n] for n, f in self.filters.items() if isinstance(f, Busqueda)),
                    None)  # fmt: skip

    @property
    def campos(self) -> list[Any]:
        """The filters beside the search."""
        return [self.form[n] for n, f in self.filters.items() if not isinstance(f, Busqueda)]

    @property
    def cuantos_puestos(self) -> int:
        """How many filters, the search apart, the address sets."""
        datos = getattr(self.form, "cleaned_data", {}) if self.form.is_valid() else {}
        return sum(1 for campo in self.campos if datos.get(campo.name) not in _NADA)

    @property
    def fichas(self) -> list[FichaDeFiltro]:
        """The applied filters, each with the address of the list without it."""
        fichas = []
        datos = getattr(self.form, "cleaned_data", {}) if self.form.is_valid() else {}
        for nombre, valor in datos.items():
            if valor in _NADA:
                continue
            consulta = self.data.copy()
            for clave in [c for c in consulta if c == nombre or c.startswith(f"{nombre}_")]:
                del consulta[clave]
            consulta.pop("pagina", None)
            etiqueta = self.form.fields[nombre].label or nombre
            texto = f"{etiqueta}: {self._palabras(nombre, valor)}"
            fichas.append(FichaDeFiltro(texto, f"?{consulta.urlencode()}"))
        return fichas

    def _palabras(self, nombre: str, valor: Any) -> str:
        """Return the chosen value as people read it (the label of a choice, a date, a text)."""
        opciones = {str(k): str(v) for k, v in getattr(self.form.fields[nombre], "choices", [])}
        if isinstance(valor, (list, tuple)):
            return ", ".join(opciones.get(str(v), str(v)) for v in valor)
        if hasattr(valor, "isoformat"):
            return escribir_fecha_corta(valor)
        return opciones.get(str(valor), str(valor))

    @property
    def ocultos(self) -> list[tuple[str, str]]:
        """Parameters of the list that are not filters and must survive `Aplicar filtros`."""
        return [(c, self.data[c]) for c in PARAMETROS_DE_LISTA if c in (self.data or {})]

    @property
    def url_sin_filtros(self) -> str:
        """The same list without any filter, in the same order."""
        return "?" + "&".join(f"{clave}={valor}" for clave, valor in self.ocultos)


_NADA: tuple[Any, ...] = (None, "", [], ())


@cache
def clase_de_filtro(tabla: type[Any]) -> type[Filtro]:
    """Return the filter set of a list: its search and its filters, as its class says."""
    partes: dict[str, Any] = {BUSCAR: tabla.buscar} if tabla.buscar is not None else {}
    return type(f"Filtro{tabla.__name__}", (Filtro,), {**partes, **tabla.filtros})
