"""The class of debt of this room: what it is made of, what makes it unique, where it stands."""

from typing import Final

from recaudo.domain.copias.states import NORMA
from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion
from recaudo.norma.parametros import EstadoVerificacion

MATERIA: Final = "copias"
CLASE: Final = ClaseDeObligacion(
    id="COPIAS",
    nombre="Copias certificadas",
    materia=MATERIA,
    rubros=("COSTAS",),  # a rubro of the catalogue: it knows its fund and its accounts
    unicidad=("materia", "version"),
    necesita_glosa=False,
    estados={"emitida": "TITULO", "en_mora": "TITULO"},
    norma=NORMA,
    estado_verificacion=EstadoVerificacion.PROVISIONAL,
    interes="NINGUNA",
)
