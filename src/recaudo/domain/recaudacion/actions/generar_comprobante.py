"""Freeze chosen obligations in a comprobante de pago."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from recaudo.domain.obligaciones.catalogo import clase_de
from recaudo.domain.obligaciones.queries import (
    DeudaALaFecha,
    ObligacionNoExiste,
    ObligacionVista,
    bloquear,
    deuda_exigible_a,
)
from recaudo.domain.recaudacion.documents.comprobante import (
    COMPROBANTE,
    DatosDeLinea,
    bloques_de_comprobante,
)
from recaudo.domain.recaudacion.facts import ComprobanteGenerado
from recaudo.domain.recaudacion.models import Comprobante, ComprobanteDetalle, DetalleVivo
from recaudo.domain.recaudacion.policy import puede_generar
from recaudo.domain.recaudacion.queries import comprobantes_vivos_con
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.documents.congelado import congelar
from recaudo.infra.documents.numeracion import siguiente_numero
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.numbering import numero_con_control
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros, peor_estado
from recaudo.norma.plazos.comprobante import ValidezDeComprobante, validez_de_comprobante

ACTO = Acto("generar_comprobante", Permiso.COMPROBANTE_GENERAR, ComprobanteGenerado)

NORMA = "LSS arts. 73 y 89 (R-COM-02)"
MAXIMO_OBLIGACIONES = 500


class SinObligaciones(Rechazo):
    """Nothing was chosen."""

    mensaje = "Elija al menos una obligación para el comprobante."


class DemasiadasObligaciones(Rechazo):
    """One comprobante holds at most 500 obligations."""

    mensaje = "Un comprobante admite hasta 500 obligaciones. Genere varios comprobantes."


class ObligacionNoExigible(Rechazo):
    """Nothing is owed of it: it is paid or annulled."""

    norma = NORMA


class ObligacionEnOtroComprobante(Rechazo):
    """Another live comprobante already holds the obligation (R-COM-03, D16)."""

    mensaje = "Una obligación ya está en otro comprobante vigente: páguelo o anúlelo."
    norma = "Reglas de comprobantes (R-COM-03)"


class ComprobanteSinValor(Rechazo):
    """There is nothing to pay."""

    mensaje = "No hay valor que pagar en las obligaciones elegidas."


def generar_comprobante(
    *, empleador_id: int, obligaciones: Sequence[int], por: Actor, hoy: date
) -> Comprobante:
    """This act will freeze the chosen obligations, interest included, until a date (R-COM-02).

    Without arrears it is valid until the earliest due date; with arrears, the parameter
    `comprobante.dias_con_mora` (today). Raises SinObligaciones, DemasiadasObligaciones,
    ObligacionNoExiste (missing or another's), ObligacionNoExigible, ObligacionEnOtroComprobante,
    ComprobanteSinValor, TasaSinDatos, TasaProvisional, SinPermiso.
    """
    if not puede_generar(por, empleador_id):
        raise SinPermiso
    pedidas = sorted(set(obligaciones))
    if not pedidas:
        raise SinObligaciones
    if len(pedidas) > MAXIMO_OBLIGACIONES:
        raise DemasiadasObligaciones
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        deudas = sorted(bloquear(pedidas), key=lambda o: (o.fecha_vencimiento, o.id))
        _exigir_que_se_deban(deudas, empleador_id)
        _caducar_los_vencidos(pedidas, hoy)
        _exigir_que_esten_libres(pedidas)
        validez = validez_de_comprobante(
            generado=hoy,
            vencimientos=[o.fecha_vencimiento for o in deudas],
            parametros=cargar_parametros(),
        )
        liquidadas = deuda_exigible_a(deudas, corte=validez.hasta)
        return _escribir(a, empleador_id, list(liquidadas.values()), validez)


def _exigir_que_se_deban(deudas: Sequence[ObligacionVista], empleador_id: int) -> None:
    if any(o.empleador_id != empleador_id for o in deudas):
        raise ObligacionNoExiste
    for o in deudas:
        if not o.esta_viva:
            estado = o.estado.palabra.lower()
            msg = f"{o.concepto} está en estado «{estado}»: no hay nada que pagar."
            raise ObligacionNoExigible(msg)


def _caducar_los_vencidos(obligaciones: Sequence[int], hoy: date) -> None:
    """A comprobante past its validity frees its obligations even before the nightly close."""
    Comprobante.objects.filter(
        id__in=DetalleVivo.objects.filter(obligacion_id__in=obligaciones).values("comprobante_id"),
        estado=EstadoComprobante.GENERADO, valido_hasta__lt=hoy,
    ).update(estado=EstadoComprobante.CADUCADO)  # fmt: skip


def _exigir_que_esten_libres(obligaciones: Sequence[int]) -> None:
    if ocupadas := comprobantes_vivos_con(obligaciones):
        numeros = ", ".join(sorted(set(ocupadas.values())))
        msg = (
            f"Una de las obligaciones ya está en el comprobante vigente {numeros}. "
            "Páguelo o anúlelo antes de generar otro."
        )
        raise ObligacionEnOtroComprobante(msg)


def _escribir(
    a: ActoAbierto,
    empleador_id: int,
    deudas: Sequence[DeudaALaFecha],
    validez: ValidezDeComprobante,
) -> Comprobante:
    capital = sum((d.capital for d in deudas), Dinero.CERO)
    interes = sum((_interes(d) for d in deudas), Dinero.CERO)
    if capital + interes <= Dinero.CERO:
        raise ComprobanteSinValor
    estado = peor_estado(
        validez.estado_verificacion,
        *(d.estado_verificacion for d in deudas if d.interes),
        *(EstadoVerificacion(d.obligacion.estado_verificacion) for d in deudas),
    )
    numero = numero_con_control(
        a.fecha.year, siguiente_numero(tipo=COMPROBANTE.serie, provincia="", anio=a.fecha.year)
    )
    fila = Comprobante.objects.create(
        numero=numero, empleador_id=empleador_id, fecha_emision=a.fecha,
        valido_hasta=validez.hasta, capital=capital, interes=interes, importe=capital + interes,
        abonado=Dinero.CERO, documento_id=_documento(a, numero, deudas, validez, estado),
        estado_verificacion=estado, generado_por=a.por.id, generado_en=Now(),
    )  # fmt: skip
    _congelar_deudas(fila, deudas, validez)
    fila.refresh_from_db()
    a.declarar(
        ComprobanteGenerado(
            fila.pk, numero, empleador_id, deudas[0].obligacion.provincia, fila.importe,
            validez.hasta.isoformat(), tuple(d.obligacion.id for d in deudas),
        )
    )  # fmt: skip
    return fila


def _congelar_deudas(
    fila: Comprobante, deudas: Sequence[DeudaALaFecha], validez: ValidezDeComprobante
) -> None:
    try:
        with transaction.atomic():
            ComprobanteDetalle.objects.bulk_create(
                ComprobanteDetalle(
                    comprobante=fila, obligacion_id=d.obligacion.id, orden=orden,
                    interes=_interes(d), personal=d.obligacion.saldo_personal,
                    patronal=d.obligacion.saldo_patronal, ccc=d.obligacion.saldo_ccc,
                    otros=d.obligacion.saldo_otros, interes_hasta=validez.hasta,
                    traza=d.traza.como_lista(),
                )
                for orden, d in enumerate(deudas, start=1)
            )  # fmt: skip
    except IntegrityError as choque:
        if "detalle_en_un_solo_comprobante_vivo" in str(choque):
            raise ObligacionEnOtroComprobante from choque
        raise


def _interes(deuda: DeudaALaFecha) -> Dinero:
    return deuda.interes or Dinero.CERO


def _clase(deuda: DeudaALaFecha) -> ClaseDeObligacion:
    return clase_de(deuda.obligacion.clase)


def _documento(
    a: ActoAbierto,
    numero: str,
    deudas: Sequence[DeudaALaFecha],
    validez: ValidezDeComprobante,
    estado: EstadoVerificacion,
) -> int:
    primera = deudas[0].obligacion
    empleador_id = primera.empleador_id or 0
    ruc, razon_social, sucursales = _identidad(empleador_id)
    bloques = bloques_de_comprobante(
        numero=numero, ruc=ruc, razon_social=razon_social, valido_hasta=validez.hasta,
        lineas=[
            DatosDeLinea(
                concepto=_clase(d).nombre, norma=_clase(d).norma,
                periodo=d.obligacion.periodo.en_palabras if d.obligacion.periodo else "",
                sucursal=sucursales.get(d.obligacion.sucursal_id or 0, ""),
                vencimiento=d.obligacion.fecha_vencimiento, capital=d.capital,
                interes=_interes(d), normas_del_interes=d.normas_del_interes,
            )
            for d in deudas
        ],
        estado_verificacion=estado,
    )  # fmt: skip
    return congelar(
        acto=a, tipo=COMPROBANTE, provincia=primera.provincia, titular=razon_social,
        bloques=bloques, empleador_id=empleador_id, valido_hasta=validez.hasta,
        numero=numero,
    ).pk  # fmt: skip


def _identidad(empleador_id: int) -> tuple[str, str, dict[int, str]]:
    """RUC, name and sucursal codes, for the paper."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.ruc, e.razon_social, s.id, s.codigo FROM afiliacion_empleador e "
            "LEFT JOIN afiliacion_sucursal s ON s.empleador_id = e.id WHERE e.id = %s",
            [empleador_id],
        )
        filas = cursor.fetchall()
    return filas[0][0], filas[0][1], {fila[2]: fila[3] for fila in filas}
