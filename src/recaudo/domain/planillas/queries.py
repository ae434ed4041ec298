"""Reads of planillas: the header, its lines by pages, and the why of each amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F

from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.domain.obligaciones.queries import (
    ObligacionNoExiste,
    ObligacionVista,
    obligacion,
    obligaciones_de,
)
from recaudo.domain.planillas.models import Planilla
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes import calcular_aporte, calcular_base
from recaudo.norma.parametros.cargador import cargar_parametros

LINEAS_POR_PAGINA = 50
_CCC = "Contribución CCC"


class PlanillaNoExiste(Rechazo):
    """There is no such planilla, or it is not for this actor: both answer the same."""

    mensaje = "No existe esa planilla."


@dataclass(frozen=True, slots=True)
class PlanillaVista:
    """A header as the other rooms see it; amounts in USD. `fondos` by code, in the law's order."""

    id: int
    empleador_id: int
    sucursal_id: int
    periodo: Periodo
    lote: int
    regimen: str
    paga_ccc: bool
    citas: tuple[str, ...]
    trabajadores: int
    masa_salarial: Dinero
    personal: Dinero
    patronal: Dinero
    ccc: Dinero
    fondos: dict[str, Dinero]
    obligacion: ObligacionVista

    @property
    def aportes(self) -> Dinero:
        """Personal and patronal, without CCC."""
        return self.personal + self.patronal

    @property
    def total(self) -> Dinero:
        """Everything emitted."""
        return self.aportes + self.ccc


@dataclass(frozen=True, slots=True)
class LineaVista:
    """One worker of one planilla; amounts in USD."""

    planilla_id: int
    relacion_id: int
    persona_id: int
    identificacion: str
    nombre: str
    periodo: Periodo
    regimen: str
    dias: int
    sueldo: Dinero
    extras: Dinero
    base: Dinero
    personal: Dinero
    patronal: Dinero
    total: Dinero
    fondos: dict[str, Dinero]


@dataclass(frozen=True, slots=True)
class PaginaDeLineas:
    """Some lines of a planilla, ordered by name; how many there are in all and what they add up."""

    lineas: tuple[LineaVista, ...]
    numero: int
    paginas: int
    total: int
    sumas: "SumasDeLineas"


@dataclass(frozen=True, slots=True)
class SumasDeLineas:
    """What the lines of a planilla add up to, or those that a search leaves; USD."""

    base: Dinero
    personal: Dinero
    total: Dinero

    @property
    def patronal(self) -> Dinero:
        """The patronal contribution: a line keeps the total and the personal one."""
        return self.total - self.personal


_CON_TARIFA = {
    "regimen": F("tarifa__regimen"),
    "paga_ccc": F("tarifa__paga_ccc"),
    "citas": F("tarifa__citas"),
}
_POR_ID = Preparada(lambda planilla: Planilla.objects.filter(pk=planilla).annotate(**_CON_TARIFA))
_DE_EMPLEADOR = Preparada(
    lambda empleador: (
        Planilla.objects.filter(empleador_id=empleador)
        .annotate(**_CON_TARIFA)
        .order_by("periodo", "obligacion_id")
    )
)


def planillas_de(empleador_id: int, *, alcance: Alcance) -> list[PlanillaVista]:
    """Return the planillas of an employer within reach, oldest period first."""
    deudas = {vista.id: vista for vista in obligaciones_de(empleador_id, alcance=alcance)}
    filas = _DE_EMPLEADOR.filas(empleador=empleador_id)
    return [_vista(fila, deudas[fila.pk]) for fila in filas if fila.pk in deudas]


def planilla(planilla_id: int, *, alcance: Alcance) -> PlanillaVista:
    """Return one planilla within reach; PlanillaNoExiste otherwise: missing and forbidden."""
    fila = _POR_ID.primera(planilla=planilla_id)
    if fila is None:
        raise PlanillaNoExiste
    try:
        deuda = obligacion(planilla_id, alcance=alcance)
    except ObligacionNoExiste as falta:
        raise PlanillaNoExiste from falta
    return _vista(fila, deuda)


def lineas_de(
    vista: PlanillaVista, *, pagina: int = 1, por_pagina: int = LINEAS_POR_PAGINA, busca: str = ""
) -> PaginaDeLineas:
    """Return one page of the lines of a planilla, by name; `busca` is part of a name or number.

    A page out of range gives the nearest one.
    """
    texto = busca.strip()
    total, sumas = _cuantas(vista, texto) if texto else (vista.trabajadores, _todas(vista))
    paginas = max(1, -(-total // por_pagina))
    numero = min(max(pagina, 1), paginas)
    lineas = _leer(
        vista,
        f"{_COINCIDE if texto else ''} ORDER BY p.nombre, l.relacion_id "
        "LIMIT %(cuantas)s OFFSET %(desde)s",
        busca=f"%{texto}%",
        cuantas=por_pagina,
        desde=(numero - 1) * por_pagina,
    )
    return PaginaDeLineas(lineas, numero, paginas, total, sumas)


def linea(vista: PlanillaVista, relacion_id: int) -> LineaVista:
    """Return the line of one employment in a planilla; PlanillaNoExiste when there is none."""
    halladas = _leer(vista, "AND l.relacion_id = %(relacion)s", relacion=relacion_id)
    if not halladas:
        raise PlanillaNoExiste
    return halladas[0]


def porque(fila: LineaVista) -> Traza:
    """Return the why of a line, down to the article, computed again by the scalar law.

    What is explained is the line as it was emitted: its days, its salary, its extras.
    """
    parametros = cargar_parametros()
    base = calcular_base(
        sueldo=fila.sueldo, dias=fila.dias, extras=fila.extras, parametros=parametros
    )
    aporte = calcular_aporte(
        regimen=fila.regimen,
        periodo=fila.periodo,
        base=fila.base,
        parametros=parametros,
        exigir_distribucion=True,
    )
    # The CCC is of the whole planilla, on the sum of bases: `porque_ccc` tells it.
    pasos = (paso for paso in aporte.traza[1:] if not paso.paso.startswith(_CCC))
    return base.traza.unida(Traza(pasos))


def porque_ccc(vista: PlanillaVista) -> Traza:
    """Return the why of the CCC of a planilla: once, on the sum of bases."""
    traza = Traza().mas("Suma de las bases de los trabajadores", vista.masa_salarial, "LSS art. 15")
    if not vista.paga_ccc:
        return traza.mas("Este tipo de empleador no paga la CCC", vista.ccc, "R-BAS-20")
    tasa = cargar_parametros().vigente("aportes.ccc", en=vista.periodo.ultimo_dia)
    return traza.mas(
        f"CCC = {vista.masa_salarial} × {tasa.tasa} %, redondeado una sola vez",
        tasa.tasa.aplicar(vista.masa_salarial),
        tasa.norma,
    )


def _vista(fila: Any, deuda: ObligacionVista) -> PlanillaVista:
    return PlanillaVista(
        id=fila.pk,
        empleador_id=fila.empleador_id,
        sucursal_id=fila.sucursal_id,
        periodo=fila.periodo,
        lote=fila.lote,
        regimen=fila.regimen,
        paga_ccc=fila.paga_ccc,
        citas=tuple(fila.citas),
        trabajadores=fila.trabajadores,
        masa_salarial=fila.masa_salarial,
        personal=fila.personal,
        patronal=fila.patronal,
        ccc=fila.ccc,
        fondos=deuda.fondos,
        obligacion=deuda,
    )


_COINCIDE = "AND (p.nombre ILIKE %(busca)s OR p.identificacion LIKE %(busca)s)"
_DE_LA_PLANILLA = """
  FROM planillas_planillalinea l JOIN afiliacion_persona p ON p.id = l.persona_id
 WHERE l.lote = %(lote)s AND l.planilla_id = %(planilla)s """
_IMPORTES = ("sueldo", "extras", "base", "personal", "total", *(f.lower() for f, _ in FONDOS))
_LEER = (
    "SELECT l.relacion_id, l.persona_id, p.identificacion, p.nombre, l.dias, "
    + ", ".join(f"l.{columna}" for columna in _IMPORTES)
    + _DE_LA_PLANILLA
)


def _todas(vista: PlanillaVista) -> SumasDeLineas:
    """What all its lines add up to: the header was made from them."""
    return SumasDeLineas(vista.masa_salarial, vista.personal, vista.aportes)


def _cuantas(vista: PlanillaVista, texto: str) -> tuple[int, SumasDeLineas]:
    """How many lines have that text in the name or number of their worker, and their sums."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(l.base), 0), coalesce(sum(l.personal), 0), "
            f"coalesce(sum(l.total), 0) {_DE_LA_PLANILLA} {_COINCIDE}",
            {"lote": vista.lote, "planilla": vista.id, "busca": f"%{texto}%"},
        )
        cuantas, *centavos = cursor.fetchone()
    return int(cuantas), SumasDeLineas(*(Dinero.de_centavos(int(c)) for c in centavos))


def _leer(vista: PlanillaVista, donde: str, **valores: int | str) -> tuple[LineaVista, ...]:
    """Read lines of a planilla with their workers, in one trip; `donde` is text of this module."""
    with connection.cursor() as cursor:
        cursor.execute(_LEER + donde, {"lote": vista.lote, "planilla": vista.id, **valores})
        return tuple(_linea(vista, fila) for fila in cursor.fetchall())


def _linea(vista: PlanillaVista, fila: Sequence[Any]) -> LineaVista:
    relacion, persona, identificacion, nombre, dias, *centavos = fila
    sueldo, extras, base, personal, total, *fondos = map(Dinero.de_centavos, centavos)
    return LineaVista(
        planilla_id=vista.id,
        relacion_id=relacion,
        persona_id=persona,
        identificacion=identificacion,
        nombre=nombre,
        periodo=vista.periodo,
        regimen=vista.regimen,
        dias=dias,
        sueldo=sueldo,
        extras=extras,
        base=base,
        personal=personal,
        patronal=total - personal,
        total=total,
        fondos={fondo: valor for (fondo, _), valor in zip(FONDOS, fondos, strict=True)},
    )
