"""Reads what travels in an address as values of the kernel; the error is the sentence to show."""

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import PlainValidator, WithJsonSchema

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos import regimenes, tipos_empleador
from recaudo.norma.catalogos.dpa import canton, provincia
from recaudo.norma.mora.tramos import Modo

_IMPORTE: Final = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_TASA: Final = re.compile(r"\d{1,3}(\.\d{1,6})?", re.ASCII)
_FECHA: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DIAS: Final = re.compile(r"\d{1,4}", re.ASCII)
_ANIOS: Final = range(1900, 2200)
# What the machine is ready to list in one answer; the law sets no maximum.
_MAS_DIAS: Final = 1000


def leer_importe(texto: Any) -> Dinero:
    """Read US dollars as `1234.50`; ValueError with the sentence otherwise."""
    if isinstance(texto, str) and _IMPORTE.fullmatch(texto):
        return Dinero(texto)
    msg = "Escriba un valor en dólares, con punto y dos decimales como máximo: 1234.50."
    raise ValueError(msg)


def leer_tasa(texto: Any) -> Tasa:
    """Read an annual percentage from 0 to 100, as `7.99`."""
    if isinstance(texto, str) and _TASA.fullmatch(texto) and Tasa(texto) <= Tasa(100):
        return Tasa(texto)
    msg = "Escriba el porcentaje anual, de 0 a 100, con punto: 7.99."
    raise ValueError(msg)


def leer_fecha(texto: Any) -> date:
    """Read a day that exists, as `AAAA-MM-DD`."""
    if not isinstance(texto, str) or not _FECHA.fullmatch(texto):
        msg = "Escriba la fecha como AAAA-MM-DD, por ejemplo 2026-06-15."
        raise ValueError(msg)
    try:
        fecha = date.fromisoformat(texto)
    except ValueError as error:
        msg = f"El día {texto} no existe en el calendario. Revise el mes y el día."
        raise ValueError(msg) from error
    _revisar_anio(fecha.year)
    return fecha


def leer_periodo(texto: Any) -> Periodo:
    """Read a month of contribution, as `AAAA-MM`."""
    try:
        periodo = Periodo.de_texto(str(texto))
    except Rechazo as error:
        raise ValueError(error.mensaje) from error
    _revisar_anio(periodo.anio)
    return periodo


def leer_dias(texto: Any) -> int:
    """Read a whole number of days, up to what one answer can list."""
    if isinstance(texto, str) and _DIAS.fullmatch(texto) and int(texto) <= _MAS_DIAS:
        return int(texto)
    msg = f"Escriba los días en números, de 1 a {_MAS_DIAS}."
    raise ValueError(msg)


def leer_canton(texto: Any) -> str:
    """Read the four digits of a canton that exists."""
    try:
        return canton(str(texto)).codigo
    except Rechazo as error:
        raise ValueError(error.mensaje) from error


def leer_provincia(texto: Any) -> str:
    """Read the two digits of a province that exists."""
    try:
        return provincia(str(texto))
    except Rechazo as error:
        raise ValueError(error.mensaje) from error


def leer_regimen(texto: Any) -> str:
    """Read the code of a contribution regime."""
    return _codigo(texto, tuple(regimenes()))


def leer_tipo_empleador(texto: Any) -> str:
    """Read the code of a kind of employer."""
    return _codigo(texto, tuple(tipos_empleador()))


def leer_modo(texto: Any) -> Modo:
    """Read the way of counting the interest."""
    return Modo(_codigo(texto, tuple(Modo)))


def leer_concepto(texto: Any) -> str:
    """Read what is owed; the law says later whether it bears interest."""
    if isinstance(texto, str) and re.fullmatch(r"[A-Za-z_]{1,40}", texto, re.ASCII):
        return texto.upper()
    msg = "Escriba el código de lo que se debe, por ejemplo APORTES."
    raise ValueError(msg)


def _codigo(texto: Any, admitidos: tuple[str, ...]) -> str:
    codigo = str(texto).strip().upper()
    if codigo not in admitidos:
        msg = f"No existe. Use uno de: {', '.join(admitidos)}."
        raise ValueError(msg)
    return codigo


def _revisar_anio(anio: int) -> None:
    if anio not in _ANIOS:
        msg = f"Está fuera de los años que se pueden calcular ({_ANIOS.start} a {_ANIOS.stop - 1})."
        raise ValueError(msg)


def _texto(ejemplo: str, patron: str = "") -> WithJsonSchema:
    forma = {"pattern": f"^{patron}$"} if patron else {}
    return WithJsonSchema({"type": "string", "examples": [ejemplo], **forma})


Importe = Annotated[Dinero, PlainValidator(leer_importe), _texto("482.00", _IMPORTE.pattern)]
Porcentaje = Annotated[Tasa, PlainValidator(leer_tasa), _texto("7.99", _TASA.pattern)]
Fecha = Annotated[
    date, PlainValidator(leer_fecha), WithJsonSchema({"type": "string", "format": "date"})
]
Mes = Annotated[Periodo, PlainValidator(leer_periodo), _texto("2026-09", r"\d{4}-\d{2}")]
Dias = Annotated[
    int,
    PlainValidator(leer_dias),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _MAS_DIAS}),
]
Canton = Annotated[str, PlainValidator(leer_canton), _texto("0901", r"\d{4}")]
Provincia = Annotated[str, PlainValidator(leer_provincia), _texto("10", r"\d{2}")]
Regimen = Annotated[str, PlainValidator(leer_regimen), _texto("PRIVADO")]
TipoEmpleador = Annotated[str, PlainValidator(leer_tipo_empleador), _texto("PRIV_SOCIEDAD")]
ModoDeInteres = Annotated[Modo, PlainValidator(leer_modo), _texto("TASA_A_LA_LIQUIDACION")]
Concepto = Annotated[str, PlainValidator(leer_concepto), _texto("APORTES")]
