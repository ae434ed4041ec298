"""An employer with debts, its representative at the keyboard, and somebody else's employer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from recaudo.domain.afiliacion.models import Empleador, Representacion
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.infra import clock
from recaudo.infra.security.models import Usuario
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import SISTEMA, hacer_obligacion, poner_tasa
from tests.navegador.comprobaciones import errores_de_html

HOY = date(2026, 11, 20)
CLAVE = "una-clave-de-prueba"


class Navegador(Client):
    """A browser that knows for whom one acts: `@/planillas/` is the planillas of that employer."""

    casa = ""

    def generic(self, method: str, path: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask for an address, the short form written whole."""
        return super().generic(method, self._entera(path), *args, **kwargs)

    def get(self, path: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask for an address; its query is read before the short form is written whole."""
        return super().get(self._entera(path), *args, **kwargs)

    def _entera(self, path: Any) -> str:
        return f"{self.casa}{path[1:]}" if str(path).startswith("@/") else str(path)


@dataclass(frozen=True)
class Caso:
    """One employer, who represents it, and a browser where that person is logged in."""

    empleador: Empleador
    usuario: Usuario
    navegador: Navegador

    @property
    def casa(self) -> str:
        """The address of this employer, without the last slash."""
        return f"/empleadores/{self.empleador.ruc}"

    def deuda(self, **cual: Any) -> Obligacion:
        """Create one debt of this employer."""
        return hacer_obligacion(empleador=self.empleador, **cual)


def representar(usuario: Usuario, empleador: Empleador) -> None:
    """Let that person act for that employer."""
    Representacion.objects.create(
        usuario=usuario, empleador=empleador, calidad="TITULAR", desde=date(2020, 1, 1)
    )


def leer(respuesta: Any, estado: int = 200) -> str:
    """Return the page, which must have that status, be valid HTML and have no raw component."""
    assert respuesta.status_code == estado, respuesta.content[:2000]
    html = str(respuesta.content.decode())
    assert "<c-" not in html
    assert errores_de_html(html) == []
    return html


def perdida(respuesta: Any, *numeros: str) -> str:
    """Return a page that says it found nothing, without its token and without those numbers."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", leer(respuesta, estado=404))
    for numero in numeros:
        html = html.replace(numero, "…")
    return html


@pytest.fixture
def hoy(db: None) -> date:
    """The business date of these tests, as a demonstration would have it."""
    clock.fijar_fecha_simulada(HOY)
    return HOY


@pytest.fixture
def hacer_caso(hoy: date) -> Callable[..., Caso]:
    """Make an employer with its representative."""

    def hacer(razon_social: str = "Comercial Andina S.A.", cedula: str = "2050000013") -> Caso:
        empleador = hacer_empleador(razon_social=razon_social)
        usuario = Usuario.objects.create_user(cedula, "Rosa Prueba", CLAVE)
        representar(usuario, empleador)
        navegador = Navegador()
        navegador.force_login(usuario)
        caso = Caso(empleador, usuario, navegador)
        navegador.casa = caso.casa
        return caso

    return hacer


@pytest.fixture
def caso(hacer_caso: Callable[..., Caso]) -> Caso:
    """One employer without debts."""
    return hacer_caso()


@pytest.fixture
def ajeno(hacer_caso: Callable[..., Caso]) -> Caso:
    """Another employer, whose things the first may not see."""
    return hacer_caso("Ajena Cía. Ltda.", "2050000021")


@pytest.fixture
def tasas(db: None) -> None:
    """The published rates of the months these tests use."""
    for mes in ("2026-09", "2026-10", "2026-11", "2026-12"):
        poner_tasa(mes, "9.33")


@pytest.fixture
def con_glosa(caso: Caso, tasas: None) -> Notificacion:
    """A debt so old that it became a glosa, whose notice waits in the inbox."""
    caso.deuda(periodo="2026-09", emitida=date(2026, 10, 1), vence=date(2026, 10, 15))
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY)
    return Notificacion.objects.get(empleador_id=caso.empleador.pk)
