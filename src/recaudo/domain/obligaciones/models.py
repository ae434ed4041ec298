"""The debt, what it is made of and what is left of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.orm import DineroField, PeriodoField
from recaudo.infra.security.concesiones import AMBOS, concede


@concede(
    agregan=AMBOS,
    cambian="estado saldo_personal saldo_patronal saldo_ccc saldo_otros interes_hasta "
    "interes_abonado",
)
class Obligacion(models.Model):
    """One debt of one debtor. `capital_*` is what was emitted, `saldo_*` what is still owed.

    The rubros of the monthly mass are columns (personal aportes, apart by COIP art. 242; patronal;
    CCC) and their split by fund is here; the rubros of any other class are rows of `SaldoRubro`,
    and `*_otros` is their sum. What of the interest was paid is here too: it is settled until
    `interes_hasta`, and `interes_abonado` was paid of what runs after that day.
    Key to the employer and its sucursal by SQL in the migration.
    """

    empleador_id = models.BigIntegerField("empleador", null=True)
    persona_id = models.BigIntegerField("persona", null=True)
    sucursal_id = models.BigIntegerField("sucursal", null=True)
    provincia = models.CharField("provincia", max_length=2)
    clase = models.CharField("clase", max_length=30)
    naturaleza = models.CharField(
        max_length=12,
        choices=[("CONTRIBUCION", "Contribución"), ("SANCION", "Sanción")],
        default="CONTRIBUCION",
        help_text="Las sanciones prescriben de otro modo (COA 246).",
    )
    materia_tipo = models.CharField(
        "de qué nace", max_length=20, blank=True, help_text="Vacío: la planilla de su misma clave."
    )
    materia_id = models.BigIntegerField(null=True)
    clave = models.CharField(  # noqa: DJ001 - the mass has none: it is unique by its columns
        "lo que la hace única",
        max_length=60,
        null=True,
        help_text="Nulo: sucursal, clase, período y versión.",
    )
    periodo = PeriodoField("período", null=True)
    version = models.PositiveSmallIntegerField("versión", default=1)
    lote = models.IntegerField("lote de emisión", default=0)
    fecha_emision = models.DateField("emisión")
    fecha_vencimiento = models.DateField("vencimiento", help_text="Último día para pagar sin mora.")
    capital_personal = DineroField(default=0)
    capital_patronal = DineroField(default=0)
    capital_ccc = DineroField(default=0)
    capital_otros = DineroField(default=0)
    saldo_personal = DineroField(default=0)
    saldo_patronal = DineroField(default=0)
    saldo_ccc = DineroField(default=0)
    saldo_otros = DineroField(default=0)
    interes_hasta = models.DateField("interés pagado hasta", null=True)
    interes_abonado = DineroField("interés abonado después", default=0)
    estado = models.CharField(
        "estado", max_length=20, choices=[(e.value, e.value) for e in EstadoObligacion]
    )
    estado_verificacion = models.CharField(
        max_length=12, help_text="La peor duda de las reglas con que se calculó."
    )
    ivm = DineroField(default=0)
    lod = DineroField(default=0)
    salud = DineroField(default=0)
    riesgos = DineroField(default=0)
    cesantia = DineroField(default=0)
    desempleo = DineroField(default=0)
    ssc = DineroField(default=0)
    gastos_adm = DineroField(default=0)

    class Meta:
        verbose_name = "obligación"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sucursal_id", "clase", "periodo", "version"],
                condition=Q(clave__isnull=True),
                name="obligacion_unica",
            ),
            models.UniqueConstraint(
                fields=["clase", "clave"],
                condition=Q(clave__isnull=False),
                name="obligacion_unica_por_clave",
            ),
            models.CheckConstraint(
                name="obligacion_con_clave_o_con_lugar",
                condition=Q(clave__isnull=False)
                | Q(sucursal_id__isnull=False, periodo__isnull=False),
            ),
            models.CheckConstraint(
                name="obligacion_de_un_solo_deudor",
                condition=Q(empleador_id__isnull=False, persona_id__isnull=True)
                | Q(empleador_id__isnull=True, persona_id__isnull=False),
            ),
            models.CheckConstraint(
                name="obligacion_saldo_entre_cero_y_capital",
                condition=Q(
                    saldo_personal__gte=0,
                    saldo_patronal__gte=0,
                    saldo_ccc__gte=0,
                    saldo_otros__gte=0,
                )
                & Q(saldo_personal__lte=F("capital_personal"))
                & Q(saldo_patronal__lte=F("capital_patronal"))
                & Q(saldo_ccc__lte=F("capital_ccc"))
                & Q(saldo_otros__lte=F("capital_otros")),
            ),
            models.CheckConstraint(
                name="obligacion_cancelada_sin_saldo",
                condition=~Q(estado="cancelada")
                | Q(saldo_personal=0, saldo_patronal=0, saldo_ccc=0, saldo_otros=0),
            ),
            models.CheckConstraint(
                name="obligacion_distribuye_todo",
                condition=Q(
                    capital_personal=F("ivm")
                    + F("lod")
                    + F("salud")
                    + F("riesgos")
                    + F("cesantia")
                    + F("desempleo")
                    + F("ssc")
                    + F("gastos_adm")
                    - F("capital_patronal")
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "periodo"], name="obligacion_por_empleador"),
            models.Index(
                fields=["persona_id"],
                name="obligacion_por_persona",
                condition=Q(persona_id__isnull=False),
            ),
            models.Index(
                fields=["materia_tipo", "materia_id"],
                name="obligacion_por_materia",
                condition=Q(materia_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clase} {self.periodo or ''} · {self.empleador_id or self.persona_id}"


@concede(agregan=AMBOS, cambian="saldo")
class SaldoRubro(models.Model):
    """What is owed of one rubro of one debt to one fund: any class but the monthly mass."""

    obligacion = models.ForeignKey(Obligacion, on_delete=models.PROTECT, db_index=False)
    rubro = models.CharField(max_length=30)
    fondo = models.CharField(max_length=20)
    capital = DineroField()
    saldo = DineroField()

    class Meta:
        verbose_name = "saldo de un rubro"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligacion", "rubro", "fondo"], name="saldo_rubro_una_vez"
            ),
            models.CheckConstraint(
                name="saldo_rubro_entre_cero_y_capital",
                condition=Q(capital__gt=0, saldo__gte=0) & Q(saldo__lte=F("capital")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligacion_id} {self.rubro} {self.fondo}"
