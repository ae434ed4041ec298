"""How long the institution waits for a notice of the electronic inbox to be opened."""

from datetime import date

from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros
from recaudo.norma.plazos.calendario import Calendario
from recaudo.norma.plazos.termino import Termino, contar_termino


@segun("COA art. 164")
def espera_de_recepcion(
    *, depositada: date, cantones: frozenset[str], calendario: Calendario, parametros: Parametros
) -> Termino:
    """Business days the inbox waits for a reception; after ``vence`` another channel is due.

    Reception needs proof (COA 164); the number of days is ``notificacion.dias_para_abrir``, a
    decision of design. The wait notifies nobody: only an acknowledgement opens a término.
    """
    dias = parametros.vigente("notificacion.dias_para_abrir", en=depositada).entero
    return contar_termino(
        notificado=depositada, dias=dias, cantones=cantones, calendario=calendario
    )
