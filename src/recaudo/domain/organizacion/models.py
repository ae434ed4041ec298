"""Provinces and cantons."""

from typing import ClassVar

from django.db import models

from recaudo.infra.security.concesiones import concede


@concede()
class Provincia(models.Model):
    """One of the 24 provinces (INEC code). Level and coactiva unit are independent (C.D. 497)."""

    codigo = models.CharField("código DPA", max_length=2, primary_key=True)
    nombre = models.CharField("nombre", max_length=60)
    clave_orden = models.CharField(
        max_length=80,
        db_collation="C",
        help_text="Para ordenar en español, sin depender del servidor.",
    )
    canton_sede = models.CharField(
        "cantón de la sede", max_length=4, help_text="Jurisdicción de la oficina (COA 159)."
    )
    tiene_unidad_coactiva = models.BooleanField(default=False, help_text="C.D. 497 art. 1.")

    class Meta:
        verbose_name = "provincia"

    def __str__(self) -> str:
        return self.nombre


@concede()
class Canton(models.Model):
    """A canton (INEC code of four digits)."""

    codigo = models.CharField("código DPA", max_length=4, primary_key=True)
    nombre = models.CharField("nombre", max_length=80)
    clave_orden = models.CharField(max_length=100, db_collation="C")
    provincia = models.ForeignKey(Provincia, on_delete=models.PROTECT, related_name="cantones")

    class Meta:
        verbose_name = "cantón"
        indexes: ClassVar = [
            models.Index(fields=["provincia", "clave_orden"], name="canton_por_provincia")
        ]

    def __str__(self) -> str:
        return self.nombre
