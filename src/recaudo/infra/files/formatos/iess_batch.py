"""Batch files of payroll events in the IESS layout: bytes in, one outcome per line out.

`;` between fields, no header, one worker per line, letters of ASCII. Whoever wrote the file is a
machine of somebody else: what can be read without guessing is read, the rest comes back with its
reason.
Formats of the portal read through third-party transcriptions (`tests/infra/files/datos`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, Final, NoReturn

from recaudo.infra.files.envoltorios import exigir_sin_comprimir
from recaudo.infra.files.formatos.texto_plano import BLANCOS, como_texto, lineas_de
from recaudo.kernel.ids import TipoIdentificacion, identificar
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo, PeriodoIlegible
from recaudo.norma.novedades.avisos import (
    TIPOS_DEL_PORTAL,
    Aviso,
    Contrato,
    Motivo,
    TipoNovedad,
    anexo,
)

SEPARADOR: Final = ";"
SIN_FECHA: Final = "00000000"
LARGO_IMPORTE: Final = 14
LARGO_LINEA: Final = 1000  # the longest layout takes some 170
_IMPORTE: Final = re.compile(r" *(\d+)(?:\.(\d{1,2}))? *", re.ASCII)
_OCHO_DIGITOS: Final = re.compile(r"\d{8}", re.ASCII)


class _Ilegible(Exception):
    """A field cannot be read: carries the reason."""

    def __init__(self, codigo: str, mensaje: str) -> None:
        super().__init__(mensaje)
        self.motivo = Motivo(codigo, mensaje)


def _rechazar(codigo: str, mensaje: str) -> NoReturn:
    raise _Ilegible(codigo, mensaje)


def _corto(texto: str) -> str:
    """Quote what came, shortened, without characters that do not print."""
    limpio = "".join(c if c.isprintable() else "?" for c in texto[:24])
    return f"«{limpio}…»" if len(texto) > 24 else f"«{limpio}»"


def _digitos(largo: int, codigo: str, nombre: str) -> Callable[[str], str]:
    patron = re.compile(rf"\d{{{largo}}}", re.ASCII)

    def leer(texto: str) -> str:
        if patron.fullmatch(texto) is None:
            _rechazar(codigo, f"{nombre} tiene {largo} dígitos y llegó {_corto(texto)}.")
        return texto

    return leer


@lru_cache(maxsize=256)
def _motivo_ruc(texto: str) -> str:
    dictamen = identificar(texto)
    if len(texto) != 13 or dictamen.numero != texto:
        return f"El RUC debe tener 13 dígitos y llegó {_corto(texto)}."
    return "" if dictamen.valida else f"{dictamen.motivo}."


def _fecha(texto: str) -> date:
    if _OCHO_DIGITOS.fullmatch(texto) is None:
        _rechazar("FECHA_ILEGIBLE", f"La fecha {_corto(texto)} no se entiende: escriba AAAAMMDD.")
    try:
        return date(int(texto[:4]), int(texto[4:6]), int(texto[6:]))
    except ValueError:
        _rechazar(
            "FECHA_IMPOSIBLE", f"El día {texto} no existe en el calendario: revise mes y día."
        )


def _fecha_o_nada(texto: str) -> date | None:
    if not texto:
        _rechazar(
            "FECHA_DE_FALLECIMIENTO",
            "La fecha de fallecimiento nunca va vacía: escriba 00000000 si la causa no es F.",
        )
    return None if texto == SIN_FECHA else _fecha(texto)


def _importe(texto: str) -> Dinero:
    if len(texto) > LARGO_IMPORTE:
        _rechazar(
            "IMPORTE_MUY_LARGO",
            f"El valor {_corto(texto)} pasa de {LARGO_IMPORTE} caracteres.",
        )
    partes = _IMPORTE.fullmatch(texto)
    if partes is not None:
        return Dinero.de_centavos(int(partes[1]) * 100 + int((partes[2] or "0").ljust(2, "0")))
    if "," in texto:
        _rechazar(
            "IMPORTE_CON_COMA",
            f"El valor {_corto(texto)} lleva coma: escriba los decimales con punto, 1234.50.",
        )
    if texto.strip().startswith("-"):
        _rechazar("IMPORTE_NEGATIVO", f"El valor {_corto(texto)} no puede ser negativo.")
    _rechazar(
        "IMPORTE_ILEGIBLE",
        f"El valor {_corto(texto)} no se entiende: escriba dólares con punto, 1234.50.",
    )


def _entero(texto: str) -> int:
    if not (texto.isascii() and texto.isdigit() and len(texto) <= 2):
        _rechazar("DIAS_ILEGIBLES", f"El número de días {_corto(texto)} no se entiende.")
    return int(texto)


def _del_anexo(campo: str, codigo: str, nombre: str) -> Callable[[str], str]:
    def leer(texto: str) -> str:
        letra = texto.upper()
        if letra not in anexo(campo):
            _rechazar(
                codigo,
                f"{nombre} {_corto(texto)} no está en el anexo: use {', '.join(anexo(campo))}.",
            )
        return letra

    return leer


def _causa_de_variacion(texto: str) -> str:
    if texto.upper() == "X":
        _rechazar(
            "CAUSA_DESCONOCIDA",
            "La causa X aparece en un ejemplo del formato, pero el anexo solo admite O (otros): "
            "escriba O.",
        )
    return _del_anexo("causa_variacion", "CAUSA_DESCONOCIDA", "La causa")(texto)


def _texto_de(codigo: str, nombre: str, patron: str, como: str) -> Callable[[str], str]:
    regla = re.compile(patron, re.ASCII)

    def leer(texto: str) -> str:
        if regla.fullmatch(texto) is None:
            _rechazar(codigo, f"{nombre} {_corto(texto)} no se entiende: {como}.")
        return texto

    return leer


@dataclass(frozen=True, slots=True)
class Campo:
    """One field of a layout: its name in the portal's annex and how it is read."""

    nombre: str
    leer: Callable[[str], Any]


COMUNES: Final = ("ruc", "sucursal", "anio", "mes", "tipo", "cedula")
LAYOUTS: Final[Mapping[TipoNovedad, tuple[Campo, ...]]] = {
    TipoNovedad.ENT: (
        Campo("fecha_ingreso", _fecha),
        Campo("fecha_registro", _fecha),
        Campo("jornada", _del_anexo("jornada", "JORNADA_DESCONOCIDA", "La jornada")),
        Campo(
            "codigo_seguro_social",
            _del_anexo("seguro_social", "SEGURO_DESCONOCIDO", "El código de seguro social"),
        ),
        Campo(
            "tipo_empleador",
            _texto_de(
                "TIPO_EMPLEADOR_ILEGIBLE",
                "El tipo de empleador",
                r"\w{1,3}",
                "son de 1 a 3 letras o dígitos",
            ),
        ),
        Campo(
            "relacion_trabajo",
            _texto_de(
                "RELACION_ILEGIBLE",
                "La relación de trabajo",
                r"\d{2,3}",
                "son 2 o 3 dígitos, por ejemplo 06",
            ),
        ),
        Campo(
            "cargo",
            _texto_de("CARGO_MUY_LARGO", "El cargo", r".{0,64}", "tiene hasta 64 caracteres"),
        ),
        Campo(
            "codigo_actividad_sectorial",
            _texto_de(
                "ACTIVIDAD_ILEGIBLE",
                "El código de actividad sectorial",
                r"\w{13}",
                "son 13 caracteres",
            ),
        ),
        Campo("sueldo", _importe),
        Campo("origen_pago", _del_anexo("origen_pago", "ORIGEN_DESCONOCIDO", "El origen de pago")),
    ),
    TipoNovedad.SAL: (
        Campo("fecha_salida", _fecha),
        Campo("causa", _del_anexo("causa_salida", "CAUSA_DESCONOCIDA", "La causa de salida")),
        Campo("fecha_fallecimiento", _fecha_o_nada),
    ),
    TipoNovedad.MSU: (Campo("nuevo_sueldo", _importe),),
    TipoNovedad.INS: (Campo("valor_extras", _importe), Campo("causa", _causa_de_variacion)),
    TipoNovedad.MND: (Campo("fecha_inicio", _fecha), Campo("numero_de_dias", _entero)),
}
_SUCURSAL = _digitos(4, "SUCURSAL_ILEGIBLE", "La sucursal")
_ANIO = _digitos(4, "PERIODO_ILEGIBLE", "El año")
_MES = _digitos(2, "PERIODO_ILEGIBLE", "El mes")
_CEDULA = _digitos(10, "CEDULA_INCORRECTA", "La cédula")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineaLeida:
    """One line: exactly one of `aviso` and `rechazo`. `tipo` and `ruc` are there when legible."""

    numero: int
    texto: str
    tipo: str = ""
    ruc: str = ""
    aviso: Aviso | None = None
    rechazo: Motivo | None = None
    advertencias: tuple[Motivo, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivoLeido:
    """A whole file: its lines, the types of the portal it mixes, the RUC that can exist in it."""

    lineas: tuple[LineaLeida, ...]
    tipos: tuple[str, ...]
    rucs: tuple[str, ...]


def leer_archivo(contenido: bytes) -> ArchivoLeido:
    """Read a batch file: what cannot be read is a line with its reason. Raises ArchivoComprimido.

    What whoever saved the file added is taken off: the mark of UTF-8, UTF-16 whole, line ends of
    any system, empty lines, blanks of any kind around a field. Numbers are those of an editor: they
    start at 1 and empty lines keep theirs.
    """
    exigir_sin_comprimir(contenido)
    lineas = tuple(_leer_linea(numero, cruda) for numero, cruda in lineas_de(contenido))
    tipos = dict.fromkeys(linea.tipo for linea in lineas if linea.tipo)
    rucs = dict.fromkeys(linea.ruc for linea in lineas if linea.ruc)
    return ArchivoLeido(lineas, tuple(tipos), tuple(rucs))


def _leer_linea(numero: int, cruda: bytes) -> LineaLeida:
    if len(cruda) > LARGO_LINEA:
        frase = f"La línea pasa de {LARGO_LINEA} caracteres: revise los fines de línea."
        texto = como_texto(cruda[:LARGO_LINEA])
        return LineaLeida(numero=numero, texto=texto, rechazo=Motivo("LINEA_MUY_LARGA", frase))
    texto = como_texto(cruda)
    limpio = texto.translate(BLANCOS)
    campos = [campo.strip() for campo in limpio.split(SEPARADOR)]
    tipo = campos[4].upper() if len(campos) > 4 else ""
    tipo = intern(tipo) if tipo in TIPOS_DEL_PORTAL else ""
    ruc = intern(campos[0]) if not _motivo_ruc(campos[0][:64]) else ""
    comun: dict[str, Any] = {"numero": numero, "texto": texto, "tipo": tipo, "ruc": ruc}
    advertencias: tuple[Motivo, ...] = ()
    try:
        _revisar_letras(limpio)
        if tipo in LAYOUTS:
            campos, advertencias = _sin_separador_final(campos, TipoNovedad(tipo))
        aviso = _leer_aviso(campos, tipo)
    except _Ilegible as error:
        return LineaLeida(rechazo=error.motivo, advertencias=advertencias, **comun)
    return LineaLeida(aviso=aviso, advertencias=advertencias, **comun)


def _revisar_letras(texto: str) -> None:
    """Refuse what is not printable ASCII, saying in which position it is."""
    if texto.isascii() and texto.isprintable():
        return
    lugar = next(i for i, letra in enumerate(texto, 1) if not " " <= letra <= "~")
    _rechazar(
        "CARACTER_NO_ASCII",
        f"La posición {lugar} tiene un carácter que no es ASCII: escriba sin tildes ni eñes "
        "(N por Ñ).",
    )


def _sin_separador_final(
    campos: list[str], tipo: TipoNovedad
) -> tuple[list[str], tuple[Motivo, ...]]:
    if len(campos) != _cuantos(tipo) + 1 or campos[-1]:
        return campos, ()
    aviso = Motivo("SEPARADOR_FINAL", "La línea termina en «;» y el formato no lo lleva.")
    return campos[:-1], (aviso,)


def _cuantos(tipo: TipoNovedad) -> int:
    return len(COMUNES) + len(LAYOUTS[tipo])


#: Lines say the same few months, branches and types: each is kept once.
_periodo = lru_cache(maxsize=64)(Periodo)


def _leer_aviso(campos: list[str], tipo: str) -> Aviso:
    if len(campos) > 4 and not tipo:
        _rechazar(
            "TIPO_DESCONOCIDO",
            f"El tipo {_corto(campos[4])} no existe: use {', '.join(TipoNovedad)}.",
        )
    if tipo not in LAYOUTS:
        frase = "no se procesa en este sistema" if tipo else "no se encuentra: faltan campos"
        _rechazar("NUMERO_DE_CAMPOS" if not tipo else "TIPO_NO_ADMITIDO", f"El tipo {frase}.")
    novedad = TipoNovedad(tipo)
    if len(campos) != _cuantos(novedad):
        _rechazar(
            "NUMERO_DE_CAMPOS",
            f"Un {novedad} tiene {_cuantos(novedad)} campos separados por «;» y la línea trae "
            f"{len(campos)}.",
        )
    if motivo := _motivo_ruc(campos[0][:64]):
        _rechazar("RUC_INCORRECTO", motivo)
    sucursal = intern(_SUCURSAL(campos[1]))
    try:
        periodo = _periodo(int(_ANIO(campos[2])), int(_MES(campos[3])))
    except PeriodoIlegible as error:
        _rechazar("PERIODO_ILEGIBLE", error.mensaje)
    cedula = _CEDULA(campos[5])
    propios = {
        campo.nombre: campo.leer(texto)
        for campo, texto in zip(LAYOUTS[novedad], campos[len(COMUNES) :], strict=True)
    }
    return Aviso(
        tipo=novedad,
        sucursal=sucursal,
        identificacion=cedula,
        periodo=periodo,
        motivo_cedula=_motivo_cedula(cedula),
        **_CONVERSION[novedad](propios),
    )


def _motivo_cedula(cedula: str) -> str:
    dictamen = identificar(cedula)
    if dictamen.valida and dictamen.tipo is TipoIdentificacion.CEDULA:
        return ""
    return f"{dictamen.motivo}. Si es código de extranjero, regístrelo antes en el IESS."


def _entrada(c: Mapping[str, Any]) -> dict[str, Any]:
    contrato = Contrato(
        relacion_trabajo=c["relacion_trabajo"],
        actividad_sectorial=c["codigo_actividad_sectorial"],
        cargo=c["cargo"].strip(),
        origen_pago=c["origen_pago"],
    )
    return {"fecha": c["fecha_ingreso"], "valor": c["sueldo"], "contrato": contrato}


_CONVERSION: Final[Mapping[TipoNovedad, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    TipoNovedad.ENT: _entrada,
    TipoNovedad.SAL: lambda c: {
        "fecha": c["fecha_salida"],
        "causa": c["causa"],
        "fallecimiento": c["fecha_fallecimiento"],
    },
    TipoNovedad.MSU: lambda c: {"valor": c["nuevo_sueldo"]},
    TipoNovedad.INS: lambda c: {"valor": c["valor_extras"], "causa": c["causa"]},
    TipoNovedad.MND: lambda c: {"fecha": c["fecha_inicio"], "dias": c["numero_de_dias"]},
}


def lineas_de_resultado(filas: Iterator[tuple[str, str, str, str]]) -> bytes:
    """Return the result file: each line as it came, then state, code and sentence; CRLF, UTF-8."""
    return b"".join(
        f"{texto};{estado};{codigo};{mensaje.replace(';', ',')}\r\n".encode()
        for texto, estado, codigo, mensaje in filas
    )
