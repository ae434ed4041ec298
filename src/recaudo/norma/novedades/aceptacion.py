"""When an event may enter: the same for a line of a file and for one typed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.base_imponible import base_minima
from recaudo.norma.citas import segun
from recaudo.norma.novedades.avisos import CAUSA_MUERTE, Aviso, Motivo, TipoNovedad, anexo
from recaudo.norma.novedades.plazos_de_aviso import PlazoDeAviso, fecha_del_hecho, plazo_de_aviso
from recaudo.norma.parametros import Parametros
from recaudo.norma.plazos.calendario import Calendario


@dataclass(frozen=True, slots=True)
class Empleo:
    """One employment of the worker at the sucursal, over [desde, hasta), with its salary."""

    id: int
    desde: date
    hasta: date | None
    sueldo: Dinero
    sueldo_desde: Periodo


@dataclass(frozen=True, slots=True)
class Registrada:
    """An event of the same kind already entered for an employment."""

    periodo: Periodo
    fecha: date
    dias: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situacion:
    """What is known of the worker: employments at that sucursal, events of that kind in each."""

    empleos: tuple[Empleo, ...] = ()
    registradas: Mapping[int, tuple[Registrada, ...]] = field(default_factory=dict)
    persona_conocida: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictamen:
    """The judgement of one event: refused with `rechazo`, or entered with dates and warnings."""

    rechazo: Motivo | None = None
    empleo: Empleo | None = None
    hecho: date | None = None
    plazo: PlazoDeAviso | None = None
    es_tardia: bool = False
    advertencias: tuple[Motivo, ...] = ()


class Reglas:
    """The rules in force for a batch of events: minimum salaries and deadlines are computed once.

    `cantones` maps each sucursal of the employer to its 4-digit DPA code. `exime_avisos`: employer
    without duty of entry and exit notices (LSS 73, agricultural): nothing of those is late.
    """

    def __init__(
        self,
        *,
        hoy: date,
        periodos: tuple[Periodo, ...],
        cantones: Mapping[str, str],
        parametros: Parametros,
        calendario: Calendario,
        exime_avisos: bool = False,
    ) -> None:
        """Keep what every line shares."""
        self.hoy = hoy
        self.periodos = periodos
        self.cantones = cantones
        self.exime_avisos = exime_avisos
        self._parametros = parametros
        self._calendario = calendario
        dias = parametros.vigente("novedades.dias_autoservicio", en=hoy).entero
        self.primer_hecho = hoy - timedelta(days=dias)
        self.dias_autoservicio = dias
        self.dias_mes = parametros.invariable("aportes.dias_mes").entero
        self._minimos: dict[Periodo, Dinero] = {}
        self._plazos: dict[tuple[TipoNovedad, date, str], PlazoDeAviso] = {}

    def minimo(self, periodo: Periodo) -> Dinero:
        """Return the least monthly salary of a period, USD (a full month of 30 days)."""
        if periodo not in self._minimos:
            self._minimos[periodo] = base_minima(periodo=periodo, parametros=self._parametros).base
        return self._minimos[periodo]

    def plazo(self, tipo: TipoNovedad, hecho: date, canton: str) -> PlazoDeAviso:
        """Return the deadlines of an event; each (kind, day, canton) is counted once."""
        clave = (tipo, hecho, canton)
        if clave not in self._plazos:
            self._plazos[clave] = plazo_de_aviso(
                tipo=tipo,
                hecho=hecho,
                cantones=frozenset({canton}),
                calendario=self._calendario,
                parametros=self._parametros,
            )
        return self._plazos[clave]


@segun("LSS art. 73", "Práctica del IESS R-NOV-05", "Práctica del IESS R-BAS-03")
def juzgar(aviso: Aviso, situacion: Situacion, reglas: Reglas) -> Dictamen:
    """Say whether an event enters. Pure; never raises for what a person may have written.

    First what the event says by itself, then what it says against the worker's employments, then
    whether it arrives in time. SinDatos when a parameter of the law is missing.
    """
    motivo = _por_si_solo(aviso, situacion, reglas)
    if motivo is not None:
        return Dictamen(rechazo=motivo)
    empleo = _empleo_afectado(aviso, situacion)
    motivo = _POR_TIPO[aviso.tipo](aviso, empleo, situacion, reglas)
    if motivo is not None:
        return Dictamen(rechazo=motivo)
    return _a_tiempo(aviso, empleo, reglas)


def _por_si_solo(aviso: Aviso, situacion: Situacion, reglas: Reglas) -> Motivo | None:
    if aviso.sucursal not in reglas.cantones:
        return Motivo(
            "SUCURSAL_DESCONOCIDA",
            f"La sucursal {aviso.sucursal} no está registrada. Use una de: "
            f"{', '.join(sorted(reglas.cantones)[:10])}.",
        )
    if aviso.periodo not in reglas.periodos:
        return Motivo(
            "PERIODO_NO_ABIERTO",
            f"El período {aviso.periodo} no recibe novedades hoy. Período abierto: "
            f"{' y '.join(map(str, reglas.periodos))}.",
        )
    if aviso.motivo_cedula and not situacion.persona_conocida:
        return Motivo("CEDULA_INCORRECTA", aviso.motivo_cedula)
    return _fechas(aviso, reglas)


def _fechas(aviso: Aviso, reglas: Reglas) -> Motivo | None:
    if aviso.fecha is not None and aviso.fecha > aviso.periodo.ultimo_dia:
        return Motivo(
            "FECHA_FUERA_DEL_PERIODO",
            f"La fecha {aviso.fecha:%d/%m/%Y} es posterior al período {aviso.periodo} de la línea.",
        )
    if fecha_del_hecho(aviso, hoy=reglas.hoy) < reglas.primer_hecho:
        return Motivo(
            "EXTEMPORANEA",
            f"Pasaron más de {reglas.dias_autoservicio} días desde el hecho: presente en la "
            "dirección provincial una solicitud de novedad extemporánea con su sustento "
            "(C.D. 625 art. 25).",
        )
    return None


def _empleo_afectado(aviso: Aviso, situacion: Situacion) -> Empleo | None:
    """Return the employment the event is about: for an entry, the one that stands in its way."""
    if aviso.tipo is TipoNovedad.ENT:
        desde = aviso.fecha or aviso.periodo.primer_dia
        return _primero(situacion, lambda e: e.hasta is None or e.hasta > desde)
    if aviso.tipo in {TipoNovedad.SAL, TipoNovedad.MSU}:
        ultimo = aviso.periodo.ultimo_dia
        return _primero(situacion, lambda e: e.hasta is None and e.desde <= ultimo)
    return _primero(situacion, lambda e: _toca(e, aviso))


def _toca(empleo: Empleo, aviso: Aviso) -> bool:
    """Say whether the employment lives in the month, or on the day when the event has one."""
    desde = aviso.fecha or aviso.periodo.primer_dia
    hasta = aviso.fecha or aviso.periodo.ultimo_dia
    return empleo.desde <= hasta and (empleo.hasta is None or empleo.hasta > desde)


def _primero(situacion: Situacion, condicion: Callable[[Empleo], bool]) -> Empleo | None:
    return next((empleo for empleo in situacion.empleos if condicion(empleo)), None)


def _inactivo(aviso: Aviso) -> Motivo:
    return Motivo(
        "AFILIADO_NO_ACTIVO",
        f"{aviso.identificacion} no tiene un aviso de entrada vigente en la sucursal "
        f"{aviso.sucursal}: registre primero la entrada o revise la cédula.",
    )


def _bajo_minimo(aviso: Aviso, reglas: Reglas) -> Motivo | None:
    minimo = reglas.minimo(aviso.periodo)
    if aviso.valor is not None and aviso.valor < minimo:
        return Motivo(
            "SUELDO_BAJO_MINIMO",
            f"El sueldo mensual {aviso.valor.formato()} es menor que el salario básico de "
            f"{aviso.periodo}, {minimo.formato()}: declare el sueldo del mes completo.",
        )
    return None


def _entrada(
    aviso: Aviso, empleo: Empleo | None, _situacion: Situacion, reglas: Reglas
) -> Motivo | None:
    if empleo is not None:
        return Motivo(
            "AFILIADO_YA_ACTIVO",
            f"{aviso.identificacion} ya tiene un aviso de entrada en la sucursal "
            f"{aviso.sucursal} que cubre esa fecha: desde {empleo.desde:%d/%m/%Y}.",
        )
    return _bajo_minimo(aviso, reglas)


def _salida(
    aviso: Aviso, empleo: Empleo | None, _situacion: Situacion, reglas: Reglas
) -> Motivo | None:
    if empleo is None:
        return _inactivo(aviso)
    salida = aviso.fecha
    if salida is None or salida < empleo.desde:
        return Motivo(
            "SALIDA_ANTES_DE_ENTRADA",
            f"La salida es anterior a la entrada, {empleo.desde:%d/%m/%Y}: revise la fecha.",
        )
    return _muerte(aviso, salida, reglas)


def _muerte(aviso: Aviso, salida: date, reglas: Reglas) -> Motivo | None:
    """Check that the date of death is there exactly when the cause is death, and is possible."""
    muerte = aviso.fallecimiento
    if (aviso.causa == CAUSA_MUERTE) != (muerte is not None):
        return Motivo(
            "FECHA_DE_FALLECIMIENTO",
            "La fecha de fallecimiento se escribe solo cuando la causa es F; en las demás "
            "escriba 00000000.",
        )
    if muerte is not None and (muerte > reglas.hoy or muerte < salida):
        return Motivo(
            "FECHA_DE_FALLECIMIENTO",
            f"La fecha de fallecimiento {muerte:%d/%m/%Y} no puede ser futura ni anterior al "
            f"último día trabajado, {salida:%d/%m/%Y}.",
        )
    return None


def _nuevo_sueldo(
    aviso: Aviso, empleo: Empleo | None, _situacion: Situacion, reglas: Reglas
) -> Motivo | None:
    if empleo is None:
        return _inactivo(aviso)
    if aviso.periodo < empleo.sueldo_desde:
        return Motivo(
            "SUELDO_POSTERIOR",
            f"Ya hay un sueldo registrado desde {empleo.sueldo_desde}: no se puede cambiar el de "
            f"{aviso.periodo} con este aviso.",
        )
    return _bajo_minimo(aviso, reglas)


def _extras(
    aviso: Aviso, empleo: Empleo | None, situacion: Situacion, _reglas: Reglas
) -> Motivo | None:
    if empleo is None:
        return _inactivo(aviso)
    if not aviso.valor:
        frase = "El valor extra debe ser mayor que cero; si no hay extras, no envíe la línea."
        return Motivo("VALOR_CERO", frase)
    if any(r.periodo == aviso.periodo for r in situacion.registradas.get(empleo.id, ())):
        return Motivo(
            "NOVEDAD_YA_REGISTRADA",
            f"Los extras de {aviso.periodo} ya están registrados: se envía un solo valor por "
            "trabajador y mes.",
        )
    return None


def _dias_no_laborados(
    aviso: Aviso, empleo: Empleo | None, situacion: Situacion, reglas: Reglas
) -> Motivo | None:
    if empleo is None:
        return _inactivo(aviso)
    inicio, dias = aviso.fecha, aviso.dias or 0
    if inicio is None or inicio < aviso.periodo.primer_dia:
        return Motivo(
            "FECHA_FUERA_DEL_PERIODO",
            f"Los días no laborados deben empezar dentro del período {aviso.periodo}.",
        )
    primero = min(inicio.day, reglas.dias_mes)
    if not 1 <= dias <= reglas.dias_mes - primero + 1:
        return Motivo(
            "DIAS_FUERA_DEL_MES",
            f"Desde el {inicio:%d/%m/%Y} caben de 1 a {reglas.dias_mes - primero + 1} días en el "
            f"mes de {reglas.dias_mes}: se indicó {dias}.",
        )
    for otra in situacion.registradas.get(empleo.id, ()):
        if otra.periodo != aviso.periodo:
            continue
        desde = min(otra.fecha.day, reglas.dias_mes)
        if desde < primero + dias and primero < desde + (otra.dias or 0):
            return Motivo(
                "NOVEDAD_YA_REGISTRADA",
                f"Parte de esos días ya está registrada desde el {otra.fecha:%d/%m/%Y}.",
            )
    return None


_Regla = Callable[[Aviso, "Empleo | None", Situacion, Reglas], "Motivo | None"]
_POR_TIPO: Mapping[TipoNovedad, _Regla] = {
    TipoNovedad.ENT: _entrada,
    TipoNovedad.SAL: _salida,
    TipoNovedad.MSU: _nuevo_sueldo,
    TipoNovedad.INS: _extras,
    TipoNovedad.MND: _dias_no_laborados,
}
_EXIMIBLES = frozenset({TipoNovedad.ENT, TipoNovedad.SAL})


def _a_tiempo(aviso: Aviso, empleo: Empleo | None, reglas: Reglas) -> Dictamen:
    """Give the dates of an event that enters, and the warnings: late, or a code nobody knows."""
    hecho = fecha_del_hecho(aviso, hoy=reglas.hoy)
    plazo = reglas.plazo(aviso.tipo, hecho, reglas.cantones[aviso.sucursal])
    exento = reglas.exime_avisos and aviso.tipo in _EXIMIBLES
    tardia = reglas.hoy > plazo.fecha_limite and not exento
    advertencias = [*_codigos_no_conocidos(aviso)]
    if tardia:
        advertencias.append(
            Motivo(
                "TARDIA",
                f"Entra fuera de plazo: debió avisarse hasta el {plazo.fecha_limite:%d/%m/%Y} "
                f"({plazo.norma}). Puede generar responsabilidad patronal.",
            )
        )
    return Dictamen(
        empleo=empleo, hecho=hecho, plazo=plazo, es_tardia=tardia, advertencias=tuple(advertencias)
    )


def _codigos_no_conocidos(aviso: Aviso) -> Iterator[Motivo]:
    """Warn of a relation code not in the catalogue: the list is unpublished, none is refused."""
    codigo = aviso.contrato.relacion_trabajo if aviso.contrato else None
    if codigo is not None and codigo not in anexo("relacion_trabajo"):
        yield Motivo(
            "RELACION_NO_CONOCIDA",
            f"La relación de trabajo {codigo} no está en el catálogo: la novedad entra; revise que "
            "sea la que le corresponde.",
        )
