"""Register an own bank account: from then on its statements are believed."""

from datetime import date

from django.db import connection, transaction
from django.db.models.functions import Now

from recaudo.domain.contabilidad.batches.abrir_subcuenta import abrir_subcuenta
from recaudo.domain.contabilidad.plan_contable import BANCOS, cuenta_de_banco
from recaudo.domain.recaudacion.actions._recepcion import (
    NORMA,
    bloquear_importaciones,
    motivo_de_retencion,
)
from recaudo.domain.recaudacion.batches.lectura import leer_de_nuevo
from recaudo.domain.recaudacion.facts import CuentaBancariaRegistrada, ExtractoLiberado
from recaudo.domain.recaudacion.models import CuentaBancaria, Extracto
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.files.formatos.camt.valores import cuenta_normal
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.canales import canales_vigentes

ACTO = Acto(
    "registrar_cuenta_bancaria", Permiso.CUENTA_BANCARIA_REGISTRAR, CuentaBancariaRegistrada,
    ExtractoLiberado,
)  # fmt: skip
LARGO_BANCO = 120


class CuentaIlegible(Rechazo):
    """An account has a number, and a bank that holds it."""

    mensaje = "Escriba el número de la cuenta, con cifras o letras, y el nombre de su banco."
    norma = NORMA


class CuentaYaRegistrada(Rechazo):
    """The number belongs to an account with another bank or channel: an account is not edited."""

    mensaje = "Esa cuenta ya está registrada con otro banco o canal. Una cuenta no se edita."
    norma = NORMA


class CanalDesconocido(Rechazo):
    """The channel is not in the catalogue on that day."""

    mensaje = "Ese canal no está en el catálogo de canales de recaudación. Elija uno de la lista."
    norma = NORMA


def registrar_cuenta_bancaria(
    *, numero: str, banco: str, canal: str, por: Actor, hoy: date
) -> tuple[CuentaBancaria, bool]:
    """This act will register an own account, its channel and its ledger account (C.D. 497 2.3.2.1).

    Statements that were held only because nobody knew the account are to be confirmed now; what
    holds them besides (currency, totals, balances) still does. The same again changes nothing.
    Return the account, and whether it is new. Raises CuentaIlegible, CanalDesconocido,
    CuentaYaRegistrada, SinPermiso.
    """
    por.exigir(Permiso.CUENTA_BANCARIA_REGISTRAR)
    numero, canal, banco = cuenta_normal(numero), canal.strip().upper(), " ".join(banco.split())
    if not numero.isascii() or not numero.isalnum() or not banco or len(banco) > LARGO_BANCO:
        raise CuentaIlegible
    if canal not in {c.id for c in canales_vigentes(hoy)}:
        raise CanalDesconocido
    with transaction.atomic(), connection.cursor() as cursor:
        bloquear_importaciones(cursor)  # a file that is coming now sees the account, or is seen
        previa = CuentaBancaria.objects.filter(numero=numero).first()
        if previa is not None:
            if (previa.banco, previa.canal) != (banco, canal):
                raise CuentaYaRegistrada
            return previa, False
        cursor.execute("SELECT nextval(pg_get_serial_sequence('recaudacion_cuentabancaria','id'))")
        (clave,) = cursor.fetchone()
        with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
            contable = abrir_subcuenta(
                codigo=cuenta_de_banco(clave), de=BANCOS, nombre=f"{banco} · {numero}"
            )
            cuenta = CuentaBancaria.objects.create(
                id=clave, numero=numero, banco=banco, canal=canal, cuenta_contable_id=contable,
                registrada_por=por.id, registrada_en=Now(), hecho_id=a.hecho_id,
            )  # fmt: skip
            a.declarar(
                CuentaBancariaRegistrada(cuenta.pk, cuenta.numero, cuenta.banco, cuenta.canal)
            )
            _liberar(a, cuenta)
    return cuenta, True


def _liberar(a: ActoAbierto, cuenta: CuentaBancaria) -> None:
    """Judge again, from their bytes, the statements that waited for this account."""
    retenidos = Extracto.objects.select_for_update(of=("self",)).filter(
        estado=EstadoExtracto.RETENIDO, retencion="CUENTA_DESCONOCIDA", cuenta_numero=cuenta.numero
    )
    for e in retenidos.order_by("id"):
        retencion, _ = motivo_de_retencion(leer_de_nuevo(e))
        cambia = {"retencion": retencion, "cuenta": cuenta, "canal": cuenta.canal}
        if retencion:
            Extracto.objects.filter(pk=e.pk).update(**cambia)
            continue
        Extracto.objects.filter(pk=e.pk).update(estado=EstadoExtracto.POR_CONFIRMAR, **cambia)
        a.declarar(ExtractoLiberado(e.pk, e.nombre, cuenta.numero))
