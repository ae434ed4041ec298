"""What never meets in one person: pairs of offices, and the two hands of one act.

Source: the rulebook (cartera, 8.3, segregation) and the invariants S03 and S04 of the house. The
offices of each pair come from the matrix: whoever it gives the right to approve, draw or annul.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.matriz import MATRIZ
from recaudo.infra.security.origen import EXTERNO
from recaudo.infra.security.permisos import Permiso


@dataclass(frozen=True, slots=True)
class ParProhibido:
    """Two groups of offices that nobody holds at once, and why."""

    clave: str
    unos: frozenset[str]
    otros: frozenset[str]
    razon: str

    def toca(self, rol: str, otro: str) -> bool:
        """Tell whether those two offices are one of each group."""
        return (rol in self.unos and otro in self.otros) or (
            otro in self.unos and rol in self.otros
        )


class ParteInteresada(SinPermiso):
    """An officer does not act for the institution on what is of an employer of one's own."""

    codigo = "PARTE_INTERESADA"
    mensaje = (
        "No puede actuar por la institución en lo que es de un empleador que usted representa. "
        "Pídalo a otra persona de su unidad."
    )
    norma = "C.D. 497 art. 3, 3.5.1 m)"


def _con(letras: str, *filas: str) -> frozenset[str]:
    return frozenset(
        rol
        for fila in filas
        for rol, celda in MATRIZ[fila].celdas.items()
        if celda.letras & set(letras) and rol != EXTERNO
    )


PARES: Final = (
    ParProhibido(
        "usuarios_y_dinero",
        frozenset({"ADM"}),
        _con("A", "distribuir_recaudado", "asentar_cambios", "purga", "pagar_costas", "anular"),
        "Quien administra los usuarios no aprueba dinero.",
    ),
    ParProhibido(
        "sortea_y_es_sorteado",
        _con("AX", "sortear"),
        frozenset({"SAE", "SAI"}),
        "Quien sortea no puede salir sorteado.",
    ),
    ParProhibido(
        "emite_y_anula",
        _con("A", "emitir_glosa", "emitir_titulo"),
        _con("A", "anular"),
        "Quien aprueba glosas o títulos no los anula.",
    ),
)


def par_prohibido(rol: str, otros: Iterable[str]) -> ParProhibido | None:
    """Return the pair that `rol` would make with an office already held, or None."""
    tenidos = tuple(otros)
    return next((par for par in PARES for otro in tenidos if par.toca(rol, otro)), None)


def exigir_sobre(*, por: Actor, permiso: Permiso, provincia: str, empleador_id: int | None) -> None:
    """Refuse (`SinPermiso`, `ParteInteresada`) an act on an object, whatever its room asked.

    The object must be within the reach of that permission, and must not be of an employer that
    the officer represents, unless it is by representing it that the permission is held. What is
    of no province and no employer is not looked at here: its permission is enough; of an employer
    without province, an office of provinces is believed to its room.
    """
    if por.es_sistema or (not provincia and empleador_id is None):
        return
    alcance = por.alcance(permiso)
    de_su_cuarto = not provincia and bool(alcance.provincias)
    if not (de_su_cuarto or alcance.contiene(provincia=provincia, empleador_id=empleador_id)):
        raise SinPermiso
    if empleador_id in por.representados and EXTERNO not in por.roles_con(permiso):
        raise ParteInteresada


def exigir_otra_persona(*, de: int | None, por: Actor, rechazo: type[SinPermiso]) -> None:
    """Refuse, with the room's own words, when who acts is who did the step before (S03)."""
    if de is not None and de == por.id:
        raise rechazo
