"""An employer enters the registry once, with its matriz (R-EMP-01, R-EMP-02)."""

import pytest

from recaudo.domain.afiliacion.actions.registrar_empleador import (
    EmpleadorYaRegistrado,
    FaltaRazonSocial,
    registrar_empleador,
)
from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.organizacion.actions.cargar_division_politica import cargar_division_politica
from recaudo.infra.audit.models import Hecho
from recaudo.kernel.ids import IdentificacionInvalida
from recaudo.kernel.letras import LetraNoAdmitida, NombreMuyLargo
from recaudo.kernel.refusals import Rechazo
from tests.domain.afiliacion.archivos import HOY
from tests.factories.afiliacion import (
    GUAYAQUIL,
    actor_de_afiliacion,
    cedula_sintetica,
    matriz_de,
    ruc_de_sociedad,
)

pytestmark = pytest.mark.django_db
RUC = ruc_de_sociedad(123_456)
NUEVA = cedula_sintetica(840_001)


def _registrar(ruc: str = RUC, **cambios: str) -> Empleador:
    cargar_division_politica()
    datos = {
        "razon_social": "  Ñandutí   Cía. Ltda. ",
        "tipo_empleador": "PRIV_SOCIEDAD",
        "canton": GUAYAQUIL,
    } | cambios
    return registrar_empleador(ruc=ruc, por=actor_de_afiliacion(), hoy=HOY, **datos)


def test_an_employer_is_registered_with_its_matriz_and_its_fact() -> None:
    empleador = _registrar()
    assert empleador.razon_social == "Ñandutí Cía. Ltda."
    assert empleador.clave_orden == "n~anduti cia. ltda."
    matriz = matriz_de(empleador)
    assert (matriz.canton, matriz.provincia) == ("0901", "09")
    hecho = Hecho.objects.get(tipo="empleador_registrado")
    assert (hecho.objeto_id, hecho.provincia) == (str(empleador.pk), "09")


@pytest.mark.parametrize(
    ("ruc", "cambios", "rechazo"),
    [
        ("1790016919000", {}, IdentificacionInvalida),
        (RUC, {"razon_social": " "}, FaltaRazonSocial),
        (RUC, {"tipo_empleador": "NADA"}, Rechazo),
        (RUC, {"canton": "9999"}, Rechazo),
        (RUC, {"razon_social": "王小明"}, LetraNoAdmitida),
        (RUC, {"razon_social": "x" * 201}, NombreMuyLargo),
        (RUC, {"direccion": "Calle \u202e9"}, LetraNoAdmitida),
        (RUC, {"representante": "a\x00b"}, LetraNoAdmitida),
    ],
)
def test_an_employer_that_cannot_be_is_refused(
    ruc: str, cambios: dict[str, str], rechazo: type[Rechazo]
) -> None:
    with pytest.raises(rechazo):
        _registrar(ruc, **cambios)
    assert not Empleador.objects.filter(ruc=ruc).exists()


def test_a_ruc_is_registered_once() -> None:
    _registrar()
    with pytest.raises(EmpleadorYaRegistrado):
        _registrar()
