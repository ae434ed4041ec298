"""The public calculator: the law over what the visitor types. Nothing is stored."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recaudo.interfaces.portal.calculadora.calculos import CALCULOS
from recaudo.interfaces.portal.contexto import Visita, pagina_publica
from recaudo.interfaces.vista.piezas import Miga
from recaudo.interfaces.vista.puertas import publica
from recaudo.kernel.refusals import Rechazo

SECCION = "portal:calculadora"


@publica
@require_safe
def indice(request: Visita) -> HttpResponse:
    """Offer the calculations."""
    contexto = {"calculos": CALCULOS.values(), "migas": [_inicio(), Miga("Calculadora")]}
    return pagina_publica(request, "portal/calculadora/indice.html", contexto, seccion=SECCION)


@publica
@require_safe
def calculo(request: Visita, clave: str) -> HttpResponse:
    """Ask, and answer with the figure and its reasons; the address holds the question."""
    elegido = CALCULOS.get(clave)
    if elegido is None:
        mensaje = "No encontramos esta página"
        raise Http404(mensaje)
    form = elegido.formulario(request.GET or None, initial={"corte": request.hoy})
    resultado = None
    if form.is_bound and form.is_valid():
        try:
            resultado = elegido.calcular(form.cleaned_data)
        except Rechazo as rechazo:
            form.add_error(None, rechazo.mensaje)
        except OverflowError:
            form.add_error(None, "Esa fecha está fuera de los años que se pueden calcular.")
    contexto = {
        "calculo": elegido,
        "form": form,
        "resultado": resultado,
        "migas": [
            _inicio(), Miga("Calculadora", reverse(SECCION)), Miga(elegido.titulo)
        ],
    }  # fmt: skip
    estado = 422 if form.is_bound and form.errors else 200
    return pagina_publica(
        request, "portal/calculadora/calculo.html", contexto, seccion=SECCION, status=estado
    )


def _inicio() -> Miga:
    return Miga("Inicio", reverse("inicio"))
