"""A planilla-bearing unit is added once and by who may (R-EMP-02)."""

import pytest

from recaudo.domain.afiliacion.actions.registrar_sucursal import (
    CodigoDeSucursal,
    SucursalYaRegistrada,
    registrar_sucursal,
)
from recaudo.domain.organizacion.actions.cargar_division_politica import cargar_division_politica
from recaudo.infra.security.actor import SinPermiso
from tests.domain.afiliacion.archivos import HOY
from tests.factories.afiliacion import (
    actor_de_afiliacion,
    actor_empleador,
    cedula_sintetica,
    hacer_empleador,
    ruc_de_sociedad,
)

pytestmark = pytest.mark.django_db
RUC = ruc_de_sociedad(123_456)
NUEVA = cedula_sintetica(840_001)


def test_a_sucursal_is_added_once_and_only_by_who_may() -> None:
    cargar_division_politica()
    empleador = hacer_empleador()
    datos = {"empleador_id": empleador.pk, "canton": "1701", "hoy": HOY}
    nueva = registrar_sucursal(codigo="0002", por=actor_de_afiliacion(), **datos)
    assert nueva.provincia == "17"
    with pytest.raises(SucursalYaRegistrada):
        registrar_sucursal(codigo="0002", por=actor_de_afiliacion(), **datos)
    for codigo in ("0000", "2", "٠٠٠٣"):
        with pytest.raises(CodigoDeSucursal):
            registrar_sucursal(codigo=codigo, por=actor_de_afiliacion(), **datos)
    with pytest.raises(SinPermiso):
        registrar_sucursal(codigo="0003", por=actor_empleador(empleador), **datos)
