"""Notices and their proof."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.domain.notificaciones.states import EstadoNotificacion


class Notificacion(models.Model):
    """A document in the employer's electronic inbox, and the proof that it was received.

    `cantones` are the debtor's and the office's: holidays of either place do not count (COA 159).
    """

    empleador_id = models.BigIntegerField("destinatario")
    provincia = models.CharField("provincia", max_length=2)
    cantones = models.JSONField(
        help_text="Domicilio del destinatario y sede de la oficina (COA 159)."
    )
    materia_tipo = models.CharField("sobre qué", max_length=20)
    materia_id = models.BigIntegerField()
    asunto = models.CharField(max_length=200)
    documento_id = models.BigIntegerField()
    canal = models.CharField(max_length=12, choices=[("CASILLERO", "Casillero electrónico")])
    estado = models.CharField(
        max_length=12,
        choices=[(e.value, e.value) for e in EstadoNotificacion],
        default="depositada",
    )
    depositada_el = models.DateField()
    abrir_hasta = models.DateField("se espera la recepción hasta")
    depositada_en = models.DateTimeField()
    recibida_el = models.DateField(
        "recibida el",
        null=True,
        help_text="Fecha legal: abre el término al día hábil siguiente.",
    )
    recibida_en = models.DateTimeField(null=True)
    recibida_por = models.BigIntegerField(null=True)
    prueba = models.JSONField(
        default=dict,
        help_text="Quién abrió, cuándo, desde dónde, qué contenido (SHA-256).",
    )
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "notificación"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["materia_tipo", "materia_id", "canal"], name="notificacion_una_por_materia"
            ),
            models.CheckConstraint(
                name="notificacion_recibida_con_prueba",
                condition=(
                    ~Q(estado="recibida") & Q(recibida_en__isnull=True, recibida_el__isnull=True)
                )
                | (
                    Q(estado="recibida", recibida_en__isnull=False, recibida_el__isnull=False)
                    & Q(recibida_el__gte=F("depositada_el"))
                    & ~Q(prueba={})
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "-id"], name="notificacion_por_empleador"),
            models.Index(fields=["provincia", "-id"], name="notificacion_por_provincia"),
            models.Index(
                fields=["abrir_hasta"],
                name="notificacion_sin_abrir",
                condition=Q(estado="depositada"),
            ),
        ]

    def __str__(self) -> str:
        return self.asunto
