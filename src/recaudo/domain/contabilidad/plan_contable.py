"""The chart of accounts, by fund and state of the receivable (C.D. 497 DG 7.ª); one leg."""

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


_TERCEROS = (("CCC", "CCC: IECE y SECAP (terceros)"),)

PLAN: tuple[CuentaDelPlan, ...] = (
    CuentaDelPlan(BANCOS, "Bancos recaudadores", "DEUDORA"),
    CuentaDelPlan(DEBITOS_BANCARIOS, "Débitos bancarios por aclarar", "DEUDORA"),
    CuentaDelPlan(
        POR_COBRAR_PLANILLA, "Aportes por cobrar en planilla", "DEUDORA", estado_cartera="planilla"
    ),
    CuentaDelPlan(
        POR_COBRAR_GLOSA, "Aportes por cobrar en glosa", "DEUDORA", estado_cartera="glosa"
    ),
    *(
        CuentaDelPlan(emitido_por_recaudar(f), f"Emitido por recaudar · {n}", "ACREEDORA", fondo=f)
        for f, n in (*FONDOS, *_TERCEROS)
    ),
    *(
        CuentaDelPlan(recaudado(f), f"Recaudado · {n}", "ACREEDORA", fondo=f)
        for f, n in (*FONDOS, *_TERCEROS)
    ),
    CuentaDelPlan(VALORES_POR_APLICAR, "Valores por aplicar", "ACREEDORA"),
    CuentaDelPlan(CREDITO_A_FAVOR, "Créditos a favor de empleadores", "ACREEDORA"),
    CuentaDelPlan(APERTURA_DE_BANCOS, "Saldos de apertura de bancos", "ACREEDORA"),
    CuentaDelPlan(INTERES_DE_MORA, "Intereses de mora", "ACREEDORA"),
    CuentaDelPlan(COMISIONES_BANCARIAS, "Comisiones bancarias", "DEUDORA"),
)
