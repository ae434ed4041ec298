"""Ledger tables. `asiento` and `partida` are partitioned by `lote`.

0 is ordinary traffic, every mass emission has its own. Created by `migrations/sql/libro.sql`.
"""

from typing import ClassVar

from django.db import models

from recaudo.infra.orm import DineroField
from recaudo.infra.security.concesiones import (
    AMBOS,
    SOLO_LOTES,
    concede,
    concede_funciones,
    concede_tabla,
)


@concede(agregan=AMBOS)
class Cuenta(models.Model):
    """An account of the chart: by fund and state of the receivable. Loaded from `plan_contable`."""

    codigo = models.CharField("código", max_length=20, unique=True)
    nombre = models.CharField("nombre", max_length=120)
    naturaleza = models.CharField(
        "naturaleza", max_length=10, choices=[("DEUDORA", "Deudora"), ("ACREEDORA", "Acreedora")]
    )
    fondo = models.CharField("fondo", max_length=20, blank=True)
    estado_cartera = models.CharField("estado de cartera", max_length=10, blank=True)

    class Meta:
        verbose_name = "cuenta"

    def __str__(self) -> str:
        return f"{self.codigo} {self.nombre}"


@concede(agregan=AMBOS)
class Asiento(models.Model):
    """One entry. Balanced by a deferred trigger; never changed. Real key: (id, lote)."""

    id = models.BigIntegerField(primary_key=True)
    lote = models.IntegerField(default=0)
    fecha = models.DateField("fecha contable")
    concepto = models.CharField("concepto", max_length=30)
    origen_tipo = models.CharField(max_length=20)
    origen_id = models.BigIntegerField()
    provincia = models.CharField(max_length=2)
    hecho_id = models.BigIntegerField()
    revierte_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "contabilidad_asiento"
        verbose_name = "asiento"

    def __str__(self) -> str:
        return f"{self.id} {self.concepto} {self.fecha}"


@concede(agregan=AMBOS)
class Partida(models.Model):
    """One leg of an entry: debe xor haber, in cents. `obligacion_id` on the receivable accounts."""

    pk = models.CompositePrimaryKey("lote", "asiento_id", "linea")
    lote = models.IntegerField()
    asiento_id = models.BigIntegerField()
    linea = models.SmallIntegerField()
    cuenta = models.ForeignKey(Cuenta, on_delete=models.PROTECT, db_constraint=False)
    debe = DineroField()
    haber = DineroField()
    obligacion_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "contabilidad_partida"
        verbose_name = "partida"

    def __str__(self) -> str:
        return f"{self.asiento_id}.{self.linea}"


@concede(agregan=AMBOS)
class SelloLibro(models.Model):
    """A seal over the entries of a stretch: its SHA-256 chains the previous seal (D12)."""

    lote = models.IntegerField()
    desde_id = models.BigIntegerField()
    hasta_id = models.BigIntegerField()
    asientos = models.BigIntegerField()
    debe = DineroField()
    contenido = models.CharField(max_length=64, help_text="SHA-256 de los asientos del tramo.")
    huella = models.CharField(max_length=64)
    anterior = models.CharField(max_length=64, blank=True)
    sellado_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "sello del libro"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lote", "desde_id"], name="sello_unico_por_tramo"),
        ]

    def __str__(self) -> str:
        return f"{self.lote}:{self.desde_id}-{self.hasta_id}"


@concede(agregan=AMBOS)
class TramoSumado(models.Model):
    """A stretch whose sums are kept: one seal of ordinary traffic, or one whole mass lot."""

    lote = models.IntegerField()
    desde_id = models.BigIntegerField()
    hasta_id = models.BigIntegerField()
    asientos = models.BigIntegerField()
    conceptos = models.JSONField(help_text="Conceptos de sus asientos, sin repetir.")
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "tramo sumado del libro"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lote", "desde_id"], name="tramo_sumado_una_vez"),
            models.CheckConstraint(
                condition=models.Q(hasta_id__gte=models.F("desde_id")), name="tramo_en_orden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lote}:{self.desde_id}-{self.hasta_id}"


@concede(agregan=AMBOS)
class SumaDeTramo(models.Model):
    """What one account moved on one accounting date in a stretch. Never changed (D27)."""

    tramo = models.ForeignKey(TramoSumado, on_delete=models.PROTECT)
    cuenta = models.ForeignKey(Cuenta, on_delete=models.PROTECT, db_index=False)
    fecha = models.DateField("fecha contable")
    debe = DineroField()
    haber = DineroField()

    class Meta:
        verbose_name = "suma de un tramo del libro"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tramo", "cuenta", "fecha"], name="suma_una_por_cuenta_y_fecha"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tramo_id} {self.cuenta_id} {self.fecha}"


# Behind Asiento and Partida: where ordinary traffic is added, and what their guards keep.
concede_tabla("contabilidad_asiento_corriente", "contabilidad_partida_corriente", agregan=AMBOS)
concede_tabla("contabilidad_porrevisar")
concede_funciones(AMBOS, "recaudo_reservar_asientos recaudo_esperar_a_quien_asienta")
concede_funciones(
    SOLO_LOTES,
    "recaudo_abrir_particion recaudo_dejar_particion recaudo_indexar_particion "
    "recaudo_cerrar_lote_del_libro",
)
