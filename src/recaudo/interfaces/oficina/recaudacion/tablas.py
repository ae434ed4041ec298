"""Lists of collection: statements, their lines, the queue of unidentified money."""

from collections.abc import Sequence

import django_filters
import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recaudo.domain.recaudacion.queries import ExtractoVisto, LineaVista
from recaudo.interfaces.oficina.listas import etiqueta
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Filtro
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)

RESULTADOS = (
    ("APLICADA", "Aplicadas", "aplicadas"),
    ("CREDITO_A_FAVOR", "Aplicadas, con crédito a favor", "credito_a_favor"),
    ("POR_IDENTIFICAR", "Por identificar", "por_identificar"),
    ("CARGO", "Débitos del banco", "cargos"),
    ("YA_VISTA", "Ya vistas", "duplicadas"),
    ("RECHAZADA", "Apartadas", "rechazadas"),
)


class TablaExtractos(Tabla):
    """Statements, newest first."""

    nombre = tables.Column(
        verbose_name="Extracto", linkify=lambda record: direccion("extracto", record.id)
    )
    cuenta = ColumnaCodigo(verbose_name="Cuenta")
    canal = ColumnaCodigo(verbose_name="Canal")
    estado = ColumnaEstado(verbose_name="Estado")
    desde = tables.Column(verbose_name="Movimientos", orderable=False, empty_values=())
    recibido_el = ColumnaFecha(verbose_name="Importado")
    lineas = ColumnaNumero(verbose_name="Líneas")
    por_identificar = ColumnaNumero(verbose_name="Por identificar")
    total = ColumnaDinero(verbose_name="Entró")
    cuadra = tables.Column(verbose_name="Conciliación")

    titulo = "Extractos bancarios"
    vacio_titulo = "No hay extractos con esos filtros"
    vacio_texto = "Importe el archivo que entregó el banco para ver aquí su conciliación."

    def render_desde(self, record: ExtractoVisto) -> str:
        """Write the dates that the statement covers."""
        if record.desde is None or record.hasta is None:
            return "—"
        if record.desde == record.hasta:
            return f"{record.desde:%d/%m/%Y}"
        return f"{record.desde:%d/%m/%Y} al {record.hasta:%d/%m/%Y}"

    def render_cuadra(self, value: bool, record: ExtractoVisto) -> SafeString | str:
        """Write whether it reconciles."""
        if record.estado != "confirmado":
            return record.por_que_se_retiene or "—"
        return etiqueta("Cuadra", "verde") if value else etiqueta("No cuadra", "rojo")

    def value_cuadra(self, value: bool) -> str:
        """Write whether it reconciles, for the file."""
        return "Cuadra" if value else "No cuadra"


class FiltroExtractos(Filtro):
    """By channel, and those that do not reconcile."""

    canal = django_filters.CharFilter(label="Canal")
    situacion = django_filters.ChoiceFilter(
        label="Conciliación", choices=[("cuadra", "Cuadra"), ("no", "No cuadra")]
    )
    pendiente = django_filters.ChoiceFilter(
        label="Pendiente",
        choices=[
            ("confirmar", "Por confirmar"),
            ("retenido", "Retenidos"),
            ("si", "Con dinero por identificar"),
        ],
    )

    @property
    def qs(self) -> Sequence[ExtractoVisto]:
        """Return the statements that pass."""
        elegidos = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        canal = (elegidos.get("canal") or "").strip().upper()
        situacion = elegidos.get("situacion")
        return [
            e
            for e in self.queryset
            if canal in e.canal
            and (
                not situacion or (e.estado == "confirmado" and e.cuadra == (situacion == "cuadra"))
            )
            and _esta_pendiente(e, elegidos.get("pendiente") or "")
        ]


def _esta_pendiente(e: ExtractoVisto, cual: str) -> bool:
    """Tell whether a statement waits for that."""
    if cual == "si":
        return bool(e.por_identificar)
    return not cual or e.estado == {"confirmar": "por_confirmar", "retenido": "retenido"}[cual]


class TablaLineas(Tabla):
    """Lines of a statement, in the order of the file."""

    numero = ColumnaNumero(verbose_name="Línea")
    fecha_transaccion = ColumnaFecha(verbose_name="Fecha")
    referencia = tables.Column(verbose_name="Referencia del banco")
    ordenante = tables.Column(verbose_name="Ordenante")
    comprobante_numero = tables.Column(verbose_name="Comprobante")
    importe = ColumnaDinero(verbose_name="Importe")
    resultado = ColumnaEstado(verbose_name="Resultado")
    explicacion = tables.Column(verbose_name="Por qué", empty_values=())

    titulo = "Líneas"
    vacio_titulo = "No hay líneas con ese resultado"
    vacio_texto = "Elija otro resultado en la partición del extracto."

    class Meta:
        orderable = False

    def render_comprobante_numero(self, value: str, record: LineaVista) -> SafeString | str:
        """Link the comprobante when the money reached it."""
        if record.resultado not in {"APLICADA", "CREDITO_A_FAVOR"}:
            return value
        return format_html('<a href="{}">{}</a>', direccion("comprobante", value), value)

    def render_explicacion(self, value: str, record: LineaVista) -> SafeString | str:
        """Write the reason, and the line it repeats."""
        if record.duplica_a is None:
            return value or "—"
        return format_html(
            '{}. Repite la línea {}. <a href="{}">Declarar dinero propio</a>',
            value, record.duplica_a, direccion("declarar_linea", record.id),
        )  # fmt: skip

    def value_explicacion(self, value: str, record: LineaVista) -> str:
        """Write the same for the file."""
        repite = f". Repite la línea {record.duplica_a}" if record.duplica_a else ""
        return f"{value}{repite}" or "—"


class TablaPorAclarar(TablaLineas):
    """Lines that the bank must explain, newest first."""

    titulo = "Líneas por aclarar con el banco"
    vacio_titulo = "No hay líneas por aclarar"
    vacio_texto = "Aquí llegan los reversos, lo que se cree ya visto y lo que no se puede leer."

    class Meta:
        orderable = False


class FiltroPorAclarar(Filtro):
    """By words of the reference, of who ordered it, or of the comprobante."""

    texto = django_filters.CharFilter(label="Referencia, ordenante o comprobante")

    @property
    def qs(self) -> Sequence[LineaVista]:
        """Return the lines that pass."""
        datos = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        texto = (datos.get("texto") or "").strip().lower()
        return [
            x
            for x in self.queryset
            if texto in f"{x.referencia} {x.ordenante} {x.comprobante_numero}".lower()
        ]


class FiltroLineas(Filtro):
    """By outcome."""

    resultado = django_filters.ChoiceFilter(
        label="Resultado", choices=[(codigo, texto) for codigo, texto, _ in RESULTADOS]
    )
