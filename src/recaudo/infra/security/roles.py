"""Roles as data: the offices of C.D. 497 and what each may do. An auditor can read this page.

Source: the permission matrix of the rulebook (cartera, section 8.3), as far as acts exist.
Scope: NACIONAL sees every province, PROVINCIAL only its own, PROPIO only what is one's own.
"""

from dataclasses import dataclass
from enum import StrEnum

from recaudo.infra.security.permisos import Permiso


class Ambito(StrEnum):
    """How far a role reaches."""

    NACIONAL = "nacional"
    PROVINCIAL = "provincial"
    PROPIO = "propio"


@dataclass(frozen=True, slots=True)
class Rol:
    """A named office: its code, its Spanish name, what it is for, its reach and its permissions."""

    codigo: str
    nombre: str
    descripcion: str
    ambito: Ambito
    permisos: frozenset[Permiso]


def _rol(codigo: str, nombre: str, descripcion: str, ambito: Ambito, *permisos: Permiso) -> Rol:
    return Rol(codigo, nombre, descripcion, ambito, frozenset(permisos))


_LECTURA = (
    Permiso.EMPLEADOR_VER,
    Permiso.PLANILLA_VER,
    Permiso.RECAUDACION_VER,
    Permiso.CARTERA_VER,
    Permiso.LIBRO_VER,
)

ROLES: dict[str, Rol] = {
    rol.codigo: rol
    for rol in (
        _rol(
            "EMP",
            "Empleador",
            "Empleador o su representante, en el portal.",
            Ambito.PROPIO,
            Permiso.EMPLEADOR_VER_LO_PROPIO,
            Permiso.NOVEDADES_CARGAR,
            Permiso.COMPROBANTE_GENERAR,
            Permiso.COMPROBANTE_ANULAR,
            Permiso.NOTIFICACION_ACUSAR_RECIBO,
        ),
        _rol(
            "UREC",
            "Unidad de Recaudación",
            "Importa los extractos, concilia y trabaja los valores por identificar (2.3.2.1).",
            Ambito.NACIONAL,
            Permiso.EXTRACTO_IMPORTAR,
            Permiso.VALOR_APLICAR,
            *_LECTURA,
        ),
        _rol(
            "DNAC",
            "Dirección Nacional de Afiliación y Cobertura",
            "Registra empleadores y emite las planillas con su cuenta por cobrar (DG 7.ª y 8.ª).",
            Ambito.NACIONAL,
            Permiso.EMPLEADOR_REGISTRAR,
            Permiso.NOVEDADES_CARGAR,
            Permiso.PLANILLAS_EMITIR,
            Permiso.EMPLEADOR_VER,
            Permiso.PLANILLA_VER,
        ),
        _rol(
            "DNRC",
            "Dirección Nacional de Recaudación y Gestión de Cartera",
            "Registra las tasas publicadas y mira todo el país.",
            Ambito.NACIONAL,
            Permiso.TASA_REGISTRAR,
            *_LECTURA,
        ),
        _rol(
            "UCGC",
            "Unidad de Control de Gestión de Cartera",
            "Aprueba las tasas y ejecuta el cierre diario de cartera.",
            Ambito.NACIONAL,
            Permiso.TASA_APROBAR,
            Permiso.CARTERA_CERRAR_DIA,
            Permiso.GLOSA_EMITIR,
            *_LECTURA,
        ),
        _rol(
            "DNGF",
            "Dirección Nacional de Gestión Financiera",
            "Registra y sella el libro.",
            Ambito.NACIONAL,
            Permiso.LIBRO_SELLAR,
            *_LECTURA,
        ),
        _rol(
            "JC",
            "Jefe o Líder de Gestión de Cartera",
            "Aprueba glosas y notificaciones de su provincia (3.5.2).",
            Ambito.PROVINCIAL,
            Permiso.GLOSA_EMITIR,
            Permiso.GLOSA_NOTIFICAR,
            Permiso.EMPLEADOR_VER,
            Permiso.PLANILLA_VER,
            Permiso.CARTERA_VER,
        ),
        _rol(
            "AC",
            "Analista de Cartera",
            "Gestiona la cartera de su provincia (3.5.2).",
            Ambito.PROVINCIAL,
            Permiso.GLOSA_NOTIFICAR,
            Permiso.EMPLEADOR_VER,
            Permiso.PLANILLA_VER,
            Permiso.CARTERA_VER,
        ),
        _rol(
            "AUD",
            "Auditoría",
            "Lee todo y ejecuta la auditoría; no cambia nada.",
            Ambito.NACIONAL,
            Permiso.AUDITORIA_EJECUTAR,
            *_LECTURA,
        ),
        _rol(
            "ADM",
            "Administración del sistema",
            "Administra usuarios y roles; no toca dinero.",
            Ambito.NACIONAL,
            Permiso.USUARIOS_ADMINISTRAR,
        ),
    )
}

#: What the machine itself may do when the clock, or an order typed at its console, starts the act.
PERMISOS_DEL_SISTEMA = frozenset(
    {
        Permiso.PLANILLAS_EMITIR,
        Permiso.CARTERA_CERRAR_DIA,
        Permiso.GLOSA_EMITIR,
        Permiso.GLOSA_NOTIFICAR,
        Permiso.LIBRO_SELLAR,
        Permiso.EXTRACTO_IMPORTAR,
        Permiso.NOVEDADES_CARGAR,
        Permiso.EMPLEADOR_REGISTRAR,
        Permiso.EMPLEADOR_VER,  # orders typed at the console name employers by RUC
        Permiso.AUDITORIA_EJECUTAR,
        Permiso.USUARIOS_ADMINISTRAR,  # the owner of the machine opens the first accounts
    }
)
