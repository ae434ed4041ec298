"""What two people decide about a line of a statement against its bank."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from recaudo.domain.recaudacion.models.banco import LineaExtracto
from recaudo.domain.recaudacion.states import EstadoAclaracion
from recaudo.infra.orm import DineroField


class DesmentidoDeAviso(models.Model):
    """What a notice told is not in the statement that closes its day: it leaves the books.

    One officer proposes it and another decides (S03).
    """

    linea = models.ForeignKey(LineaExtracto, on_delete=models.PROTECT, related_name="+")
    importe = DineroField(help_text="Lo que la línea movió en la cuenta, con su signo.")
    razon = models.CharField("razón", max_length=400)
    estado = models.CharField(
        max_length=12,
        choices=[(e.value, e.value) for e in EstadoAclaracion],
        default="propuesta",
    )
    propuesta_por = models.BigIntegerField()
    propuesta_por_nombre = models.CharField(max_length=160)
    propuesta_el = models.DateField()
    resuelta_por = models.BigIntegerField(null=True)
    resuelta_el = models.DateField(null=True)
    razon_devolucion = models.CharField("razón de la devolución", max_length=400, blank=True)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "desmentido de un aviso"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["linea"],
                condition=Q(estado__in=["propuesta", "aprobada"]),
                name="linea_desmentida_una_vez",
            ),
            models.CheckConstraint(
                condition=Q(resuelta_por__isnull=True) | ~Q(resuelta_por=models.F("propuesta_por")),
                name="desmentido_de_dos_personas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.linea_id}: {self.estado}"
