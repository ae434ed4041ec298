"""The chart of accounts, by fund and state of the receivable (C.D. 497 DG 7.ª); one leg."""

from collections.abc import Mapping
from dataclasses import dataclass

from recaudo.kernel.money import Dinero

#: Funds that own a share of a contribution, in the order of the distribution (LSS 72; C.D. 501).
FONDOS: tuple[tuple[str, str], ...] = (
    ("IVM", "Invalidez, vejez y muerte"),
    ("LOD", "Ley Orgánica de Discapacidades"),
    ("SALUD", "Seguro de salud"),
    ("RIESGOS", "Riesgos del trabajo"),
    ("CESANTIA", "Cesantía"),
    ("DESEMPLEO", "Seguro de desempleo"),
    ("SSC", "Seguro Social Campesino"),
    ("GASTOS_ADM", "Gastos de administración"),
)

BANCOS = "1101"
DEBITOS_BANCARIOS = "1109"
POR_COBRAR_PLANILLA = "1201"
POR_COBRAR_GLOSA = "1202"
VALORES_POR_APLICAR = "2301"
CREDITO_A_FAVOR = "2302"
APERTURA_DE_BANCOS = "3101"
INTERES_DE_MORA = "4101"
COMISIONES_BANCARIAS = "5101"


#: Receivables by kind and by accounting state (C.D. 497 DG 7.ª): code = kind, then state.
_POR_COBRAR: Mapping[str, tuple[str, str]] = {
    "APORTES": ("120", "Aportes"),
    "FONDOS_DE_RESERVA": ("121", "Fondos de reserva"),
    "RESPONSABILIDAD_PATRONAL": ("122", "Responsabilidad patronal"),
    "MULTAS": ("123", "Multas"),
    "PRESTAMOS": ("124", "Descuentos de préstamos"),
    "ACUERDOS": ("125", "Cuotas de acuerdos"),
    "COSTAS": ("126", "Costas y gastos"),
}
_ESTADOS: Mapping[str, tuple[str, str]] = {
    "PLANILLA": ("1", "en planilla"),
    "GLOSA": ("2", "en glosa"),
    "TITULO": ("3", "en título"),
    "CONVENIO": ("4", "en convenio"),
}


def por_cobrar(clase: str, contable: str) -> str:
    """Account of a kind of receivable in PLANILLA, GLOSA, TITULO or CONVENIO."""
    return _POR_COBRAR[clase][0] + _ESTADOS[contable][0]


def cuenta_de_banco(cuenta_id: int) -> str:
    """Account of the ledger of one registered bank account, under that of the banks."""
    return f"{BANCOS}.{cuenta_id:04d}"


def emitido_por_recaudar(fondo: str) -> str:
    """Account of what was emitted for a fund and is not collected yet."""
    return f"2101.{fondo}"


def recaudado(fondo: str) -> str:
    """Account of what was collected and belongs to a fund."""
    return f"2201.{fondo}"


@dataclass(frozen=True, slots=True)
class CuentaDelPlan:
    """An account: code, name, nature, fund, state of the receivable."""

    codigo: str
    nombre: str
    naturaleza: str
    fondo: str = ""
    estado_cartera: str = ""


@dataclass(frozen=True, slots=True)
class Pata:
    """One leg: an account code, an amount on one side, the obligation on receivable accounts."""

    cuenta: str
    debe: Dinero = Dinero.CERO
    haber: Dinero = Dinero.CERO
    obligacion_id: int | None = None


#: Money of others that is collected with that of the funds, in the order of the distribution.
TERCEROS: tuple[tuple[str, str], ...] = (
    ("CCC", "CCC: IECE y SECAP (terceros)"),
    ("FONDO_RESERVA", "Fondos de reserva (de los afiliados)"),
    ("PRESTAMOS", "Préstamos (BIESS)"),
    ("COSTAS", "Costas y honorarios"),
)

PLAN: tuple[CuentaDelPlan, ...] = (
    CuentaDelPlan(BANCOS, "Bancos recaudadores", "DEUDORA"),
    CuentaDelPlan(DEBITOS_BANCARIOS, "Débitos bancarios por aclarar", "DEUDORA"),
    *(
        CuentaDelPlan(
            por_cobrar(clase, estado),
            f"{nombre} por cobrar {donde}",
            "DEUDORA",
            estado_cartera=estado.lower(),
        )
        for clase, (_, nombre) in _POR_COBRAR.items()
        for estado, (_, donde) in _ESTADOS.items()
    ),
    *(
        CuentaDelPlan(emitido_por_recaudar(f), f"Emitido por recaudar · {n}", "ACREEDORA", fondo=f)
        for f, n in (*FONDOS, *TERCEROS)
    ),
    *(
        CuentaDelPlan(recaudado(f), f"Recaudado · {n}", "ACREEDORA", fondo=f)
        for f, n in (*FONDOS, *TERCEROS)
    ),
    CuentaDelPlan(VALORES_POR_APLICAR, "Valores por aplicar", "ACREEDORA"),
    CuentaDelPlan(CREDITO_A_FAVOR, "Créditos a favor", "ACREEDORA"),
    CuentaDelPlan(APERTURA_DE_BANCOS, "Saldos de apertura de bancos", "ACREEDORA"),
    CuentaDelPlan(INTERES_DE_MORA, "Intereses de mora", "ACREEDORA"),
    CuentaDelPlan(COMISIONES_BANCARIAS, "Comisiones bancarias", "DEUDORA"),
)
