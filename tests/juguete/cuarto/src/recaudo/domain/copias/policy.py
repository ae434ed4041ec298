"""What a notice of copies is: who may see it, and the término it opens."""

from typing import Final

from recaudo.domain.copias.catalogo import MATERIA
from recaudo.domain.notificaciones.materias import LoQueAbre, Materia
from recaudo.infra.security.permisos import Permiso
from recaudo.norma.plazos.copias import pagar_copias

NOTICIA_DE_COPIAS: Final = Materia(
    tipo=MATERIA,
    nombre="copias",
    permiso_ver=Permiso.COPIAS_VER,
    abre=LoQueAbre(pagar_copias(), "dejar_impagas"),
)
