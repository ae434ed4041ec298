"""One debt of any class that no planilla asks for."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.obligaciones.queries import ObligacionNoExiste, ObligacionVista, obligacion
from recaudo.domain.recaudacion.queries import comprobantes_vivos_con
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.contexto import Peticion, empleador, lo_propio, no_hallado, pagina
from recaudo.interfaces.portal.deudas import intereses_o_aviso
from recaudo.interfaces.portal.glosas import glosa_de_cada_deuda
from recaudo.interfaces.portal.historia import historia_de
from recaudo.interfaces.portal.plazos import restantes
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.formatos import escribir_fecha
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.trazas import legible

SECCION = "portal:planillas"


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def ficha(request: Peticion, ruc: str, obligacion_id: int) -> HttpResponse:
    """Ficha: one debt, what it is made of, what is owed today, what can be done, its history.

    One that a planilla asks for has that page.
    """
    quien = empleador(request, ruc)
    try:
        debe = obligacion(obligacion_id, alcance=lo_propio(request))
    except ObligacionNoExiste as falta:
        raise _no_hallada(quien) from falta
    if debe.empleador_id != quien.id:
        raise _no_hallada(quien)
    if debe.es_planilla:
        return redirect("portal:planilla", ruc=quien.ruc, planilla_id=debe.id)
    intereses, aviso = intereses_o_aviso([debe] if debe.esta_viva else [], corte=request.hoy)
    hoy = intereses.get(debe.id)
    comprobante = comprobantes_vivos_con([debe.id]).get(debe.id, "")
    contexto = {
        "titulo": debe.concepto,
        "estado": (debe.estado.palabra, debe.estado.tono.value),
        "o": debe,
        "restantes": restantes(debe.fecha_vencimiento, hoy=request.hoy),
        "total_hoy": hoy.total if hoy else debe.saldo,
        "interes": hoy,
        "pasos_interes": legible(hoy.traza) if hoy else [],
        "avisos": [aviso.mensaje] if aviso else [],
        "glosa": glosa_de_cada_deuda(request, quien, [debe.id]).get(debe.id),
        "filas": _filas(debe),
        "actos": _actos(quien.ruc, debe, comprobante),
        "por_que_no": "" if debe.esta_viva else "Nada: ya está pagada.",
        "historia": historia_de(
            "obligacion", debe.id, primero=Suceso("Registrada", debe.fecha_emision, "Sistema")
        ),
    }
    return pagina(
        request, "portal/obligaciones/ficha.html", contexto, de=quien, seccion=SECCION,
        migas=[Miga("Planillas", reverse(SECCION, args=[quien.ruc])), Miga(debe.concepto)],
    )  # fmt: skip


def _filas(debe: ObligacionVista) -> list[Fila]:
    return [
        *(Fila(parte.nombre, parte.capital.formato()) for parte in debe.rubros),
        Fila("Por pagar, sin interés", debe.saldo.formato()),
        Fila("Registrada", escribir_fecha(debe.fecha_emision)),
        Fila("Último día de pago", escribir_fecha(debe.fecha_vencimiento)),
    ]


def _actos(ruc: str, debe: ObligacionVista, comprobante: str) -> list[Enlace]:
    if comprobante:
        return [Enlace(f"Ver el comprobante {comprobante}",
                       reverse("portal:comprobante", args=[ruc, comprobante]))]  # fmt: skip
    if not debe.esta_viva:
        return []
    elegir = f"{reverse('portal:elegir', args=[ruc])}?obligacion={debe.id}"
    return [Enlace("Pagar con un comprobante", elegir)]


def _no_hallada(quien: FichaEmpleador) -> NoHallado:
    return no_hallado(
        "esa obligación", "", de=quien, entre="las obligaciones", seccion=SECCION,
        consejo="Elíjala entre lo que tiene pendiente, en el inicio.",
    )  # fmt: skip
