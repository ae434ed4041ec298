"""Public verification: what a code or a file says, without telling who is who."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.infra.documents.verificacion import (
    Verificacion,
    normalizar_codigo,
    verificar_bytes,
    verificar_codigo,
)
from recaudo.interfaces.portal.contexto import Visita, marco_publico, pagina_publica
from recaudo.interfaces.portal.verificacion.forms import (
    MAXIMO_PDF,
    FormularioDeCodigo,
    FormularioDePdf,
)
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.formatos import agrupar_codigo
from recaudo.interfaces.vista.piezas import Enlace, Miga
from recaudo.interfaces.vista.puertas import publica, recibe_hasta
from recaudo.norma.catalogos.dpa import cantones

SECCION = "portal:verificar"
REVISE_EL_CODIGO = (
    "Revise que el código esté completo: son 12 letras y números, y ninguno es la letra I, la "
    "letra O, el 0 ni el 1."
)
NO_EXISTE = "No existe un documento con ese código. Revise que esté completo"


@dataclass(frozen=True, slots=True)
class Comparacion:
    """What became of comparing a file: whose it is, and whether it is the one of the code."""

    es_original: bool
    es_de_otro: bool
    documento: Verificacion | None


@publica
@require_safe
def formulario(request: Visita) -> HttpResponse:
    """Ask for a code (which goes to its own address) or a file."""
    form = FormularioDeCodigo(request.GET if "codigo" in request.GET else None)
    if form.is_bound and form.is_valid():
        codigo = normalizar_codigo(form.cleaned_data["codigo"])
        if codigo is not None:
            return redirect("portal:verificar_codigo", codigo=codigo)
        form.add_error("codigo", NO_EXISTE)
    return _formulario(request, form, FormularioDePdf(), 422 if form.is_bound else 200)


@publica
@require_safe
def resultado(request: Visita, codigo: str) -> HttpResponse:
    """Say what anybody may know of the document of a code."""
    hallado = verificar_codigo(codigo, hoy=request.hoy)
    if hallado is None:
        que = "un documento con el código"
        raise NoHallado(
            que, agrupar_codigo(codigo) if normalizar_codigo(codigo) else codigo,
            donde="Lo buscamos entre todos los documentos que emitió la institución.",
            consejos=(
                REVISE_EL_CODIGO,
                "Si tiene el documento en PDF, compare el archivo.",
            ),
            salidas=[Enlace("Verificar otro código o un archivo", reverse(SECCION))],
            marco=marco_publico(request, SECCION),
        )  # fmt: skip
    return _resultado(request, hallado, FormularioDePdf())


@publica
@recibe_hasta(MAXIMO_PDF)
@require_http_methods(["GET", "HEAD", "POST"])
def archivo(request: Visita) -> HttpResponse:
    """Compare a file, in memory, with what was issued. It writes nothing."""
    if request.method != "POST":
        return redirect("portal:verificar")
    form = FormularioDePdf(request.POST, request.FILES)
    del_codigo = verificar_codigo(request.POST.get("codigo", ""), hoy=request.hoy)
    if not form.is_valid():
        if del_codigo is not None:
            return _resultado(request, del_codigo, form, status=422)
        return _formulario(request, FormularioDeCodigo(), form, 422)
    hallado = verificar_bytes(form.cleaned_data["archivo"].read(), hoy=request.hoy)
    es_de_otro = hallado is not None and del_codigo is not None and hallado != del_codigo
    comparacion = Comparacion(hallado is not None and not es_de_otro, es_de_otro, hallado)
    visto = del_codigo or hallado
    if visto is None:
        return _formulario(
            request, FormularioDeCodigo(), FormularioDePdf(), 200, comparacion=comparacion
        )
    return _resultado(request, visto, FormularioDePdf(), comparacion=comparacion)


def _formulario(
    request: Visita, form: FormularioDeCodigo, pdf: FormularioDePdf, status: int,
    *, comparacion: Comparacion | None = None,
) -> HttpResponse:  # fmt: skip
    contexto = {
        "form": pdf if pdf.errors else form,
        "codigo": form,
        "pdf": pdf,
        "comparacion": comparacion,
        "migas": [Miga("Inicio", reverse("inicio")), Miga("Verificar un documento")],
    }
    return pagina_publica(
        request, "portal/verificacion/formulario.html", contexto, seccion=SECCION, status=status
    )


def _resultado(
    request: Visita, hallado: Verificacion, pdf: FormularioDePdf,
    *, comparacion: Comparacion | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    contexto = {
        "v": hallado,
        "provincia": _provincia(hallado.provincia),
        "situacion": hallado.situacion,
        "marca_de_impresion": hallado.situacion.marca,
        "form": pdf,
        "comparacion": comparacion,
        "migas": [
            Miga("Inicio", reverse("inicio")),
            Miga("Verificar un documento", reverse(SECCION)),
            Miga("Resultado"),
        ],
    }
    return pagina_publica(
        request, "portal/verificacion/resultado.html", contexto, seccion=SECCION, status=status
    )


def _provincia(codigo: str) -> str:
    """Return the name of a province; empty when the document has none."""
    nombres = {c.codigo_provincia: c.provincia for c in cantones().values()}
    return nombres.get(codigo, "").title()
