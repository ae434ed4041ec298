"""Addresses of the door `portal`. Home, enter and leave have plain names: every door uses them.

What is of an employer has its RUC in the address: no session decides for whom an act is done.
"""

from django.urls import URLPattern, URLResolver, include, path

from recaudo.interfaces.portal.acceso import sesiones
from recaudo.interfaces.portal.acceso import views as acceso
from recaudo.interfaces.portal.calculadora import views as calculadora
from recaudo.interfaces.portal.comprobantes import views as comprobantes
from recaudo.interfaces.portal.inicio import views as inicio
from recaudo.interfaces.portal.notificaciones import views as notificaciones
from recaudo.interfaces.portal.novedades import views as novedades
from recaudo.interfaces.portal.obligaciones import views as obligaciones
from recaudo.interfaces.portal.planillas import views as planillas
from recaudo.interfaces.portal.verificacion import views as verificacion

_DE_EMPLEADOR: list[URLPattern | URLResolver] = [
    path("", inicio.de_empleador, name="empleador"),
    path("planillas/", planillas.lista, name="planillas"),
    path("planillas/<int:planilla_id>/", planillas.ficha, name="planilla"),
    path(
        "planillas/<int:planilla_id>/lineas/<int:relacion_id>/",
        planillas.una_linea,
        name="linea",
    ),
    path("obligaciones/<int:obligacion_id>/", obligaciones.ficha, name="obligacion"),
    path("comprobantes/", comprobantes.lista, name="comprobantes"),
    path("comprobantes/nuevo/", comprobantes.elegir, name="elegir"),
    path("comprobantes/nuevo/revisar/", comprobantes.revisar, name="revisar"),
    path("comprobantes/<str:numero>/", comprobantes.ficha, name="comprobante"),
    path("comprobantes/<str:numero>/listo/", comprobantes.generado, name="comprobante_generado"),
    path("comprobantes/<str:numero>/pdf/", comprobantes.descargar, name="comprobante_pdf"),
    path("comprobantes/<str:numero>/anular/", comprobantes.anular, name="anular"),
    path("novedades/", novedades.lista, name="novedades"),
    path("novedades/cargar/", novedades.cargar, name="cargar"),
    path("novedades/revision/<str:vale>/", novedades.revision, name="revision"),
    path("novedades/revision/<str:vale>/corregir/", novedades.corregir, name="corregir"),
    path("novedades/revision/<str:vale>/fallas/", novedades.descargar_fallas, name="fallas"),
    path("novedades/<int:archivo_id>/", novedades.resultado, name="archivo"),
    path("novedades/<int:archivo_id>/continuar/", novedades.continuar, name="continuar"),
    path("novedades/<int:archivo_id>/devueltas/", novedades.descargar_devueltas, name="devueltas"),
    path("novedades/<int:archivo_id>/resultado/", novedades.descargar_resultado, name="resultado"),
    path("notificaciones/", notificaciones.lista, name="notificaciones"),
    path("notificaciones/<int:notificacion_id>/", notificaciones.recibir, name="recibir"),
    path("notificaciones/<int:notificacion_id>/aviso/", notificaciones.aviso, name="aviso"),
    path("notificaciones/<int:notificacion_id>/pdf/", notificaciones.aviso_pdf, name="aviso_pdf"),
    path("glosas/<str:numero>/", notificaciones.ficha, name="glosa"),
    path("glosas/<str:numero>/pdf/", notificaciones.descargar, name="glosa_pdf"),
]
_PORTAL: list[URLPattern | URLResolver] = [
    path("empleadores/<str:ruc>/", include(_DE_EMPLEADOR)),
    path("calculadora/", calculadora.indice, name="calculadora"),
    path("calculadora/<slug:clave>/", calculadora.calculo, name="calculo"),
    path("verificar/", verificacion.formulario, name="verificar"),
    path("verificar/archivo/", verificacion.archivo, name="verificar_archivo"),
    path("verificar/<str:codigo>/", verificacion.resultado, name="verificar_codigo"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", inicio.inicio, name="inicio"),
    path("entrar/", acceso.entrar, name="entrar"),
    path("salir/", acceso.salir, name="salir"),
    path("sesiones/", sesiones.abiertas, name="sesiones"),
    path("sesiones/otras/cerrar/", sesiones.cerrar_otras, name="cerrar_otras"),
    path("sesiones/<int:sesion_id>/cerrar/", sesiones.cerrar, name="cerrar_sesion"),
    path("", include((_PORTAL, "portal"))),
]
