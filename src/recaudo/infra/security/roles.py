"""Roles as data: the offices of C.D. 497 and what each is. An auditor can read this page.

Source: the rulebook (cartera, sections 8.1 to 8.3). What each may do, and how far, comes from the
matrix (`matriz.py`) by way of `origen.py`; here is the nature of each: where it is held.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from recaudo.infra.security.matriz import Ambito
from recaudo.infra.security.origen import otorgados_a
from recaudo.infra.security.permisos import Permiso


class Territorio(StrEnum):
    """Whether an assignment of the role names a province."""

    EXIGE_PROVINCIA = "exige provincia"
    SIN_PROVINCIA = "sin provincia"


@dataclass(frozen=True, slots=True)
class Rol:
    """A named office: its code, its Spanish name, what it is for, its nature, its permissions.

    `ambito` is how far a cell without a reach of its own goes; `alcances`, each permission's.
    """

    codigo: str
    nombre: str
    descripcion: str
    ambito: Ambito
    territorio: Territorio
    alcances: Mapping[Permiso, Ambito] = field(hash=False)

    @property
    def permisos(self) -> frozenset[Permiso]:
        """What the role may do, however far."""
        return frozenset(self.alcances)

    @property
    def es_externo(self) -> bool:
        """Tell whether it comes with a representation, never with an assignment."""
        return self.ambito is Ambito.PROPIO


_DEL_AMBITO: Final = {
    Ambito.NACIONAL: Territorio.SIN_PROVINCIA,
    Ambito.PROPIO: Territorio.SIN_PROVINCIA,
    Ambito.PROVINCIAL: Territorio.EXIGE_PROVINCIA,
    Ambito.CAUSAS: Territorio.EXIGE_PROVINCIA,
}


def _rol(codigo: str, ambito: Ambito, nombre: str, descripcion: str) -> Rol:
    alcances = {permiso: alcance or ambito for permiso, alcance in otorgados_a(codigo)}
    return Rol(codigo, nombre, descripcion, ambito, _DEL_AMBITO[ambito], alcances)


_N, _P, _C = Ambito.NACIONAL, Ambito.PROVINCIAL, Ambito.CAUSAS
ROLES: dict[str, Rol] = {
    rol.codigo: rol
    for rol in (
        _rol("EMP", Ambito.PROPIO, "Empleador", "Empleador o su representante, en el portal."),
        _rol("DG", _N, "Dirección General", "Aprueba normas y lo que pasa de los límites."),
        _rol(
            "DNRC", _N, "Dirección Nacional de Recaudación y Gestión de Cartera",
            "Registra las tasas publicadas y mira todo el país.",
        ),
        _rol(
            "UREC", _N, "Unidad de Recaudación",
            "Importa los extractos, concilia y trabaja los valores por identificar (2.3.2.1).",
        ),
        _rol(
            "UCGC", _N, "Unidad de Control de Gestión de Cartera",
            "Aprueba las tasas, pide el cierre diario y vigila la cartera del país.",
        ),
        _rol(
            "DNAC", _N, "Dirección Nacional de Afiliación y Cobertura",
            "Registra empleadores y emite las planillas con su cuenta por cobrar (DG 7.ª y 8.ª).",
        ),
        _rol(
            "DNGF", _N, "Dirección Nacional de Gestión Financiera",
            "Registra y sella el libro; nunca cambia el estado de un proceso.",
        ),
        _rol(
            "DP", _P, "Director o Directora Provincial",
            "Juez de coactiva de su provincia; aprueba lo que su matriz le da.",
        ),
        _rol(
            "JAC", _P, "Jefe o Líder de Afiliación y Cobertura", "Revisa glosas de su provincia."
        ),
        _rol(
            "JC", _P, "Jefe o Líder de Gestión de Cartera",
            "Aprueba glosas y notificaciones de su provincia (3.5.2).",
        ),
        _rol(
            "AC", _P, "Analista de Cartera", "Gestiona la cartera de su provincia (3.5.2)."
        ),
        _rol(
            "JCO", _P, "Jefe o Líder de Gestión de Coactiva",
            "Sortea y revisa los procesos coactivos de su provincia (3.5.3).",
        ),
        _rol(
            "SAE", _C, "Secretario abogado externo",
            "Impulsa las causas que se le sortearon; no registra pagos ni anula.",
        ),
        _rol("SAI", _C, "Secretario abogado interno", "Impulsa las causas que se le asignaron."),
        _rol("CIT", _C, "Citador notificador", "Cita en las causas que se le asignaron."),
        _rol("DEP", _C, "Depositario", "Custodia los bienes de las causas que se le asignaron."),
        _rol("PER", _C, "Perito", "Avalúa en las causas que se le asignaron."),
        _rol("PAT", _P, "Patrocinio", "Lleva la insolvencia y los juicios de su provincia."),
        _rol(
            "CPPC", _P, "Comisión Provincial de Prestaciones y Controversias",
            "Resuelve las impugnaciones en primera instancia.",
        ),
        _rol(
            "CNA", _N, "Comisión Nacional de Apelaciones",
            "Resuelve las impugnaciones en última instancia administrativa.",
        ),
        _rol(
            "SEG", _N, "Seguros y Fondos de Terceros",
            "Determina la responsabilidad patronal y recibe lo recaudado (con la CVIRP).",
        ),
        _rol("VEN", _P, "Ventanilla y Gestión Documental", "Recibe en su oficina."),
        _rol(
            "AUD", _N, "Auditoría",
            "Auditoría interna, Contraloría y Superintendencia: leen todo; no cambian nada.",
        ),
        _rol(
            "ADM", _N, "Administración del sistema",
            "Administra usuarios y roles (DNTI); no toca dinero.",
        ),
    )
}  # fmt: skip

#: What the machine itself may do when the clock, or an order typed at its console, starts the act.
PERMISOS_DEL_SISTEMA = frozenset(
    {
        Permiso.PLANILLAS_EMITIR,
        Permiso.CARTERA_CERRAR_DIA,
        Permiso.GLOSA_EMITIR,
        Permiso.NOTIFICACION_ENVIAR,
        Permiso.LIBRO_SELLAR,
        Permiso.CUENTA_BANCARIA_REGISTRAR,
        Permiso.EXTRACTO_IMPORTAR,
        Permiso.EXTRACTO_CONFIRMAR,
        Permiso.NOVEDADES_CARGAR,
        Permiso.EMPLEADOR_REGISTRAR,
        Permiso.EMPLEADOR_VER,  # orders typed at the console name employers by RUC
        Permiso.AUDITORIA_EJECUTAR,
        Permiso.USUARIOS_ADMINISTRAR,  # the owner of the machine opens the first accounts
    }
)


def roles_con(permiso: Permiso) -> Iterable[str]:
    """Return the codes of the roles that give a permission, in the order of the house."""
    return (rol.codigo for rol in ROLES.values() if permiso in rol.alcances)
