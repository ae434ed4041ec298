"""Deadlines, those that are running, and what the end of each caused."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.infra.security.concesiones import AMBOS, concede, concede_funciones


@concede(agregan=AMBOS)
class Plazo(models.Model):
    """A counted deadline, with everything needed to count it again. Never edited (P17)."""

    materia_tipo = models.CharField("sobre qué", max_length=20)
    materia_id = models.BigIntegerField()
    regla = models.CharField("regla de la norma", max_length=40)
    parte_tipo = models.CharField(
        "de quién es", max_length=12, blank=True, help_text="Vacío: es uno solo, de la materia."
    )
    parte_id = models.BigIntegerField(default=0)
    obligado = models.CharField("a quién obliga", max_length=12)
    origen_tipo = models.CharField("desde qué corre", max_length=20)
    origen_id = models.BigIntegerField()
    desde = models.DateField("fecha desde la que corre", help_text="Ese día no cuenta (COA 158).")
    cantidad = models.PositiveSmallIntegerField()
    unidad = models.CharField(max_length=12)
    suspensiones = models.JSONField(
        default=list, help_text="Días que no cuentan: [desde, hasta], ambos incluidos."
    )
    vence_min = models.DateField("último día seguro", null=True)
    vence_max = models.DateField("último día con los feriados dudosos", null=True)
    vence = models.DateField(
        "último día", null=True, help_text="Vacío mientras una suspensión siga abierta."
    )
    cantones = models.JSONField(help_text="Jurisdicciones cuyos feriados cuentan (COA 159).")
    habiles = models.JSONField(default=list)
    inhabiles = models.JSONField(default=list)
    dudosos = models.JSONField(default=list)
    calendario_version = models.CharField(max_length=16)
    norma = models.CharField(max_length=200)
    estado_verificacion = models.CharField(max_length=12)
    efecto = models.CharField("qué pasa al vencer", max_length=40)
    reemplaza_a = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True)
    motivo = models.CharField("por qué reemplaza al anterior", max_length=300, blank=True)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "plazo"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["materia_tipo", "materia_id", "regla", "parte_tipo", "parte_id"],
                condition=Q(reemplaza_a__isnull=True),
                name="plazo_uno_por_regla",
            ),
            models.CheckConstraint(
                condition=Q(vence__isnull=True, vence_min__isnull=True, vence_max__isnull=True)
                | (
                    Q(vence_min__gt=F("desde"), vence_max__gte=F("vence_min"))
                    & (Q(vence=F("vence_min")) | Q(vence=F("vence_max")))
                ),
                name="plazo_vence_despues",
            ),
            models.CheckConstraint(
                condition=Q(vence_min=F("vence_max")) | ~Q(dudosos=[]) | Q(vence__isnull=True),
                name="plazo_duda_con_motivo",
            ),
            models.CheckConstraint(
                condition=Q(parte_tipo="", parte_id=0) | (~Q(parte_tipo="") & Q(parte_id__gt=0)),
                name="plazo_parte_entera",
            ),
            models.CheckConstraint(
                condition=Q(reemplaza_a__isnull=True) | ~Q(motivo=""),
                name="plazo_reemplazo_con_motivo",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["materia_tipo", "materia_id", "-id"], name="plazo_por_materia"),
            models.Index(fields=["origen_tipo", "origen_id"], name="plazo_por_origen"),
        ]

    def __str__(self) -> str:
        return f"{self.regla} {self.materia_tipo} {self.materia_id}: {self.vence}"

    @property
    def ultimo_dia(self) -> date:
        """The day that closes it; it is a defect to ask it of one that is suspended."""
        if self.vence is None:
            mensaje = f"the deadline {self.pk} is suspended"
            raise AssertionError(mensaje)
        return self.vence


@concede()
class PlazoPendiente(models.Model):
    """A deadline that is running: what the close looks at, and nothing else.

    A trigger adds it with its deadline and takes it away when it is replaced or has its event.
    """

    plazo = models.OneToOneField(Plazo, on_delete=models.PROTECT, primary_key=True)
    vence = models.DateField("último día", null=True)

    class Meta:
        verbose_name = "plazo pendiente"
        indexes: ClassVar = [models.Index(fields=["vence"], name="plazo_por_vencer")]

    def __str__(self) -> str:
        return f"{self.plazo_id}: {self.vence}"


@concede(agregan=AMBOS)
class EventoDePlazo(models.Model):
    """How a deadline ended, once for ever (P19): it ran out, or what it was for was done."""

    class Que(models.TextChoices):
        """The two ends of a deadline."""

        VENCIO = "VENCIO", "Venció"
        EXTINGUIDO = "EXTINGUIDO", "Se extinguió antes de vencer"

    plazo = models.OneToOneField(Plazo, on_delete=models.PROTECT)
    que = models.CharField("cómo terminó", max_length=10, choices=Que.choices)
    vence = models.DateField("último día del plazo", null=True)
    ocurrio_el = models.DateField("día en que terminó, o que cerró el siguiente")
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "evento de plazo"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(que="EXTINGUIDO") | Q(ocurrio_el__gt=F("vence")),
                name="evento_despues_del_plazo",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["hecho_id"], name="evento_por_hecho")]

    def __str__(self) -> str:
        return f"{self.plazo_id} {self.que} {self.ocurrio_el}"


concede_funciones(AMBOS, "recaudo_tomar_plazos")
