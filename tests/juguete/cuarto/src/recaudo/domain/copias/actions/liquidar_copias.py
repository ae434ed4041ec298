"""Settle an order of copies: its document, its debt and its notice."""

from dataclasses import dataclass
from datetime import date

from recaudo.domain.afiliacion.queries import FichaEmpleador, empleador_por_ruc
from recaudo.domain.copias.canales.mostrador import MOSTRADOR
from recaudo.domain.copias.catalogo import CLASE, MATERIA
from recaudo.domain.copias.documents.liquidacion_de_copias import (
    LIQUIDACION_DE_COPIAS,
    bloques_de_liquidacion,
)
from recaudo.domain.copias.facts import CopiasLiquidadas
from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.states import NORMA
from recaudo.domain.notificaciones.actions.enviar_notificacion import Envio, enviar_notificacion
from recaudo.domain.notificaciones.materias import Destinatario
from recaudo.domain.obligaciones.actions.registrar_obligacion import (
    NuevaDeuda,
    registrar_obligacion,
)
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.documents.congelado import congelar
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("liquidar_copias", Permiso.COPIAS_LIQUIDAR, CopiasLiquidadas)


class PedidoVacio(Rechazo):
    """No sheets, or nothing to pay for them."""

    mensaje = "Un pedido tiene al menos una foja y vale más de cero: corrija el pedido."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pedido:
    """What is asked: copies of so many fojas, by the lawyer of an employer; `valor` in USD."""

    ruc: str
    matricula: int
    fojas: int
    valor: Dinero


def liquidar_copias(*, pedido: Pedido, por: Actor, hoy: date) -> int:
    """This act will settle an order: freeze its document, bear its debt, send its notice.

    Returns the number of the order. Refuses SinPermiso, EmpleadorDesconocido (out of reach too),
    PedidoVacio.
    """
    por.exigir(Permiso.COPIAS_LIQUIDAR)
    if pedido.fojas < 1 or pedido.valor <= Dinero.CERO:
        raise PedidoVacio
    empleador = empleador_por_ruc(pedido.ruc, alcance=por.alcance(Permiso.COPIAS_LIQUIDAR))
    provincia = empleador.canton[:2]
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        documento = congelar(
            acto=a, tipo=LIQUIDACION_DE_COPIAS, provincia=provincia, empleador_id=empleador.id,
            titular=empleador.razon_social,
            bloques=bloques_de_liquidacion(
                ruc=empleador.ruc, razon_social=empleador.razon_social, fojas=pedido.fojas,
                valor=pedido.valor,
            ),
        )  # fmt: skip
        fila = PedidoDeCopias.objects.create(
            empleador_id=empleador.id, ruc=empleador.ruc, provincia=provincia,
            matricula=pedido.matricula, fojas=pedido.fojas, valor=pedido.valor,
            documento_id=documento.pk, pedido_el=hoy, hecho_id=a.hecho_id,
        )  # fmt: skip
        a.declarar(
            CopiasLiquidadas(fila.pk, empleador.id, provincia, pedido.fojas, pedido.valor),
            documento_sha256=documento.contenido_sha256,
        )
        _deber(a, fila)
        _avisar(a, fila, empleador)
    return int(fila.pk)


def _deber(a: ActoAbierto, fila: PedidoDeCopias) -> None:
    registrar_obligacion(
        causa=a,
        nueva=NuevaDeuda(
            clase=CLASE.id, provincia=fila.provincia, materia_tipo=MATERIA, materia_id=fila.pk,
            fecha_emision=a.fecha, fecha_vencimiento=a.fecha, empleador_id=fila.empleador_id,
            partes={("COSTAS", "COSTAS"): fila.valor},
            estado_verificacion=CLASE.estado_verificacion,
        ),
    )  # fmt: skip


def _avisar(a: ActoAbierto, fila: PedidoDeCopias, empleador: FichaEmpleador) -> None:
    enviar_notificacion(
        envio=Envio(
            destinatario_tipo=Destinatario.ABOGADO, destinatario_id=fila.matricula,
            provincia=fila.provincia, cantones=frozenset({empleador.canton}),
            materia_tipo=MATERIA, materia_id=fila.pk, asunto=f"Liquidación de copias {fila.pk}",
            documento_id=fila.documento_id, canal=MOSTRADOR.codigo,
        ),
        por=a.por,
        hoy=a.fecha,
    )  # fmt: skip
