"""Note that the término of a notified glosa ended."""

from datetime import date

from django.db import connection

from recaudo.domain.cartera.facts import TerminosVencidos
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("vencer_terminos", Permiso.CARTERA_CERRAR_DIA, TerminosVencidos)
_VENCIDOS = """
SELECT t.materia_id, t.regla, t.vence
  FROM notificaciones_termino t JOIN cartera_glosa g ON g.id = t.materia_id
 WHERE t.materia_tipo = 'glosa' AND t.vence < %(fecha)s AND g.estado = 'notificada'
   AND NOT EXISTS (SELECT 1 FROM notificaciones_termino r WHERE r.reemplaza_a_id = t.id)
"""
_HAY = f"SELECT EXISTS ({_VENCIDOS})"
_EVENTOS = f"""
INSERT INTO cartera_eventodeplazo (materia_tipo, materia_id, regla, fecha, ocurrio_el, hecho_id)
SELECT 'glosa', v.materia_id, v.regla, v.vence, %(fecha)s, %(hecho)s FROM ({_VENCIDOS}) v
 ORDER BY v.materia_id
"""  # noqa: S608 - our own text
_GLOSAS = """
UPDATE cartera_glosa SET estado = 'notificada_vencida'
 WHERE estado = 'notificada' AND id IN (SELECT materia_id FROM cartera_eventodeplazo
                                         WHERE materia_tipo = 'glosa' AND hecho_id = %(hecho)s)
"""


def vencer_terminos(*, fecha: date, por: Actor) -> int:
    """This act will move to `notificada_vencida` the glosas whose last day was before `fecha`.

    The last day is whole: a término that ends on a Thursday is over in the close of Friday
    (COA art. 158). Each deadline causes its event once for ever (P19). Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HAY, {"fecha": fecha})
        if not cursor.fetchone()[0]:
            return 0
        with acto(ACTO, por=por, fecha=fecha, norma="COA art. 158") as a:
            valores: dict[str, date | int] = {"fecha": fecha, "hecho": a.hecho_id}
            cursor.execute(_EVENTOS, valores)
            cursor.execute(_GLOSAS, valores)
            cuantas = int(cursor.rowcount)
            a.declarar(TerminosVencidos(fecha, cuantas))
    return cuantas
