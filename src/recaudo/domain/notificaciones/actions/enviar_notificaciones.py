"""Send many first notices by one channel with one statement."""

import json
from datetime import date

from django.db import connection
from psycopg import sql

from recaudo.domain.notificaciones.canales.protocolo import SIN_CASILLERO, Canal, canal_de
from recaudo.domain.notificaciones.facts import NotificacionesEnviadas, NotificacionesSinCasillero
from recaudo.domain.notificaciones.materias import materia_de
from recaudo.domain.notificaciones.policy import tienen_casillero
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.carga import tabla_temporal
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto(
    "enviar_notificaciones",
    Permiso.NOTIFICACION_ENVIAR,
    NotificacionesEnviadas,
    NotificacionesSinCasillero,
)

_ESPERAS = "espera_de_recepcion (cantones jsonb PRIMARY KEY, abrir_hasta date)"
_ENVIAR = """
INSERT INTO notificaciones_notificacion (destinatario_tipo, destinatario_id, provincia, cantones,
    materia_tipo, materia_id, asunto, documento_id, canal, intento, estado, depositada_el,
    depositada_en, abrir_hasta, surte_efecto, motivo_fallo, fallo_hecho_id, prueba, hecho_id)
SELECT t.destinatario_tipo, t.destinatario_id, t.provincia, t.cantones, {materia}, t.materia_id,
       t.asunto, t.documento_id, {canal}, 1, CASE WHEN t.llega THEN 'depositada' ELSE 'fallida' END,
       {fecha}, clock_timestamp(), CASE WHEN t.llega THEN e.abrir_hasta END, false,
       CASE WHEN t.llega THEN '' ELSE {motivo} END, CASE WHEN NOT t.llega THEN {hecho} END, '{{}}',
       {hecho}
  FROM (SELECT *, {llega} AS llega FROM {tabla}) t JOIN espera_de_recepcion e USING (cantones)
 ORDER BY t.materia_id
"""


def enviar_notificaciones(
    *, tabla: str, materia_tipo: str, canal: str, fecha: date, por: Actor
) -> int:
    """This act will send every row of the temporary table `tabla` on `fecha` (COA art. 164).

    Columns it reads: destinatario_tipo, destinatario_id, provincia, cantones (jsonb list of
    4-digit codes, sorted), materia_id, asunto, documento_id. Each is the first attempt of its
    channel: the database refuses another. Whoever has no inbox is not sent to it: that attempt is
    born failed, with its reason, and waits for another channel. Returns how many were sent. Same
    rule as the act of one. Raises CanalDesconocido, MateriaDesconocida.
    """
    medio, materia = canal_de(canal), materia_de(materia_tipo)
    nombre = sql.Identifier(tabla)
    with (
        acto(ACTO, por=por, fecha=fecha, norma=medio.norma) as a,
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.SQL("SELECT DISTINCT cantones FROM {}").format(nombre))
        lugares = [fila[0] for fila in cursor.fetchall()]
        esperas = [(lugar, _espera_hasta(medio, lugar, fecha)) for lugar in lugares]
        tabla_temporal(cursor, _ESPERAS, esperas)
        cursor.execute(
            sql.SQL(_ENVIAR).format(
                tabla=nombre,
                materia=materia.tipo,
                canal=medio.codigo,
                fecha=fecha,
                hecho=a.hecho_id,
                motivo=SIN_CASILLERO,
                llega=_llega(medio),
            )
        )
        todas = int(cursor.rowcount)
        cursor.execute(
            sql.SQL("SELECT count(*) FROM {} WHERE NOT {}").format(nombre, _llega(medio))
        )
        perdidas = int(cursor.fetchone()[0])
        a.declarar(NotificacionesEnviadas(fecha, materia.tipo, medio.nombre, todas - perdidas))
        if perdidas:
            a.declarar(NotificacionesSinCasillero(fecha, materia.tipo, perdidas, a.hecho_id))
    return todas - perdidas


def _llega(canal: Canal) -> sql.Composable:
    """The condition that the channel reaches the addressee of a row: only an inbox may lack."""
    if not canal.acusa_el_destinatario:
        return sql.SQL("true")
    return sql.SQL("(destinatario_tipo = ANY({}))").format(list(tienen_casillero()))


def _espera_hasta(canal: Canal, cantones: str, fecha: date) -> date | None:
    """Last day the channel is waited for; `cantones` is the JSON text of a list of codes."""
    return canal.espera_hasta(desde=fecha, cantones=frozenset(json.loads(cantones)))
