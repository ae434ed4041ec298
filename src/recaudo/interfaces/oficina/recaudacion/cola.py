"""The queue of unidentified money as a worklist: each row carries what decides."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recaudo.domain.recaudacion.queries import POR_QUE, SITUACIONES_DE_VALOR, canales
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaElegir,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)
from recaudo.interfaces.vista.tonos import palabra_de_estado

MOTIVOS = {
    "COMPROBANTE_INEXISTENTE": "No existe ese comprobante",
    "COMPROBANTE_ANULADO": "El comprobante estaba anulado",
    "COMPROBANTE_CADUCADO": "El comprobante había caducado",
    "COMPROBANTE_YA_PAGADO": "El comprobante ya estaba pagado",
    "COMPROBANTE_REVERSADO": "El banco había deshecho el pago del comprobante",
    "MONTO_INSUFICIENTE": "Pagó menos que el comprobante",
    "SIN_REFERENCIA": "No cita ningún comprobante",
    "VARIAS_REFERENCIAS": "Cita más de un comprobante",
    "DETALLE_NO_CUADRA": "Las transacciones no suman",
    "OBLIGACION_CAMBIO": "La deuda cambió",
    "POR_DETALLAR": "El banco aún no lo detalla",
    "FECHA_INVEROSIMIL": "Trae una fecha que no puede ser",
    "ANTES_DEL_COMPROBANTE": "Se pagó antes de existir el comprobante",
    "PAGO_POSTERIOR": "Hay un pago de fecha posterior",
    "CREDITO_POR_REVERSO": "El banco devuelve dinero",
    "DECLARADO_PROPIO": "Declarado dinero aparte",
}
EDADES = [("8", "Más de 7 días"), ("31", "Más de 30 días"), ("91", "Más de 90 días")]
PALABRAS_DE_SUGERENCIA = dict(POR_QUE)


def _canales() -> list[tuple[str, str]]:
    return [(canal, canal) for canal in canales()]


class ColumnaCita(ColumnaCodigo):
    """The comprobante that the bank's line cites, with its state when there is one."""

    def render(self, value: str, record: Any) -> SafeString | str:  # type: ignore[override]
        """Write the number, linked when it exists."""
        if not record.cita_estado:
            return value
        return format_html(
            '<a href="{}">{}</a> <span class="suave">{}</span>',
            direccion("comprobante", value),
            value,
            palabra_de_estado(record.cita_estado).lower(),
        )


class ColumnaSugerido(ColumnaCodigo):
    """The comprobante suggested, and why; for who may apply the value, the way to do it."""

    def render(self, value: str, record: Any, table: Tabla) -> SafeString | str:  # type: ignore[override]
        """Write the number with the reason."""
        aplicar = f"{direccion('aplicar_valor', record.pk)}?comprobante={value}"
        puede = Permiso.VALOR_APLICAR in table.permisos
        return format_html(
            '<a href="{}" title="{}">{}</a>',
            aplicar if puede else direccion("comprobante", value),
            PALABRAS_DE_SUGERENCIA.get(record.por_que, ""),
            value,
        )


class TablaValores(Tabla):
    """Open values, the oldest first."""

    elegir = ColumnaElegir()
    id = ColumnaCodigo("Valor", linkify=lambda record: direccion("valor", record.pk))
    recibido_el = ColumnaFecha("Recibido")
    edad = ColumnaNumero("Días")
    importe = ColumnaDinero("Importe")
    cita = ColumnaCita("Cita", orderable=False)
    sugerido = ColumnaSugerido("Sugerencia", orderable=False)
    diferencia = ColumnaDinero("Diferencia", orderable=False)
    motivo = Columna("Por qué no se aplicó", palabra=lambda m: MOTIVOS.get(m, m), corto=True)
    dice = Columna("Ordenante y texto", orderable=False, corto=True, exclude_from_export=True)
    ordenante = Columna("Ordenante", visible=False)
    texto = Columna("Lo que dice la línea", visible=False)
    canal = ColumnaCodigo("Canal", visible=False)
    referencia = Columna("Referencia", visible=False)

    titulo = "Valores por identificar"
    singular, plural, archivo = "valor abierto", "valores abiertos", "valores-por-identificar"
    clave, ancha = "id", True
    totales = ("importe",)
    buscar = Busqueda(
        "Valor, texto, ordenante o referencia",
        codigos=["id"],
        textos=["texto", "ordenante", "referencia", "cita"],
    )
    filtros: ClassVar = {
        "motivo": Opcion("Motivo", MOTIVOS.items(), campo="motivo"),
        "sugerencia": Opcion(
            "Sugerencia",
            [(c, t) for c, t, _ in SITUACIONES_DE_VALOR],
            donde={c: q for c, _, q in SITUACIONES_DE_VALOR},
        ),
        "canal": Opcion("Canal", _canales, campo="canal"),
        "edad": Opcion("Antigüedad", EDADES, donde=lambda dias: Q(edad__gte=int(dias))),
        "desde": FiltroFecha("Recibido desde", campo="recibido_el"),
        "hasta": FiltroFecha("Recibido hasta", campo="recibido_el", hasta=True),
    }
    acto_de_varias = "Aplicar los elegidos a su sugerencia"
    vacio_titulo = "No hay valores por identificar con esos filtros"
    vacio_texto = "Todo el dinero recibido tiene dueño."
