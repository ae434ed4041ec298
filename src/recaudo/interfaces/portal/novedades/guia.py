"""What a batch file must hold, told from the very layouts that read it."""

from dataclasses import dataclass

from recaudo.infra.files.formatos.iess_batch import COMUNES, LAYOUTS, SEPARADOR


@dataclass(frozen=True, slots=True)
class Guia:
    """One type of file: its code, its name and its fields in order."""

    codigo: str
    nombre: str
    campos: str


def _guia(codigo: str, nombre: str, propios: list[str]) -> Guia:
    campos = [campo.replace("_", " ") for campo in (*COMUNES, *propios)]
    return Guia(codigo, nombre, f"{SEPARADOR} ".join(campos))


TIPOS = tuple(
    _guia(tipo.value, tipo.nombre, [campo.nombre for campo in campos])
    for tipo, campos in LAYOUTS.items()
)
