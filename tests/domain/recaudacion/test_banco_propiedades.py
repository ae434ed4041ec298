"""Whatever a bank sends, in any order and at any level of detail, our books are the bank's (§1).

Against the real database and the real act. `RECAUDO_EJEMPLOS_DEL_BANCO` asks for more examples.
"""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from recaudo.domain.contabilidad.queries import saldos_por_cuenta
from recaudo.domain.recaudacion.models import Comprobante, LineaExtracto, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.queries import cuentas_bancarias
from recaudo.infra.carga import PasosSql
from recaudo.kernel.money import Dinero
from recaudo.reports.auditoria.ejecutar import auditar
from tests.ejemplos import ejemplos
from tests.factories.banco import Apunte, LibroDelBanco, Mensaje
from tests.factories.recaudacion import hacer_comprobante, hacer_cuenta, hacer_deuda, importar

pytestmark = pytest.mark.django_db

POCOS = 7
EJEMPLOS = int(os.environ.get("RECAUDO_EJEMPLOS_DEL_BANCO", str(ejemplos(POCOS))))
CUENTAS = ("0010", "0020")
HOY = date(2026, 9, 14)
INVARIANTES = ("D01", "D02", "D06", "D07", "D08", "D10", "D11", "D16", "D26")
CARGO = 777
#: Each example takes seconds of a database: a failing one is told as it was found.
FASES = (Phase.explicit, Phase.reuse, Phase.generate)
SALUD = (HealthCheck.too_slow, HealthCheck.data_too_large)


@dataclass(frozen=True)
class Escenario:
    """What the bank has in its books, and what it sends, in the order in which it arrives.

    `otra_vez`: messages that come once more at the end, when nothing may change.
    """

    libros: tuple[LibroDelBanco, ...]
    mensajes: tuple[Mensaje, ...]
    otra_vez: tuple[Mensaje, ...] = ()


@pytest.fixture
def vivos() -> list[Comprobante]:
    """Comprobantes of different amounts, so that no sum of some is another."""
    for numero in CUENTAS:
        hacer_cuenta(numero, "JEP")
    return [hacer_comprobante(hacer_deuda(personal=f"{100 + 3**n}.{n:02d}")) for n in range(9)]


def libros() -> dict[str, object]:
    """Everything that a message may change in our books."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, estado, saldo_personal FROM obligaciones_obligacion ORDER BY id")
        deudas = cursor.fetchall()
    return {
        "saldos": {s.codigo: s.saldo for s in saldos_por_cuenta()},
        "deudas": deudas,
        "comprobantes": list(Comprobante.objects.order_by("id").values_list("id", "estado")),
        "valores": Counter(ValorPorAplicar.objects.values_list("estado", "importe", "motivo")),
        "pagos": Counter(Pago.objects.values_list("comprobante_id", "importe")),
    }


def comprobar(escenario: Escenario, vivos: Sequence[Comprobante]) -> None:
    """Import every message, look at the books, import all again, and undo everything."""
    with transaction.atomic():
        try:
            _comprobar(escenario, vivos)
        except AssertionError as falla:
            llegan = "\n".join(map(repr, escenario.mensajes))
            msg = f"{falla}\n{llegan}"
            raise AssertionError(msg) from falla
        finally:
            transaction.set_rollback(True)


def _comprobar(escenario: Escenario, vivos: Sequence[Comprobante]) -> None:
    for n, mensaje in enumerate(escenario.mensajes):
        _importar(mensaje, f"M{n}")
    _los_libros_son_los_del_banco(escenario)
    _cada_centavo_tiene_destino(escenario, vivos)
    antes = libros()
    for n, mensaje in enumerate(escenario.otra_vez):
        _importar(mensaje, f"OTRA{n}")
    if escenario.mensajes:
        _importar(escenario.mensajes[0], "M0")
    assert libros() == antes, "told again, and the books changed"


def _importar(mensaje: Mensaje, clave: str) -> None:
    importar(
        contenido=mensaje.xml(clave), formato=mensaje.formato, hoy=HOY, con_cuenta=False
    )  # fmt: skip


def _los_libros_son_los_del_banco(escenario: Escenario) -> None:
    rotas = {r.id: r.muestra for r in auditar(ids=INVARIANTES).resultados if r.violaciones}
    assert not rotas
    cuentas = {c.numero: c for c in cuentas_bancarias()}
    for libro in escenario.libros:
        movido = sum(
            (e for e in LineaExtracto.objects.filter(cuenta__numero=libro.cuenta, ocurrencia__gt=0)
             .values_list("entrada", flat=True)), Dinero.CERO
        )  # fmt: skip
        assert movido.centavos == sum(a.centavos for a in libro.apuntes)
        vista = cuentas[libro.cuenta]
        assert (vista.saldo_libro.centavos, vista.diferencia) == (libro.final, Dinero.CERO)


def _cada_centavo_tiene_destino(escenario: Escenario, vivos: Sequence[Comprobante]) -> None:
    """What was paid, what waits and what went back are all that the bank credited."""
    apuntes = [a for libro in escenario.libros for a in libro.apuntes]
    vueltos = {a.cita for a in apuntes if a.reverso and a.centavos < 0 and a.cita}
    brutos = sum(a.centavos + a.comision for a in apuntes if a.centavos > 0)
    devueltos = sum(
        a.centavos + a.comision for a in apuntes if a.centavos > 0 and a.cita in vueltos
    )
    pagado = sum(p.importe.centavos for p in Pago.objects.all())
    espera = sum(v.importe.centavos for v in ValorPorAplicar.objects.filter(estado="abierto"))
    assert pagado + espera == brutos - devueltos
    dichas = _citas_dichas(escenario)
    for comprobante in vivos:
        esperado = "depositado" if comprobante.numero in dichas else "generado"
        if comprobante.numero in vueltos:
            esperado = "reversado"
        assert (comprobante.numero, Comprobante.objects.get(pk=comprobante.pk).estado) == (
            comprobante.numero, esperado,
        )  # fmt: skip


def _citas_dichas(escenario: Escenario) -> set[str]:
    """The comprobantes whose payment some message tells."""
    dichas = set()
    for mensaje in escenario.mensajes:
        for a in mensaje.apuntes:
            if a.centavos > 0 and not a.reverso:
                dichas |= {a.cita} - {""}
            if mensaje.nivel != "entera":
                dichas |= {cita for _, cita in a.partes}
    return dichas


# What the bank does --------------------------------------------------------------------------


@dataclass(frozen=True)
class Suceso:
    """Something that happens in the account of a bank."""

    clase: str
    cuenta: int
    dia: int
    referencia: bool


SUCESOS = st.builds(
    Suceso,
    clase=st.sampled_from(
        ["pago", "pago", "lote", "lote", "iguales", "suelto", "con_comision", "cargo", "reverso",
         "reverso", "reverso_en_parte", "devuelto"]
    ),
    cuenta=st.integers(0, 1), dia=st.integers(0, 2), referencia=st.booleans(),
)  # fmt: skip


def libros_de(sucesos: Sequence[Suceso], vivos: Sequence[Comprobante]) -> tuple[LibroDelBanco, ...]:
    """The bank's books of what happened: each comprobante is paid once at most."""
    quedan = list(vivos)
    hechos: list[list[Apunte]] = [[], []]
    for n, s in enumerate(sucesos):
        hechos[s.cuenta] += _apuntes(
            s, f"R{n:03d}" if s.referencia else "", quedan, hechos[s.cuenta]
        )
    return tuple(
        LibroDelBanco(numero, 50_000 * (i + 1), tuple(sorted(suyos, key=lambda a: a.dia)))
        for i, (numero, suyos) in enumerate(zip(CUENTAS, hechos, strict=True))
        if suyos
    )


def _apuntes(s: Suceso, ref: str, quedan: list[Comprobante], previos: list[Apunte]) -> list[Apunte]:
    if s.clase in {"pago", "con_comision"}:
        return _pago(s, ref, quedan)
    if s.clase == "lote":
        suyos = [quedan.pop() for _ in range(min(3, len(quedan)))]
        partes = tuple((c.importe.centavos, c.numero) for c in suyos)
        entero = Apunte(s.dia, sum(c for c, _ in partes), ref, partes=partes)
        return [entero] if len(partes) > 1 else []
    sueltos = {
        "iguales": [Apunte(s.dia, 12_345), Apunte(s.dia, 12_345)],
        "suelto": [Apunte(s.dia, 4_321 + len(previos), ref)],
        "cargo": [Apunte(s.dia, -CARGO, ref)],
        "devuelto": [Apunte(s.dia, 9_876, ref, reverso="RvslInd")],
    }
    return sueltos.get(s.clase) or _reverso(s, ref, previos)


def _pago(s: Suceso, ref: str, quedan: list[Comprobante]) -> list[Apunte]:
    if not quedan:
        return []
    c = quedan.pop()
    comision = 25 if s.clase == "con_comision" else 0
    return [Apunte(s.dia, c.importe.centavos - comision, ref, c.numero, comision=comision)]


def _reverso(s: Suceso, ref: str, previos: list[Apunte]) -> list[Apunte]:
    """The bank takes back a payment of one comprobante, or a part of it: then a person decides."""
    vueltos = {a.cita for a in previos if a.reverso}
    pagos = [
        a for a in previos
        if a.cita and a.centavos > 0 and not a.comision and not a.reverso and a.cita not in vueltos
    ]  # fmt: skip
    if not pagos:
        return []
    pago = pagos[-1]
    como = "codigo" if s.referencia else "RvslInd"
    if s.clase == "reverso_en_parte":
        return [Apunte(max(s.dia, pago.dia), -pago.centavos // 2, ref, "", reverso=como)]
    return [Apunte(max(s.dia, pago.dia), -pago.centavos, ref, pago.cita, reverso=como)]


NIVELES_DE_AVISO = ("entera", "detallada", "piezas", "piezas")


@st.composite
def mensajes_de(draw: st.DrawFn, libro: LibroDelBanco) -> list[Mensaje]:
    """Every day in a statement, some told again, together with the next, or in notices."""
    niveles = st.sampled_from(["entera", "entera", "detallada"])
    dias_valor = st.sampled_from([0, 0, 1, None])
    dias = list(libro.dias)
    hechos = [
        libro.extracto([d], nivel=draw(niveles), dias_valor=draw(dias_valor),
                       periodo=draw(st.sampled_from([None, (d, d)])))
        for d in dias
    ]  # fmt: skip
    vacios = [d for d in range(3) if d not in dias and draw(st.booleans())]
    hechos += [libro.extracto([d], periodo=(d, d)) for d in vacios]
    juntos = [[a, b] for a, b in pairwise(dias)]
    for par in draw(st.lists(st.sampled_from(juntos), max_size=1)) if juntos else []:
        hechos.append(libro.extracto(par, nivel=draw(niveles), dias_valor=draw(dias_valor)))
    for dia in dias:
        dichos = [a for a in libro.apuntes if a.dia == dia and draw(st.booleans())]
        if dichos:
            hechos.append(
                libro.aviso(
                    dichos, nivel=draw(st.sampled_from(NIVELES_DE_AVISO)),
                    referencia_de_pieza=draw(st.sampled_from(["misma", "ninguna", "propia"])),
                    dias_valor=draw(dias_valor),
                )
            )  # fmt: skip
    return hechos


def test_our_books_are_the_banks_whatever_it_sends_and_however_often(
    vivos: list[Comprobante],
) -> None:
    @settings(max_examples=EJEMPLOS, deadline=None, phases=FASES, suppress_health_check=SALUD)
    @given(st.lists(SUCESOS, min_size=2, max_size=9), st.data())
    def propiedad(sucesos: list[Suceso], data: st.DataObject) -> None:
        suyos = libros_de(sucesos, vivos)
        mensajes = [m for libro in suyos for m in data.draw(mensajes_de(libro))]
        repetidos = data.draw(st.lists(st.sampled_from(mensajes), max_size=2)) if mensajes else []
        orden = tuple(data.draw(st.permutations(mensajes + repetidos)))
        otra_vez = orden if EJEMPLOS > POCOS else orden[:2]
        comprobar(Escenario(suyos, orden, otra_vez), vivos)

    propiedad()


# Twins: the property sees each of these faults ----------------------------------------------


def _escenario_rico(vivos: Sequence[Comprobante]) -> Escenario:
    """Equal entries, a batch told in pieces, other value dates, and everything once more."""
    a, b, c, d = vivos[:4]
    partes = tuple((x.importe.centavos, x.numero) for x in (a, b))
    entero = Apunte(0, a.importe.centavos + b.importe.centavos, "L", "", partes)
    libro = LibroDelBanco(
        CUENTAS[0], 50_000,
        (
            Apunte(0, 12_345), Apunte(0, 12_345), entero,
            Apunte(0, c.importe.centavos, "K", c.numero),
            Apunte(1, d.importe.centavos, "", d.numero), Apunte(1, -CARGO, "C"),
            Apunte(1, -c.importe.centavos, "V", c.numero, reverso="RvslInd"),
        ),
    )  # fmt: skip
    creditos = [x for x in libro.apuntes if x.centavos > 0 and x.dia == 0]
    mensajes = (
        libro.aviso(creditos, nivel="piezas", dias_valor=1), libro.extracto([0]),
        libro.extracto([0, 1], dias_valor=None), libro.extracto([1], dias_valor=1),
    )  # fmt: skip
    return Escenario((libro,), mensajes, mensajes)


def test_the_scenario_of_the_twins_is_right(vivos: list[Comprobante]) -> None:
    comprobar(_escenario_rico(vivos), vivos)


def _sin_fecha_valor(texto: str) -> str:
    return texto.replace(
        "AND p.entrada = l.entrada",
        "AND p.entrada = l.entrada AND p.fecha_valor IS NOT DISTINCT FROM l.fecha_valor",
    )


@pytest.mark.parametrize(
    ("paso", "cambio"),
    [
        ("conocidas", _sin_fecha_valor),
        ("lugares", lambda _: "SELECT 1"),
        ("sueltas", lambda texto: texto.replace("ORDER BY", "AND false ORDER BY")),
        ("otra_vez", lambda texto: f"{texto} AND false"),
    ],
)
def test_twin_with_one_rule_less_the_property_fails(
    paso: str, cambio: Callable[[str], str], vivos: list[Comprobante],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Value date in the identity, the n-th dropped, pieces not matched, what was told forgotten."""
    texto_de = PasosSql._texto

    def otro(self: PasosSql, nombre: str) -> str:
        texto = texto_de(self, nombre)
        return cambio(texto) if nombre == paso else texto

    monkeypatch.setattr(PasosSql, "_texto", otro)
    with pytest.raises((AssertionError, DatabaseError)):
        comprobar(_escenario_rico(vivos), vivos)
