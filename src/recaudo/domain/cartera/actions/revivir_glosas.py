"""Revive the glosas that a payment, now undone, had cancelled."""

from django.db import connection

from recaudo.domain.cartera.actions.notificar_glosa import notificar_glosa
from recaudo.domain.cartera.actions.vencer_terminos import vencer_terminos
from recaudo.domain.cartera.facts import GlosasRevividas
from recaudo.domain.cartera.states import SIN_NOTIFICAR, VIVAS, EstadoGlosa
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import elegir

ACTO = Acto("revivir_glosas", None, GlosasRevividas)
NORMA = "R-REC-01"
_VIVAS = ", ".join(f"'{estado}'" for estado in VIVAS)
#: The last glosa of each debt that is in glosa again and has none alive.
_MUERTAS = f"""
SELECT max(g.id) AS id FROM {{tabla}} t
  JOIN obligaciones_obligacion o
    ON o.id = t.obligacion_id AND o.estado = '{EstadoObligacion.EN_GLOSA}'
  JOIN cartera_glosa g ON g.obligacion_id = t.obligacion_id
 GROUP BY t.obligacion_id
HAVING NOT bool_or(g.estado IN ({_VIVAS}))
"""  # noqa: S608 - our own text
_REVIVIR = """
UPDATE cartera_glosa g SET estado = recaudo_estado_previo('glosa', g.id, g.estado)
  FROM glosa_muerta m WHERE m.id = g.id AND g.estado = %s
"""
#: Those whose notice was opened while they were paid, with the last day of their término.
_RECIBIDAS = """
SELECT g.id, n.recibida_el, z.vence
  FROM cartera_glosa g
  JOIN glosa_muerta m ON m.id = g.id
  JOIN notificaciones_notificacion n
    ON n.materia_tipo = 'glosa' AND n.materia_id = g.id AND n.surte_efecto
  JOIN plazos_plazo z ON z.materia_tipo = 'glosa' AND z.materia_id = g.id
                     AND z.reemplaza_a_id IS NULL
 WHERE g.estado = ANY(%s) ORDER BY g.id
"""
_TERMINADOS = """
SELECT z.materia_tipo, z.materia_id
  FROM glosa_muerta m
  JOIN plazos_plazo z ON z.materia_tipo = 'glosa' AND z.materia_id = m.id
  JOIN plazos_eventodeplazo e ON e.plazo_id = z.id AND e.que = 'VENCIO'
"""


def revivir_glosas(*, causa: ActoAbierto, tabla: str) -> int:
    """This act will return to where they were the glosas of the debts of `tabla` (R-REC-01).

    Those that the undone payment had cancelled: the debt is in glosa again. It happens inside the
    act that undid the payment, `causa`. What happened meanwhile to their notice and to their
    deadline, which did not stop, happens to them now. Again, it changes nothing. Returns how many.
    """
    with connection.cursor() as cursor:
        cuantas = elegir(cursor, "glosa_muerta", _MUERTAS.format(tabla=tabla))
        if not cuantas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
            cursor.execute(_REVIVIR, [EstadoGlosa.CANCELADA.value])
            a.declarar(GlosasRevividas(a.fecha, cuantas))
            cursor.execute(_RECIBIDAS, [[str(e) for e in SIN_NOTIFICAR]])
            for glosa_id, recibida_el, vence in cursor.fetchall():
                notificar_glosa(glosa_id=glosa_id, recibida_el=recibida_el, vence=vence, causa=a)
            elegir(cursor, "glosa_revivida", _TERMINADOS)
            vencer_terminos(tabla="glosa_revivida", causa=a)
    return cuantas
