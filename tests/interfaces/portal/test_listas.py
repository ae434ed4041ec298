"""The lists of an employer: what is kept is of nobody; what is read at once, the same rows."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import RequestFactory

from recaudo.domain.afiliacion.queries import ficha_propia
from recaudo.infra.security.alcance import NADA, TODA_LA_NACION, Alcance
from recaudo.interfaces.portal.comprobantes.tablas import comprobantes_del
from recaudo.interfaces.portal.novedades.tablas import archivos_de
from recaudo.interfaces.portal.planillas.tablas import TablaPlanillas, planillas_de
from recaudo.interfaces.vista import barra, celdas
from recaudo.interfaces.vista.filtros import Busqueda, Filas, Opcion
from recaudo.interfaces.vista.tablas import Columna, Tabla
from tests.factories.cartera import hacer_obligacion
from tests.factories.recaudacion import hacer_comprobante, hacer_deuda
from tests.interfaces.portal.conftest import HOY, Caso, leer

LISTAS = ("planillas", "comprobantes", "novedades")


def _sin_token(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


@pytest.fixture
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(barra, "_GUARDADAS", type(barra._GUARDADAS)())
    monkeypatch.setattr(celdas, "_FIJOS", {})


@pytest.mark.usefixtures("_nothing_kept", "tasas")
@pytest.mark.parametrize("nombre", LISTAS)
def test_what_a_list_keeps_is_of_no_employer(
    hacer_caso: Callable[..., Caso], nombre: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    uno, otro = hacer_caso(), hacer_caso("Ajena Cía. Ltda.", "2050000021")
    for caso in (uno, otro):
        for mes in ("2026-08", "2026-09"):
            hacer_deuda(empleador=caso.empleador, periodo=mes)
        hacer_comprobante(hacer_deuda(empleador=caso.empleador, periodo="2026-07"))
    primera = _sin_token(leer(uno.navegador.get(f"@/{nombre}/")))
    ajena = _sin_token(leer(otro.navegador.get(f"@/{nombre}/")))  # with what the first one left
    assert uno.empleador.ruc not in ajena
    assert uno.empleador.razon_social not in ajena
    assert f'data-hx-get="{otro.casa}/{nombre}/"' in ajena
    assert _sin_token(leer(uno.navegador.get(f"@/{nombre}/"))) == primera
    guardado = repr(barra._GUARDADAS) + repr(celdas._FIJOS)
    assert "busqueda" in guardado
    for suyo in (uno.empleador.ruc, uno.empleador.razon_social, otro.empleador.ruc):
        assert suyo not in guardado
    # And it is what would be drawn with nothing kept.
    monkeypatch.setattr(barra, "_GUARDADAS", type(barra._GUARDADAS)())
    monkeypatch.setattr(celdas, "_FIJOS", {})
    assert _sin_token(leer(otro.navegador.get(f"@/{nombre}/"))) == ajena


class TablaConMomento(Tabla):
    """A list whose choices change."""

    nombre = Columna("Nombre")
    ahora: list[tuple[str, str]] = [("a", "Antes")]  # noqa: RUF012 - the test changes it
    buscar = Busqueda("Nombre", textos=["nombre"])
    filtros = {  # noqa: RUF012 - as every list
        "momento": Opcion("Momento", lambda: list(TablaConMomento.ahora)),
        "lugar": Opcion("Lugar"),
    }


def _barra(ruta: str, lugares: list[tuple[str, str]], excluir: tuple[str, ...] = ()) -> str:
    pedido, opciones = RequestFactory().get(ruta), {"lugar": lugares}
    tabla = TablaConMomento([], exclude=excluir)
    return barra.barra(
        pedido, tabla, lambda: TablaConMomento.filtro(None, Filas([]), opciones), opciones
    )  # type: ignore[arg-type]


@pytest.mark.usefixtures("_nothing_kept")
def test_a_kept_bar_offers_what_is_offered_now_and_to_whoever_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quito, loja = ("17", "Pichincha"), ("11", "Loja")
    nacional = _barra("/una/", [quito, loja])
    assert "Pichincha" in nacional
    assert "Antes" in nacional
    assert _barra("/una/", [quito, ("09", "Guayas")]) != nacional
    assert "Pichincha" not in _barra("/una/", [quito])  # one choice is no choice
    monkeypatch.setattr(TablaConMomento, "ahora", [("d", "Después")])
    assert "Antes" not in _barra("/una/", [quito, loja])
    assert 'value="nombre"' not in _barra("/una/", [quito, loja], ("nombre",))
    rara = _barra("/una/<b>&/", [quito, loja])
    assert 'data-hx-get="/una/&lt;b&gt;&amp;/"' in rara


def test_a_bar_that_somebody_filled_is_never_kept(caso: Caso) -> None:
    barra._GUARDADAS.clear()
    html = leer(caso.navegador.get("@/planillas/", {"q": "secreto", "desde": "01/01/2026"}))
    assert 'value="secreto"' in html
    assert not barra._GUARDADAS
    assert "secreto" not in leer(caso.navegador.get("@/planillas/"))


def test_the_rows_read_at_once_are_those_of_the_queryset_in_their_order(caso: Caso) -> None:
    iguales = {"emitida": date(2026, 10, 1), "vence": date(2026, 10, 15)}
    for mes in ("2026-07", "2026-09", "2026-08"):
        hacer_obligacion(empleador=caso.empleador, periodo=mes, **iguales)
    hacer_comprobante(hacer_deuda(empleador=caso.empleador, periodo="2026-05"))
    quien = ficha_propia(caso.empleador.ruc, alcance=_de(caso))
    for pedida in (
        planillas_de(quien, alcance=_de(caso)),
        comprobantes_del(quien, alcance=_de(caso), hoy=HOY),
        archivos_de(quien, alcance=_de(caso)),
    ):
        de_una_vez, enteras = pedida.primeras(50), list(pedida.consulta)
        assert de_una_vez == enteras
        for hallada, de_siempre in zip(de_una_vez, enteras, strict=True):
            de_la_base = set(vars(de_siempre)) - {"_state"}
            assert {c: vars(hallada)[c] for c in de_la_base} == {
                c: vars(de_siempre)[c] for c in de_la_base
            }
        assert pedida.primeras(2) == enteras[:2]


def test_nothing_is_read_of_an_employer_out_of_reach(caso: Caso, ajeno: Caso) -> None:
    hacer_comprobante(hacer_deuda(empleador=caso.empleador))
    quien = ficha_propia(caso.empleador.ruc, alcance=_de(caso))
    for alcance in (NADA, _de(ajeno), Alcance(provincias=frozenset({"99"}))):
        for pedida in (
            planillas_de(quien, alcance=alcance),
            comprobantes_del(quien, alcance=alcance, hoy=HOY),
            archivos_de(quien, alcance=alcance),
        ):
            assert pedida.primeras(50) == []
            assert list(pedida.consulta) == []
    assert planillas_de(quien, alcance=TODA_LA_NACION).primeras(50)


def test_the_reach_of_one_employer_is_that_employer_and_of_none_nothing() -> None:
    assert Alcance.de_un_empleador(7).contiene(empleador_id=7)
    assert not Alcance.de_un_empleador(7).contiene(empleador_id=8)
    assert Alcance.de_un_empleador(None) == NADA
    assert not Alcance.de_un_empleador(None).contiene()


def test_a_list_of_more_than_a_page_counts_and_sums_them_all(caso: Caso) -> None:
    for n in range(53):
        hacer_obligacion(empleador=caso.empleador, periodo=f"{2020 + n // 12}-{n % 12 + 1:02d}")
    html = leer(caso.navegador.get("@/planillas/"))
    assert f"53 {TablaPlanillas.plural}" in html
    assert html.count('scope="row"') == 50


def _de(caso: Caso) -> Alcance:
    return Alcance.de_un_empleador(caso.empleador.pk)
