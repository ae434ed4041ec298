"""Fill the months nobody has published with marked demonstration values."""

from django.db.models.functions import Now

from recaudo.domain.parametros.models import TasaPublicada
from recaudo.infra import clock
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo


class SoloEnDemostracion(Rechazo):
    """Demonstration rates never enter a database of real work."""

    mensaje = (
        "Los valores de demostración solo se cargan en una base de demostración. "
        "Registre la tasa publicada y pida su aprobación."
    )
    norma = "LSS art. 89"


def cargar_tasas_de_demostracion(*, desde: Periodo, hasta: Periodo, tasa: Tasa) -> int:
    """This act will fill the missing months [desde, hasta] with `tasa` (annual %), marked DEMO.

    Only in a database with a simulated date (raises SoloEnDemostracion). Returns the rows added.
    """
    if clock.fecha_simulada() is None:
        raise SoloEnDemostracion
    ocupadas = list(TasaPublicada.en_la_serie().order_by("desde").values_list("desde", "hasta"))
    nuevas, mes = [], desde
    while mes <= hasta:
        if not any(d < mes.siguiente().primer_dia and mes.primer_dia < h for d, h in ocupadas):
            nuevas.append(_fila_de_demostracion(mes, tasa))
        mes = mes.siguiente()
    TasaPublicada.objects.bulk_create(nuevas)
    return len(nuevas)


def _fila_de_demostracion(mes: Periodo, tasa: Tasa) -> TasaPublicada:
    return TasaPublicada(
        desde=mes.primer_dia,
        hasta=mes.siguiente().primer_dia,
        tasa=tasa.porcentaje,
        fuente="Valor de demostración: el mes no está en la serie publicada",
        estado_verificacion=TasaPublicada.EstadoDeTasa.DEMO,
        registrada_en=Now(),
        aprobada_en=Now(),
    )
