"""The finder of the office: any number or name, every kind of thing it may be, in groups.

Blanks, dots and hyphens do not matter. Each group shows only what the person may open; what is
missing and what is out of reach look the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from recaudo.domain.afiliacion.queries import empleos_de_la_persona, que_coinciden, visible_to
from recaudo.domain.cartera.queries import glosas_por_numero
from recaudo.domain.obligaciones.queries import obligaciones_por_numero
from recaudo.domain.recaudacion.queries import (
    ComprobanteResumido,
    comprobantes_por_numero,
    lineas_por_referencia,
)
from recaudo.infra.documents.verificacion import verificar_codigo
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deudas.personas import persona_con_deudas
from recaudo.interfaces.oficina.deudas.views import titulo_de_deuda
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, pagina
from recaudo.interfaces.vista.formatos import escribir_fecha_corta
from recaudo.interfaces.vista.piezas import Enlace
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.kernel.ids import limpiar

TOPE = 10
LARGO = 80
MINIMO_DE_NUMERO = 3
MINIMO_DE_GLOSA = 5


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """One thing found: what it is, whose or how it is, where it opens."""

    texto: str
    detalle: str
    url: str


@dataclass(frozen=True, slots=True)
class Grupo:
    """The things of one kind, and the list that has them all when there are more."""

    titulo: str
    hallazgos: tuple[Hallazgo, ...]
    mas: Enlace | None = None


@exige(Permiso.EMPLEADOR_VER)
@require_safe
def buscar(request: HttpRequest) -> HttpResponse:
    """Ficha: what a number or a name may be; a single thing opens at once."""
    pedido = de_la_puerta(request)
    escrito = " ".join(pedido.GET.get("q", "").replace("\0", "").split())[:LARGO]
    grupos = _buscar(pedido, escrito) if escrito else []
    hallazgos = [h for grupo in grupos for h in grupo.hallazgos]
    if len(hallazgos) == 1:
        return redirect(hallazgos[0].url)
    contexto = {"busco": escrito, "grupos": grupos, "lugares": [t for t, _, _ in _LUGARES]}
    return pagina(request, "buscar.html", contexto, seccion="buscar")


def _buscar(pedido: Pedido, escrito: str) -> list[Grupo]:
    """Look in every kind of thing that the person may see."""
    grupos = [
        Grupo(titulo, tuple(hallados[:TOPE]), mas(escrito) if len(hallados) > TOPE else None)
        for titulo, (permiso, leer), mas in _LUGARES
        if pedido.actor.puede(permiso) and (hallados := leer(pedido, escrito))
    ]
    return [grupo for grupo in grupos if grupo.hallazgos]


def _empleadores(pedido: Pedido, escrito: str) -> list[Hallazgo]:
    numero = limpiar(escrito)
    if numero.isdigit() and len(numero) < MINIMO_DE_NUMERO:
        return []
    visibles = visible_to(pedido.actor.alcance(Permiso.EMPLEADOR_VER))
    hallados = visibles.filter(pk__in=que_coinciden(escrito).values("pk")).order_by("clave_orden")
    return [
        Hallazgo(e.razon_social, f"RUC {e.ruc}", direccion("empleador", e.ruc))
        for e in hallados[: TOPE + 1]
    ]


def _personas(pedido: Pedido, escrito: str) -> list[Hallazgo]:
    numero = limpiar(escrito)
    if not (numero.isascii() and numero.isalnum() and len(numero) >= MINIMO_DE_NUMERO):
        return []
    alcance = pedido.actor.alcance(Permiso.EMPLEADOR_VER)
    return _que_deben(pedido, numero) + [
        Hallazgo(
            f"{e.nombre}, {e.identificacion}",
            f"{'Trabaja' if e.ultimo_dia is None else 'Trabajó'} en {e.razon_social} desde el "
            f"{escribir_fecha_corta(e.desde)}",
            direccion("empleador", e.ruc),
        )
        for e in empleos_de_la_persona(numero, alcance=alcance)[: TOPE + 1]
    ]


def _que_deben(pedido: Pedido, numero: str) -> list[Hallazgo]:
    """Return the person of that identification, when some debt or credit of it is within reach."""
    persona = persona_con_deudas(numero, pedido.actor)
    if persona is None:
        return []
    que = f"{persona.nombre}, {persona.identificacion}"
    return [Hallazgo(que, "Sus deudas y créditos", direccion("persona", persona.identificacion))]


def _planillas(pedido: Pedido, escrito: str) -> list[Hallazgo]:
    alcance = pedido.actor.alcance(Permiso.PLANILLA_VER)
    return [
        Hallazgo(
            titulo_de_deuda(o),
            palabra_de_estado(o.estado),
            direccion("deuda", o.id),
        )
        for o in obligaciones_por_numero(limpiar(escrito), alcance=alcance)
    ]


def _comprobantes(pedido: Pedido, escrito: str) -> list[Hallazgo]:
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    numero = limpiar(escrito).lstrip("0")  # none begins so: a form or a bank put them there
    return [
        Hallazgo(
            f"Comprobante {c.numero}",
            _cuanto(c),
            direccion("comprobante", c.numero),
        )
        for c in comprobantes_por_numero(numero, alcance=alcance)[: TOPE + 1]
    ]


def _cuanto(c: ComprobanteResumido) -> str:
    """Return the state of a comprobante and what it is for; what is left where part was paid."""
    dicho = f"{palabra_de_estado(c.estado)}, {c.importe.formato()}"
    if c.por_pagar and c.abonado:
        return f"{dicho}, falta {c.por_pagar.formato()}"
    return dicho


def _glosas(pedido: Pedido, escrito: str) -> list[Hallazgo]:
    numero = limpiar(escrito)
    if not (numero.isascii() and numero.isdigit() and len(numero) >= MINIMO_DE_GLOSA):
        return []
    halladas = glosas_por_numero(numero, alcance=pedido.actor.alcance(Permiso.CARTERA_VER))
    return [
        Hallazgo(
            f"Glosa {g.numero}",
            f"{palabra_de_estado(g.estado)}, {g.capital.formato()} de capital",
            direccion("glosa", g.numero),
        )
        for g in halladas[: TOPE + 1]
    ]


def _referencias(pedido: Pedido, escrito: str) -> list[Hallazgo]:
    del pedido
    return [
        Hallazgo(
            f"Referencia {x.referencia}",
            f"Línea {x.numero} del extracto, {palabra_de_estado(x.resultado).lower()}",
            f"{direccion('lineas', x.extracto_id)}?q={x.referencia}",
        )
        for x in lineas_por_referencia(escrito)[: TOPE + 1]
    ]


def _documentos(pedido: Pedido, escrito: str) -> list[Hallazgo]:
    hallado = verificar_codigo(escrito, hoy=pedido.hoy)
    if hallado is None:
        return []
    return [Hallazgo(f"Documento {hallado.numero}", "Por su código de verificación",
                     f"/verificar/{hallado.codigo}/")]  # fmt: skip


def _lista(lugar: str) -> Callable[[str], Enlace | None]:
    return lambda escrito: Enlace("Ver todos", f"{direccion(lugar)}?q={escrito}")


def _ninguna(_: str) -> Enlace | None:
    return None


#: Where the finder looks: title of the group, who may see it and how it is read, the whole list.
_LUGARES: tuple[
    tuple[
        str,
        tuple[Permiso, Callable[[Pedido, str], list[Hallazgo]]],
        Callable[[str], Enlace | None],
    ],
    ...,
] = (
    ("Empleadores", (Permiso.EMPLEADOR_VER, _empleadores), _lista("empleadores")),
    ("Personas", (Permiso.EMPLEADOR_VER, _personas), _ninguna),
    ("Planillas y deudas", (Permiso.PLANILLA_VER, _planillas), _ninguna),
    ("Comprobantes", (Permiso.RECAUDACION_VER, _comprobantes), _ninguna),
    ("Glosas", (Permiso.CARTERA_VER, _glosas), _lista("glosas")),
    ("Referencias del banco", (Permiso.RECAUDACION_VER, _referencias), _ninguna),
    ("Documentos", (Permiso.EMPLEADOR_VER, _documentos), _ninguna),
)
