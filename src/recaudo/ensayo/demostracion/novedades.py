"""Batch files of events in the layout of the IESS, written as an employer's payroll would."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from recaudo.ensayo.demostracion.azar import tirar
from recaudo.ensayo.demostracion.fechas import PERIODO
from recaudo.ensayo.demostracion.poblacion import (
    Empleador,
    Trabajador,
    cedula_ficticia,
)
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo

FIN_DE_LINEA: Final = "\r\n"
SIN_FECHA: Final = "00000000"
ACTIVIDAD: Final = "0900000000000"
TIPO_DE_EMPLEADOR: Final = "2"  # the only published code; the registry keeps the real kind
_DESCONOCIDO: Final = 9_999
_NUEVO: Final = 800_000
_UN_DOLAR: Final = 100


def archivo_de_entradas(empleador: Empleador) -> bytes:
    """Return the ENT file with which an employer reports all its workers for the first time."""
    mes = Periodo.de_fecha(empleador.alta)
    return _archivo(_entrada(empleador, t, mes, empleador.alta) for t in empleador.trabajadores)


def archivos_del_mes(empleador: Empleador, *, completos: bool) -> dict[str, bytes]:
    """Return the files of `PERIODO` of an employer, by name.

    With `completos`, one of each type, each with lines that come back; else only extras.
    """
    tipos = _TIPOS if completos else {"INS": _TIPOS["INS"]}
    return {
        f"{empleador.ruc}-{tipo}-{PERIODO}.txt": _archivo(escribir(empleador))
        for tipo, escribir in tipos.items()
    }


def _archivo(lineas: object) -> bytes:
    return "".join(f"{linea}{FIN_DE_LINEA}" for linea in lineas).encode("ascii")  # type: ignore[attr-defined]


def _comun(empleador: Empleador, trabajador: Trabajador, tipo: str, mes: Periodo) -> str:
    return (
        f"{empleador.ruc};{trabajador.sucursal};{mes.anio:04d};{mes.mes:02d};{tipo};"
        f"{trabajador.cedula}"
    )


def _entrada(empleador: Empleador, t: Trabajador, mes: Periodo, registro: date) -> str:
    return ";".join(
        (
            _comun(empleador, t, "ENT", mes), f"{t.entrada:%Y%m%d}", f"{registro:%Y%m%d}", "1", "R",
            TIPO_DE_EMPLEADOR, "06", t.cargo, ACTIVIDAD, str(t.sueldo), "P",
        )
    )  # fmt: skip


def _entradas_del_mes(empleador: Empleador) -> list[str]:
    """Two that enter, one already active, one whose cédula has a wrong last digit."""
    nuevo = date(PERIODO.anio, PERIODO.mes, 10)
    registro = nuevo + timedelta(days=1)
    otros = [_nuevo(empleador, n, nuevo) for n in range(2)]
    activo = empleador.trabajadores[0]
    cedula = otros[0].cedula
    malo = _con_cedula(otros[0], cedula[:-1] + str((int(cedula[-1]) + 1) % 10), nuevo)
    repetido = _con_cedula(activo, activo.cedula, nuevo)
    return [_entrada(empleador, t, PERIODO, registro) for t in (*otros, repetido, malo)]


def _sueldos(empleador: Empleador) -> list[str]:
    """Raises for three; one under the basic salary, one with a decimal comma."""
    lineas = [
        f"{_comun(empleador, t, 'MSU', PERIODO)};{_mas(t.sueldo, 50 * _UN_DOLAR)}"
        for t in empleador.trabajadores[1:4]
    ]
    bajo, coma = empleador.trabajadores[4:6]
    lineas.append(f"{_comun(empleador, bajo, 'MSU', PERIODO)};200.00")
    lineas.append(f"{_comun(empleador, coma, 'MSU', PERIODO)};1250,50")
    return lineas


def _extras(empleador: Empleador) -> list[str]:
    """Extra hours of one worker of three; somebody the employer does not have comes back."""
    lineas = []
    for n, t in enumerate(empleador.trabajadores):
        if n == 0 or tirar(3, "extras", t.cedula) == 0:
            valor = Dinero.de_centavos(2_000 + 25 * tirar(600, "valor", t.cedula))
            lineas.append(f"{_comun(empleador, t, 'INS', PERIODO)};{valor};O")
    ajeno = _con_cedula(empleador.trabajadores[0], cedula_ficticia(_DESCONOCIDO), None)
    lineas.append(f"{_comun(empleador, ajeno, 'INS', PERIODO)};35.00;O")
    return lineas


def _faltas(empleador: Empleador) -> list[str]:
    """Days not worked; one that does not fit in its month."""
    un, dos, tres = empleador.trabajadores[6:9]
    dia = f"{PERIODO.anio:04d}{PERIODO.mes:02d}"
    return [
        f"{_comun(empleador, un, 'MND', PERIODO)};{dia}07;03",
        f"{_comun(empleador, dos, 'MND', PERIODO)};{dia}09;01",
        f"{_comun(empleador, tres, 'MND', PERIODO)};{dia}28;05",
    ]


def _salidas(empleador: Empleador) -> list[str]:
    """One leaves; one has a cause that the annex does not have."""
    sale, otro = empleador.trabajadores[-2:]
    dia = f"{PERIODO.anio:04d}{PERIODO.mes:02d}11"
    return [
        f"{_comun(empleador, sale, 'SAL', PERIODO)};{dia};V;{SIN_FECHA}",
        f"{_comun(empleador, otro, 'SAL', PERIODO)};{dia};Z;{SIN_FECHA}",
    ]


_TIPOS: Final[dict[str, Callable[[Empleador], Sequence[str]]]] = {
    "ENT": _entradas_del_mes,
    "MSU": _sueldos,
    "INS": _extras,
    "MND": _faltas,
    "SAL": _salidas,
}


def _mas(sueldo: Dinero, centavos: int) -> Dinero:
    return Dinero.de_centavos(sueldo.centavos + centavos)


def _nuevo(empleador: Empleador, n: int, entrada: date) -> Trabajador:
    modelo = empleador.trabajadores[n]
    return _con_cedula(modelo, cedula_ficticia(_NUEVO + 10 * empleador.indice + n), entrada)


def _con_cedula(t: Trabajador, cedula: str, entrada: date | None) -> Trabajador:
    return Trabajador(cedula, t.nombre, t.sucursal, entrada or t.entrada, t.sueldo, t.cargo)
