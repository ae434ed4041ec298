"""Tell each employer of the payments an act undid. Not an act: the document is of that act."""

from datetime import date
from typing import NamedTuple

from django.db import connection

from recaudo.domain.notificaciones.actions.enviar_notificacion import (
    Destinatario,
    Envio,
    enviar_notificacion,
)
from recaudo.domain.notificaciones.canales.casillero import CASILLERO
from recaudo.domain.obligaciones.queries import bloquear
from recaudo.domain.recaudacion.documents.reverso_de_pago import (
    REVERSO_DE_PAGO,
    DatosDeReverso,
    DeudaQueRevive,
    bloques_de_reverso,
)
from recaudo.domain.recaudacion.models import Aplicacion
from recaudo.domain.recaudacion.policy import NOTICIA_DE_REVERSO
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.documents.congelado import congelar
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero

#: The payments of employers undone by a fact. Those only imputed again go on paying: not told.
_DESHECHOS = """
SELECT p.id, e.id, e.ruc, e.razon_social, v.codigo, e.canton, v.canton_sede,
       coalesce(c.numero, ''), p.importe, coalesce(f.importe, 0), p.fecha_pago,
       coalesce(l.fecha_contable, r.fecha_pago),
       n.tipo IN ('REVERSION', 'DESMENTIDO', 'LOTE') IS NOT TRUE
  FROM recaudacion_pago r
  JOIN recaudacion_pago p ON p.id = r.reversa_id
  LEFT JOIN recaudacion_comprobante c ON c.id = p.comprobante_id
  JOIN afiliacion_empleador e ON e.id = coalesce(p.empleador_id, c.empleador_id)
  JOIN organizacion_provincia v ON v.codigo = coalesce(
           (SELECT min(o.provincia) FROM recaudacion_aplicacion a
              JOIN obligaciones_obligacion o ON o.id = a.obligacion_id WHERE a.pago_id = p.id),
           left(e.canton, 2))
  LEFT JOIN recaudacion_creditoafavor f ON f.pago_id = p.id
  LEFT JOIN recaudacion_lineaextracto l ON l.id = r.ingreso_id
  LEFT JOIN recaudacion_ingreso n ON n.id = r.ingreso_id
 WHERE r.hecho_id = %s
   AND NOT EXISTS (SELECT 1 FROM recaudacion_ingreso i
                    WHERE i.id = r.ingreso_id AND i.tipo = 'REIMPUTACION')
   -- nor who loses only what a notice told twice: its own money waits, and pays it in this act
   AND NOT EXISTS (SELECT 1 FROM recaudacion_ingreso i, recaudacion_valorporaplicar v
                     JOIN recaudacion_lineaextracto w ON w.id = v.ingreso_id
                    WHERE i.id = r.ingreso_id AND i.tipo = 'DESMENTIDO' AND v.estado = 'abierto'
                      AND v.motivo IN ('COMPROBANTE_YA_PAGADO', 'COMPROBANTE_REVERSADO')
                      AND v.importe = p.importe
                      AND w.comprobante_numero = c.numero AND w.fecha_transaccion <= c.valido_hasta)
 ORDER BY p.id
"""


class _Deshecho(NamedTuple):
    """A row of `_DESHECHOS`; amounts in cents. `por_el_banco`: no person undid it."""

    id: int
    empleador_id: int
    ruc: str
    razon_social: str
    provincia: str
    canton: str
    sede: str
    comprobante: str
    importe: int
    a_favor: int
    pagado_el: date
    reversado_el: date
    por_el_banco: bool


def avisar_reversos(a: ActoAbierto) -> int:
    """Freeze one notice for each payment undone in `a` and put it in its employer's inbox.

    A person has no inbox: its debts live again and nobody is told here. It opens no término.
    Returns how many were sent. One at a time: reversals are few.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DESHECHOS, [a.hecho_id])
        deshechos = cursor.fetchall()
    for fila in deshechos:
        _avisar(a, _Deshecho(*fila))
    return len(deshechos)


def _avisar(a: ActoAbierto, pago: _Deshecho) -> None:
    datos = DatosDeReverso(
        ruc=pago.ruc,
        razon_social=pago.razon_social,
        comprobante=pago.comprobante,
        importe=Dinero.de_centavos(pago.importe),
        a_favor=Dinero.de_centavos(pago.a_favor),
        pagado_el=pago.pagado_el,
        reversado_el=pago.reversado_el,
        por_el_banco=pago.por_el_banco,
        deudas=_deudas(pago.id),
    )
    documento = congelar(
        acto=a,
        tipo=REVERSO_DE_PAGO,
        provincia=pago.provincia,
        titular=pago.razon_social,
        bloques=bloques_de_reverso(datos),
        empleador_id=pago.empleador_id,
    )
    enviar_notificacion(
        envio=Envio(
            destinatario_tipo=Destinatario.EMPLEADOR,
            destinatario_id=pago.empleador_id,
            provincia=pago.provincia,
            cantones=frozenset({pago.canton, pago.sede}),
            materia_tipo=NOTICIA_DE_REVERSO.tipo,
            materia_id=pago.id,
            asunto=_asunto(datos),
            documento_id=documento.pk,
            canal=CASILLERO.codigo,
        ),
        por=Actor.sistema(f"Reverso de pago, iniciado por {a.por.nombre}"),
        hoy=a.fecha,
    )


def _asunto(datos: DatosDeReverso) -> str:
    que = "El banco reversó su pago" if datos.por_el_banco else "Se deshizo un pago suyo"
    return f"{que} de {datos.importe.formato()}"


def _deudas(pago_id: int) -> list[DeudaQueRevive]:
    """Return what a payment had paid of each debt."""
    filas = {f.obligacion_id: f for f in Aplicacion.objects.filter(pago_id=pago_id)}
    return [
        DeudaQueRevive(o.concepto, f.personal + f.patronal + f.ccc + f.otros, f.interes)
        for o in bloquear(filas)
        for f in (filas[o.id],)
    ]
