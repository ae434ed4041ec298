"""Notices and their proof."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, When

from recaudo.domain.notificaciones.materias import Destinatario
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.infra.security.concesiones import AMBOS, concede


@concede(
    agregan=AMBOS,
    cambian="estado recibida_el surtira_el recibida_en recibida_por surte_efecto motivo_fallo "
    "prueba fallo_hecho_id",
)
class Notificacion(models.Model):
    """One attempt to notify: what, to whom, by which channel, and the proof that it was received.

    Of several attempts for one matter and addressee, the first that is received takes effect
    (`surte_efecto`). `cantones` are the addressee's and the office's: holidays of either place do
    not count (COA 159).
    """

    destinatario_tipo = models.CharField(
        "destinatario", max_length=12, choices=Destinatario, default=Destinatario.EMPLEADOR
    )
    destinatario_id = models.BigIntegerField()
    empleador_id = models.GeneratedField(
        expression=Case(When(destinatario_tipo="EMPLEADOR", then=F("destinatario_id"))),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    provincia = models.CharField("provincia", max_length=2)
    cantones = models.JSONField(
        help_text="Domicilio del destinatario y sede de la oficina (COA 159)."
    )
    materia_tipo = models.CharField("sobre qué", max_length=20)
    materia_id = models.BigIntegerField()
    asunto = models.CharField(max_length=200)
    documento_id = models.BigIntegerField()
    canal = models.CharField(max_length=12, help_text="Código de un canal registrado.")
    intento = models.PositiveSmallIntegerField(default=1)
    estado = models.CharField(
        max_length=12,
        choices=[(e.value, e.value) for e in EstadoNotificacion],
        default="depositada",
    )
    depositada_el = models.DateField()
    abrir_hasta = models.DateField("se espera la recepción hasta", null=True)
    depositada_en = models.DateTimeField()
    recibida_el = models.DateField(
        "recibida el",
        null=True,
        help_text="Fecha legal: abre el término al día hábil siguiente.",
    )
    surtira_el = models.DateField(
        "se tiene por hecha el",
        null=True,
        help_text="Día posterior a la constancia en que la ley la tiene por notificada (COA 168).",
    )
    recibida_en = models.DateTimeField(null=True)
    recibida_por = models.BigIntegerField(null=True)
    surte_efecto = models.BooleanField(
        default=False, help_text="Es la que cuenta: la primera recibida de su materia."
    )
    motivo_fallo = models.CharField("por qué falló", max_length=300, blank=True)
    prueba = models.JSONField(
        default=dict,
        help_text="Quién recibió, cuándo, desde dónde, qué contenido (SHA-256).",
    )
    fallo_hecho_id = models.BigIntegerField(null=True, help_text="Hecho que la cerró.")
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "notificación"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "materia_tipo",
                    "materia_id",
                    "destinatario_tipo",
                    "destinatario_id",
                    "canal",
                    "intento",
                ],
                name="notificacion_intento_unico",
            ),
            models.UniqueConstraint(
                fields=["materia_tipo", "materia_id", "destinatario_tipo", "destinatario_id"],
                condition=Q(surte_efecto=True),
                name="notificacion_una_surte_efecto",
            ),
            models.CheckConstraint(
                name="notificacion_recibida_con_prueba",
                condition=(
                    ~Q(estado__in=["por_surtir", "recibida"])
                    & Q(recibida_en__isnull=True, recibida_el__isnull=True, surte_efecto=False)
                    & Q(surtira_el__isnull=True)
                )
                | (
                    Q(estado="por_surtir", recibida_en__isnull=False, recibida_el__isnull=True)
                    & Q(surtira_el__gt=F("depositada_el"), surte_efecto=False)
                    & ~Q(prueba={})
                )
                | (
                    Q(estado="recibida", recibida_en__isnull=False, recibida_el__isnull=False)
                    & Q(recibida_el__gte=F("depositada_el"))
                    & (Q(surtira_el__isnull=True) | Q(surtira_el=F("recibida_el")))
                    & ~Q(prueba={})
                ),
            ),
            models.CheckConstraint(
                name="notificacion_fallida_con_motivo",
                condition=(Q(estado="fallida") & ~Q(motivo_fallo=""))
                | (~Q(estado="fallida") & Q(motivo_fallo="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "-id"], name="notificacion_por_empleador"),
            models.Index(
                fields=["destinatario_tipo", "destinatario_id", "-id"],
                name="notificacion_por_destinatario",
                condition=~Q(destinatario_tipo="EMPLEADOR"),
            ),
            models.Index(fields=["provincia", "-id"], name="notificacion_por_provincia"),
            models.Index(
                fields=["abrir_hasta"],
                name="notificacion_sin_abrir",
                condition=Q(estado="depositada"),
            ),
            models.Index(
                fields=["surtira_el"],
                name="notificacion_por_surtir",
                condition=Q(estado="por_surtir"),
            ),
        ]

    def __str__(self) -> str:
        return self.asunto
