"""Every transition table of the house, for the database's guards, the diagrams and the tests."""

from recaudo.domain.cartera import states as cartera
from recaudo.domain.notificaciones import states as notificaciones
from recaudo.domain.obligaciones import states as obligaciones
from recaudo.domain.recaudacion import states as recaudacion
from recaudo.kernel.states import Maquina

MAQUINAS: tuple[Maquina, ...] = (
    obligaciones.MAQUINA,
    recaudacion.MAQUINA,
    recaudacion.MAQUINA_VALOR,
    recaudacion.MAQUINA_EXTRACTO,
    notificaciones.MAQUINA,
    cartera.MAQUINA,
)
