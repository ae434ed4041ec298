"""What the demonstration says when it ends: totals beside the ledger, addresses, people."""

from typing import Any

from recaudo.ensayo.demostracion.fechas import FECHA_DEMO, PERIODO, TASAS_DEMO
from recaudo.ensayo.demostracion.usuarios import CLAVE, PERSONAS
from recaudo.interfaces.batch import salida
from recaudo.reports.resumen.totales import Totales


def como_objeto(t: Totales, *, url: str) -> dict[str, Any]:
    """Return the object of the contract: amounts as text with two decimals."""
    return {
        "periodo": str(PERIODO),
        "empleadores": t.empleadores,
        "afiliados": t.afiliados,
        "planillas": t.planillas,
        "emitido": str(t.emitido),
        "recaudado": str(t.recaudado),
        "por_cobrar": str(t.por_cobrar),
        "en_mora": str(t.en_mora),
        "glosas": t.glosas,
        "libro_cuadra": t.libro_cuadra,
        "url": url,
    }


def mostrar_relato(t: Totales, *, url: str) -> None:
    """Print the totals, where to go and who to be."""
    salida.mostrar_filas(
        f"Demostración al {FECHA_DEMO:%d/%m/%Y}: personas y empleadores ficticios",
        ("Dato", "Valor", "Cuenta del libro que lo dice"),
        [
            ("Empleadores", t.empleadores, ""),
            ("Afiliados con empleo", t.afiliados, ""),
            ("Planillas de tres meses", t.planillas, ""),
            ("Emitido", t.emitido.formato(), "1201, debe de las planillas"),
            ("· recaudado de lo emitido", t.recaudado.formato(), "1201 y 1202, haber de los pagos"),
            ("· por cobrar", t.por_cobrar.formato(), "1201 y 1202, saldo"),
            ("  de ello, en mora", t.en_mora.formato(), ""),
            ("Entró por los bancos", t.banco.formato(), "1101, 1109, 3101 y 5101, saldo"),
            ("· recaudado de lo emitido", t.recaudado.formato(), ""),
            ("· interés de mora", t.intereses.formato(), "4101, saldo"),
            ("· a favor de quien pagó de más", t.a_favor.formato(), "2302, saldo"),
            ("· por identificar", t.por_identificar.formato(), "2301, saldo"),
            ("Glosas emitidas", t.glosas, ""),
            ("El libro cuadra con todo lo anterior", "sí" if t.libro_cuadra else "NO", ""),
        ],
    )
    meses = ", ".join(map(str, TASAS_DEMO))
    salida.avisar(f"La tasa de mora de {meses} es un valor de demostración: no está publicada.")
    salida.mostrar_filas(
        f"Quién puede entrar (clave de todos: {CLAVE})",
        ("Usuario", "Nombre", "Qué hace"),
        [(p.identificacion, p.nombre, p.hace) for p in PERSONAS],
    )
    if url:
        salida.mostrar_filas(
            "A dónde ir",
            ("Dirección", "Qué hay"),
            [(url, "portal del empleador"), (f"{url}oficina/", "oficina")],
        )
