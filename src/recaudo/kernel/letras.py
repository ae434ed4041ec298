"""Which letters a registered name may have: those that the fonts of the documents draw.

A name goes one day on a notice, a título, a certificate. A letter that cannot be drawn is refused
when the name is registered, never when the document is wanted. The fonts (Latin with every accent,
Greek, Cyrillic) cover the ranges below; a test draws each of their letters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from recaudo.kernel.refusals import Rechazo

#: First and last code point of what the fonts of the documents draw.
RANGOS: Final = (
    (0x0020, 0x007E), (0x00A0, 0x00AC), (0x00AE, 0x0377), (0x037A, 0x037F), (0x0384, 0x038A),
    (0x038C, 0x038C), (0x038E, 0x03A1), (0x03A3, 0x03E1), (0x03F0, 0x052F), (0x1E00, 0x1F15),
    (0x1F18, 0x1F1D), (0x1F20, 0x1F45), (0x1F48, 0x1F4D), (0x1F50, 0x1F57), (0x1F59, 0x1F59),
    (0x1F5B, 0x1F5B), (0x1F5D, 0x1F5D), (0x1F5F, 0x1F7D), (0x1F80, 0x1FB4), (0x1FB6, 0x1FC4),
    (0x1FC6, 0x1FD3), (0x1FD6, 0x1FDB), (0x1FDD, 0x1FEF), (0x1FF2, 0x1FF4), (0x1FF6, 0x1FFE),
    (0x2010, 0x2027), (0x202F, 0x205E), (0x20A0, 0x20C0), (0x2100, 0x215F), (0x2212, 0x2212),
    (0x2C60, 0x2C7F), (0xA720, 0xA7CA), (0xFB00, 0xFB06),
)  # fmt: skip
_CLASE: Final = "".join(f"{re.escape(chr(a))}-{re.escape(chr(z))}" for a, z in RANGOS)
NO_SE_DIBUJA: Final = re.compile(f"[^{_CLASE}]")
#: More marks than this over one letter are no writing system: they cover the line above.
MARCAS_POR_LETRA: Final = 3
_POR_QUE: Final = {
    "Cc": "es un carácter de control",
    "Cf": "es una marca invisible, que cambia la dirección o el corte del texto",
    "Cs": "es medio carácter, resto de un archivo dañado",
    "Co": "no pertenece a ningún alfabeto",
    "Cn": "no pertenece a ningún alfabeto",
    "Zl": "es un salto de línea",
    "Zp": "es un salto de línea",
}


class LetraNoAdmitida(Rechazo):
    """A name has a letter that no document could draw, or a sign that is no letter."""

    codigo = "LETRA_NO_ADMITIDA"


class NombreSinLetras(Rechazo):
    """A name has at least one letter or one figure."""

    codigo = "NOMBRE_SIN_LETRAS"


def se_dibuja(texto: str) -> bool:
    """Tell whether the fonts of the documents have every sign of `texto`."""
    return NO_SE_DIBUJA.search(texto) is None


class NombreMuyLargo(Rechazo):
    """A name fits where it is kept."""

    codigo = "NOMBRE_MUY_LARGO"


def nombre_registrable(texto: str, *, que: str = "El nombre", largo: int | None = None) -> str:
    """Return a name as it is kept: composed (NFC), one blank between words; "" when it is blank.

    `que` names the field in the refusal, `largo` is how many letters fit. Raises LetraNoAdmitida
    (a control character, an invisible mark, half a character, an alphabet that no document draws,
    marks piled up), NombreSinLetras, NombreMuyLargo.
    """
    compuesto = unicodedata.normalize("NFC", texto).strip()
    for lugar, letra in enumerate(compuesto, start=1):
        if motivo := _motivo(letra):
            raise LetraNoAdmitida(_mensaje(que, letra, lugar, motivo))
    nombre = " ".join(compuesto.split())
    _exigir_marcas(nombre, que)
    if nombre and not any(letra.isalnum() for letra in nombre):
        msg = f"{que} no tiene ninguna letra: escríbalo como consta en la cédula o en el RUC."
        raise NombreSinLetras(msg)
    if largo is not None and len(nombre) > largo:
        msg = f"{que} tiene {len(nombre)} letras y caben {largo}: abrévielo."
        raise NombreMuyLargo(msg)
    return nombre


def _motivo(letra: str) -> str:
    """Return why `letra` has no place in a name; "" when it has."""
    categoria = unicodedata.category(letra)
    if categoria in _POR_QUE:
        return _POR_QUE[categoria]
    if categoria == "Zs" or se_dibuja(letra):
        return ""
    return "no se puede escribir en los documentos"


def _exigir_marcas(nombre: str, que: str) -> None:
    seguidas = 0
    for lugar, letra in enumerate(nombre, start=1):
        seguidas = seguidas + 1 if unicodedata.combining(letra) else 0
        suelta = seguidas == 1 and (lugar == 1 or not nombre[lugar - 2].isalpha())
        if seguidas > MARCAS_POR_LETRA or suelta:
            motivo = "es una tilde suelta" if suelta else "es una tilde de más sobre la misma letra"
            raise LetraNoAdmitida(_mensaje(que, f"◌{letra}", lugar, motivo, codigo=letra))


def _mensaje(que: str, letra: str, lugar: int, motivo: str, *, codigo: str = "") -> str:
    visto = f" «{letra}»" if letra.isprintable() else ""
    return (
        f"{que} tiene en el lugar {lugar} un signo que no se admite{visto} "
        f"(U+{ord(codigo or letra):04X}): {motivo}. Escríbalo con letras latinas, como consta en "
        "la cédula o en el RUC."
    )


__all__ = [
    "LetraNoAdmitida",
    "NombreMuyLargo",
    "NombreSinLetras",
    "nombre_registrable",
    "se_dibuja",
]
