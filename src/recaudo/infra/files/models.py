"""The bytes that came from outside, once per content."""

from typing import ClassVar

from django.db import models

from recaudo.infra.security.concesiones import AMBOS, concede


@concede(agregan=AMBOS)
class Archivo(models.Model):
    """A file as it arrived. The same bytes twice are one row; who sent them when is the hecho's."""

    nombre = models.CharField("nombre", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    recibido_en = models.DateTimeField("recibido")

    class Meta:
        verbose_name = "archivo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256"], name="archivo_contenido_unico"),
        ]

    def __str__(self) -> str:
        return self.nombre


@concede(agregan=AMBOS)
class PiezaDeArchivo(models.Model):
    """A piece of the compressed bytes of a file: in their order, one zlib stream."""

    pk = models.CompositePrimaryKey("archivo_id", "orden")
    archivo = models.ForeignKey(
        Archivo, models.PROTECT, verbose_name="archivo", db_index=False, related_name="piezas"
    )
    orden = models.IntegerField("orden, desde cero")
    contenido = models.BinaryField("contenido comprimido (zlib)")

    class Meta:
        verbose_name = "pieza de archivo"
        verbose_name_plural = "piezas de archivo"

    def __str__(self) -> str:
        return f"{self.archivo_id}/{self.orden}"


@concede(agregan=AMBOS, cambian="visto_el", borran=AMBOS)
class ArchivoDePaso(models.Model):
    """A file that was only looked at. Nothing refers to it: it is deleted when its days are over.

    What is registered is kept apart, for good, by the act that registers it (`Archivo`).
    """

    dueno = models.BigIntegerField("de quién es", help_text="Solo a él se le devuelve.")
    nombre = models.CharField("nombre", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    contenido = models.BinaryField("contenido comprimido (zlib)")
    visto_el = models.DateField("visto por última vez", db_index=True)

    class Meta:
        verbose_name = "archivo de paso"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dueno", "sha256", "nombre"], name="archivo_de_paso_unico"
            ),
        ]

    def __str__(self) -> str:
        return self.nombre
