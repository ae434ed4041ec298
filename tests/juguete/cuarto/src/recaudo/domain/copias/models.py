"""The order of copies."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from recaudo.domain.copias.states import EstadoCopia
from recaudo.infra.orm import DineroField
from recaudo.infra.security.concesiones import AMBOS, concede


@concede(agregan=AMBOS, cambian="estado impaga_desde")
class PedidoDeCopias(models.Model):
    """Copies that the lawyer of an employer asked for; `valor` in USD. Its debt is of this."""

    empleador_id = models.BigIntegerField("empleador")
    ruc = models.CharField("RUC", max_length=13)
    provincia = models.CharField(max_length=2)
    matricula = models.BigIntegerField("matrícula del abogado")
    fojas = models.PositiveIntegerField()
    valor = DineroField()
    documento_id = models.BigIntegerField()
    pedido_el = models.DateField()
    impaga_desde = models.DateField(null=True)
    estado = models.CharField(
        max_length=12, choices=[(e.value, e.value) for e in EstadoCopia], default="liquidada"
    )
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "pedido de copias"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(fojas__gt=0, valor__gt=0), name="copias_con_fojas_y_valor"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["impaga_desde"], name="copias_impagas", condition=Q(estado="impaga")
            ),
        ]

    def __str__(self) -> str:
        return f"Copias {self.pk}"
