"""How a view declares its door: public, with a permission, or for anyone logged in."""

from collections.abc import Callable
from typing import TypeVar

from recaudo.infra.security.permisos import Permiso

Vista = TypeVar("Vista", bound=Callable[..., object])
_MARCA = "_recaudo_puerta"
_PUBLICA = "publica"
_CUALQUIERA = "cualquiera"


def publica(vista: Vista) -> Vista:
    """Anyone may open it, logged in or not."""
    setattr(vista, _MARCA, _PUBLICA)
    return vista


def con_sesion(vista: Vista) -> Vista:
    """Anyone logged in may open it, whatever the role."""
    setattr(vista, _MARCA, _CUALQUIERA)
    return vista


def exige(permiso: Permiso) -> Callable[[Vista], Vista]:
    """Only who holds `permiso` may open it; for anyone else the page does not exist."""

    def marcar(vista: Vista) -> Vista:
        setattr(vista, _MARCA, permiso)
        return vista

    return marcar


#: Third-party views that are public by nature (static files, none of ours).
_MODULOS_PUBLICOS = ("django.views.static", "django.contrib.staticfiles")


def es_publica(vista: Callable[..., object]) -> bool:
    """Tell whether the view declared itself public."""
    return getattr(vista, _MARCA, None) == _PUBLICA or vista.__module__.startswith(
        _MODULOS_PUBLICOS
    )


def permiso_de(vista: Callable[..., object]) -> Permiso | None:
    """Return the permission a view demands, None for "anyone logged in".

    Raises LookupError when the view declared nothing: then nobody opens it.
    """
    marca = getattr(vista, _MARCA, None)
    if marca == _CUALQUIERA:
        return None
    if isinstance(marca, Permiso):
        return marca
    mensaje = f"{vista.__module__}.{getattr(vista, '__name__', vista)} declares no door"
    raise LookupError(mensaje)
