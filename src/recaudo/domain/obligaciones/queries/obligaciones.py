"""Debts as the other rooms see them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.domain.obligaciones.catalogo import (
    OTROS,
    RUBROS_ANCHOS,
    clase_de,
    estado_contable,
    rubro_de,
)
from recaudo.domain.obligaciones.models import Obligacion, SaldoRubro
from recaudo.domain.obligaciones.states import VIVAS, EstadoObligacion
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion


class ObligacionNoExiste(Rechazo):
    """There is no such debt."""

    mensaje = "No existe esa obligación."


@dataclass(frozen=True, slots=True)
class ParteDeRubro:
    """One rubro of a debt: what was emitted and what is left, in USD, and how it goes to funds."""

    rubro: str
    nombre: str
    capital: Dinero
    saldo: Dinero
    fondos: tuple[tuple[str, Dinero], ...]


@dataclass(frozen=True, slots=True)
class ObligacionVista:
    """One debt of any class; amounts in USD. The debtor is an employer or a person."""

    id: int
    empleador_id: int | None
    persona_id: int | None
    sucursal_id: int | None
    provincia: str
    clase: str
    naturaleza: str
    materia_tipo: str
    materia_id: int
    periodo: Periodo | None
    version: int
    lote: int
    fecha_emision: date
    fecha_vencimiento: date
    capital_personal: Dinero
    capital_patronal: Dinero
    capital_ccc: Dinero
    capital_otros: Dinero
    saldo_personal: Dinero
    saldo_patronal: Dinero
    saldo_ccc: Dinero
    saldo_otros: Dinero
    interes_hasta: date | None
    interes_abonado: Dinero
    estado: EstadoObligacion
    estado_verificacion: str
    fondos: dict[str, Dinero]
    otros: tuple[ParteDeRubro, ...] = ()

    @property
    def deudor(self) -> tuple[str, int]:
        """Kind and id of who owes: ("EMPLEADOR", n) or ("PERSONA", n)."""
        if self.empleador_id is not None:
            return "EMPLEADOR", self.empleador_id
        return "PERSONA", self.persona_id or 0

    @property
    def capital(self) -> Dinero:
        """What was emitted."""
        return self.capital_personal + self.capital_patronal + self.capital_ccc + self.capital_otros

    @property
    def saldo(self) -> Dinero:
        """What is still owed of the capital, without interest."""
        return self.saldo_personal + self.saldo_patronal + self.saldo_ccc + self.saldo_otros

    @property
    def rubros(self) -> tuple[ParteDeRubro, ...]:
        """Everything it is made of, in the order of the catalogue: one form for every class."""
        anchos = (
            ParteDeRubro(
                rubro, rubro_de(rubro).nombre, getattr(self, f"capital_{columna}"),
                getattr(self, f"saldo_{columna}"), (),
            )
            for rubro, columna in RUBROS_ANCHOS
        )  # fmt: skip
        return (*(parte for parte in anchos if parte.capital), *self.otros)

    @property
    def nombre_de_clase(self) -> str:
        """What it is, for a person: Aportes, Costas…"""
        return clase_de(self.clase).nombre

    @property
    def concepto(self) -> str:
        """What it is, as everybody reads it: of which month, or else which one by its number.

        `Aportes de agosto de 2026`, `Costas y gastos de cobranza N.º 12`.
        """
        if self.periodo:
            return f"{self.nombre_de_clase} de {self.periodo.en_palabras}"
        return f"{self.nombre_de_clase} N.º {self.id}"

    @property
    def denominacion(self) -> str:
        """What it is and which one: its concept and its number, never the number alone."""
        return f"{self.concepto}, N.º {self.id}" if self.periodo else self.concepto

    @property
    def es_planilla(self) -> bool:
        """Say whether a planilla asks for it: then that is its page, line by line."""
        return self.materia_tipo == "planilla"

    @property
    def contable(self) -> str:
        """Return the accounting state of its receivable (PLANILLA, GLOSA…); '' when paid."""
        return estado_contable(self.clase, self.estado)

    @property
    def esta_viva(self) -> bool:
        """Say whether money is owed."""
        return self.estado in VIVAS

    @property
    def clase_en_catalogo(self) -> ClaseDeObligacion:
        """Its class: what it is made of, whether it needs a glosa, its norm."""
        return clase_de(self.clase)


UN_DIA = timedelta(days=1)
LARGO_DE_ID = 19
_ORDEN = ("periodo", "sucursal_id", "id")
_NOMBRES_DE_VIVAS = [str(estado) for estado in VIVAS]
_TODAS_DE = Preparada(
    lambda empleador: Obligacion.objects.filter(empleador_id=empleador).order_by(*_ORDEN)
)
_VIVAS_DE = Preparada(
    lambda empleador, vivas: Obligacion.objects.filter(
        empleador_id=empleador, estado=vivas.alguno
    ).order_by(*_ORDEN)
)
_UNA = Preparada(lambda obligacion: Obligacion.objects.filter(pk=obligacion))


def obligaciones_de(
    empleador_id: int, *, alcance: Alcance, solo_vivas: bool = False
) -> list[ObligacionVista]:
    """Return the debts of an employer within reach, oldest period first; without one, last."""
    filas = (
        _VIVAS_DE.filas(empleador=empleador_id, vivas=_NOMBRES_DE_VIVAS)
        if solo_vivas
        else _TODAS_DE.filas(empleador=empleador_id)
    )
    return _vistas([fila for fila in filas if _alcanza(alcance, fila)])


def lista_de_obligaciones(empleador_id: int, *, alcance: Alcance) -> QuerySet[Obligacion]:
    """Return the debts of an employer within reach, with `capital` and `saldo`: the owed first."""
    return _en_lista(Obligacion.objects.filter(alcance.q(), empleador_id=empleador_id))


def lista_de_deudas_de_persona(persona_id: int, *, alcance: Alcance) -> QuerySet[Obligacion]:
    """Return the debts of a person within reach, with `capital` and `saldo`: the owed first."""
    return _en_lista(Obligacion.objects.filter(alcance.q(), persona_id=persona_id))


def _en_lista(filas: QuerySet[Obligacion]) -> QuerySet[Obligacion]:
    viva = Case(When(estado__in=_NOMBRES_DE_VIVAS, then=Value(0)), default=Value(1))
    anotadas: QuerySet[Obligacion] = filas.annotate(
        capital=_suma("capital"), saldo=_suma("saldo")
    ).order_by(
        viva,
        Case(When(estado__in=_NOMBRES_DE_VIVAS, then=F("fecha_vencimiento"))),
        F("periodo").desc(nulls_last=True),
        "-id",
    )
    return anotadas


def obligaciones_por_numero(numero: str, *, alcance: Alcance) -> list[ObligacionVista]:
    """Return the debt of that number when it is within reach: one, or none."""
    if not (numero.isascii() and numero.isdigit() and len(numero) < LARGO_DE_ID):
        return []
    return _vistas(Obligacion.objects.filter(alcance.q(), pk=int(numero)))


def vencidas_de(
    empleador_id: int | None, persona_id: int | None, *, antes_de: date
) -> list[ObligacionVista]:
    """Return the overdue debts of one debtor in any province, for the acts about its money."""
    filas = Obligacion.objects.filter(
        empleador_id=empleador_id, persona_id=persona_id, estado__in=_NOMBRES_DE_VIVAS,
        fecha_vencimiento__lt=antes_de,
    )  # fmt: skip
    return _vistas(filas.order_by("fecha_vencimiento", "id"))


def conceptos_de(ids: Iterable[int], *, alcance: Alcance) -> dict[int, str]:
    """Return what each of those debts within reach is, in words."""
    filas = Obligacion.objects.filter(alcance.q(), pk__in=set(ids))
    return {o.id: o.concepto for o in _vistas(filas)}


def queda_alguna_viva(ids: Sequence[int]) -> bool:
    """Say whether something of those debts is still owed."""
    return Obligacion.objects.filter(pk__in=ids, estado__in=_NOMBRES_DE_VIVAS).exists()


def cuantas_entran_en_mora(*, antes_de: date) -> int:
    """Return how many debts without arrears are overdue on a day: closing it puts them in."""
    emitidas = Obligacion.objects.filter(estado=EstadoObligacion.EMITIDA)
    return emitidas.filter(fecha_vencimiento__lt=antes_de).count()


def cuantas_devengan(*, desde: date, hasta: date, hoy: date) -> int:
    """Return how many living debts bear interest on some day of [desde, hasta) up to `hoy`."""
    if desde > hoy:
        return 0
    tope = min(hasta - UN_DIA, hoy)
    return Obligacion.objects.filter(
        estado__in=_NOMBRES_DE_VIVAS, fecha_vencimiento__lt=tope
    ).count()


def _suma(que: str) -> CombinedExpression:
    return F(f"{que}_personal") + F(f"{que}_patronal") + F(f"{que}_ccc") + F(f"{que}_otros")


def obligaciones_de_persona(
    persona_id: int, *, alcance: Alcance, solo_vivas: bool = False
) -> list[ObligacionVista]:
    """Return the debts of a person within reach, the one due first at the head."""
    filas = Obligacion.objects.filter(alcance.q(), persona_id=persona_id)
    if solo_vivas:
        filas = filas.filter(estado__in=_NOMBRES_DE_VIVAS)
    return _vistas(filas.order_by("fecha_vencimiento", "id"))


def obligaciones_de_materia(tipo: str, numero: int) -> list[ObligacionVista]:
    """Return the debts that were born of one thing: a case, an agreement, a resolution."""
    filas = Obligacion.objects.filter(materia_tipo=tipo, materia_id=numero)
    return _vistas(filas.order_by("fecha_vencimiento", "id"))


def obligacion(obligacion_id: int, *, alcance: Alcance) -> ObligacionVista:
    """Return one debt; ObligacionNoExiste when there is none, or it is out of reach."""
    fila = _UNA.primera(obligacion=obligacion_id)
    if fila is None or not _alcanza(alcance, fila):
        raise ObligacionNoExiste
    return _vistas([fila])[0]


def _alcanza(alcance: Alcance, fila: Obligacion) -> bool:
    return alcance.contiene(provincia=fila.provincia, empleador_id=fila.empleador_id)


def bloquear(ids: Iterable[int]) -> list[ObligacionVista]:
    """Lock debts for the rest of the transaction, in ascending order, and return them in it.

    ObligacionNoExiste when one is missing.
    """
    pedidas = sorted(set(ids))
    filas = list(
        Obligacion.objects.filter(pk__in=pedidas).order_by("pk").select_for_update(no_key=True)
    )
    if len(filas) != len(pedidas):
        raise ObligacionNoExiste
    return _vistas(filas)


def _vistas(filas: Iterable[Obligacion]) -> list[ObligacionVista]:
    """Read rows as views; the rubros of other classes in one more question, if there are any."""
    todas = list(filas)
    con_otros = [fila.pk for fila in todas if fila.capital_otros]
    otros = _partes(con_otros) if con_otros else {}
    return [_vista(fila, otros.get(fila.pk, ())) for fila in todas]


def _partes(ids: Sequence[int]) -> dict[int, tuple[ParteDeRubro, ...]]:
    por_rubro: dict[int, dict[str, list[SaldoRubro]]] = defaultdict(lambda: defaultdict(list))
    for fila in SaldoRubro.objects.filter(obligacion_id__in=ids).order_by("rubro", "fondo"):
        por_rubro[fila.obligacion_id][fila.rubro].append(fila)
    return {
        deuda: tuple(
            ParteDeRubro(
                rubro,
                rubro_de(rubro).nombre,
                sum((f.capital for f in filas), Dinero.CERO),
                sum((f.saldo for f in filas), Dinero.CERO),
                tuple((f.fondo, f.capital) for f in filas),
            )
            for rubro, filas in rubros.items()
        )
        for deuda, rubros in por_rubro.items()
    }


def _vista(fila: Obligacion, otros: tuple[ParteDeRubro, ...]) -> ObligacionVista:
    partes = {
        f"{que}_{columna}": getattr(fila, f"{que}_{columna}")
        for que in ("capital", "saldo")
        for columna in (*(c for _, c in RUBROS_ANCHOS), OTROS)
    }
    return ObligacionVista(
        id=fila.pk,
        empleador_id=fila.empleador_id,
        persona_id=fila.persona_id,
        sucursal_id=fila.sucursal_id,
        provincia=fila.provincia,
        clase=fila.clase,
        naturaleza=fila.naturaleza,
        materia_tipo=fila.materia_tipo or clase_de(fila.clase).materia,
        materia_id=fila.pk if fila.materia_id is None else fila.materia_id,
        periodo=fila.periodo,
        version=fila.version,
        lote=fila.lote,
        fecha_emision=fila.fecha_emision,
        fecha_vencimiento=fila.fecha_vencimiento,
        **partes,
        interes_hasta=fila.interes_hasta,
        interes_abonado=fila.interes_abonado,
        estado=EstadoObligacion(fila.estado),
        estado_verificacion=fila.estado_verificacion,
        fondos={codigo: getattr(fila, codigo.lower()) for codigo, _ in FONDOS},
        otros=otros,
    )
