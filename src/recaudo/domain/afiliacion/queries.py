"""Reads of the registry."""

from datetime import date

from django.db.models import Q

from recaudo.domain.afiliacion.models import Representacion


def empleadores_representados(*, usuario_id: int, en: date) -> frozenset[int]:
    """Return the ids of the employers a user may act for on `en`."""
    return frozenset(
        Representacion.objects.filter(usuario_id=usuario_id, desde__lte=en)
        .filter(Q(hasta__isnull=True) | Q(hasta__gt=en))
        .order_by("empleador_id")
        .values_list("empleador_id", flat=True)
    )
