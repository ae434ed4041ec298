"""Frozen documents and their gap-free numbering."""

from typing import ClassVar

from django.db import models


class Numeracion(models.Model):
    """The last number given, per kind, province and year. Its row lock makes it gap-free."""

    tipo = models.CharField(max_length=30)
    provincia = models.CharField(max_length=2, blank=True)
    anio = models.PositiveSmallIntegerField()
    ultimo = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "numeración"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tipo", "provincia", "anio"], name="numeracion_unica"),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} {self.provincia} {self.anio}: {self.ultimo}"


class Documento(models.Model):
    """A document of the institution: content frozen at the act, bytes rendered once."""

    class Estado(models.TextChoices):
        """What the public verification page says of it."""

        VIGENTE = "vigente", "Vigente"
        ANULADO = "anulado", "Anulado"
        REEMPLAZADO = "reemplazado", "Reemplazado"

    tipo = models.CharField("tipo", max_length=30)
    numero = models.CharField("número", max_length=30, help_text="PP-AAAA-NNNNNN, sin saltos.")
    titulo = models.CharField("título", max_length=160)
    provincia = models.CharField("provincia", max_length=2, blank=True)
    empleador_id = models.BigIntegerField("empleador", null=True, blank=True)
    titular = models.CharField("titular", max_length=200, blank=True)
    contenido = models.JSONField("contenido", help_text="Los datos con que se dibuja, congelados.")
    contenido_sha256 = models.CharField(max_length=64)
    plantilla = models.CharField("plantilla", max_length=60)
    plantilla_sha256 = models.CharField(max_length=64, blank=True)
    codigo = models.CharField("código de verificación", max_length=12, unique=True)
    estado = models.CharField(max_length=12, choices=Estado, default=Estado.VIGENTE)
    emitido_en = models.DateTimeField("emitido")
    fecha_emision = models.DateField("fecha de emisión")
    valido_hasta = models.DateField("válido hasta", null=True, blank=True)
    bytes = models.BinaryField("bytes", null=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = "documento"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tipo", "numero"], name="documento_numero_unico"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["sha256"], name="documento_por_huella", condition=~models.Q(sha256="")
            ),
            models.Index(fields=["empleador_id", "-id"], name="documento_por_empleador"),
        ]

    def __str__(self) -> str:
        return f"{self.titulo} {self.numero}"
