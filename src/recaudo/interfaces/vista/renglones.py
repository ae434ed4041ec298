"""The rows that repeat inside a page, written directly: steps of a reason, funds, days, history.

A page has one frame and many rows; a row written by the template engine, node by node, costs some
twenty times what it costs here. Every value is escaped by `armar`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from recaudo.interfaces.vista.formatos import escribir_dinero, escribir_fecha_corta
from recaudo.interfaces.vista.piezas import DiaDeTermino, Suceso
from recaudo.interfaces.vista.trazas import fechas_legibles

_DIAS: tuple[str, ...] = ("Lun", "Mar", "Mié", "Jue", "Vie", "Sáb", "Dom")


def armar(forma: str, *valores: object, **nombrados: object) -> SafeString:
    """Return a piece of a page: `format_html` without what it asks of each value (is it lazy?)."""
    return SafeString(
        forma.format(
            *map(_escapado, valores), **{n: _escapado(valor) for n, valor in nombrados.items()}
        )
    )


def _escapado(valor: object) -> str:
    return valor if isinstance(valor, SafeString) else escape(str(valor))


def filas_de_pasos(pasos: Iterable[Mapping[str, str]]) -> SafeString:
    """Return one row for each step of a reason: step, value, norm (a dash when it has none)."""
    return _junto(
        armar(
            '<tr><td data-columna="Paso">{}</td><td class="numero" data-columna="Valor">{}</td>'
            '<td data-columna="Norma">{}</td></tr>\n',
            paso["paso"],
            paso["valor"],
            paso["norma"] or "—",
        )
        for paso in pasos
    )


def filas_de_reparto(reparto: Iterable[tuple[str, object]]) -> SafeString:
    """Return one row for each fund and its amount."""
    return _junto(
        armar(
            '<tr><th scope="row">{}</th><td class="numero dinero">{}</td></tr>\n',
            seguro,
            escribir_dinero(valor),
        )
        for seguro, valor in reparto
    )


def elementos_de_dias(dias: Iterable[DiaDeTermino]) -> SafeString:
    """Return one element for each day of a plazo: whether it counts, and why not."""
    return _junto(_dia(dia) for dia in dias)


def _dia(dia: DiaDeTermino) -> SafeString:
    clases = "dia dia--habil" if dia.es_habil else "dia dia--inhabil"
    clases += " dia--ultimo" if dia.es_ultimo else ""
    clases += " dia--hoy" if dia.es_hoy else ""
    return armar(
        '<li class="{}"><time class="dia__fecha" datetime="{}">{} {}</time>'
        '<span class="dia__razon">{}</span>{}{}</li>\n',
        clases,
        dia.fecha.isoformat(),
        _DIAS[dia.fecha.weekday()],
        escribir_fecha_corta(dia.fecha),
        _que_es(dia),
        armar(" <span>{}</span>", fechas_legibles(dia.razon)) if dia.razon else "",
        armar(" <strong>{}</strong>", "Hoy") if dia.es_hoy else "",
    )


def _que_es(dia: DiaDeTermino) -> str:
    if dia.es_ultimo:
        return f"Último día ({dia.numero}.º)" if dia.numero else "Último día"
    if not dia.es_habil:
        return "No cuenta"
    return f"Día hábil {dia.numero}" if dia.numero else "Hábil"


def elementos_de_historia(sucesos: Iterable[Suceso], nivel: object = 3) -> SafeString:
    """Return one element for each event, under headings of that level."""
    return _junto(_suceso(suceso, int(str(nivel))) for suceso in sucesos)


def _sin_partir(texto: str) -> str:
    """Return a sentence whose amounts stay whole at the end of a line: `$` and its number."""
    junto = texto.replace("$ ", "$\u00a0")
    return SafeString(junto) if isinstance(texto, SafeString) else junto


def _suceso(suceso: Suceso, nivel: int) -> SafeString:
    return armar(
        '<li><h{nivel} class="tiempo__titulo">{titulo}</h{nivel}>\n'
        '<p class="tiempo__meta"><time datetime="{iso}">{cuando}</time>{quien}</p>{detalle}{docs}'
        "</li>\n",
        nivel=nivel,
        titulo=_sin_partir(suceso.titulo),
        iso=suceso.cuando.isoformat(),
        cuando=escribir_fecha_corta(suceso.cuando),
        quien=f" · {suceso.quien}" if suceso.quien else "",
        detalle=_parrafo("govuk-body", _sin_partir(suceso.detalle)) if suceso.detalle else "",
        docs=_junto(
            _parrafo(
                "govuk-body-s",
                armar('<a class="govuk-link" href="{}">{}</a>', d.url, d.texto),
            )
            for d in suceso.documentos
        ),
    )


def _parrafo(clase: str, contenido: object) -> SafeString:
    return armar('<p class="{} govuk-!-margin-bottom-1">{}</p>', clase, contenido)


def _junto(trozos: Iterable[SafeString]) -> SafeString:
    """Join what `armar` made."""
    return SafeString("".join(trozos))


LARGO_DE_PALABRA = 30


def cortable(texto: str) -> str:
    """Return a text whose words of more than thirty letters may be cut anywhere (`<wbr>`)."""
    if (
        len(texto) <= LARGO_DE_PALABRA
        or max(map(len, texto.split()), default=0) <= LARGO_DE_PALABRA
    ):
        return texto
    palabras = (
        mark_safe("<wbr>").join(
            conditional_escape(palabra[i : i + LARGO_DE_PALABRA])
            for i in range(0, len(palabra), LARGO_DE_PALABRA)
        )
        for palabra in texto.split(" ")
    )
    return mark_safe(" ".join(palabras))  # noqa: S308 - each piece is escaped
