"""Bills. Their lines are partitioned by `lote` (`migrations/sql/lineas.sql`): 0 is one by one."""

from typing import ClassVar

from django.db import models

from recaudo.infra.orm import DineroField, PeriodoField
from recaudo.infra.security.concesiones import (
    SOLO_LOTES,
    concede,
    concede_funciones,
    concede_tabla,
)


@concede(agregan=SOLO_LOTES)
class Tarifa(models.Model):
    """A distinct set of rates as the law hands it, named by its content."""

    clave = models.CharField(max_length=16, unique=True, help_text="SHA-256 corto del contenido.")
    regimen = models.CharField(max_length=24)
    paga_ccc = models.BooleanField()
    tasas = models.JSONField(
        help_text="Tasas en diezmilésimas de la base, como las entregó la norma."
    )
    estado_verificacion = models.CharField(max_length=12)
    citas = models.JSONField()

    class Meta:
        verbose_name = "tarifa"

    def __str__(self) -> str:
        return f"{self.regimen} {self.clave}"


@concede(agregan=SOLO_LOTES)
class TarifaResiduo(models.Model):
    """The contribution of each base under 10 000 cents: the table the law makes for SQL (ADR 0003).

    The amount of a base is that of its residue plus whole ten-thousands times the rate. In cents.
    """

    pk = models.CompositePrimaryKey("tarifa_id", "residuo")
    tarifa = models.ForeignKey(
        Tarifa, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    residuo = models.IntegerField()
    personal = models.IntegerField()
    total = models.IntegerField()
    ccc = models.IntegerField()
    ivm = models.IntegerField()
    lod = models.IntegerField()
    salud = models.IntegerField()
    riesgos = models.IntegerField()
    cesantia = models.IntegerField()
    desempleo = models.IntegerField()
    ssc = models.IntegerField()
    gastos_adm = models.IntegerField()

    class Meta:
        verbose_name = "residuo de tarifa"

    def __str__(self) -> str:
        return f"{self.tarifa_id}:{self.residuo}"


@concede(
    agregan=SOLO_LOTES,
    cambian="planillas lineas emitido muestra",
    quienes=SOLO_LOTES,
    borran=SOLO_LOTES,
)
class EmisionLote(models.Model):
    """One chunk of one emission: its own transaction and partitions. Done or not there at all."""

    periodo = PeriodoField()
    clase = models.CharField(max_length=12)
    trozo = models.SmallIntegerField("trozo")
    trozos = models.SmallIntegerField("de")
    planillas = models.IntegerField(default=0)
    lineas = models.BigIntegerField(default=0)
    emitido = DineroField()
    muestra = models.IntegerField("líneas comparadas con la regla escalar", default=0)
    hecho_id = models.BigIntegerField()
    emitido_en = models.DateTimeField()

    class Meta:
        verbose_name = "lote de emisión"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["periodo", "clase", "trozo", "trozos"], name="lote_una_vez"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clase} {self.periodo} {self.trozo}/{self.trozos}"


@concede(agregan=SOLO_LOTES)
class Planilla(models.Model):
    """One bill of one sucursal and period. Shares its key with its obligación (DG 8.ª).

    How it goes to the funds is said by the obligación.
    """

    obligacion = models.OneToOneField(
        "obligaciones.Obligacion", on_delete=models.PROTECT, primary_key=True
    )
    empleador_id = models.BigIntegerField()
    sucursal_id = models.BigIntegerField()
    periodo = PeriodoField()
    lote = models.IntegerField(default=0)
    tarifa = models.ForeignKey(Tarifa, on_delete=models.PROTECT, db_constraint=False)
    trabajadores = models.IntegerField("trabajadores")
    masa_salarial = DineroField("Σ bases")
    personal = DineroField()
    patronal = DineroField()
    ccc = DineroField("CCC (IECE y SECAP)")

    class Meta:
        verbose_name = "planilla"
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "periodo"], name="planilla_por_empleador"),
            models.Index(
                fields=["periodo"], name="planilla_suelta_por_periodo", condition=models.Q(lote=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periodo}-{self.obligacion_id}"


@concede(agregan=SOLO_LOTES)
class PlanillaLinea(models.Model):
    """One worker in one bill. `total` = personal + patronal, rounded once (R-BAS-20)."""

    pk = models.CompositePrimaryKey("lote", "planilla_id", "relacion_id")
    lote = models.IntegerField()
    planilla_id = models.BigIntegerField()
    relacion_id = models.BigIntegerField()
    persona_id = models.BigIntegerField()
    dias = models.SmallIntegerField()
    sueldo = DineroField()
    extras = DineroField()
    base = DineroField()
    personal = DineroField()
    total = DineroField()
    ivm = DineroField()
    lod = DineroField()
    salud = DineroField()
    riesgos = DineroField()
    cesantia = DineroField()
    desempleo = DineroField()
    ssc = DineroField()
    gastos_adm = DineroField()

    class Meta:
        managed = False
        db_table = "planillas_planillalinea"
        verbose_name = "línea de planilla"

    def __str__(self) -> str:
        return f"{self.planilla_id}.{self.relacion_id}"


concede_tabla("planillas_planillalinea_corriente", agregan=SOLO_LOTES)
concede_funciones(SOLO_LOTES, "recaudo_cerrar_lote_de_lineas")
