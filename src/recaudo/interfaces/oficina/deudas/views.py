"""One debt, of any class and any debtor: amounts, interest, payments, deadlines, history."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from recaudo.domain.cartera.queries import GlosaVista, glosas_de_una_deuda
from recaudo.domain.contabilidad.plan_contable import FONDOS, TERCEROS
from recaudo.domain.contabilidad.queries import movimientos_de
from recaudo.domain.obligaciones.queries import ObligacionVista, obligacion
from recaudo.domain.plazos.queries import plazo_de
from recaudo.domain.recaudacion.queries import creditos_con_saldo, pagos_de_deuda
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deuda import deudas
from recaudo.interfaces.oficina.deudas.deudores import deudor_de
from recaudo.interfaces.oficina.historia import pasajes
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.vista.formatos import escribir_cita, escribir_periodo
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.norma.glosas.plazos_de_glosa import fecha_de_glosa
from recaudo.norma.parametros import cargar_parametros

#: What each kind of matter is called; a room that brings its own class says its own by its class.
MATERIAS = {
    "planilla": "Planilla",
    "juicio": "Juicio",
    "resolucion_rp": "Resolución de responsabilidad patronal",
    "resolucion_de_multa": "Resolución de multa",
    "prestamo": "Préstamo",
    "acuerdo": "Acuerdo de pago",
}


@dataclass(frozen=True, slots=True)
class FechaDeDeuda:
    """A date that matters to a debt: what it is, when, whether it has gone by, its norm."""

    que: str
    cuando: date
    paso: bool
    norma: str


@exige(Permiso.PLANILLA_VER)
@require_safe
def ficha_de_deuda(request: HttpRequest, obligacion_id: int) -> HttpResponse:
    """Ficha: one debt, what it comes to today and why, what paid it, what comes next."""
    pedido = de_la_puerta(request)
    debe = o_no_existe(
        lambda: obligacion(obligacion_id, alcance=pedido.alcance),
        de=request,
        que="la deuda",
        buscado=obligacion_id,
        lista="empleadores",
    )
    deudor = deudor_de(debe.empleador_id, debe.persona_id, pedido.actor)
    ve_libro = pedido.actor.puede(Permiso.LIBRO_VER)
    cartera = pedido.actor.alcance(Permiso.CARTERA_VER)
    glosas = glosas_de_una_deuda(cartera, obligacion_id=debe.id)
    contexto = {
        "o": debe,
        "deudor": deudor,
        "nace_de": _nace_de(debe),
        "deuda": deudas([debe] if debe.esta_viva else [], hoy=pedido.hoy),
        "rubros": [(parte, _fondos(parte.fondos)) for parte in debe.rubros],
        "pagos": pagos_de_deuda(debe.id),
        "fechas": _fechas(debe, glosas, pedido.hoy),
        "glosas": glosas,
        "movimientos": movimientos_de(obligacion_id=debe.id, lote=debe.lote) if ve_libro else [],
        "ve_libro": ve_libro,
        "actos": _actos(pedido, debe),
        "historia": pasajes(
            "obligacion",
            debe.id,
            actor=pedido.actor,
            nacio=Suceso("Emitida", debe.fecha_emision, debe.nombre_de_clase),
        ),
    }
    return pagina(
        request, "deudas/deuda.html", contexto, seccion="empleadores",
        migas=(*deudor.migas, Miga(f"Deuda {debe.id}")),
    )  # fmt: skip


def _nace_de(debe: ObligacionVista) -> Fila:
    """What it is born of, and its number; the planilla is a page of its own."""
    if debe.es_planilla:
        url = direccion("planilla", debe.id)
        return Fila("Planilla", debe.id, cambiar_url=url, cambiar_texto="Ver sus líneas")
    nombre = MATERIAS.get(debe.materia_tipo, debe.nombre_de_clase)
    return Fila("Nace de", f"{nombre} N.º {debe.materia_id}")


def _fondos(fondos: tuple[tuple[str, object], ...]) -> str:
    nombres = dict((*FONDOS, *TERCEROS))
    return ", ".join(nombres.get(codigo, codigo) for codigo, _ in fondos)


def _fechas(debe: ObligacionVista, glosas: list[GlosaVista], hoy: date) -> list[FechaDeDeuda]:
    """The last day to pay, the day of its glosa, the término that runs, in order."""
    fechas = [
        FechaDeDeuda(
            "Último día para pagar sin mora", debe.fecha_vencimiento, hoy > debe.fecha_vencimiento,
            escribir_cita("LSS art. 73"),
        )
    ]  # fmt: skip
    if debe.clase_en_catalogo.necesita_glosa and debe.esta_viva and not glosas:
        dia = fecha_de_glosa(debe.fecha_vencimiento, cargar_parametros())
        cita = escribir_cita("C.D. 516 art. 129")
        fechas.append(FechaDeDeuda("Se glosa al cierre del", dia, hoy > dia, cita))
    for glosa in glosas:
        termino = plazo_de("glosa", glosa.id, hoy=hoy)
        if termino is not None and termino.vence is not None:
            fechas.append(
                FechaDeDeuda(
                    f"Término para pagar o impugnar la glosa {glosa.numero}", termino.vence,
                    termino.esta_vencido, escribir_cita(termino.norma),
                )
            )  # fmt: skip
    return fechas


def _actos(pedido: Pedido, debe: ObligacionVista) -> list[Enlace]:
    """What may be done with it: pay it with a credit of the same debtor."""
    if not (debe.esta_viva and pedido.actor.puede(Permiso.CREDITO_COMPENSAR)):
        return []
    creditos = creditos_con_saldo(
        alcance=pedido.actor.alcance(Permiso.RECAUDACION_VER),
        empleador_id=debe.empleador_id, persona_id=debe.persona_id,
    )  # fmt: skip
    return [
        Enlace(
            f"Compensar con el crédito {credito.id}, de {credito.saldo.formato()}",
            f"{direccion('compensar', credito.id)}?obligacion={debe.id}",
        )
        for credito in creditos
    ]


def concepto_de(debe: ObligacionVista) -> str:
    """What a debt is, in words, for a line of a list."""
    cuando = f", {escribir_periodo(debe.periodo)}" if debe.periodo else ""
    return f"{debe.nombre_de_clase}{cuando}, deuda {debe.id}"
