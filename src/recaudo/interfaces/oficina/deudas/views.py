"""One debt, of any class and any debtor: amounts, interest, payments, deadlines, history."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
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
from recaudo.interfaces.oficina.deudas.lineas import lineas_de_planilla
from recaudo.interfaces.oficina.historia import pasajes
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.vista import hojas
from recaudo.interfaces.vista.formatos import escribir_cita, escribir_fecha_corta, escribir_periodo
from recaudo.interfaces.vista.listas import FORMATO
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.norma.glosas.plazos_de_glosa import fecha_de_glosa
from recaudo.norma.parametros import cargar_parametros

#: What each kind of matter is called; a room that brings its own class says its own by its class.
MATERIAS = {
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
def ficha_de_deuda(request: HttpRequest, obligacion_id: int) -> HttpResponseBase:
    """Ficha: one debt, what it comes to today and why, what paid it, what comes next.

    Of one that a planilla asks for, its workers too, which are a file when the address asks
    `formato=csv|xlsx`.
    """
    pedido = de_la_puerta(request)
    debe = o_no_existe(
        lambda: obligacion(obligacion_id, alcance=pedido.alcance),
        de=request,
        que="la deuda",
        buscado=obligacion_id,
        lista="empleadores",
    )
    lineas = lineas_de_planilla(pedido, debe.id) if debe.es_planilla else None
    formato = request.GET.get(FORMATO, "")
    if lineas is not None and formato in hojas.FORMATOS:
        nombre = f"planilla-{debe.periodo}-{debe.id}"
        return hojas.archivo(request, formato, lineas.titulos, lineas.como_valores(), nombre=nombre)
    deudor = deudor_de(debe.empleador_id, debe.persona_id, pedido.actor)
    titulo = titulo_de_deuda(debe)
    ve_libro = pedido.actor.puede(Permiso.LIBRO_VER)
    cartera = pedido.actor.alcance(Permiso.CARTERA_VER)
    glosas = glosas_de_una_deuda(cartera, obligacion_id=debe.id)
    contexto = {
        "o": debe,
        "titulo": titulo,
        "deudor": deudor,
        "que_es": _que_es(debe),
        "lineas": lineas,
        "restantes": (debe.fecha_vencimiento - pedido.hoy).days,
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
        migas=(*deudor.migas, Miga(titulo)),
    )  # fmt: skip


def _que_es(debe: ObligacionVista) -> list[Fila]:
    """What it is and of what it is born; a planilla says in its title which one it is."""
    de_que = MATERIAS.get(debe.materia_tipo, debe.nombre_de_clase)
    materia = Fila("Nace de", f"{de_que} N.º {debe.materia_id}")
    return [
        Fila("Qué se debe", debe.nombre_de_clase),
        *([] if debe.es_planilla else [materia]),
        Fila("Emitida", escribir_fecha_corta(debe.fecha_emision)),
        *([Fila("Lote de emisión", debe.lote)] if debe.lote else []),
        Fila("Naturaleza", "Sanción" if debe.naturaleza == "SANCION" else "Contribución"),
        Fila("Estado contable", palabra_de_estado(debe.contable) if debe.contable else "Sin saldo"),
    ]


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
    if debe.clase_en_catalogo.necesita_glosa and debe.contable == "PLANILLA":
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


def titulo_de_deuda(debe: ObligacionVista) -> str:
    """Return how the office calls a debt: its planilla by number and month, else what it is."""
    if debe.es_planilla and debe.periodo:
        return f"Planilla {debe.id}, {escribir_periodo(debe.periodo)}"
    return debe.denominacion
