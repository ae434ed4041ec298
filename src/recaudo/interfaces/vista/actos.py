"""One page that does one act, and one that does it over several things; for any door.

The page says before what will happen, computed; who proposed it and the norm; asks what the act
needs (a reason, where the law wants one) and offers its decisions: an approval always beside its
return. It does the act once (POST, then redirection), also when the same form is sent twice (its
token: `repeticion`), and the confirmation names the object, what was done, what is left and what
comes next. A refusal (`Rechazo`) comes back in its own words.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from recaudo.infra.en_seco import en_seco
from recaudo.interfaces.vista.campos import CampoRazon
from recaudo.interfaces.vista.formularios import Formulario
from recaudo.interfaces.vista.listas import Pintor
from recaudo.interfaces.vista.piezas import Enlace, Fila
from recaudo.interfaces.vista.renglones import armar
from recaudo.interfaces.vista.repeticion import recordar, testigo_nuevo
from recaudo.kernel.refusals import Rechazo

METODOS = ["GET", "HEAD", "POST"]
#: The button that asks what an act would do, of one that can only tell by doing and undoing it.
REVISAR = "revisar"
#: The reason that an act is given when it is only done to say what it would do.
ENSAYO = "Ver qué pasará"
ELEGIDO = "elegido"
MAXIMO_DE_VARIAS = 200
_INCLUYE, _CON_MARCAS = "incluye", "con_marcas"
_RESULTADO = "resultado"
_EN_SESION = "resultados_de_varias"
_RESULTADOS_GUARDADOS = 5


class FormularioConRazon(Formulario):
    """The reason of a decision; obligatory only for the decisions that say so."""

    razon = CampoRazon(label="Razón", required=False)


@dataclass(frozen=True, slots=True)
class Resultado:
    """What an act did: the object in `titulo`, what was done and is left, what comes next.

    Without `titulo` nothing is said on the next page: `volver` is itself the confirmation.
    """

    titulo: str
    volver: str
    detalles: tuple[str, ...] = ()
    sigue: tuple[Enlace, ...] = ()

    def aviso(self) -> SafeString:
        """Return the confirmation as the next page shows it."""
        lineas = [armar("<p>{}</p>", detalle) for detalle in self.detalles]
        enlaces = [armar('<a class="govuk-link" href="{}">{}</a>', e.url, e.texto)
                   for e in self.sigue]  # fmt: skip
        pie = armar("<p>{}</p>", SafeString(" · ".join(enlaces))) if enlaces else ""
        titulo = armar('<p class="aviso__titulo">{}</p>', self.titulo)
        return SafeString(titulo + "".join(lineas) + pie)


@dataclass(frozen=True, slots=True)
class Decision:
    """One button of an act page and what it does; `pide_razon` makes the reason obligatory.

    `ensayo` does the same act and says what it did: the page runs it dry (`en_seco`) to say it
    before, and offers no decision that its act refuses. `impedimento` says why this person is not
    offered this one; asked for all the same, the act itself refuses it.
    """

    clave: str
    boton: str
    hacer: Callable[[Mapping[str, Any]], Resultado]
    pide_razon: bool = False
    tipo: str = ""
    ensayo: Callable[[], Sequence[str]] | None = None
    impedimento: str = ""


def acto_de_pantalla(
    request: HttpRequest,
    *,
    titulo: str,
    decisiones: Sequence[Decision],
    cancelar: str,
    pintar: Pintor,
    form: Callable[..., Formulario] = Formulario,
    efecto: Sequence[str] = (),
    norma: str = "",
    propuso: str = "",
    impedimento: str = "",
    identidad: Sequence[Fila] = (),
    filas: Sequence[Fila] = (),
    avisos: Sequence[str] = (),
    plantilla: str = "vista/acto.html",
    contexto: Mapping[str, Any] | None = None,
    preparar: Callable[[], Mapping[str, Any]] | None = None,
    devuelta: bool = False,
    revisa: bool = False,
    **marco: Any,
) -> HttpResponse:
    """Show the act before it is done, or do it; `titulo` is the noun and the number.

    `efecto` is what will happen, computed; `impedimento` says why it cannot be done now and hides
    the decisions; `avisos` are doubts to look at first. `preparar` gives what costs to compute and
    only the page shows: doing the act does not wait for it. A wrong form or a refusal answers 422,
    and so does `devuelta`: another form of the page was wrong, and this act is not done.
    `revisa`: what will happen is known by doing and undoing it, so reading the page only offers to
    see it; `preparar` does it then, and the decisions are offered beside what it said. A decision
    with `ensayo` is reviewed so.
    """
    revisa = revisa or any(d.ensayo is not None for d in decisiones)
    llenado, ofrecidas = _por_decidir(request, form, decisiones, revisa=revisa, vacio=devuelta)
    if llenado.is_bound and not impedimento:
        decision = _decidida(request, decisiones, llenado)
        hecho = None if decision is None else _hacer(decision, llenado)
        if hecho is not None:
            return _confirmado(request, hecho)
    datos = {
        "titulo_del_acto": titulo,
        "form": llenado,
        "decisiones": _ofrecidas(ofrecidas),
        "testigo": testigo_nuevo(),
        "cancelar_url": cancelar,
        "efecto": efecto,
        "norma": norma,
        "propuso": propuso,
        "impedimento": impedimento,
        "identidad_del_acto": identidad,
        "filas": filas,
        "avisos": [*avisos, *(d.impedimento for d in decisiones if d.impedimento)],
        **(contexto or {}),
    }
    if not _solo_lee(request, revisa):
        datos |= preparar() if preparar is not None else {}
        datos |= {} if impedimento else _ensayadas(decisiones, efecto, datos["avisos"])
    estado = 422 if llenado.is_bound or devuelta else 200
    return pintar(request, plantilla, datos, estado=estado, **marco)


def _confirmado(request: HttpRequest, hecho: Resultado) -> HttpResponse:
    """Go where the act says, with its confirmation; the same form sent again goes there too."""
    dicho = hecho.aviso() if hecho.titulo else ""
    recordar(request, hecho.volver, dicho)
    if dicho:
        messages.success(request, dicho)
    return redirect(hecho.volver)


def _ofrecidas(decisiones: Sequence[Any]) -> list[Any]:
    """Return the buttons of the page: a decision with an impediment has none."""
    return [d for d in decisiones if not (isinstance(d, Decision) and d.impedimento)]


def _ensayadas(
    decisiones: Sequence[Decision], efecto: Sequence[str], avisos: Sequence[str]
) -> dict[str, Any]:
    """Run dry the decisions that say how: what they would do, and only those that can be made."""
    if not any(d.ensayo for d in decisiones):
        return {}
    dichas, rechazos, quedan = list(efecto), [], []
    for decision in _ofrecidas(decisiones):
        try:
            dichas += en_seco(decision.ensayo) if decision.ensayo else ()
        except Rechazo as rechazo:
            rechazos.append(rechazo.mensaje)
        else:
            quedan.append(decision)
    if not quedan:
        return {"impedimento": " ".join(rechazos)}
    return {"efecto": dichas, "avisos": [*avisos, *rechazos], "decisiones": quedan}


def _solo_lee(request: HttpRequest, revisa: bool) -> bool:
    """Say whether the page is read before seeing what its act would do."""
    return revisa and request.method != "POST"


def _por_decidir(
    request: HttpRequest, form: Callable[..., Formulario], decisiones: Sequence[Any], *,
    revisa: bool, vacio: bool = False,
) -> tuple[Formulario, Sequence[Any]]:  # fmt: skip
    """Return the form, filled when something is decided, and the buttons that the page offers."""
    if _solo_lee(request, revisa):
        return Formulario(), [{"clave": REVISAR, "boton": "Ver qué pasará"}]
    if vacio or (revisa and request.POST.get("decision") == REVISAR):
        return form(), decisiones
    return _llenar(form, request), decisiones


def _llenar(form: Callable[..., Formulario], request: HttpRequest) -> Formulario:
    if request.method != "POST":
        return form()
    return form(request.POST, request.FILES)


def _decidida(request: HttpRequest, decisiones: Sequence[Any], form: Formulario) -> Any:
    """Return the decision whose button was pressed; None, said in `form`, when it is not one.

    A form that says none takes the only one there is: with several, nobody decided.
    """
    pedida = request.POST.get("decision", "")
    if not pedida and len(decisiones) == 1:
        return decisiones[0]
    decision = next((d for d in decisiones if d.clave == pedida), None)
    if decision is None:
        botones = " o ".join(f"«{d.boton}»" for d in decisiones)
        form.add_error(None, f"No se sabe qué decidió, y no se hizo nada. Elija {botones}.")
    return decision


def _hacer(decision: Decision, form: Formulario) -> Resultado | None:
    if not _esta_completo(form, pide_razon=decision.pide_razon):
        return None
    try:
        return decision.hacer(form.cleaned_data)
    except Rechazo as rechazo:
        form.add_error(None, rechazo.mensaje)
        return None


def _esta_completo(form: Formulario, *, pide_razon: bool) -> bool:
    if not form.is_valid():
        return False
    if pide_razon and not form.cleaned_data.get("razon", "").strip():
        form.add_error("razon", "Escriba la razón: quien la reciba debe saber qué corregir")
        return False
    return True


@dataclass(frozen=True, slots=True)
class Renglon:
    """One thing of an act over several: what would happen to it, or why nothing can."""

    clave: str
    titulo: str
    url: str
    efecto: str
    importe: object = None
    impedimento: str = ""
    aviso: str = ""


@dataclass(frozen=True, slots=True)
class DecisionSobreVarias:
    """One button over several things: `hacer` does it to one and says what was done."""

    clave: str
    boton: str
    hacer: Callable[[str, Mapping[str, Any]], str]
    pide_razon: bool = False
    tipo: str = ""


def elegidos_de(request: HttpRequest) -> list[int]:
    """Return the ids that the address brings ticked, each once, in order; at most one page."""
    return numeros_de(request.GET.getlist(ELEGIDO)[:MAXIMO_DE_VARIAS])


def numeros_de(textos: Sequence[str]) -> list[int]:
    """Return the numbers of things that an address brings, each once, in order; nothing else."""
    return [int(t) for t in dict.fromkeys(textos) if t.isascii() and t.isdigit() and len(t) < 19]


def acto_de_varias(
    request: HttpRequest,
    *,
    titulo: str,
    renglones: Sequence[Renglon],
    decisiones: Sequence[DecisionSobreVarias],
    cancelar: str,
    seguir: Enlace,
    pintar: Pintor,
    form: Callable[..., Formulario] = FormularioConRazon,
    efecto: Sequence[str] = (),
    norma: str = "",
    preparar: Callable[[Collection[str]], Mapping[str, Any]] | None = None,
    plantilla: str = "vista/varias.html",
    **marco: Any,
) -> HttpResponse:
    """Review several things, decide once, and show of each whether it was done, and why not.

    Each one is an act of its own: what one refuses does not undo the others. `seguir` is where the
    rest of the work is. `preparar` does and undoes the acts of those left ticked, in order, and
    gives the rows with what each would do: reading the page offers to see it, as in
    `acto_de_pantalla`.
    """
    hecho = request.session.get(_EN_SESION, {}).get(request.GET.get(_RESULTADO, ""))
    datos: dict[str, Any] = {"titulo_del_acto": titulo, "seguir": seguir, "efecto": efecto,
                             "norma": norma, "decisiones": decisiones,
                             "cancelar_url": cancelar, "testigo": testigo_nuevo()}  # fmt: skip
    if hecho is not None:
        listos = [r for r in hecho if r["hecho"]]
        datos |= {"resultados": hecho, "listos": len(listos), "faltan": len(hecho) - len(listos)}
        return pintar(request, plantilla, datos, **marco)
    if not renglones:
        messages.error(request, "Seleccione al menos un elemento de la lista.")
        return redirect(cancelar)
    revisa = preparar is not None
    llenado, datos["decisiones"] = _por_decidir(request, form, decisiones, revisa=revisa)
    quedan = _incluidos(request, renglones)
    if llenado.is_bound:
        decision = _decidida(request, decisiones, llenado)
        if not quedan:
            llenado.add_error(None, "Deje marcado al menos uno.")
        if decision is not None and _esta_completo(llenado, pide_razon=decision.pide_razon):
            return _por_cada_uno(request, quedan, decision, llenado.cleaned_data)
    claves = [r.clave for r in quedan]
    datos |= {"form": llenado, "renglones": renglones, "incluidos": claves}
    if preparar is not None and not _solo_lee(request, revisa):
        datos |= preparar(claves)
    datos["posibles"] = sum(1 for r in datos["renglones"] if not r.impedimento)
    return pintar(request, plantilla, datos, estado=422 if llenado.is_bound else 200, **marco)


def _incluidos(request: HttpRequest, renglones: Sequence[Renglon]) -> Sequence[Renglon]:
    """Return those left ticked in the review; all, when it had nothing to tick."""
    if _CON_MARCAS not in request.POST:
        return renglones
    marcados = set(request.POST.getlist(_INCLUYE))
    return [r for r in renglones if r.clave in marcados]


def _por_cada_uno(
    request: HttpRequest,
    renglones: Sequence[Renglon],
    decision: DecisionSobreVarias,
    datos: Mapping[str, Any],
) -> HttpResponse:
    resultados = []
    for renglon in renglones:
        hecho, que = False, renglon.impedimento
        if not que:
            try:
                hecho, que = True, decision.hacer(renglon.clave, datos)
            except Rechazo as rechazo:
                que = rechazo.mensaje
        fila = {k: v for k, v in asdict(renglon).items() if k in ("titulo", "url")}
        resultados.append({**fila, "hecho": hecho, "que": que})
    guardados = request.session.get(_EN_SESION, {})
    recientes = dict(list(guardados.items())[-_RESULTADOS_GUARDADOS + 1 :])
    testigo = secrets.token_urlsafe(8)
    request.session[_EN_SESION] = {**recientes, testigo: resultados}
    volver = f"{request.path}?{_RESULTADO}={testigo}"
    recordar(request, volver)
    return redirect(volver)
