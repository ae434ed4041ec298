"""Load the rooms' transition tables where the database's triggers read them."""

from collections.abc import Iterable

from django.db import transaction

from recaudo.infra.audit.models import EstadoPaso
from recaudo.kernel.states import Maquina


def cargar_maquinas(maquinas: Iterable[Maquina]) -> int:
    """Replace the stored steps by those of `maquinas`; return how many there are. Idempotent."""
    pasos = {(m.nombre, p.acto, p.desde or "", p.hacia): p.norma for m in maquinas for p in m.pasos}
    with transaction.atomic():
        EstadoPaso.objects.all().delete()
        EstadoPaso.objects.bulk_create(
            EstadoPaso(maquina=m, acto=a, desde=d, hacia=h, norma=norma)
            for (m, a, d, h), norma in sorted(pasos.items())
        )
    return len(pasos)
