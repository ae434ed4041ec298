"""Published rates, with their source and their doubt."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from recaudo.infra.security.concesiones import AMBOS, concede


class RangoDeFechas(Func):
    """SQL `daterange(desde, hasta, '[)')`."""

    function = "DATERANGE"
    output_field = DateRangeField()


@concede(
    agregan=AMBOS,
    cambian="aprobada_por aprobada_en devuelta_por devuelta_en razon_devolucion",
)
class TasaPublicada(models.Model):
    """Maximum conventional annual rate, % , over [desde, hasta). In force only once approved."""

    class EstadoDeTasa(models.TextChoices):
        """How sure the value is; DEMO is a marked figure of a demonstration database."""

        VERIFICADO = "VERIFICADO", "Verificado"
        SECUNDARIO = "SECUNDARIO", "Fuente secundaria"
        PROVISIONAL = "PROVISIONAL", "Provisional"
        DEMO = "DEMO", "Valor de demostración"

    desde = models.DateField("desde")
    hasta = models.DateField("hasta (exclusive)")
    tasa = models.DecimalField("tasa máxima convencional, % anual", max_digits=6, decimal_places=3)
    fuente = models.CharField("fuente o resolución", max_length=300)
    estado_verificacion = models.CharField(max_length=12, choices=EstadoDeTasa)
    registrada_por = models.BigIntegerField("registró", null=True)
    registrada_en = models.DateTimeField("registrada", null=True)
    aprobada_por = models.BigIntegerField("aprobó", null=True)
    aprobada_en = models.DateTimeField("aprobada", null=True)
    devuelta_por = models.BigIntegerField("devolvió", null=True)
    devuelta_en = models.DateTimeField("devuelta", null=True)
    razon_devolucion = models.CharField(
        "por qué se devolvió", max_length=300, blank=True, db_default=""
    )

    class Meta:
        verbose_name = "tasa publicada"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hasta__gt=F("desde")), name="tasa_hasta_despues_de_desde"
            ),
            models.CheckConstraint(
                condition=Q(tasa__gt=0) & Q(tasa__lt=100), name="tasa_en_porcentaje"
            ),
            models.CheckConstraint(
                condition=Q(aprobada_por__isnull=True) | ~Q(aprobada_por=F("registrada_por")),
                name="tasa_cuatro_ojos",
                violation_error_message="Quien registra una tasa no puede aprobarla.",
            ),
            models.CheckConstraint(
                condition=Q(devuelta_en__isnull=True)
                | (Q(aprobada_en__isnull=True) & ~Q(razon_devolucion="")),
                name="tasa_devuelta_con_razon",
                violation_error_message="La tasa devuelta dice la razón y nunca se aprobó.",
            ),
            ExclusionConstraint(
                name="tasa_sin_cruces",
                condition=Q(devuelta_en__isnull=True),
                expressions=[
                    (RangoDeFechas("desde", "hasta", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Ya hay una tasa publicada para parte de esas fechas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tasa} % [{self.desde}, {self.hasta})"

    @classmethod
    def en_la_serie(cls) -> models.QuerySet["TasaPublicada"]:
        """The rates that rule or wait for approval: those returned are only history."""
        return cls.objects.filter(devuelta_en__isnull=True)
