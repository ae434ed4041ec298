"""Where each permission comes from: cells of the matrix, or a reason written here.

A permission of the office is given by a row and some letters: every role whose cell has one of
them holds it, as far as that cell reaches. What the matrix does not tell is given by name, with
its reason. A permission without origin does not import.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from recaudo.infra.security.matriz import MATRIZ, Ambito
from recaudo.infra.security.permisos import Permiso

EXTERNO: Final = "EMP"
LEER: Final = "CVAXL"


@dataclass(frozen=True, slots=True)
class DeLaMatriz:
    """The offices whose cell in `fila` has one of `letras`; the debtor has the portal's own."""

    fila: str
    letras: str
    razon: str = ""


@dataclass(frozen=True, slots=True)
class FueraDeLaMatriz:
    """The roles that hold it, with the reach of each (None: that of the role), and why."""

    roles: Mapping[str, Ambito | None]
    razon: str
    cerca_de: str = field(default="")


def _solo(*roles: str, razon: str, cerca_de: str = "") -> FueraDeLaMatriz:
    return FueraDeLaMatriz(dict.fromkeys(roles), razon, cerca_de)


_DEL_PORTAL: Final = "Lo propio del empleador, en su portal: columna EMP de la matriz («o»)."
_TASAS: Final = (
    "La matriz no nombra las tasas publicadas: las registra la dirección y las aprueba la unidad "
    "de control, dos personas distintas (S03) [diseño]."
)
ORIGEN: Final[Mapping[Permiso, DeLaMatriz | FueraDeLaMatriz]] = {
    Permiso.EMPLEADOR_VER_LO_PROPIO: _solo("EMP", razon=_DEL_PORTAL),
    Permiso.NOVEDADES_CARGAR: _solo(
        "EMP", "DNAC", razon="LSS art. 73: avisa el empleador; la DNAC registra los de oficio.",
        cerca_de="emitir_planilla",
    ),
    Permiso.COMPROBANTE_GENERAR: _solo("EMP", razon=_DEL_PORTAL, cerca_de="distribuir_recaudado"),
    Permiso.COMPROBANTE_ANULAR: _solo("EMP", razon=_DEL_PORTAL, cerca_de="distribuir_recaudado"),
    Permiso.NOTIFICACION_ACUSAR_RECIBO: _solo(
        "EMP", razon=_DEL_PORTAL, cerca_de="notificar_glosa"
    ),
    Permiso.EMPLEADOR_VER: DeLaMatriz(
        "emitir_planilla", LEER, "Quien ve las planillas ve de quién son."
    ),
    Permiso.EMPLEADOR_REGISTRAR: DeLaMatriz(
        "emitir_planilla", "A", "Quien emite lleva el registro patronal (DG 7.ª y 8.ª)."
    ),
    Permiso.PLANILLAS_EMITIR: DeLaMatriz("emitir_planilla", "A"),
    Permiso.PLANILLA_VER: DeLaMatriz("emitir_planilla", LEER),
    Permiso.CUENTA_BANCARIA_REGISTRAR: DeLaMatriz(
        "asentar_cambios", "A", "Quien lleva el libro abre la cuenta de cada banco."
    ),
    Permiso.EXTRACTO_IMPORTAR: DeLaMatriz("distribuir_recaudado", "A"),
    Permiso.EXTRACTO_CONFIRMAR: DeLaMatriz(
        "distribuir_recaudado", "A", "La misma unidad, otra persona (S03)."
    ),
    Permiso.LINEA_DECLARAR_PROPIA: DeLaMatriz("distribuir_recaudado", "A"),
    Permiso.CARGO_ACLARAR: DeLaMatriz("distribuir_recaudado", "A"),
    Permiso.CARGO_APROBAR: DeLaMatriz(
        "distribuir_recaudado", "A", "La misma unidad, otra persona (S03)."
    ),
    Permiso.LOTE_RECONOCER: DeLaMatriz("distribuir_recaudado", "A"),
    Permiso.AVISO_DESMENTIR: DeLaMatriz("distribuir_recaudado", "A"),
    Permiso.DESMENTIDO_APROBAR: DeLaMatriz(
        "distribuir_recaudado", "A", "La misma unidad, otra persona (S03)."
    ),
    Permiso.RECAUDACION_VER: DeLaMatriz("distribuir_recaudado", LEER),
    Permiso.VALOR_APLICAR: DeLaMatriz("distribuir_recaudado", "A"),
    Permiso.CREDITO_COMPENSAR: DeLaMatriz(
        "distribuir_recaudado", "A", "Aplica dinero recaudado que ya era del deudor (R-REC-04)."
    ),
    Permiso.CARTERA_VER: DeLaMatriz("emitir_glosa", LEER),
    Permiso.CARTERA_CERRAR_DIA: _solo(
        "UCGC", razon="El cierre es de la máquina; la unidad de control puede pedirlo antes.",
        cerca_de="emitir_glosa",
    ),
    Permiso.GLOSA_EMITIR: DeLaMatriz("emitir_glosa", "A"),
    Permiso.NOTIFICACION_ENVIAR: DeLaMatriz("notificar_glosa", "AX"),
    Permiso.TASA_REGISTRAR: _solo("DNRC", razon=_TASAS, cerca_de="distribuir_recaudado"),
    Permiso.TASA_APROBAR: _solo("UCGC", razon=_TASAS, cerca_de="distribuir_recaudado"),
    Permiso.LIBRO_VER: DeLaMatriz("asentar_cambios", LEER),
    Permiso.LIBRO_SELLAR: DeLaMatriz("asentar_cambios", "A"),
    Permiso.AUDITORIA_EJECUTAR: _solo(
        "AUD", razon="Control interno y externo: lee todo y comprueba (columna AUD)."
    ),
    Permiso.USUARIOS_ADMINISTRAR: _solo(
        "ADM", razon="La opera la DNTI; quién la pide y la aprueba es la fila «depurar_usuarios».",
        cerca_de="depurar_usuarios",
    ),
}  # fmt: skip


def otorgados_a(rol: str) -> Iterator[tuple[Permiso, Ambito | None]]:
    """Yield the permissions of a role and how far its cell says they reach (None: as the role)."""
    for permiso in Permiso:
        origen = ORIGEN[permiso]
        if isinstance(origen, FueraDeLaMatriz):
            if rol in origen.roles:
                yield permiso, origen.roles[rol]
            continue
        celda = MATRIZ[origen.fila].celdas.get(rol)
        if rol != EXTERNO and celda is not None and celda.letras & set(origen.letras):
            yield permiso, celda.alcance


def fila_de(permiso: Permiso) -> str:
    """Return the row of the matrix that a permission belongs to, or is near; empty when none."""
    origen = ORIGEN[permiso]
    return origen.fila if isinstance(origen, DeLaMatriz) else origen.cerca_de


#: What reads the things of each row: its history is told to whom holds it, as far as it reaches.
LECTURA: Final[Mapping[str, Permiso]] = {
    "emitir_planilla": Permiso.PLANILLA_VER,
    "distribuir_recaudado": Permiso.RECAUDACION_VER,
    "asentar_cambios": Permiso.LIBRO_VER,
    "emitir_glosa": Permiso.CARTERA_VER,
    "notificar_glosa": Permiso.CARTERA_VER,
    "depurar_usuarios": Permiso.USUARIOS_ADMINISTRAR,
}


def lectura_de(permiso: Permiso) -> Permiso:
    """Return the permission that reads what an act of `permiso` did."""
    return LECTURA.get(fila_de(permiso), permiso)
