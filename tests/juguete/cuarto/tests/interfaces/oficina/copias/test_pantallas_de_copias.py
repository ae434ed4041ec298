"""The list, the sheet and the act of the copies, as a browser asks for them."""

from datetime import date, timedelta

import pytest
from django.test import Client

from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.queries import PedidoVisto, pedido_de_copias
from recaudo.domain.obligaciones.queries import obligaciones_de_materia
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.models import ValorPorAplicar
from recaudo.infra.audit.models import Reloj
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.models import Asignacion, Usuario
from tests.factories.afiliacion import GUAYAQUIL, hacer_empleador
from tests.factories.copias import HOY, cerrar_hasta, dejar_vencer, estado_de, pedir
from tests.factories.deudas import violaciones
from tests.factories.recaudacion import BRUNO, Linea, importar
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db


def navegador(rol: str, provincia: str = "") -> Client:
    usuario = Usuario.objects.create_user("2050000099", "Amparo Analista")
    Asignacion.objects.create(usuario=usuario, rol=rol, provincia=provincia, desde=date(2020, 1, 1))
    cliente = Client()
    cliente.force_login(usuario)
    return cliente


def datos(ruc: str) -> dict[str, str]:
    return {"ruc": ruc, "matricula": "1717", "fojas": "25", "valor": "12,50"}


def test_the_act_on_screen_bears_the_order_and_its_sheet_and_list_show_it() -> None:
    cliente = navegador("AC", "17")
    ruc = hacer_empleador().ruc
    assert errores_de_html(cliente.get("/oficina/copias/liquidar/").content.decode()) == []
    hecho = cliente.post("/oficina/copias/liquidar/", datos(ruc))
    numero = PedidoDeCopias.objects.get().pk
    assert (hecho.status_code, hecho["Location"]) == (302, f"/oficina/copias/{numero}/")
    ficha = cliente.get(hecho["Location"]).content.decode()
    assert errores_de_html(ficha) == []
    assert "Liquidada" in ficha
    assert "Se liquidaron copias de 25 fojas por" in ficha
    lista = cliente.get("/oficina/copias/").content.decode()
    assert errores_de_html(lista) == []
    assert "<strong>1 pedido</strong>" in lista
    assert "12,50" in b"".join(cliente.get("/oficina/copias/?formato=csv")).decode()


def test_a_refusal_comes_back_in_its_own_words_and_writes_nothing() -> None:
    cliente = navegador("AC", "17")
    respuesta = cliente.post(
        "/oficina/copias/liquidar/", datos(hacer_empleador(canton=GUAYAQUIL).ruc)
    )
    assert respuesta.status_code == 422
    assert not PedidoDeCopias.objects.exists()


def test_without_the_permission_the_act_does_not_exist() -> None:
    cliente = navegador("AUD")
    ruc = hacer_empleador().ruc
    assert cliente.post("/oficina/copias/liquidar/", datos(ruc)).status_code == 404
    assert not PedidoDeCopias.objects.exists()
    assert cliente.get("/oficina/copias/").status_code == 200


def test_another_province_does_not_see_it() -> None:
    numero = pedir()
    cliente = navegador("AC", "09")
    assert cliente.get(f"/oficina/copias/{numero}/").status_code == 404
    assert cliente.post(f"/oficina/copias/{numero}/retirar/").status_code == 404
    assert "No hay pedidos" in cliente.get("/oficina/copias/").content.decode()


def test_a_page_that_reads_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    numero = pedir()
    cliente = navegador("AC", "17")

    def escribe(pedido_id: int, *, alcance: Alcance) -> PedidoVisto:
        PedidoDeCopias.objects.filter(pk=pedido_id).update(fojas=1)
        return pedido_de_copias(pedido_id, alcance=alcance)

    monkeypatch.setattr("recaudo.interfaces.oficina.copias.views.pedido_de_copias", escribe)
    cliente.raise_request_exception = False
    assert cliente.get(f"/oficina/copias/{numero}/").status_code == 500
    assert PedidoDeCopias.objects.get(pk=numero).fojas == 25


def test_the_whole_story_from_the_screen_to_the_money() -> None:
    Reloj.objects.create(fecha_simulada=HOY)
    cliente = navegador("AC", "17")
    cliente.post("/oficina/copias/liquidar/", datos(hacer_empleador().ruc))
    numero = PedidoDeCopias.objects.get().pk
    tarde = dejar_vencer(numero) + timedelta(days=1)
    cerrar_hasta(tarde)
    assert estado_de(numero) == "archivada"
    (deuda,) = obligaciones_de_materia("copias", numero)
    importar(Linea(1250, "", "SUELTO", fecha=tarde), hoy=tarde)
    aplicar_valor(
        valor_id=ValorPorAplicar.objects.get().pk, obligaciones=[deuda.id], por=BRUNO, hoy=tarde,
        razon="Trajo la papeleta",
    )  # fmt: skip
    ficha, retirar = f"/oficina/copias/{numero}/", f"/oficina/copias/{numero}/retirar/"
    pagada = cliente.get(ficha).content.decode()
    assert "Pagada, por entregar" in pagada
    assert retirar in pagada
    assert errores_de_html(cliente.get(retirar).content.decode()) == []
    assert cliente.post(retirar, {"decision": "retirar"})["Location"] == ficha
    assert retirar not in cliente.get(ficha).content.decode()
    assert cliente.post(retirar, {"decision": "retirar"}).status_code == 422
    assert violaciones() == {}
