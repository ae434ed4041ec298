"""What declaring a line money of its own and reverting that share."""

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import cuenta_de_banco
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.domain.recaudacion.models import Extracto, LineaExtracto
from recaudo.domain.recaudacion.plan_contable import patas_de_apertura
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero


def ajustar_apertura(a: ActoAbierto, primera: LineaExtracto, entra: Dinero) -> None:
    """Take off the opening balance what enters, or leaves, and is older: it is inside it."""
    apertura = Extracto.objects.filter(cuenta_id=primera.cuenta_id, es_apertura=True).first()
    inicio = apertura.primer_dia if apertura is not None else None
    if inicio is None or primera.fecha_contable is None:
        return
    if primera.fecha_contable < inicio and entra:
        asentar(
            acto=a, concepto="saldo de apertura", origen=("linea_extracto", primera.pk),
            provincia=NACIONAL,
            patas=patas_de_apertura(banco=cuenta_de_banco(primera.cuenta_id), importe=-entra),
        )  # fmt: skip
