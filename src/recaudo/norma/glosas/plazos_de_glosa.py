"""When an unpaid planilla becomes a glosa, and the término the glosa opens."""

from datetime import date, timedelta

from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros
from recaudo.norma.plazos.calendario import Calendario
from recaudo.norma.plazos.termino import Termino, contar_termino


@segun("LSS art. 94")
def fecha_de_glosa(vencimiento: date, parametros: Parametros) -> date:
    """Day on which the glosa is issued: the N-th calendar day of arrears.

    N is ``glosa.dias_para_glosar``; day 1 of arrears is the day after the due date.
    """
    return vencimiento + timedelta(
        days=parametros.vigente("glosa.dias_para_glosar", en=vencimiento).entero
    )


@segun("C.D. 516 art. 129")
def termino_de_glosa(
    *, notificado: date, cantones: frozenset[str], calendario: Calendario, parametros: Parametros
) -> Termino:
    """Término to pay or challenge a glosa, from the business day after its notification.

    The days are ``glosa.dias_de_termino``; ``cantones`` as in ``contar_termino``.
    """
    dias = parametros.vigente("glosa.dias_de_termino", en=notificado).entero
    return contar_termino(
        notificado=notificado, dias=dias, cantones=cantones, calendario=calendario
    )
