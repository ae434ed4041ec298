"""The list of invariants: id, what it says, how grave it is, how it is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recaudo.reports.auditoria import calculadas, defensas, estados

_SQL = Path(__file__).parent / "sql"
Fila = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Invariante:
    """One invariant. `severidad` ALTO stops the affected work; ALARMA opens an incident."""

    id: str
    titulo: str
    severidad: str
    consulta: str | Callable[[Any, int], Sequence[Fila]]


def _sql(clave: str, titulo: str, severidad: str = "ALTO") -> Invariante:
    texto = (_SQL / f"{clave}.sql").read_text(encoding="utf-8")
    return Invariante(clave, titulo, severidad, texto)


def _calculada(
    clave: str, titulo: str, consulta: Callable[[Any, int], Sequence[Fila]], severidad: str = "ALTO"
) -> Invariante:
    return Invariante(clave, titulo, severidad, consulta)


INVARIANTES: tuple[Invariante, ...] = (
    _sql("D01", "Cada asiento cuadra y tiene al menos dos partidas"),
    _sql("D02", "El libro entero suma cero, y cada fecha contable también"),
    _sql("D03", "El saldo de cada obligación es el que dice el libro"),
    _sql("D04", "Ningún saldo es negativo; el exceso es un crédito con su origen"),
    _sql("D05", "Cada deuda nació con su cuenta por cobrar (C.D. 497 DG 7.ª y 8.ª)"),
    _sql("D06", "Cada línea del banco tiene un solo destino, por su valor"),
    _sql("D07", "Líneas, total declarado y libro coinciden en cada extracto"),
    _sql("D08", "Los valores por aplicar están explicados, con responsable", "ALARMA"),
    _sql("D10", "Una clave, un efecto, el mismo contenido"),
    _sql("D11", "Cada movimiento de una cuenta bancaria es dinero una sola vez"),
    _calculada("D12", "El libro sellado no ha cambiado", calculadas.sellos_rotos),
    _sql("D14", "Un día cerrado no recibe asientos; lo que corrige lleva su propia fecha"),
    _sql("D16", "Un comprobante vigente tiene deudas vivas que ningún otro tiene"),
    _calculada(
        "D19", "Cada pago siguió el orden de imputación vigente",
        calculadas.imputacion_fuera_de_orden, "ALARMA",
    ),
    _calculada(
        "D20", "El interés liquidado es el que la norma recalcula",
        calculadas.intereses_distintos, "ALARMA",
    ),
    _sql("D22", "Lo aplicado por rubro y fondo, y el interés pagado, son los de la deuda"),
    _sql("D21", "Las tasas publicadas no se cruzan, citan su fuente y cubren lo liquidado"),
    _sql("D26", "El libro de cada cuenta bancaria es lo que dice el banco, al centavo"),
    _sql("D27", "Las sumas guardadas del libro son las de sus partidas, al centavo"),
    _calculada(
        "D24", "La cartera de cada provincia, por estado, es lo que deben sus deudas",
        calculadas.cartera_distinta,
    ),
    _calculada(
        "D28", "Lo por cobrar del libro, por rubro, estado y fondo, es lo que deben las deudas",
        calculadas.por_cobrar_distinto,
    ),
    _sql("D29", "Los débitos por aclarar son los del libro: cada uno tiene quien lo aclare"),
    _calculada(
        "D30", "Ningún débito del banco espera más de lo que se admite",
        calculadas.debitos_viejos, "ALARMA",
    ),
    _sql("D31", "Los pagos de cada deuda se imputaron en el orden de sus fechas"),
    _calculada(
        "D32", "Lo que no cambia de cada tabla es lo que se selló", defensas.filas_distintas
    ),
    _calculada(
        "D33", "Cada serie de números está completa, sin saltos", defensas.series_con_huecos
    ),
    _calculada(
        "D34", "Lo que puede cambiar de una fila es lo que dijo su último hecho",
        defensas.filas_sin_su_hecho,
    ),
    _sql("M01", "Cada deuda está en mora desde el día siguiente a su vencimiento", "ALARMA"),
    _sql("P01", "Cada cambio de estado es un paso de su acto, vigente ese día, con actor y norma"),
    _calculada(
        "P02", "El estado de cada cosa es el de su último paso", estados.estados_sin_su_paso
    ),
    _calculada(
        "P03", "Cada plazo se vuelve a contar igual; un término, desde una notificación probada",
        calculadas.plazos_distintos,
    ),
    _sql("P17", "Los plazos no se editan ni se acortan"),
    _sql("P18", "Cada término cuenta los feriados de las dos jurisdicciones (COA 159)", "ALARMA"),
    _sql("P19", "Un plazo corre, se reemplazó o terminó; su efecto ocurre después, una vez"),
    _sql("P23", "Cada notificación tiene una sola prueba efectiva, completa"),
    _calculada("S01", "Quien actuó tenía entonces, y allí, su cargo", defensas.actores_sin_cargo),
    _calculada(
        "S02", "Quien actuó por un empleador lo representaba, y sobre lo suyo",
        defensas.representantes_ajenos,
    ),
    _calculada(
        "S04", "Nadie tiene a la vez dos cargos que no se juntan", calculadas.cargos_que_se_cruzan
    ),
    _calculada(
        "S06", "La base no es más vieja que lo que se firmó fuera de ella",
        defensas.lo_firmado_que_falta,
    ),
    _sql("S07", "Cada hecho causado por otro apunta a un hecho anterior que existe"),
    _calculada(
        "S10", "El contenido de documentos y archivos es el de su huella",
        defensas.contenidos_distintos,
    ),
    _calculada("S12", "La base es la que se instaló y se firmó", defensas.huella_distinta),
    _calculada(
        "S14", "Los días cerrados y los tramos sellados van seguidos", defensas.dias_sin_seguir
    ),
    _calculada(
        "S15", "Nada del servidor deja perder lo confirmado ni duerme las guardas",
        defensas.ajustes_del_servidor,
    ),
    _calculada(
        "S16", "Cada cuenta, cargo y representación la dio un acto", defensas.accesos_sin_su_acto
    ),
)  # fmt: skip
