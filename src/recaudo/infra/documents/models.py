"""Frozen documents, their drawings and their gap-free numbering."""

from typing import ClassVar

from django.db import models

from recaudo.infra.security.concesiones import AMBOS, concede, concede_funciones


@concede(agregan=AMBOS, cambian="ultimo")
class Numeracion(models.Model):
    """The last number given, per series, province and year. Its row lock makes it gap-free."""

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


@concede(agregan=AMBOS, cambian="estado dejo_de_valer_el")
class Documento(models.Model):
    """A document of the institution: its blocks, frozen at the act with their words."""

    class EstadoDocumento(models.TextChoices):
        """Whether the institution stands by it."""

        VIGENTE = "vigente", "Vigente"
        ANULADO = "anulado", "Anulado"
        REEMPLAZADO = "reemplazado", "Reemplazado"

    tipo = models.CharField("tipo", max_length=40)
    numero = models.CharField("número", max_length=30, help_text="PP-AAAA-NNNNNN, sin saltos.")
    titulo = models.CharField("título", max_length=160)
    provincia = models.CharField("provincia", max_length=2, blank=True)
    empleador_id = models.BigIntegerField("empleador", null=True, blank=True)
    titular = models.CharField("titular", max_length=200, blank=True)
    contenido = models.JSONField("contenido", help_text="Los bloques, congelados.")
    contenido_sha256 = models.CharField(max_length=64)
    codigo = models.CharField("código de verificación", max_length=12, unique=True)
    estado = models.CharField(
        max_length=12, choices=EstadoDocumento, default=EstadoDocumento.VIGENTE
    )
    dejo_de_valer_el = models.DateField("dejó de valer el", null=True, blank=True)
    emitido_en = models.DateTimeField("emitido")
    fecha_emision = models.DateField("fecha de emisión")
    valido_hasta = models.DateField("válido hasta", null=True, blank=True)

    class Meta:
        verbose_name = "documento"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tipo", "numero"], name="documento_numero_unico"),
            models.CheckConstraint(
                condition=models.Q(estado="vigente", dejo_de_valer_el__isnull=True)
                | (~models.Q(estado="vigente") & models.Q(dejo_de_valer_el__isnull=False)),
                name="documento_vigente_sin_fin",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "-id"], name="documento_por_empleador"),
        ]

    def __str__(self) -> str:
        return f"{self.titulo} {self.numero}"


@concede(agregan=AMBOS)
class Dibujo(models.Model):
    """The bytes of a document as issued, kept once an act gave them to somebody."""

    documento = models.OneToOneField(Documento, on_delete=models.PROTECT, related_name="dibujo")
    bytes = models.BinaryField("bytes", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64)
    estilo_sha256 = models.CharField("SHA-256 del estilo", max_length=64)

    class Meta:
        verbose_name = "dibujo"
        indexes: ClassVar = [models.Index(fields=["sha256"], name="dibujo_por_huella")]

    def __str__(self) -> str:
        return str(self.documento_id)


concede_funciones(AMBOS, "recaudo_codigo_de_verificacion recaudo_dolares recaudo_dolares_escritos")
