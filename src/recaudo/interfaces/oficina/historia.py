"""History of an object or of an employer, as the audit trail tells it."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.timezone import localtime

from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.roles import ROLES
from recaudo.interfaces.vista.piezas import Suceso
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import fechas_legibles

LIMITE = 100


def hecho(hecho_id: int) -> Suceso | None:
    """Return one fact, or None."""
    fila = Hecho.objects.filter(pk=hecho_id).first()
    return None if fila is None else _suceso(fila)


def historia_de_objeto(tipo: str, objeto_id: int | str) -> list[Suceso]:
    """Return the facts about one object, newest first."""
    filas = Hecho.objects.filter(objeto_tipo=tipo, objeto_id=str(objeto_id))
    return _sucesos(filas.order_by("-id")[:LIMITE])


def pasajes(maquina: str, objeto_id: int) -> list[Suceso]:
    """Return the passages of state of one object, newest first, each with the fact behind it."""
    cambios = list(
        CambioEstado.objects.filter(maquina=maquina, objeto_id=objeto_id).order_by("-id")[:LIMITE]
    )
    hechos = Hecho.objects.in_bulk({c.hecho_id for c in cambios})
    return [_pasaje(c, hechos.get(c.hecho_id)) for c in cambios]


def historia_de_empleador(empleador_id: int, *, alcance: Alcance) -> list[Suceso]:
    """Return the newest facts about an employer, without those of provinces out of reach.

    A fact of no province is of the employer itself, which the caller found within reach.
    """
    filas = Hecho.objects.filter(alcance.q() | Q(provincia=""), empleador_id=empleador_id)
    return _sucesos(filas.order_by("-id")[:LIMITE])


def _sucesos(filas: Iterable[Hecho]) -> list[Suceso]:
    return [_suceso(fila) for fila in filas]


def _pasaje(cambio: CambioEstado, fila: Hecho | None) -> Suceso:
    titulo = palabra_de_estado(cambio.hacia)
    if fila is None:
        return Suceso(titulo=titulo, cuando=localtime(cambio.en))
    suceso = _suceso(fila)
    return Suceso(titulo, suceso.cuando, suceso.quien, f"{suceso.titulo} {fila.norma}")


def _suceso(fila: Hecho) -> Suceso:
    roles = ", ".join(
        ROLES[r].nombre if r in ROLES else r.capitalize() for r in fila.rol.split(",")
    )
    return Suceso(
        titulo=fechas_legibles(fila.frase),
        cuando=fila.fecha,
        quien=f"{fila.actor_nombre} ({roles}), registrado el {localtime(fila.en):%d/%m/%Y %H:%M}",
        detalle=fila.norma,
    )
