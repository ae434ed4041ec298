"""Roles as data: the offices of C.D. 497 and what each may do. An auditor can read this page.

Source: the permission matrix of the rulebook (cartera y coactiva, section 8.3), as far as acts exist.
Scope: NACIONAL sees every province, PROVINCIAL only its own, PROPIO only what is one's own.
"""

from dataclasses import dataclass
from enum import StrEnum

from recaudo.infra.security.permisos import Permiso as P


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
    permisos: frozenset[P]


def _rol(codigo: str, nombre: str, descripcion: str, ambito: Ambito, *permisos: P) -> Rol:
    return Rol(codigo, nombre, descripcion, ambito, frozenset(permisos))


_LECTURA = (P.EMPLEADOR_VER, P.PLANILLA_VER, P.RECAUDACION_VER, P.CARTERA_VER, P.LIBRO_VER)

ROLES: dict[str, Rol] = {
    rol.codigo: rol
    for rol in (
        _rol(
            "EMP", "Empleador", "Empleador o su representante, en el portal.", Ambito.PROPIO,
            P.EMPLEADOR_VER_LO_PROPIO, P.NOVEDADES_CARGAR, P.COMPROBANTE_GENERAR,
            P.COMPROBANTE_ANULAR, P.NOTIFICACION_ACUSAR_RECIBO,
        ),
        _rol(
            "UREC", "Unidad de Recaudación",
            "Importa los extractos, concilia y trabaja los valores por identificar (2.3.2.1).",
            Ambito.NACIONAL, P.EXTRACTO_IMPORTAR, P.VALOR_APLICAR, *_LECTURA,
        ),
        _rol(
            "DNAC", "Dirección Nacional de Afiliación y Cobertura",
            "Registra empleadores y emite las planillas con su cuenta por cobrar (DG 7.ª y 8.ª).",
            Ambito.NACIONAL, P.EMPLEADOR_REGISTRAR, P.PLANILLAS_EMITIR, P.EMPLEADOR_VER, P.PLANILLA_VER,
        ),
        _rol(
            "DNRC", "Dirección Nacional de Recaudación y Gestión de Cartera",
            "Registra las tasas publicadas y mira todo el país.",
            Ambito.NACIONAL, P.TASA_REGISTRAR, *_LECTURA,
        ),
        _rol(
            "UCGC", "Unidad de Control de Gestión de Cartera",
            "Aprueba las tasas y ejecuta el cierre diario de cartera.",
            Ambito.NACIONAL, P.TASA_APROBAR, P.CARTERA_CERRAR_DIA, P.GLOSA_EMITIR, *_LECTURA,
        ),
        _rol(
            "DNGF", "Dirección Nacional de Gestión Financiera",
            "Registra y sella el libro.", Ambito.NACIONAL, P.LIBRO_SELLAR, *_LECTURA,
        ),
        _rol(
            "JC", "Jefe o Líder de Gestión de Cartera",
            "Aprueba glosas y notificaciones de su provincia (3.5.2).",
            Ambito.PROVINCIAL, P.GLOSA_EMITIR, P.GLOSA_NOTIFICAR, P.EMPLEADOR_VER, P.PLANILLA_VER,
            P.CARTERA_VER,
        ),
        _rol(
            "AC", "Analista de Cartera", "Gestiona la cartera de su provincia (3.5.2).",
            Ambito.PROVINCIAL, P.GLOSA_NOTIFICAR, P.EMPLEADOR_VER, P.PLANILLA_VER, P.CARTERA_VER,
        ),
        _rol(
            "AUD", "Auditoría", "Lee todo y ejecuta la auditoría; no cambia nada.",
            Ambito.NACIONAL, P.AUDITORIA_EJECUTAR, *_LECTURA,
        ),
        _rol(
            "ADM", "Administración del sistema", "Administra usuarios y roles; no toca dinero.",
            Ambito.NACIONAL, P.USUARIOS_ADMINISTRAR,
        ),
    )
}

#: What the machine itself may do when the clock, and not a person, starts the act.
PERMISOS_DEL_SISTEMA = frozenset({
    P.PLANILLAS_EMITIR, P.CARTERA_CERRAR_DIA, P.GLOSA_EMITIR, P.GLOSA_NOTIFICAR, P.LIBRO_SELLAR,
    P.EXTRACTO_IMPORTAR, P.NOVEDADES_CARGAR, P.EMPLEADOR_REGISTRAR, P.AUDITORIA_EJECUTAR,
})
