"""A held statement is let go when nothing holds it any more, by another person, with the reason."""

import pytest

from recaudo.domain.recaudacion.actions.confirmar_extracto import (
    ConfirmaQuienImporto,
    confirmar_extracto,
)
from recaudo.domain.recaudacion.actions.liberar_extracto import (
    ExtractoNoEstaRetenido,
    LiberacionSinRazon,
    SigueRetenido,
    liberar_extracto,
)
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.models import Extracto, LineaExtracto
from recaudo.domain.recaudacion.queries import ExtractoNoExiste
from recaudo.infra.audit.models import Hecho
from recaudo.infra.files.formatos.camt import ExtractoLeido
from recaudo.infra.security.actor import SinPermiso
from tests.factories.cargos import ELENA
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    PAGADO,
    Linea,
    extracto_xml,
    hacer_cuenta,
)

pytestmark = pytest.mark.django_db


def retenido(*, declarado: int | None = 1) -> int:
    """Held because the bank declares another total (or, without one, for its account)."""
    if declarado is not None:
        hacer_cuenta()
    contenido = extracto_xml(Linea(5000, "", "A"), declarado=declarado)
    (uno,) = recibir_extracto(
        nombre="e.xml", formato="camt053", contenido=contenido, por=BRUNO, hoy=PAGADO
    ).extractos
    assert Extracto.objects.get(pk=uno).estado == "retenido"
    return uno


def liberar(extracto_id: int, **otros: object) -> Extracto:
    datos: dict[str, object] = {
        "por": ELENA,
        "hoy": PAGADO,
        "razon": "El banco lo explicó",
        **otros,
    }
    return liberar_extracto(extracto_id=extracto_id, **{**datos, **otros})  # type: ignore[arg-type]


def test_what_contradicts_itself_is_never_let_go_whatever_the_reason() -> None:
    extracto = retenido()
    with pytest.raises(SigueRetenido, match="Sigue retenido: los totales"):
        liberar(extracto)
    assert Extracto.objects.get(pk=extracto).estado == "retenido"
    desconocida = retenido_sin_cuenta()
    with pytest.raises(SigueRetenido, match="no está registrada"):
        liberar(desconocida)


def retenido_sin_cuenta() -> int:
    contenido = extracto_xml(Linea(7000, "", "B")).replace(b"<Id>0010<", b"<Id>0099<")
    (uno,) = recibir_extracto(
        nombre="f.xml", formato="camt053", contenido=contenido, por=BRUNO, hoy=PAGADO
    ).extractos
    return uno


def test_read_again_with_the_rules_of_today_it_can_be_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It had been held by a fault of ours: the reading that is right now finds no contradiction."""
    propiedad = ExtractoLeido.totales_se_contradicen
    monkeypatch.setattr(ExtractoLeido, "totales_se_contradicen", property(lambda _: True))
    extracto = retenido(declarado=5000)
    monkeypatch.setattr(ExtractoLeido, "totales_se_contradicen", propiedad)
    with pytest.raises(ConfirmaQuienImporto):
        liberar(extracto, por=BRUNO)
    assert liberar(extracto).estado == "por_confirmar"
    assert not LineaExtracto.objects.exists(), "nothing enters until it is confirmed"
    frase = Hecho.objects.get(tipo="extracto_liberado").frase
    assert "El banco lo explicó" in frase
    with pytest.raises(ExtractoNoEstaRetenido):
        liberar(extracto)
    confirmar_extracto(extracto_id=extracto, por=ELENA, hoy=PAGADO)
    assert LineaExtracto.objects.count() == 1


def test_it_says_what_is_missing() -> None:
    extracto = retenido()
    with pytest.raises(LiberacionSinRazon):
        liberar(extracto, razon=" ")
    with pytest.raises(ExtractoNoExiste):
        liberar(10**9)
    with pytest.raises(SinPermiso):
        liberar(extracto, por=CARLA)
