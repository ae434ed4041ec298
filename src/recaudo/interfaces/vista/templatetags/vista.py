"""Filters and tags that every template has without loading them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import Any

import segno
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from recaudo.interfaces.vista import directos, formatos, renglones, tonos, trazas

register = template.Library()
_CON_GUIONES = re.compile(r"\d+(?:-\d+)+")

register.tag("cotton", directos.componente)
register.filter("dinero", formatos.escribir_dinero)
register.filter("centavos", formatos.centavos_de)
register.filter("fecha", formatos.escribir_fecha)
register.filter("fecha_corta", formatos.escribir_fecha_corta)
register.filter("periodo", formatos.escribir_periodo)
register.filter("identificacion", formatos.ocultar_identificacion)
register.filter("tamano", formatos.escribir_tamano)
register.filter("cita", formatos.escribir_cita)
register.filter("oracion", trazas.oracion)
register.filter("lugar", formatos.nombre_propio)
register.filter("codigo", formatos.agrupar_codigo)
register.filter("tono", tonos.tono_de_estado)
register.filter("palabra", tonos.palabra_de_estado)
register.filter("nota_norma", tonos.nota_de_verificacion)
register.filter("filas_de_pasos", renglones.filas_de_pasos)
register.filter("filas_de_reparto", renglones.filas_de_reparto)
register.filter("elementos_de_dias", renglones.elementos_de_dias)
register.filter("elementos_de_historia", renglones.elementos_de_historia)


@register.simple_tag
def activo(nombre: str) -> str:
    """Return the address of a static file of the frame: the same in every page, so found once."""
    return _activo(nombre, settings.STORAGES["staticfiles"]["BACKEND"])


@cache
def _activo(nombre: str, almacen: str) -> str:
    del almacen
    return static(nombre)


@register.simple_tag(takes_context=True)
def fijo(context: template.Context, plantilla: str) -> SafeString:
    """Return a part of the frame that depends on nothing but who runs the site: written once."""
    partes = (context.get("identidad") or {}, context.get("rutas") or {})
    return _fija(plantilla, *(tuple(parte.items()) for parte in partes))


@lru_cache(maxsize=16)
def _fija(
    plantilla: str, identidad: tuple[tuple[str, Any], ...], rutas: tuple[tuple[str, str], ...]
) -> SafeString:
    return render_to_string(plantilla, {"identidad": dict(identidad), "rutas": dict(rutas)})


@register.filter
def tono_de_plazo(restantes: int) -> str:
    """Return the tone of a deadline by the days left: '', 'amarillo' (5 or fewer) or 'rojo'."""
    return tonos.tono_de_plazo(restantes)


@register.simple_tag
def cuanto_queda(restantes: int, unidad: str = "días hábiles") -> str:
    """Return the days left, or how long ago it ended, in words."""
    return tonos.cuanto_queda(restantes, unidad)


@register.simple_tag
def verbo_de_plazo(fecha: date, restantes: int) -> str:
    """Return `Vence el jueves 3 de diciembre de 2026`, or `Venció el …` when it is over."""
    verbo = "Venció" if restantes < 0 else "Vence"
    return f"{verbo} el {formatos.escribir_fecha(fecha)}"


@register.simple_tag
def qr(contenido: str, titulo: str = "Código QR de verificación") -> SafeString:
    """Return a QR as inline SVG without style attributes; `contenido` is the full address."""
    svg = segno.make(contenido, error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass=None, lineclass=None, title=titulo
    )
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 - segno escapes


@register.simple_tag(takes_context=True)
def prefijo_error(context: template.Context) -> str:
    """Return `Error: ` for the page title when the form of the page came back with errors."""
    de_la_pagina = (context.get("form"), context.get("correccion"))
    return "Error: " if any(f and f.is_bound and f.errors for f in de_la_pagina) else ""


@register.simple_tag
def campo(
    enlazado: BoundField, *, como_titulo: bool = False, clase: str = "", prefijo: str = ""
) -> SafeString:
    """Render one field with label, hint, error and control.

    `como_titulo` makes the label the heading of the page (one question per page); `clase` adds
    classes to the control (`govuk-input--width-10`); `prefijo` writes a mark before it.
    """
    extra: dict[str, Any] = {"como_titulo": como_titulo, "prefijo": prefijo}
    if clase:
        enlazado.field.widget.attrs["class"] = clase
    contexto = {"field": enlazado, **extra}
    return mark_safe(enlazado.form.renderer.render(enlazado.template_name, contexto))  # noqa: S308 - a template made it


@register.filter
def tipo_de_mensaje(nivel: str) -> str:
    """Return the notice type for a message level of Django."""
    return {"success": "exito", "warning": "atencion", "error": "error"}.get(nivel, "")


@register.filter
def sin_corte(texto: str) -> SafeString:
    """Return a title whose numbers with hyphens (`17-2026-000123`) stay in one line."""
    escrito = conditional_escape(texto)
    return mark_safe(  # noqa: S308 - escaped just above
        _CON_GUIONES.sub(lambda m: f'<span class="entero">{m[0]}</span>', escrito)
    )


@register.simple_tag
def contar(cuantos: int, singular: str, plural: str) -> str:
    """Return `1 planilla` or `1.234 planillas`."""
    return formatos.contar(cuantos, singular, plural)


@register.simple_tag(takes_context=True)
def querystring_con(context: template.Context, parametro: str, valor: object) -> str:
    """Return the query of this page with one parameter changed (filters and order stay)."""
    consulta = context["request"].GET.copy()
    consulta[parametro] = str(valor)
    return f"?{consulta.urlencode()}"


@register.filter
def numeros_de_pagina(pagina: Page[Any]) -> list[int]:
    """Return the page numbers to offer, 0 standing for an ellipsis."""
    return [
        numero if isinstance(numero, int) else 0
        for numero in pagina.paginator.get_elided_page_range(
            pagina.number, on_each_side=1, on_ends=1
        )
    ]
