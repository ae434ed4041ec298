"""The tone and the word of each state, and the words of a deadline. Colour is never alone.

A state of a machine brings its own (`kernel.states.Estado`); here are only the other words.
"""

from __future__ import annotations

import re

from recaudo.kernel.states import Estado, estado_de

TONOS: dict[str, frozenset[str]] = {
    "verde": frozenset(
        [
            "pagada",
            "cumplido",
            "cumplida",
            "vigente",
            "activo",
            "activa",
            "aceptada",
            "aprobado",
            "aprobada",
            "conciliado",
            "conciliada",
            "aplicada",
            "completado",
            "completada",
            "cancelado",
            "resuelto",
            "resuelta",
            "extinguida",
        ]
    ),
    "azul": frozenset(
        [
            "emitido",
            "emitida",
            "generada",
            "notificado",
            "en_curso",
            "en_proceso",
            "recibido",
            "en_revision",
            "registrado",
            "registrada",
            "importado",
        ]
    ),
    "amarillo": frozenset(
        [
            "pendiente",
            "reemplazado",
            "por_vencer",
            "parcial",
            "pagada_parcialmente",
            "por_identificar",
            "sin_identificar",
            "borrador",
            "sobrante",
            "faltante",
            "advertencia",
            "repetida",
            "debe_subsanar",
            "por_pagar",
        ]
    ),
    "rojo": frozenset(
        [
            "en_mora",
            "mora",
            "vencido",
            "vencida",
            "incumplido",
            "incumplida",
            "rechazado",
            "rechazada",
            "reversado",
            "reversada",
            "suspendido",
            "suspendida",
            "en_coactiva",
        ]
    ),
    "morado": frozenset(["en_impugnacion", "impugnada", "impugnado", "en_acuerdo"]),
}

TILDES = {
    "terminos": "términos",
    "credito": "crédito",
    "debito": "débito",
    "juridica": "jurídica",
    "titulo": "título",
}

NOTAS = {
    "SECUNDARIO": "Norma tomada de fuente secundaria",
    "PROVISIONAL": "Norma provisional: por confirmar",
    "RECONSTRUIDO": "Valor reconstruido a partir de otras fuentes",
    "SIN_DATOS": "Sin datos de la norma",
    "DEMO": "Tasa de demostración: no es oficial",
}


def _clave(estado: object) -> str:
    return str(getattr(estado, "value", estado)).strip().lower().replace(" ", "_")


def _propio(estado: object, clave: str) -> Estado | None:
    """The state of a machine: itself, or the one that has its code."""
    return estado if isinstance(estado, Estado) else estado_de(clave)


def tono_de_estado(estado: object) -> str:
    """Return the tone of a state code or word; an unknown one is neutral (empty text)."""
    clave = _clave(estado)
    if (propio := _propio(estado, clave)) is not None:
        return propio.tono.value
    return next((tono for tono, palabras in TONOS.items() if clave in palabras), "")


def palabra_de_estado(estado: object) -> str:
    """Return a state code as people read it: `en_mora` is `En mora`, accents put back."""
    clave = _clave(estado)
    if (propio := _propio(estado, clave)) is not None:
        return propio.palabra
    palabras = clave.replace("_", " ")
    palabras = re.sub(r"([cs])ion\b", r"\1ión", palabras)
    palabras = re.sub(r"\bcancelad([oa]s?)\b", r"pagad\1", palabras)  # in this office, paid
    palabras = re.sub(r"\bcancelar\b", "pagar", palabras)
    for sin_tilde, con_tilde in TILDES.items():
        palabras = re.sub(rf"\b{sin_tilde}\b", con_tilde, palabras)
    return palabras[:1].upper() + palabras[1:]


def nota_de_verificacion(estado: object) -> str:
    """Return the sentence for a doubtful norm; empty for VERIFICADO or an unknown mark."""
    return NOTAS.get(str(getattr(estado, "value", estado)).upper(), "")


def tono_de_plazo(restantes: int) -> str:
    """More than five days is neutral, five or fewer is yellow, one, none or overdue is red."""
    if restantes <= 1:
        return "rojo"
    return "amarillo" if restantes <= 5 else ""


def cuanto_queda(restantes: int, unidad: str = "días hábiles") -> str:
    """Return `quedan 5 días hábiles`, `queda 1 día hábil`, `hoy es el último día`, `hace …`."""
    if restantes == 0:
        return "hoy es el último día"
    cantidad = abs(restantes)
    palabra = unidad if cantidad != 1 else unidad.replace("días hábiles", "día hábil")
    palabra = palabra.replace("días", "día") if cantidad == 1 else palabra
    if restantes < 0:
        return f"hace {cantidad} {palabra}"
    return f"{'queda' if cantidad == 1 else 'quedan'} {cantidad} {palabra}"
