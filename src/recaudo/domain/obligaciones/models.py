"""The debt and what is left of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.orm import DineroField, PeriodoField


class Obligacion(models.Model):
    """One debt of one employer. `capital_*` is what was emitted, `saldo_*` what is still owed.

    The three parts keep the worker's money apart (COIP art. 242): personal aportes, patronal, CCC.
    Key to the employer: (empleador_id, sucursal_id) → sucursal, by SQL in the migration.
    """

    class Clase(models.TextChoices):
        """Kind of debt. More kinds come with the rooms that create them."""

        APORTES = "APORTES", "Aportes"

    empleador_id = models.BigIntegerField("empleador")
    sucursal_id = models.BigIntegerField("sucursal")
    provincia = models.CharField("provincia", max_length=2)
    clase = models.CharField("clase", max_length=12, choices=Clase)
    naturaleza = models.CharField(
        max_length=12,
        choices=[("CONTRIBUCION", "Contribución"), ("SANCION", "Sanción")],
        default="CONTRIBUCION",
        help_text="Las sanciones prescriben de otro modo (COA 246).",
    )
    periodo = PeriodoField("período")
    version = models.PositiveSmallIntegerField("versión", default=1)
    lote = models.IntegerField("lote de emisión", default=0)
    fecha_emision = models.DateField("emisión")
    fecha_vencimiento = models.DateField("vencimiento", help_text="Último día para pagar sin mora.")
    capital_personal = DineroField()
    capital_patronal = DineroField()
    capital_ccc = DineroField()
    saldo_personal = DineroField()
    saldo_patronal = DineroField()
    saldo_ccc = DineroField()
    estado = models.CharField(
        "estado", max_length=20, choices=[(e.value, e.value) for e in EstadoObligacion]
    )
    estado_verificacion = models.CharField(
        max_length=12, help_text="La peor duda de las reglas con que se calculó."
    )

    class Meta:
        verbose_name = "obligación"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sucursal_id", "clase", "periodo", "version"], name="obligacion_unica"
            ),
            models.CheckConstraint(
                name="obligacion_saldo_entre_cero_y_capital",
                condition=Q(saldo_personal__gte=0, saldo_patronal__gte=0, saldo_ccc__gte=0)
                & Q(saldo_personal__lte=F("capital_personal"))
                & Q(saldo_patronal__lte=F("capital_patronal"))
                & Q(saldo_ccc__lte=F("capital_ccc")),
            ),
            models.CheckConstraint(
                name="obligacion_cancelada_sin_saldo",
                condition=~Q(estado="cancelada")
                | Q(saldo_personal=0, saldo_patronal=0, saldo_ccc=0),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "periodo"], name="obligacion_por_empleador"),
        ]

    def __str__(self) -> str:
        return f"{self.clase} {self.periodo} · {self.empleador_id}"
