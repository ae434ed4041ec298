"""The operations of the door. Each asks the law or the documents, and writes nothing."""

from typing import Any, ClassVar, Final, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from recaudo.domain.parametros.queries import tasas_para_calcular
from recaudo.infra.documents.verificacion import verificar_codigo
from recaudo.interfaces.api import contrato
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes.aporte import calcular_aporte
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.termino import contar_termino
from recaudo.norma.plazos.vencimiento import vencimiento_de_planilla

ILEGIBLE: Final = 400
NO_EXISTE: Final = 404
NEGADO: Final = 422
_ERRORES: Final = {ILEGIBLE: contrato.Rechazo, NEGADO: contrato.Rechazo}
_PROVISIONAL: Final = (
    "Cálculo sobre la norma vigente en la fecha que se pregunta; no crea ni cambia ninguna deuda. "
    "`estado_verificacion` dice cuán seguro es el dato menos seguro que se usó."
)


class PuertaDeProgramas(NinjaAPI):
    """The door of programs, whose contract is drawn up once: no operation changes as it runs."""

    _contratos: ClassVar[dict[str, OpenAPISchema]] = {}

    def get_openapi_schema(self, **donde: Any) -> OpenAPISchema:
        """Return the contract with the addresses of where it is; reading it changes nothing."""
        raiz = donde.get("path_prefix") or self.get_root_path(donde.get("path_params") or {})
        if raiz not in self._contratos:
            self._contratos[raiz] = super().get_openapi_schema(path_prefix=raiz)
        return self._contratos[raiz]


api = PuertaDeProgramas(
    title="Recaudación: calculadora y verificación",
    version="1",
    description="Importes como texto, en dólares. Fechas AAAA-MM-DD. Todo rechazo dice qué hacer.",
    docs_url=None,
    urls_namespace="api",
)


class ParametroDesconocido(Rechazo):
    """The address has a parameter that the operation does not know, or the same one twice."""

    codigo = "ENTRADA_ILEGIBLE"

    def __init__(self, campo: str, mensaje: str) -> None:
        """Keep the parameter to correct."""
        self.campo = campo
        super().__init__(mensaje)


class DocumentoNoEncontrado(Rechazo):
    """No document has that code."""

    mensaje = "No existe un documento con ese código. Revise que esté completo."


@api.get(
    "/calculadoras/aporte",
    response={200: contrato.Aporte, **_ERRORES},
    summary="Aporte del mes",
    description=_PROVISIONAL,
    tags=["calculadoras"],
)
def aporte(request: HttpRequest, entrada: Query[contrato.EntradaAporte]) -> dict[str, Any]:
    """Contribution of one month and its distribution (LSS art. 72)."""
    _solo_conocidos(request, contrato.EntradaAporte)
    r = calcular_aporte(
        regimen=entrada.regimen,
        periodo=entrada.periodo,
        base=entrada.base,
        tipo_empleador=entrada.tipo_empleador,
        parametros=cargar_parametros(),
    )
    return {
        "base": str(r.base),
        "personal": str(r.personal),
        "patronal": str(r.patronal),
        "total": str(r.total),
        "ccc": str(r.ccc),
        "distribucion": {seguro: str(parte) for seguro, parte in r.distribucion.items()},
        "estado_verificacion": str(r.estado_verificacion),
        "traza": r.traza.como_lista(),
    }


@api.get(
    "/calculadoras/interes",
    response={200: contrato.Interes, **_ERRORES},
    summary="Interés por mora",
    description=_PROVISIONAL,
    tags=["calculadoras"],
)
def interes(request: HttpRequest, entrada: Query[contrato.EntradaInteres]) -> dict[str, Any]:
    """Interest from the day after the due date to the cut-off (LSS art. 89)."""
    _solo_conocidos(request, contrato.EntradaInteres)
    r = calcular_interes(
        capital=entrada.capital,
        vencimiento=entrada.vencimiento,
        corte=entrada.corte,
        concepto=entrada.concepto,
        tasa_maxima=entrada.tasa_maxima,
        modo=entrada.modo,
        parametros=cargar_parametros(),
        tasas=None if entrada.tasa_maxima is not None else tasas_para_calcular(),
    )
    return {
        "interes": str(r.interes),
        "tasa": None if r.tasa is None else str(r.tasa),
        "dias": r.dias,
        "modo": str(r.modo),
        "estado_verificacion": str(r.estado_verificacion),
        "traza": r.traza.como_lista(),
    }


@api.get(
    "/calculadoras/termino",
    response={200: contrato.Termino, **_ERRORES},
    summary="Término en días hábiles",
    description=_PROVISIONAL,
    tags=["calculadoras"],
)
def termino(request: HttpRequest, entrada: Query[contrato.EntradaTermino]) -> dict[str, Any]:
    """Count a término without weekends or holidays of both cantons (COA arts. 158 and 159)."""
    _solo_conocidos(request, contrato.EntradaTermino)
    r = contar_termino(
        notificado=entrada.notificado,
        dias=entrada.dias,
        cantones=frozenset(c for c in (entrada.canton, entrada.canton_oficina) if c),
        calendario=cargar_calendario(),
    )
    return {
        "vence": r.vence,
        "vence_min": r.vence_min,
        "vence_max": r.vence_max,
        "lista_verificada": r.lista_verificada,
        "dudosos": [{"fecha": d.fecha, "motivo": d.motivo} for d in r.dudosos],
        "habiles": list(r.habiles),
        "inhabiles": [{"fecha": d.fecha, "motivo": d.motivo} for d in r.inhabiles],
        "calendario_version": r.calendario_version,
        "estado_verificacion": str(r.estado_verificacion),
        "traza": r.traza.como_lista(),
    }


@api.get(
    "/calculadoras/vencimiento",
    response={200: contrato.Vencimiento, **_ERRORES},
    summary="Vencimiento de una planilla",
    description=_PROVISIONAL,
    tags=["calculadoras"],
)
def vencimiento(
    request: HttpRequest, entrada: Query[contrato.EntradaVencimiento]
) -> dict[str, Any]:
    """Last day to pay the planilla of a month without interest (LSS art. 73)."""
    _solo_conocidos(request, contrato.EntradaVencimiento)
    r = vencimiento_de_planilla(
        entrada.periodo, cargar_calendario(), cargar_parametros(), provincia=entrada.provincia
    )
    return {
        "vence": r.fecha,
        "vence_ordinario": r.ordinaria,
        "prorroga": None if r.prorroga is None else r.prorroga.como_dict(),
        "estado_verificacion": str(r.estado_verificacion),
        "traza": r.traza.como_lista(),
    }


@api.get(
    "/verificar/{codigo}",
    response={200: contrato.DocumentoVerificado, NO_EXISTE: contrato.Rechazo},
    summary="Verificar un documento",
    description="El código está en el documento, bajo el QR; con o sin guiones.",
    tags=["documentos"],
)
def verificar(request: HttpRequest, codigo: str) -> dict[str, Any]:
    """Say what anybody may know of the document of a code."""
    v = verificar_codigo(codigo, hoy=cast("Any", request).hoy)
    if v is None:
        raise DocumentoNoEncontrado
    return {
        "titulo": v.titulo,
        "numero": v.numero,
        "titular": v.titular,
        "provincia": v.provincia,
        "fecha_emision": v.fecha_emision,
        "valido_hasta": v.valido_hasta,
        "estado": v.estado,
        "explicacion": v.situacion.texto,
        "dejo_de_valer_el": v.dejo_de_valer_el,
        "codigo": v.codigo,
        "sha256": v.sha256 or None,
    }


@api.exception_handler(Rechazo)
def al_rechazar(request: HttpRequest, error: Rechazo) -> HttpResponse:
    """Answer a refusal: a parameter out of place, a document that is not there, or the law's no."""
    campo = getattr(error, "campo", "")
    estado = ILEGIBLE if campo else NEGADO
    if isinstance(error, DocumentoNoEncontrado):
        estado = NO_EXISTE
    return _rechazo(request, estado, {**error.como_dict(), "campo": campo})


@api.exception_handler(ValidationError)
def al_no_leer(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a parameter that cannot be read: which one, and how it is written."""
    primero = error.errors[0]
    campo = str(primero["loc"][-1])
    mensaje = f"{campo}: falta. Escríbalo en la dirección."
    if primero["type"] != "missing":
        mensaje = f"{campo}: {primero['msg'].removeprefix('Value error, ')}"
    return _rechazo(
        request,
        ILEGIBLE,
        {"codigo": "ENTRADA_ILEGIBLE", "mensaje": mensaje, "norma": "", "campo": campo},
    )


def _rechazo(request: HttpRequest, estado: int, rechazo: dict[str, str]) -> HttpResponse:
    return api.create_response(request, {"rechazo": rechazo}, status=estado)


def _solo_conocidos(request: HttpRequest, entrada: type[Schema]) -> None:
    """Refuse what would otherwise be ignored in silence and change the amount."""
    for campo, valores in request.GET.lists():
        if campo not in entrada.model_fields:
            conocidos = ", ".join(entrada.model_fields)
            mensaje = f"{campo[:40]}: no existe. Esta operación lee: {conocidos}."
            raise ParametroDesconocido(campo[:40] or "?", mensaje)
        if len(valores) > 1:
            mensaje = f"{campo}: está {len(valores)} veces. Escríbalo una sola vez."
            raise ParametroDesconocido(campo, mensaje)
