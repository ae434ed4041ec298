"""Put many documents in their employers' inboxes with one statement."""

import json
from datetime import date

from django.db import connection
from psycopg import sql

from recaudo.domain.notificaciones.facts import NotificacionesDepositadas
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.carga import tabla_temporal
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.casillero import espera_de_recepcion

ACTO = Acto("depositar_notificaciones", Permiso.GLOSA_NOTIFICAR, NotificacionesDepositadas)

_ESPERAS = "espera_de_recepcion (cantones jsonb PRIMARY KEY, abrir_hasta date NOT NULL)"
_DEPOSITAR = """
INSERT INTO notificaciones_notificacion (empleador_id, provincia, cantones, materia_tipo,
    materia_id, asunto, documento_id, canal, estado, depositada_el, depositada_en, abrir_hasta,
    prueba, hecho_id)
SELECT t.empleador_id, t.provincia, t.cantones, %s, t.materia_id, t.asunto, t.documento_id,
       'CASILLERO', 'depositada', %s, clock_timestamp(), e.abrir_hasta, '{{}}', %s
  FROM {} t JOIN espera_de_recepcion e USING (cantones)
 ORDER BY t.materia_id
"""


def depositar_notificaciones(*, tabla: str, materia_tipo: str, fecha: date, por: Actor) -> int:
    """This act will deposit every row of the temporary table `tabla` on `fecha` (COA art. 164).

    Columns it reads: empleador_id, provincia, cantones (jsonb list of 4-digit codes, sorted),
    materia_id, asunto, documento_id. Returns how many. Same rule as the act of one.
    """
    with (
        acto(ACTO, por=por, fecha=fecha, norma="COA art. 164") as a,
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.SQL("SELECT DISTINCT cantones FROM {}").format(sql.Identifier(tabla)))
        lugares = [fila[0] for fila in cursor.fetchall()]
        tabla_temporal(cursor, _ESPERAS, [(lugar, _abrir_hasta(lugar, fecha)) for lugar in lugares])
        cursor.execute(
            sql.SQL(_DEPOSITAR).format(sql.Identifier(tabla)), [materia_tipo, fecha, a.hecho_id]
        )
        cuantas = int(cursor.rowcount)
        a.declarar(NotificacionesDepositadas(fecha, materia_tipo, cuantas))
    return cuantas


def _abrir_hasta(cantones: str, fecha: date) -> date:
    """Last day the inbox is waited for; `cantones` is the JSON text of a list of codes."""
    return espera_de_recepcion(
        depositada=fecha,
        cantones=frozenset(json.loads(cantones)),
        calendario=cargar_calendario(),
        parametros=cargar_parametros(),
    ).vence
