"""Base of the list filters: they live in the URL and show as chips that can be taken off."""

from __future__ import annotations

from typing import Any

import django_filters
from django.forms import Form

from recaudo.interfaces.vista.formatos import escribir_fecha_corta
from recaudo.interfaces.vista.formularios import Formulario
from recaudo.interfaces.vista.piezas import FichaDeFiltro

PARAMETROS_DE_LISTA = ("orden", "por_pagina")


class Filas(list[Any]):
    """Rows already in memory (dataclasses, dictionaries) where a filter expects a queryset."""

    model = None

    def all(self) -> Filas:
        """Return the rows themselves."""
        return self


class FormularioDeFiltro(Formulario):
    """Filters are all optional: saying it on each would be noise."""

    marca_opcionales = False


class Filtro(django_filters.FilterSet):  # type: ignore[misc]
    """A filter set with `fichas` (applied filters as chips) and `ocultos` (order stays)."""

    class Meta:
        form = FormularioDeFiltro

    def get_form_class(self) -> type[Form]:
        """Build the form on our base, so that the fields look like all others."""
        campos = {nombre: filtro.field for nombre, filtro in self.filters.items()}
        return type("FiltroFormulario", (FormularioDeFiltro,), campos)

    @property
    def fichas(self) -> list[FichaDeFiltro]:
        """The applied filters, each with the address of the list without it."""
        fichas = []
        datos = getattr(self.form, "cleaned_data", {}) if self.form.is_valid() else {}
        for nombre, valor in datos.items():
            if valor in (None, "", [], ()):
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
