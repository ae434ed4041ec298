"""The registry and the payroll events."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from recaudo.infra.orm import DineroField, PeriodoField
from recaudo.infra.security.concesiones import AMBOS, SOLO_LOTES, concede, concede_funciones


@concede(agregan=SOLO_LOTES)
class Empleador(models.Model):
    """Whoever gives work under dependency. Key: RUC of 13 positions (R-EMP-02, R-EMP-03)."""

    ruc = models.CharField("RUC", max_length=13, unique=True)
    razon_social = models.CharField("razón social", max_length=200)
    clave_orden = models.CharField(
        max_length=220, db_collation="C", help_text="Razón social para ordenar en español."
    )
    tipo_empleador = models.CharField(
        "tipo de empleador", max_length=24, help_text="Código del catálogo propio."
    )
    correo = models.EmailField("correo electrónico", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True)
    direccion = models.CharField("dirección", max_length=200, blank=True)
    representante = models.CharField("representante legal", max_length=160, blank=True)
    canton = models.CharField(
        "cantón del domicilio", max_length=4, help_text="DPA; jurisdicción para los términos."
    )
    es_ficticio = models.BooleanField("dato de demostración", default=False)
    registrado_en = models.DateTimeField("registrado")

    class Meta:
        verbose_name = "empleador"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ruc__regex=r"^[0-9]{13}$"),
                name="empleador_ruc_de_trece_digitos",
                violation_error_message="El RUC debe tener 13 dígitos.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clave_orden"], name="empleador_por_nombre")]

    def __str__(self) -> str:
        return f"{self.ruc} {self.razon_social}"


@concede(agregan=SOLO_LOTES)
class Sucursal(models.Model):
    """The planilla-bearing unit: RUC + four digits (R-EMP-02). `0001` is the matriz."""

    empleador = models.ForeignKey(Empleador, on_delete=models.PROTECT, related_name="sucursales")
    codigo = models.CharField("sucursal", max_length=4)
    nombre = models.CharField("nombre", max_length=120, blank=True)
    canton = models.CharField("cantón", max_length=4)
    provincia = models.CharField("provincia", max_length=2)

    class Meta:
        verbose_name = "sucursal"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["empleador", "codigo"], name="sucursal_codigo_unico"),
            models.UniqueConstraint(fields=["empleador", "id"], name="sucursal_de_su_empleador"),
            models.CheckConstraint(
                condition=Q(codigo__regex=r"^[0-9]{4}$"), name="sucursal_de_cuatro_digitos"
            ),
            models.CheckConstraint(
                condition=Q(canton__startswith=F("provincia")),
                name="sucursal_canton_de_su_provincia",
            ),
        ]

    def __str__(self) -> str:
        return self.codigo


@concede(agregan=AMBOS)
class Persona(models.Model):
    """A worker: cédula, or a foreigner's code (no check digit for the latter)."""

    identificacion = models.CharField("identificación", max_length=13, unique=True)
    nombre = models.CharField("apellidos y nombres", max_length=160)

    class Meta:
        verbose_name = "persona"

    def __str__(self) -> str:
        return f"{self.identificacion} {self.nombre}"


@concede(agregan=AMBOS, cambian="vigencia sueldo sueldo_desde causa_salida")
class RelacionLaboral(models.Model):
    """One employment at one sucursal over [desde, hasta). Two jobs are two relations (R-BAS-07).

    `sueldo` is the monthly salary in force since `sueldo_desde`; earlier ones are in CambioSueldo.
    """

    empleador = models.ForeignKey(Empleador, on_delete=models.PROTECT)
    sucursal = models.ForeignKey(Sucursal, on_delete=models.PROTECT)
    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="relaciones")
    vigencia = DateRangeField(
        "vigencia", help_text="[desde, hasta): hasta es el día después del último trabajado."
    )
    sueldo = DineroField("sueldo mensual")
    sueldo_desde = PeriodoField("sueldo vigente desde")
    relacion_trabajo = models.CharField("relación de trabajo", max_length=3, default="06")
    actividad_sectorial = models.CharField(
        "código de actividad sectorial", max_length=13, blank=True
    )
    cargo = models.CharField("cargo", max_length=64, blank=True)
    origen_pago = models.CharField("origen de pago", max_length=1, default="P")
    causa_salida = models.CharField("causa de salida", max_length=1, blank=True)

    class Meta:
        verbose_name = "relación laboral"
        constraints: ClassVar = [
            ExclusionConstraint(
                name="relacion_sin_cruces",
                expressions=[
                    ("sucursal", RangeOperators.EQUAL),
                    ("persona", RangeOperators.EQUAL),
                    ("vigencia", RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "La persona ya tiene un aviso de entrada vigente en esa sucursal."
                ),
            ),
            models.CheckConstraint(condition=Q(sueldo__gt=0), name="relacion_sueldo_positivo"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador", "persona"], name="relacion_por_empleador"),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} @ {self.sucursal_id}"


@concede(agregan=AMBOS)
class CambioSueldo(models.Model):
    """A salary that stopped being in force: what it was before `periodo`."""

    relacion = models.ForeignKey(
        RelacionLaboral, on_delete=models.PROTECT, related_name="cambios_sueldo"
    )
    periodo = PeriodoField("rige desde")
    sueldo_anterior = DineroField()
    sueldo_nuevo = DineroField()
    novedad_id = models.BigIntegerField()

    class Meta:
        verbose_name = "cambio de sueldo"
        indexes: ClassVar = [
            models.Index(fields=["relacion", "periodo"], name="cambio_sueldo_por_relacion")
        ]

    def __str__(self) -> str:
        return f"{self.relacion_id} {self.periodo}"


@concede(agregan=AMBOS)
class ArchivoNovedades(models.Model):
    """One batch file of one employer: what it was, how many lines entered and came back.

    One starts the type of a month; those that follow it bring the lines it gave back.
    """

    empleador = models.ForeignKey(Empleador, on_delete=models.PROTECT)
    archivo_id = models.BigIntegerField()
    nombre = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    tipo = models.CharField("tipo", max_length=3)
    periodo = PeriodoField()
    aceptadas = models.PositiveIntegerField()
    rechazadas = models.PositiveIntegerField()
    repetidas = models.PositiveIntegerField(
        help_text="Líneas que ya estaban registradas: no cambiaron nada."
    )
    es_continuacion = models.BooleanField(
        help_text="Antes entró otro del mismo tipo y mes con líneas devueltas."
    )
    procesado_en = models.DateTimeField()
    procesado_por = models.CharField(max_length=160)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "archivo de novedades"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["empleador", "tipo", "periodo"],
                condition=Q(aceptadas__gt=0, es_continuacion=False),
                name="archivo_uno_por_tipo_y_mes",
                violation_error_message="Ya se procesó un archivo de ese tipo en este mes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} ({self.tipo} {self.periodo})"


@concede(agregan=AMBOS)
class FilaNovedades(models.Model):
    """One line of a batch file: its text as it came and what became of it."""

    archivo = models.ForeignKey(ArchivoNovedades, on_delete=models.PROTECT, related_name="filas")
    numero = models.PositiveIntegerField("línea")
    texto = models.TextField("texto")
    estado = models.CharField(
        max_length=10, choices=[
            ("ACEPTADA", "Aceptada"), ("RECHAZADA", "Rechazada"), ("REPETIDA", "Ya registrada"),
        ],
    )  # fmt: skip
    codigo = models.CharField(max_length=40, blank=True)
    mensaje = models.CharField(max_length=300, blank=True)
    novedad_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "fila de novedades"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["archivo", "numero"], name="fila_unica_por_archivo"),
        ]

    def __str__(self) -> str:
        return f"{self.archivo_id}:{self.numero} {self.estado}"


@concede(agregan=AMBOS)
class Novedad(models.Model):
    """A payroll event. Never edited: annulled and entered again (R-NOV-14)."""

    class Tipo(models.TextChoices):
        """The batch types this system reads; codes of the IESS layout."""

        ENT = "ENT", "Aviso de entrada"
        SAL = "SAL", "Aviso de salida"
        MSU = "MSU", "Aviso de nuevo sueldo"
        INS = "INS", "Variación de sueldo por extras"
        MND = "MND", "Días no laborados"

    tipo = models.CharField(max_length=3, choices=Tipo)
    empleador = models.ForeignKey(Empleador, on_delete=models.PROTECT)
    sucursal = models.ForeignKey(Sucursal, on_delete=models.PROTECT)
    persona = models.ForeignKey(Persona, on_delete=models.PROTECT)
    relacion = models.ForeignKey(RelacionLaboral, on_delete=models.PROTECT)
    periodo = PeriodoField("período")
    fecha_hecho = models.DateField("fecha del hecho")
    fecha_registro = models.DateField("fecha de registro")
    fecha_limite = models.DateField("fecha límite")
    es_tardia = models.BooleanField("registrada fuera del plazo")
    origen = models.CharField(
        max_length=10, choices=[("EMPLEADOR", "Empleador"), ("BATCH", "Archivo"), ("IESS", "IESS")]
    )
    valor = DineroField(null=True)
    dias = models.PositiveSmallIntegerField(null=True)
    causa = models.CharField(max_length=1, blank=True)
    estado = models.CharField(
        max_length=12,
        choices=[("registrada", "Registrada"), ("anulada", "Anulada")],
        default="registrada",
    )
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "novedad"
        indexes: ClassVar = [
            models.Index(fields=["periodo", "tipo"], name="novedad_por_periodo"),
            models.Index(fields=["relacion", "periodo"], name="novedad_por_relacion"),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} {self.persona_id} {self.periodo}"


@concede(agregan=SOLO_LOTES)
class CierreNovedades(models.Model):
    """A month whose planillas were emitted: it receives no more events through the front doors."""

    periodo = PeriodoField("período", unique=True)
    cerrado_en = models.DateField("cerrado")
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "cierre de novedades"

    def __str__(self) -> str:
        return f"{self.periodo}"


@concede()
class Representacion(models.Model):
    """Who may act for an employer, over [desde, hasta)."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="representaciones"
    )
    empleador = models.ForeignKey(Empleador, on_delete=models.PROTECT)
    calidad = models.CharField(
        "calidad",
        max_length=12,
        choices=[("TITULAR", "Titular"), ("TERCERO", "Tercero autorizado")],
    )
    desde = models.DateField("desde")
    hasta = models.DateField("hasta (exclusive)", null=True, blank=True)

    class Meta:
        verbose_name = "representación"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usuario", "empleador", "desde"], name="representacion_unica"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario_id} por {self.empleador_id}"


concede_funciones(AMBOS, "recaudo_tomar_empleador")
