"""Lists of statements, of the lines of one, and of the lines that the bank must clear up."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from recaudo.domain.recaudacion.queries import (
    RETENCIONES,
    SITUACIONES_DE_CARGO,
    SITUACIONES_DE_CUENTA,
    SITUACIONES_DE_EXTRACTO,
    canales,
    explicar,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.filtros import Busqueda, FiltroFecha, Opcion
from recaudo.interfaces.vista.tablas import (
    Columna,
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaNumero,
    Tabla,
)
from recaudo.norma.catalogos.canales import canales_de_recaudacion

RESULTADOS = (
    ("APLICADA", "Aplicadas", "aplicadas"),
    ("CREDITO_A_FAVOR", "Aplicadas, con crédito a favor", "credito_a_favor"),
    ("POR_IDENTIFICAR", "Por identificar", "por_identificar"),
    ("CARGO", "Débitos del banco", "cargos"),
    ("YA_VISTA", "Ya vistas", "duplicadas"),
    ("RECHAZADA", "Apartadas", "rechazadas"),
)
APLICADOS = frozenset({"APLICADA", "CREDITO_A_FAVOR"})
PALABRAS = {codigo: texto for codigo, texto, _, _ in SITUACIONES_DE_EXTRACTO}
TONOS = {codigo: tono for codigo, _, tono, _ in SITUACIONES_DE_EXTRACTO}


def nombre_de_canal(codigo: str) -> str:
    """Return the name of a channel."""
    canal = canales_de_recaudacion().get(codigo)
    return canal.nombre if canal else codigo


def opciones_de_canal() -> list[tuple[str, str]]:
    """Return every channel there has been, to filter by."""
    return [(c.id, c.nombre) for c in canales_de_recaudacion().values()]


def _canales() -> list[tuple[str, str]]:
    return [(canal, canal) for canal in canales()]


class TablaExtractos(Tabla):
    """Statements: those to decide first, then the newest."""

    nombre = Columna(
        "Extracto", corto=True, linkify=lambda record: direccion("extracto", record.pk)
    )
    cuenta_numero = ColumnaCodigo("Cuenta")
    canal = ColumnaCodigo("Canal")
    situacion = ColumnaEstado("Situación", palabra=PALABRAS.__getitem__, tono=TONOS.__getitem__)
    dia_desde = ColumnaFecha("Desde")
    dia_hasta = ColumnaFecha("Hasta")
    recibido_el = ColumnaFecha("Importado", visible=False)
    lineas = ColumnaNumero("Líneas")
    por_identificar = ColumnaNumero("Por identificar")
    total_creditos = ColumnaDinero("Créditos")
    total = ColumnaDinero("Entró al libro")
    retencion = Columna(
        "Por qué se retiene", palabra=lambda r: RETENCIONES.get(r, ""), visible=False
    )
    sha256 = Columna("SHA-256 del archivo", visible=False)

    titulo = "Extractos bancarios"
    singular, plural, archivo = "extracto", "extractos", "extractos"
    clave = "nombre"
    totales = ("total_creditos", "total")
    buscar = Busqueda(
        "Archivo, cuenta o banco", codigos=["cuenta_numero"], textos=["nombre", "cuenta__banco"]
    )
    filtros: ClassVar = {
        "situacion": Opcion(
            "Situación",
            PALABRAS.items(),
            donde={codigo: donde for codigo, _, _, donde in SITUACIONES_DE_EXTRACTO},
        ),
        "canal": Opcion("Canal", _canales, campo="canal"),
        "desde": FiltroFecha("Movimientos desde", campo="dia_hasta"),
        "hasta": FiltroFecha("Movimientos hasta", campo="dia_desde", hasta=True),
    }
    vacio_titulo = "No hay extractos con esos filtros"
    vacio_texto = "Importe el archivo que entregó el banco para ver aquí su conciliación."


class ColumnaCitado(ColumnaCodigo):
    """The comprobante that a line cites, linked when its money reached it."""

    def render(self, value: str, record: Any) -> SafeString | str:  # type: ignore[override]
        """Write the number."""
        if record.resultado not in APLICADOS:
            return str(super().render(value))
        return format_html('<a href="{}">{}</a>', direccion("comprobante", value), value)


class ColumnaPorQue(Columna):
    """The reason of an outcome; a line believed seen names the one it repeats, and its act."""

    def render(self, value: str, record: Any, table: Any) -> SafeString | str:  # type: ignore[override]
        """Write the reason, and the act only for who may open it."""
        if value == "DECLARADO_PROPIO" and Permiso.LINEA_DECLARAR_PROPIA in table.permisos:
            return format_html(
                '{} <a href="{}">Revertir la declaración</a>', explicar(value),
                direccion("revertir_linea", record.pk),
            )  # fmt: skip
        if value == "LOTE_RECONOCIDO" and Permiso.LOTE_RECONOCER in table.permisos:
            return format_html(
                '{} <a href="{}">Revertir lo reconocido</a>', explicar(value),
                direccion("revertir_lote", record.pk),
            )  # fmt: skip
        if record.resultado != "YA_VISTA" or record.repite_linea is None:
            return explicar(value) or "—"
        repite = format_html(
            '{}. Repite la <a href="{}?q={}">línea {} del extracto {}</a>.',
            explicar(value), direccion("lineas", record.repite_extracto), record.repite_linea,
            record.repite_linea, record.repite_extracto,
        )  # fmt: skip
        if Permiso.LINEA_DECLARAR_PROPIA not in table.permisos:
            return repite
        enlace = direccion("declarar_linea", record.pk)
        if value == "AGRUPADA_DUDOSA":
            return format_html(
                '{} <a href="{}">Decir cuáles son sus piezas</a> · '
                '<a href="{}">Declarar dinero propio</a>',
                repite, direccion("reconocer_lote", record.pk), enlace,
            )  # fmt: skip
        return format_html('{} <a href="{}">Declarar dinero propio</a>', repite, enlace)


class TablaLineas(Tabla):
    """Lines of a statement, in the order of the file. It may have hundreds of thousands."""

    numero = ColumnaNumero("Línea", orderable=False)
    fecha_transaccion = ColumnaFecha("Fecha", orderable=False)
    referencia = ColumnaCodigo("Referencia del banco", orderable=False)
    ordenante = Columna("Ordenante", orderable=False, corto=True)
    comprobante_numero = ColumnaCitado("Comprobante", orderable=False)
    movido = ColumnaDinero("Importe", orderable=False)
    resultado = ColumnaEstado("Resultado", orderable=False)
    motivo = ColumnaPorQue("Por qué", palabra=explicar, orderable=False)
    texto = Columna("Lo que dice la línea", visible=False)
    fecha_contable = ColumnaFecha("Fecha contable", visible=False)
    repite_linea = ColumnaNumero("Repite la línea", visible=False)
    repite_extracto = ColumnaNumero("Del extracto", visible=False)

    titulo = "Líneas del extracto"
    singular, plural, archivo = "línea", "líneas", "lineas-del-extracto"
    clave, ancha = "numero", True
    ventana, hacia_delante = 5_000, True
    totales = ("movido",)
    buscar = Busqueda(
        "Línea, referencia, comprobante u ordenante",
        codigos=["numero", "comprobante_numero"],
        textos=["referencia", "ordenante"],
    )
    filtros: ClassVar = {
        "resultado": Opcion(
            "Resultado", [(codigo, texto) for codigo, texto, _ in RESULTADOS], campo="resultado"
        ),
        "desde": FiltroFecha("Fecha desde", campo="fecha_transaccion"),
        "hasta": FiltroFecha("Fecha hasta", campo="fecha_transaccion", hasta=True),
    }
    vacio_titulo = "No hay líneas con esos filtros"
    vacio_texto = "Quite algún filtro o busque por otra parte de la referencia."


class TablaCuentas(Tabla):
    """Own accounts: what the bank says beside what our books say; those that differ first."""

    numero = ColumnaCodigo("Cuenta", linkify=lambda record: direccion("cuenta", record.pk))
    banco = Columna("Banco", corto=True)
    canal = Columna("Canal", palabra=nombre_de_canal, corto=True)
    fecha = ColumnaFecha("Último saldo del banco")
    saldo_banco = ColumnaDinero("Dice el banco")
    saldo_libro = ColumnaDinero("Dice el libro")
    diferencia = ColumnaDinero("Diferencia")
    situacion = ColumnaEstado(
        "Resultado",
        palabra={c: p for c, p, _ in SITUACIONES_DE_CUENTA}.__getitem__,
        tono={c: t for c, _, t in SITUACIONES_DE_CUENTA}.__getitem__,
    )

    titulo = "Cuentas bancarias"
    texto = "Lo que dice el banco en su último extracto y el libro a esa fecha: deben ser iguales."
    singular, plural, archivo = "cuenta", "cuentas", "cuentas-bancarias"
    clave = "numero"
    totales = ("saldo_banco", "saldo_libro", "diferencia")
    buscar = Busqueda("Cuenta o banco", codigos=["numero"], textos=["banco"])
    filtros: ClassVar = {
        "situacion": Opcion(
            "Resultado", [(c, p) for c, p, _ in SITUACIONES_DE_CUENTA], campo="situacion"
        ),
        "canal": Opcion("Canal", opciones_de_canal, campo="canal"),
    }
    vacio_titulo = "No hay cuentas con esos filtros"
    vacio_texto = "Sin una cuenta registrada, los extractos que lleguen quedan retenidos."


class TablaCargos(Tabla):
    """Debits of the bank that are not cleared up, the oldest first."""

    id = ColumnaCodigo("Débito", palabra=str, linkify=lambda record: direccion("cargo", record.pk))
    fecha_contable = ColumnaFecha("Fecha contable")
    edad = ColumnaNumero("Días")
    banco = Columna("Banco", corto=True)
    cuenta_numero = ColumnaCodigo("Cuenta")
    referencia = ColumnaCodigo("Referencia del banco")
    situacion = ColumnaEstado(
        "Situación",
        palabra={c: p for c, p, _ in SITUACIONES_DE_CARGO}.__getitem__,
        tono={c: t for c, _, t in SITUACIONES_DE_CARGO}.__getitem__,
    )
    importe = ColumnaDinero("Importe")
    falta = ColumnaDinero("Falta por aclarar")
    texto = Columna("Lo que dice la línea", visible=False)

    titulo = "Débitos del banco por aclarar"
    singular, plural, archivo = "débito", "débitos", "debitos-por-aclarar"
    clave = "id"
    totales = ("importe", "falta")
    buscar = Busqueda(
        "Débito, cuenta, referencia o texto",
        codigos=["id", "cuenta_numero"],
        textos=["referencia", "texto", "banco"],
    )
    filtros: ClassVar = {
        "situacion": Opcion(
            "Situación", [(c, p) for c, p, _ in SITUACIONES_DE_CARGO], campo="situacion"
        ),
        "edad": Opcion(
            "Antigüedad",
            [("8", "Más de 7 días"), ("31", "Más de 30 días"), ("91", "Más de 90 días")],
            donde=lambda dias: Q(edad__gte=int(dias)),
        ),
        "desde": FiltroFecha("Fecha desde", campo="fecha_contable"),
        "hasta": FiltroFecha("Fecha hasta", campo="fecha_contable", hasta=True),
    }
    vacio_titulo = "No hay débitos por aclarar con esos filtros"
    vacio_texto = "De cada débito del banco se sabe qué fue."


class TablaPorAclarar(TablaLineas):
    """Lines that the bank must explain, newest first."""

    numero = ColumnaCodigo("Línea", palabra=str, orderable=False)
    extracto_id = ColumnaCodigo(
        "Extracto",
        palabra=str,
        orderable=False,
        linkify=lambda record: direccion("extracto", record.extracto_id),
    )

    titulo = "Líneas por aclarar con el banco"
    singular, plural, archivo = "línea por aclarar", "líneas por aclarar", "lineas-por-aclarar"
    ventana, hacia_delante = 0, False
    vacio_titulo = "No hay líneas por aclarar"
    vacio_texto = "Aquí llegan los reversos, lo que se cree ya visto y lo que no se puede leer."

    class Meta:
        sequence = ("extracto_id", "...")
