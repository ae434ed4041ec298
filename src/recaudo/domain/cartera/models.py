"""Glosas and closed days."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.domain.cartera.states import VIVAS, EstadoGlosa
from recaudo.infra.orm import DineroField
from recaudo.infra.security.concesiones import AMBOS, concede, concede_funciones


@concede(agregan=AMBOS, cambian="estado")
class Glosa(models.Model):
    """The itemised assessment of one overdue debt, notified to be paid or challenged."""

    numero = models.CharField("número", max_length=30, unique=True)
    obligacion_id = models.BigIntegerField()
    empleador_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    provincia = models.CharField(max_length=2)
    fecha_emision = models.DateField()
    capital = DineroField("capital glosado")
    interes = DineroField("interés a la fecha de emisión")
    traza_interes = models.JSONField(default=list)
    documento_id = models.BigIntegerField(null=True)
    estado = models.CharField(
        max_length=40,
        choices=[(e.value, e.value) for e in EstadoGlosa],
        default="en_espera_de_notificacion",
    )
    estado_verificacion = models.CharField(max_length=12)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "glosa"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligacion_id"],
                condition=Q(estado__in=[str(e) for e in VIVAS]),
                name="glosa_una_viva_por_obligacion",
            ),
            models.CheckConstraint(
                condition=Q(empleador_id__isnull=False, persona_id__isnull=True)
                | Q(empleador_id__isnull=True, persona_id__isnull=False),
                name="glosa_de_un_solo_deudor",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "-id"], name="glosa_por_empleador"),
            models.Index(
                fields=["persona_id", "-id"],
                name="glosa_por_persona",
                condition=Q(persona_id__isnull=False),
            ),
            models.Index(
                fields=["provincia", "estado", "-id"],
                name="glosa_por_provincia",
                include=["capital", "interes"],
            ),
            models.Index(fields=["estado", "-id"], name="glosa_por_estado"),
            models.Index(fields=["obligacion_id", "-id"], name="glosa_por_obligacion"),
            models.Index(fields=["documento_id"], name="glosa_por_documento"),
        ]

    def __str__(self) -> str:
        return self.numero


@concede(agregan=AMBOS)
class DiaCerrado(models.Model):
    """One closed business date. Contiguous: a day closes only after the one before it (S14).

    Closed on its own date, it takes what that date still brings, until the next one is closed;
    closed afterwards, nothing more is posted on it (D14).
    """

    fecha = models.DateField(primary_key=True)
    cerrado_el = models.DateField("cerrado el", help_text="Fecha de negocio en que se cerró.")
    anterior = models.DateField(null=True, unique=True)
    eventos = models.JSONField(default=dict)
    cerrado_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "día cerrado"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(anterior__isnull=True) | Q(anterior__lt=F("fecha")),
                name="dia_cerrado_en_orden",
            ),
            models.CheckConstraint(
                condition=Q(cerrado_el__gte=F("fecha")), name="dia_cerrado_cuando_llego"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fecha}"


concede_funciones(AMBOS, "recaudo_tomar_dia recaudo_mes")
