"""What declaring a line money of its own and reverting that share."""

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import cuenta_de_banco
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.domain.recaudacion.models import Extracto, LineaExtracto
from recaudo.domain.recaudacion.plan_contable import patas_de_apertura
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero


def partes_de_la_entrada(primera: LineaExtracto) -> list[LineaExtracto]:
    """Return the lines of an entry: itself, or its parts, which follow one another."""
    if primera.parte == 0:
        return [primera]
    siguientes = LineaExtracto.objects.filter(
        extracto_id=primera.extracto_id, pk__gte=primera.pk, pk__lt=primera.pk + 50_000
    ).order_by("id")
    partes = []
    for orden, linea in enumerate(siguientes, start=1):
        if linea.parte != orden:
            break
        partes.append(linea)
    return partes


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
