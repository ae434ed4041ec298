"""What receiving, importing and confirming a statement share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.recaudacion.actions.aplicar_en_su_fecha import aplicar_en_su_fecha
from recaudo.domain.recaudacion.actions.reversar_pagos import reversar_pagos
from recaudo.domain.recaudacion.batches.asiento_de_extracto import AsientoDeExtracto
from recaudo.domain.recaudacion.facts import ExtractoImportado, ExtractoRetenido
from recaudo.domain.recaudacion.models import CuentaBancaria, Extracto
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import PasosSql
from recaudo.infra.files.formatos.camt import ExtractoLeido, es_de_otro_formato
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.extracto import dias_entre_mensajes

NORMA: Final = "C.D. 497 2.3.2.1"
LARGO_RAZON: Final = 400


class CanalDistinto(Rechazo):
    """The channel that somebody says is not that of the account."""

    mensaje = "El canal no es el de la cuenta del extracto."
    norma = NORMA

    @classmethod
    def de(cls, cuenta: CuentaBancaria, canal: str) -> "CanalDistinto":
        """Say both."""
        return cls(
            f"La cuenta {cuenta.numero} es del canal {cuenta.canal}, no de {canal}. Quite el canal "
            "o escriba el de la cuenta."
        )


def nombre_limpio(nombre: str) -> str:
    """Return the name of a file as it may be kept and shown."""
    return "".join(c for c in Path(nombre).name if c.isprintable())[-200:] or "extracto"


def exigir_lo_mismo(filas: Sequence[Extracto], *, formato: str, canal: str = "") -> None:
    """Refuse what is said of a file seen before and is not so; nothing about a new one.

    Raises FormatoDistinto, CanalDistinto.
    """
    for fila in filas:
        if fila.formato != formato:
            raise es_de_otro_formato(fila.formato, formato)
        if fila.cuenta is not None and canal.strip().upper() not in {"", fila.cuenta.canal}:
            raise CanalDistinto.de(fila.cuenta, canal.strip().upper())


def bloquear_importaciones(cursor: CursorWrapper) -> None:
    """Take turns: two files of an account may overlap."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('recaudo.extracto', 0))")


def motivo_de_retencion(leido: ExtractoLeido) -> tuple[str, CuentaBancaria | None]:
    """Say why a statement may not be posted ('' when it may), and its own account."""
    if not leido.cuenta:
        return "SIN_CUENTA", None
    cuenta = CuentaBancaria.objects.filter(numero=leido.cuenta).first()
    if cuenta is None:
        return "CUENTA_DESCONOCIDA", None
    if not leido.en_dolares:
        return "OTRA_MONEDA", cuenta
    if leido.totales_se_contradicen:
        return "TOTALES_CONTRADICHOS", cuenta
    if leido.saldos_se_contradicen:
        return "SALDOS_CONTRADICHOS", cuenta
    return "", cuenta


def registrar_extractos(
    a: ActoAbierto, leidos: Sequence[ExtractoLeido], *, formato: str, sha256: str, nombre: str,
    archivo_id: int, identificacion: str,
) -> list[Extracto]:  # fmt: skip
    """Write each statement of a file, held or to be confirmed; those known keep their state.

    One held before whose reason is gone is to be confirmed now.
    """
    conocidos = {e.orden: e for e in Extracto.objects.filter(sha256=sha256)}
    filas = []
    for orden, leido in enumerate(leidos, start=1):
        retencion, cuenta = motivo_de_retencion(leido)
        fila = conocidos.get(orden)
        if fila is None:
            fila = Extracto.objects.create(
                archivo_id=archivo_id, nombre=nombre, sha256=sha256, orden=orden, formato=formato,
                cuenta=cuenta, canal=cuenta.canal if cuenta else "", retencion=retencion,
                estado=EstadoExtracto.RETENIDO if retencion else EstadoExtracto.POR_CONFIRMAR,
                identificacion=identificacion, recibido_el=a.fecha, recibido_por=a.por.nombre,
                recibido_por_id=a.por.id, fecha_importacion=a.fecha, importado_por="",
                importado_en=Now(), hecho_id=a.hecho_id, base_linea=0, **cabecera_de(leido),
            )  # fmt: skip
        elif fila.estado == EstadoExtracto.RETENIDO and fila.retencion != retencion:
            cambia: dict[str, Any] = {
                "retencion": retencion, "cuenta": cuenta, "contradice_a": None,
                "contradice_por": None,
            }  # fmt: skip
            if not retencion:
                cambia["estado"] = EstadoExtracto.POR_CONFIRMAR
            Extracto.objects.filter(pk=fila.pk).update(**cambia)
        filas.append(Extracto.objects.select_related("cuenta").get(pk=fila.pk))
    return filas


def abrir_asiento(
    pasos: PasosSql, a: ActoAbierto, formato: str, cuenta: CuentaBancaria
) -> AsientoDeExtracto:
    """Begin to post the statement whose lines are in the stage."""
    ventana = dias_entre_mensajes(en=a.fecha, parametros=cargar_parametros())
    return AsientoDeExtracto(pasos, a, formato=formato, cuenta=cuenta, ventana=ventana)


def asentar_extracto(
    cursor: CursorWrapper,
    a: ActoAbierto,
    asiento: AsientoDeExtracto,
    fila: Extracto,
    leido: ExtractoLeido,
) -> None:
    """Post a statement already decided, state it, and undo what the bank took back.

    One that brings money which the balances of the bank deny is held instead, and says which.
    """
    contra = asiento.contradiccion(leido)
    if contra is not None:
        Extracto.objects.filter(pk=fila.pk).update(
            estado=EstadoExtracto.RETENIDO, retencion="CONTRADICE_AL_BANCO",
            contradice_a=contra.extracto_id, contradice_por=contra.por,
        )  # fmt: skip
        fila.refresh_from_db()
        a.declarar(ExtractoRetenido(fila.pk, fila.nombre, fila.retencion))
        return
    asiento.guardar(fila, leido)
    _declarar(a, fila)
    asiento.declarar()
    if asiento.hay_posteriores:
        aplicar_en_su_fecha(causa=a, cursor=cursor, extracto_id=fila.pk)
    if asiento.hay_reversos():
        reversar_pagos(causa=a, cursor=cursor, tabla="e_reverso")
        asiento.guardar_reversos()


def _declarar(a: ActoAbierto, fila: Extracto) -> None:
    """State that a statement entered the books."""
    a.declarar(
        ExtractoImportado(
            fila.pk, fila.nombre, fila.canal, fila.sha256, fila.lineas, fila.aplicadas,
            fila.credito_a_favor, fila.por_identificar, fila.duplicadas, fila.rechazadas,
            fila.total, fila.cuadra, fila.cargos, fila.razon,
        )
    )  # fmt: skip


def cabecera_de(e: ExtractoLeido) -> dict[str, Any]:
    """Return the columns of what a statement declares and of what was read of it."""

    def dinero(centavos: int | None) -> Dinero | None:
        return None if centavos is None else Dinero.de_centavos(centavos)

    return {
        "cuenta_numero": e.cuenta, "numero": e.identificacion, "secuencia": e.secuencia,
        "desde": e.desde, "hasta": e.hasta, "desde_instante": e.desde_instante,
        "hasta_instante": e.hasta_instante, "declarado_lineas": e.declara_creditos,
        "declarado_total": dinero(e.declara_total),
        "declarado_debitos": dinero(e.declara_total_debitos),
        "saldo_inicial": dinero(e.saldo_inicial), "saldo_final": dinero(e.saldo_final),
        "fecha_saldo": e.fecha_saldo_final or e.hasta,
        "total_creditos": dinero(e.total_creditos), "total_debitos": dinero(e.total_debitos),
        "ilegibles": e.ilegibles, "lineas": e.lineas, "totales_cuadran": e.totales_cuadran,
        "saldos_cuadran": e.saldos_cuadran, "cierra_el_dia": e.cierra_el_dia,
    }  # fmt: skip
