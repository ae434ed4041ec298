"""End the deadlines that ran out, and have what each causes happen."""

from datetime import date
from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

from recaudo.domain.plazos.facts import PlazosVencidos
from recaudo.infra.audit.cierre import efecto_de_plazo
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO: Final = Acto("vencer_plazos", Permiso.CARTERA_CERRAR_DIA, PlazosVencidos)
#: Temporary table that an effect reads: (plazo_id, materia_tipo, materia_id,
#: parte_tipo, parte_id, regla, vence).
VENCIDOS: Final = "plazo_vencido"
_TOMAR = """
SELECT recaudo_tomar_plazos(ARRAY(SELECT plazo_id FROM plazos_plazopendiente WHERE vence < %s))
"""
_TOMADOS = """
CREATE TEMP TABLE plazo_por_efecto ON COMMIT DROP AS
SELECT z.id AS plazo_id, z.materia_tipo, z.materia_id, z.parte_tipo, z.parte_id, z.regla,
       p.vence, z.efecto
  FROM plazos_plazopendiente p JOIN plazos_plazo z ON z.id = p.plazo_id
 WHERE p.vence < %s ORDER BY z.id
"""
_EVENTOS = """
INSERT INTO plazos_eventodeplazo (plazo_id, que, vence, ocurrio_el, hecho_id)
SELECT plazo_id, 'VENCIO', vence, %s, %s FROM plazo_por_efecto ORDER BY plazo_id
"""
_SEPARAR = f"""
CREATE TEMP TABLE {VENCIDOS} ON COMMIT DROP AS
SELECT plazo_id, materia_tipo, materia_id, parte_tipo, parte_id, regla, vence
  FROM plazo_por_efecto WHERE efecto = %s
"""  # noqa: S608 - our own table


def vencer_plazos(*, fecha: date, por: Actor) -> int:
    """This act will end what had its last day before `fecha`, the date that closes (COA 158).

    The last day is whole: what ends on a Thursday is over in the close of Friday. Each deadline
    ends once for ever (P19), and then its effect runs as a consequence: an act of the room that
    owns the matter, named when the deadline was opened and wired in `project.wiring`. Running it
    again changes nothing. Returns how many things the effects moved.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM plazos_plazopendiente WHERE vence < %s)", [fecha]
        )
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("DROP TABLE IF EXISTS pg_temp.plazo_por_efecto")
        cursor.execute(_TOMAR, [fecha])
        cursor.execute(_TOMADOS, [fecha])
        cursor.execute("SELECT efecto, count(*) FROM plazo_por_efecto GROUP BY 1 ORDER BY 1")
        efectos = dict(cursor.fetchall())
        with acto(ACTO, por=por, fecha=fecha, norma="COA art. 158") as a:
            cursor.execute(_EVENTOS, [fecha, a.hecho_id])
            a.declarar(PlazosVencidos(fecha, efectos))
            movidos = 0
            for efecto in efectos:
                _separar(cursor, efecto)
                movidos += efecto_de_plazo(efecto)(tabla=VENCIDOS, causa=a)
    return movidos


def _separar(cursor: CursorWrapper, efecto: str) -> None:
    """Leave in VENCIDOS the deadlines of one effect."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{VENCIDOS}")
    cursor.execute(_SEPARAR, [efecto])
    cursor.execute(f"ANALYZE {VENCIDOS}")
