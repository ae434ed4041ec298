"""How a view declares its door: public, with a permission, or for anyone logged in."""

from collections.abc import Callable
from typing import TypeVar

from recaudo.infra.security.permisos import Permiso

Vista = TypeVar("Vista", bound=Callable[..., object])
_MARCA = "_recaudo_puerta"
_RECIBE = "_recaudo_recibe"
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


def recibe_hasta(bytes_del_archivo: int) -> Callable[[Vista], Vista]:
    """It receives a file of up to that many bytes; who may not open it sends no more than a form.

    The server asks before it reads: what a view does not declare is a form (64 KB).
    """

    def marcar(vista: Vista) -> Vista:
        setattr(vista, _RECIBE, bytes_del_archivo)
        return vista

    return marcar


def bytes_que_recibe(vista: Callable[..., object]) -> int:
    """Return how many bytes of file a view declared that it receives; 0 when it did not."""
    declarado: int = getattr(vista, _RECIBE, 0)
    return declarado


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
