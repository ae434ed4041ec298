"""The only file that says what is in the house and what follows from what.

The machines of every room, facts and reactions, matters, channels, the close and its steps, the
documents, the screens of the office. A room is added here and nowhere else (its permissions are
cells of the matrix). Read it top to bottom.
"""

from recaudo.domain.afiliacion.actions.olvidar_archivos_revisados import (
    olvidar_archivos_revisados,
)
from recaudo.domain.cartera import reactions as cartera
from recaudo.domain.cartera import states as estados_de_cartera
from recaudo.domain.cartera.actions.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.domain.cartera.actions.vencer_terminos import vencer_terminos
from recaudo.domain.cartera.documents.notificacion_de_glosa import (
    NOTIFICACION_DE_GLOSA,
    estado_de_notificacion,
)
from recaudo.domain.cartera.policy import NOTICIA_DE_GLOSA
from recaudo.domain.notificaciones import states as estados_de_notificaciones
from recaudo.domain.notificaciones.actions.surtir_efecto import surtir_efecto
from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.notificaciones.canales.casillero import CASILLERO
from recaudo.domain.notificaciones.canales.protocolo import registrar_canal
from recaudo.domain.notificaciones.facts import (
    NotificacionesSinAbrir,
    NotificacionesSinCasillero,
    NotificacionRecibida,
)
from recaudo.domain.notificaciones.materias import registrar_materia
from recaudo.domain.obligaciones import states as estados_de_obligaciones
from recaudo.domain.plazos.actions.vencer_plazos import vencer_plazos
from recaudo.domain.recaudacion import reactions as recaudacion
from recaudo.domain.recaudacion import states as estados_de_recaudacion
from recaudo.domain.recaudacion.actions.caducar_comprobantes import caducar_comprobantes
from recaudo.domain.recaudacion.documents.comprobante import COMPROBANTE, estado_de_comprobante
from recaudo.domain.recaudacion.documents.reverso_de_pago import REVERSO_DE_PAGO
from recaudo.domain.recaudacion.facts import DeudasPagadas, PagosApartados, PagosReversados
from recaudo.domain.recaudacion.policy import NOTICIA_DE_REVERSO
from recaudo.infra.audit.cargar_maquinas import declarar_maquinas
from recaudo.infra.audit.cierre import PasoDeCierre, conectar_cierre, conectar_efecto
from recaudo.infra.audit.hechos import conectar as conectar_hecho
from recaudo.infra.audit.sellos import declarar_selladas
from recaudo.infra.documents.tipos import registrar_tipo
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import Direcciones, Seccion, conectar_pantallas
from recaudo.kernel.states import Maquina
from recaudo.project import bitacora
from recaudo.project.sellados import tablas_selladas

#: The corridor, highest first: a room calls those below it, never one above or beside. In brackets,
#: the place of a room that is not built yet. The contract of imports reads it here.
CORREDOR: tuple[str, ...] = (
    "(atencion) | (prevencion)",
    "(coactiva)",
    "(facilidades) | (impugnaciones)",
    "cartera",
    "planillas | recaudacion | (responsabilidad)",
    "obligaciones",
    "afiliacion",
    "(expedientes) | notificaciones",
    "contabilidad | parametros | organizacion | plazos",
)

#: Every transition table, for the database's guards, the diagrams and the tests.
MAQUINAS: tuple[Maquina, ...] = (
    estados_de_obligaciones.MAQUINA,
    estados_de_recaudacion.MAQUINA,
    estados_de_recaudacion.MAQUINA_VALOR,
    estados_de_recaudacion.MAQUINA_EXTRACTO,
    estados_de_recaudacion.MAQUINA_ACLARACION,
    estados_de_recaudacion.MAQUINA_DESMENTIDO,
    estados_de_notificaciones.MAQUINA,
    estados_de_cartera.MAQUINA,
)


def conectar() -> None:
    """Connect everything, once, when the applications are loaded."""
    declarar_maquinas(MAQUINAS)
    declarar_selladas(tablas_selladas())
    conectar_reacciones()
    conectar_catalogos()
    conectar_oficina()


def conectar_reacciones() -> None:
    """Connect facts and what the clock brings. Same transaction; what leaves is an `infra` job."""
    # Money came in: glosas of debts paid in full are cancelled; the bank took it back: they revive.
    conectar_hecho(DeudasPagadas.tipo, cartera.cancelar_glosas_al_cobrar)
    conectar_hecho(PagosReversados.tipo, cartera.revivir_glosas_al_reversar)
    # Older money arrived: what was paid later is set aside and imputed again behind it.
    conectar_hecho(PagosApartados.tipo, cartera.revivir_glosas_al_reversar)
    # …and each employer finds in its inbox which payment the bank undid.
    conectar_hecho(PagosReversados.tipo, recaudacion.avisar_al_reversar)
    # The debtor received the notice: the glosa is notified and its término runs.
    conectar_hecho(NotificacionRecibida.tipo, cartera.notificar_glosa_al_recibir)
    # Nobody opened the notice of a glosa in time, or there is no inbox: another channel is due.
    conectar_hecho(NotificacionesSinAbrir.tipo, cartera.mover_glosas_no_notificadas)
    conectar_hecho(NotificacionesSinCasillero.tipo, cartera.mover_glosas_no_notificadas)
    # Who may enter, and as what, is told to the log of security.
    for tipo in bitacora.DE_SEGURIDAD:
        conectar_hecho(tipo, bitacora.contar_el_hecho)
    # What a business date brings when it closes, in this order and no other.
    conectar_cierre(
        PasoDeCierre("COMPROBANTE_CADUCADO", caducar_comprobantes, "Comprobantes caducados"),
        PasoDeCierre("MORA", entrar_en_mora, "Entraron en mora"),
        PasoDeCierre("GLOSA_EMITIDA", emitir_glosas, "Glosas emitidas",
                     {"GLOSA_SIN_TASA": "Glosas que esperan tasa"}),
        PasoDeCierre("NOTIFICACION_SURTIDA", surtir_efecto, "Notificaciones que surtieron efecto"),
        PasoDeCierre("NOTIFICACION_SIN_ABRIR", vencer_sin_abrir, "Notificaciones sin abrir"),
        PasoDeCierre("TERMINO_VENCIDO", vencer_plazos, "Términos vencidos"),
        PasoDeCierre("ARCHIVO_OLVIDADO", olvidar_archivos_revisados,
                     "Archivos revisados y no registrados, borrados"),
    )  # fmt: skip
    # What happens when a deadline ends, by the name given when it was opened.
    conectar_efecto("vencer_terminos", vencer_terminos)


def conectar_catalogos() -> None:
    """Register what each room brings to a lower one that does not know it."""
    # What notices may be about, and the channels by which they travel.
    registrar_materia(NOTICIA_DE_GLOSA)
    registrar_materia(NOTICIA_DE_REVERSO)
    registrar_canal(CASILLERO)
    # The catalogue of documents: each kind, and who says what became of one.
    registrar_tipo(COMPROBANTE, estado_de_comprobante)
    registrar_tipo(REVERSO_DE_PAGO)
    registrar_tipo(NOTIFICACION_DE_GLOSA, estado_de_notificacion)


def conectar_oficina() -> None:
    """Give the office the addresses of every room, and its menu in this order."""
    oficina = "recaudo.interfaces.oficina"
    conectar_pantallas(
        direcciones=(
            Direcciones("recaudacion/", f"{oficina}.recaudacion.urls"),
            Direcciones("empleadores/", f"{oficina}.empleadores.urls"),
            Direcciones("deudas/", f"{oficina}.deudas.urls"),
            Direcciones("comprobantes/", f"{oficina}.comprobantes.urls"),
            Direcciones("libro/", f"{oficina}.libro.urls"),
            Direcciones("cartera/", f"{oficina}.cartera.urls"),
            Direcciones("tasas/", f"{oficina}.parametros.urls"),
        ),
        menu=(
            Seccion("Extractos", "extractos", Permiso.RECAUDACION_VER),
            Seccion("Por identificar", "valores", Permiso.RECAUDACION_VER),
            Seccion("Empleadores", "empleadores", Permiso.EMPLEADOR_VER),
            Seccion("Glosas", "glosas", Permiso.CARTERA_VER),
            Seccion("Cierre diario", "dias", Permiso.CARTERA_VER),
            Seccion("Libro", "libro", Permiso.LIBRO_VER),
            Seccion("Tasas", "tasas", Permiso.RECAUDACION_VER),
        ),
    )
