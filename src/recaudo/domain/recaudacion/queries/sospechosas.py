"""Which lines may explain what our books have more, or less, than the bank says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from recaudo.domain.recaudacion.models import DineroDeclarado, LineaExtracto
from recaudo.domain.recaudacion.queries.avisos import (
    alcanzadas,
    dias_contados,
    lineas_desmentidas,
    sin_contar,
)
from recaudo.domain.recaudacion.queries.conciliacion import LineaVista, vista_de_linea
from recaudo.domain.recaudacion.queries.extractos import lista_de_extractos
from recaudo.domain.recaudacion.queries.juicio import Juicio
from recaudo.kernel.money import Dinero

_MAXIMO: Final = 50
#: How many candidates are tried together, by how many at a time.
_SE_PRUEBAN: Final = {1: 200, 2: 200, 3: 60, 4: 30}
#: How many of what entered and may explain a difference are looked at, of each of two classes.
_DE_CADA_CLASE: Final = 100
_ILEGIBLES: Final = ("IMPORTE_ILEGIBLE", "SIN_SIGNO", "SIN_FECHA")


@dataclass(frozen=True, slots=True)
class Sospechosa:
    """A line, or the gap before a statement, and how much of the difference it may be (USD).

    `aporte`: above zero what the books have more than the bank, below zero what they lack.
    `explica`: alone, or with the others so marked, it is the whole difference.
    """

    linea: LineaVista | None
    extracto_id: int
    aporte: Dinero
    por_que: str
    explica: bool = False
    #: A notice told it, and the statements of its day, which prove theirs, do not contain it.
    la_niega_el_banco: bool = False
    #: Two people are deciding to undo it.
    propuesta: bool = False

    @property
    def se_declara(self) -> bool:
        """It is believed seen: an officer may say that it is money of its own."""
        return self.linea is not None and self.linea.resultado == "YA_VISTA"

    @property
    def se_reconoce(self) -> bool:
        """It may be what another message told whole, or in pieces: a person may say which."""
        return self.linea is not None and (
            self.linea.motivo in {"AGRUPADA_DUDOSA", "POR_DETALLAR"} and not self.la_niega_el_banco
        )

    @property
    def se_revierte(self) -> bool:
        """It entered because somebody declared it: another person may revert that."""
        return self.linea is not None and self.linea.motivo == "DECLARADO_PROPIO"


def sospechosas(juicio: Juicio) -> tuple[Sospechosa, ...]:
    """Return what may explain the difference of an account: first what adds up to it.

    What entered and no statement with balances tells; what was declared; what came in a statement
    that does not open where the one before closed, and that gap; what did not enter though told.
    """
    d = juicio.diferencia
    if not d or juicio.fecha is None:
        return ()
    unas = [*_de_mas(juicio), *_saltos(juicio), *_de_menos(juicio)]
    unas.sort(key=lambda s: (s.aporte > Dinero.CERO) != (d > Dinero.CERO))
    explican = que_suman([s.aporte.centavos for s in unas], d.centavos)
    marcadas = [replace(s, explica=n in explican) for n, s in enumerate(unas)]
    return tuple(sorted(marcadas, key=lambda s: not s.explica)[:_MAXIMO])


def que_suman(aportes: Sequence[int], total: int) -> frozenset[int]:
    """Return the places of the fewest amounts (four at most) that add up to a total, in cents.

    Pure. The first such choice, in the order given; empty when there is none.
    """
    lugares = [n for n, a in enumerate(aportes) if a]
    for cuantos, tope in _SE_PRUEBAN.items():
        for unos in combinations(lugares[:tope], cuantos):
            if sum(aportes[n] for n in unos) == total:
                return frozenset(unos)
    return frozenset()


def _de_mas(juicio: Juicio) -> Iterator[Sospechosa]:
    """What entered and the chain of balances of the bank does not hold."""
    rotos = dict(_rotos(juicio.cuenta_id).values_list("id", "anterior_id"))
    solas = sin_contar(juicio).filter(declarada=False).exclude(extracto__in=rotos)
    unas = [
        *solas.select_related("extracto").order_by("-id")[:_DE_CADA_CLASE],
        *_declaradas_o_rotas(juicio, rotos),
    ]
    contados = dias_contados(
        juicio.cuenta_id, {x.fecha_contable for x in unas if _es_de_aviso(x, rotos)}
    )
    propuestas = lineas_desmentidas([x.pk for x in unas])
    for x in unas:
        se_niega = _es_de_aviso(x, rotos) and x.fecha_contable in contados
        yield replace(
            _entro(x, x.declarada, rotos.get(x.extracto_id)),
            la_niega_el_banco=se_niega and juicio.acerca(-x.entrada),
            propuesta=x.pk in propuestas,
        )  # fmt: skip


def _declaradas_o_rotas(juicio: Juicio, rotos: Mapping[int, int]) -> list[Any]:
    """Return what was declared, and what came where the chain of balances breaks, if there is any.

    The lines of an account are not read to find none of them.
    """
    suyas = DineroDeclarado.objects.filter(
        linea__cuenta=juicio.cuenta_id, declaracionrevertida=None
    ).order_by("-linea")  # fmt: skip
    declaradas = list(suyas.values_list("linea", flat=True)[:_DE_CADA_CLASE])
    if not declaradas and not rotos:
        return []
    filas = alcanzadas(juicio).filter(
        Q(pk__in=declaradas) | Q(extracto__in=rotos), ocurrencia__gt=0
    )
    declarada = Exists(DineroDeclarado.objects.filter(linea=OuterRef("pk")))
    ordenadas = filas.annotate(declarada=declarada).order_by("-declarada", "-id")
    return list(ordenadas.select_related("extracto")[:_DE_CADA_CLASE])


def _es_de_aviso(x: Any, rotos: Mapping[int, int]) -> bool:
    """It came by a message that proves nothing, and nobody declared it."""
    return not x.declarada and x.extracto_id not in rotos


def _entro(x: LineaExtracto, declarada: bool, anterior: int | None) -> Sospechosa:  # noqa: FBT001
    if declarada:
        por_que = "Se declaró dinero propio"
    elif anterior is not None:
        por_que = f"Entró con un extracto que no abre donde cerró el extracto {anterior}"
    elif x.extracto.formato == "camt053":
        por_que = "Entró con un extracto que no prueba sus movimientos con saldos"
    else:
        por_que = "Solo la dijo un aviso: falta en el extracto del banco"
    return Sospechosa(vista_de_linea(x), x.extracto_id, x.entrada or Dinero.CERO, por_que)


def _saltos(juicio: Juicio) -> Iterator[Sospechosa]:
    """What the bank moved between a closing and the next opening, and nobody brought."""
    rotos = _rotos(juicio.cuenta_id).filter(fecha_saldo__lte=juicio.fecha)
    for e in rotos.order_by("-id")[:_MAXIMO]:
        yield Sospechosa(
            None, e.pk, e.cierre_anterior - e.saldo_inicial,
            f"No abre donde cerró el extracto {e.anterior_id}: puede faltar uno entre los dos",
        )  # fmt: skip


def _de_menos(juicio: Juicio) -> Iterator[Sospechosa]:
    """What the bank told and did not enter: believed seen, or nobody can read it."""
    filas = alcanzadas(juicio, con_ilegibles=True).filter(
        Q(resultado="YA_VISTA", parte__lte=1)
        & (~Q(motivo__in=["IGUAL", "OTRA_VEZ"]) | Q(referencia=""))
        | Q(resultado="RECHAZADA", motivo__in=_ILEGIBLES)
    )
    for x in filas.order_by("-id")[: _SE_PRUEBAN[1]]:
        vista = vista_de_linea(x)
        yield Sospechosa(
            vista, x.extracto_id, -(x.entrada or Dinero.CERO), f"No entró: {vista.explicacion}"
        )


def _rotos(cuenta_id: int) -> QuerySet[Any]:
    """Return the statements of an account that do not open where the one before closed."""
    return lista_de_extractos(con_cuentas=False).filter(cuenta_id=cuenta_id, encadena=False)
