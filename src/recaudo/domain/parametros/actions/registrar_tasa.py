"""Enter a published rate."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from recaudo.domain.parametros.facts import TasaRegistrada
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("registrar_tasa", Permiso.TASA_REGISTRAR, TasaRegistrada)

NORMA = "LSS art. 89"


class TasaYaRegistrada(Rechazo):
    """Part of those dates already has a rate: rates are never edited nor overlapped."""

    mensaje = (
        "Ya hay una tasa registrada para parte de esas fechas. Revise la tabla de tasas: una tasa "
        "registrada no se edita."
    )
    norma = NORMA


class TasaFueraDeRango(Rechazo):
    """A rate is a percentage above 0 and under 100, with at most three decimals."""

    mensaje = "Escriba la tasa anual en porcentaje, mayor que 0 y menor que 100, por ejemplo 7,99."
    norma = NORMA


class TasaSinFuente(Rechazo):
    """Every rate says where it was published."""

    mensaje = "Escriba la fuente: la publicación del Banco Central o la resolución, con su fecha."
    norma = NORMA


class EstadoDeTasaDesconocido(Rechazo):
    """The doubt of a rate is one of a closed list."""

    mensaje = "El estado de la tasa debe ser VERIFICADO, SECUNDARIO, PROVISIONAL o DEMO."


def registrar_tasa(
    *,
    periodo: Periodo,
    tasa: Tasa,
    fuente: str,
    por: Actor,
    hoy: date,
    estado_verificacion: str = "SECUNDARIO",
    hasta: Periodo | None = None,
) -> TasaPublicada:
    """This act will enter the maximum conventional rate (annual %) of one month (LSS art. 89).

    `hasta` is the last month when the same rate held for several. It is not in force until
    another officer approves it. Raises TasaYaRegistrada, TasaFueraDeRango, TasaSinFuente,
    EstadoDeTasaDesconocido, SinPermiso.
    """
    por.exigir(Permiso.TASA_REGISTRAR)
    exponente = tasa.porcentaje.as_tuple().exponent
    if not 0 < tasa.porcentaje < 100 or (isinstance(exponente, int) and exponente < -3):
        raise TasaFueraDeRango
    if not fuente.strip():
        raise TasaSinFuente
    if estado_verificacion not in TasaPublicada.EstadoDeTasa.values:
        raise EstadoDeTasaDesconocido
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        fila = TasaPublicada(
            desde=periodo.primer_dia,
            hasta=(hasta or periodo).siguiente().primer_dia,
            tasa=tasa.porcentaje,
            fuente=fuente.strip(),
            estado_verificacion=estado_verificacion,
            registrada_por=por.id,
            registrada_en=Now(),
        )
        try:
            with transaction.atomic():
                fila.save(force_insert=True)
        except IntegrityError as choque:
            if "tasa_sin_cruces" in str(choque):
                raise TasaYaRegistrada from choque
            raise
        a.declarar(
            TasaRegistrada(
                fila.pk, fila.desde.isoformat(), fila.hasta.isoformat(), str(tasa), fila.fuente
            )
        )
    return fila
