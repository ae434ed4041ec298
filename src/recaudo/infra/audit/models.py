"""Tables of the audit trail. All append-only by trigger (`migrations/sql/guardas.sql`)."""

from typing import ClassVar

from django.db import models

from recaudo.infra.papeles import Papel
from recaudo.infra.security.concesiones import AMBOS, concede, concede_funciones, concede_tabla


@concede(agregan=(*AMBOS, Papel.AUDITOR))
class Hecho(models.Model):
    """One fact stated by an act. No foreign keys to live rows: kind and id as text."""

    en = models.DateTimeField("instante", help_text="Instante de la base de datos, con zona.")
    fecha = models.DateField("fecha de negocio")
    acto = models.CharField("acto", max_length=60, help_text="El archivo que lo hace.")
    permiso = models.CharField(
        "permiso", max_length=60, help_text="Permiso ejercido, como planillas.emitir."
    )
    causa_id = models.BigIntegerField(
        "causa",
        null=True,
        blank=True,
        help_text="El hecho que lo causó: vacío cuando lo ordenó una persona o el reloj.",
    )
    tipo = models.CharField(
        "hecho", max_length=60, help_text="Nombre del hecho en la lengua de la oficina."
    )
    objeto_tipo = models.CharField("objeto", max_length=40)
    objeto_id = models.CharField("identificador del objeto", max_length=40)
    empleador_id = models.BigIntegerField("empleador", null=True, blank=True)
    provincia = models.CharField("provincia", max_length=2, blank=True)
    actor_id = models.BigIntegerField("actor", null=True, blank=True)
    actor_nombre = models.CharField("nombre del actor", max_length=160)
    rol = models.CharField("rol", max_length=60, help_text="El que dio el permiso ejercido.")
    norma = models.CharField("norma", max_length=200)
    frase = models.TextField("frase", help_text="Qué pasó, en una frase para personas.")
    antes = models.JSONField("antes", default=dict)
    despues = models.JSONField("después", default=dict)
    documento_sha256 = models.CharField("documento", max_length=64, blank=True)

    class Meta:
        verbose_name = "hecho"
        indexes: ClassVar = [
            models.Index(fields=["objeto_tipo", "objeto_id"], name="hecho_por_objeto"),
            models.Index(fields=["empleador_id", "-id"], name="hecho_por_empleador"),
            models.Index(
                fields=["causa_id"],
                name="hecho_por_causa",
                condition=models.Q(causa_id__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(causa_id__isnull=True) | models.Q(causa_id__lt=models.F("id")),
                name="hecho_despues_de_su_causa",
            ),
        ]

    def __str__(self) -> str:
        return self.frase


@concede()
class EstadoPaso(models.Model):
    """The transition tables of every room, as the database's triggers read them.

    Loaded from each room's `states.py` by `project.puesta_a_punto`; never typed by hand. In force
    over [desde_fecha, hasta_fecha); never deleted, so that history stays legal.
    """

    maquina = models.CharField(max_length=30)
    acto = models.CharField(max_length=60)
    desde = models.CharField(max_length=40, blank=True, help_text="Vacío: creación.")
    hacia = models.CharField(max_length=40, help_text="(previo): el estado del que vino.")
    desde_fecha = models.DateField()
    hasta_fecha = models.DateField(null=True)
    norma = models.CharField(max_length=200)

    class Meta:
        verbose_name = "paso de estado"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["maquina", "acto", "desde", "hacia", "desde_fecha"],
                name="estado_paso_unico",
            ),
            models.CheckConstraint(
                condition=models.Q(hasta_fecha__isnull=True)
                | models.Q(hasta_fecha__gte=models.F("desde_fecha")),
                name="estado_paso_hasta_despues_de_desde",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.maquina}: {self.desde or '∅'} → {self.hacia}"


@concede()
class CambioEstado(models.Model):
    """One passage of one object from a state to another, written by the trigger itself.

    `id` is given by the database, in the order of the changes of the object.
    """

    pk = models.CompositePrimaryKey("objeto_id", "maquina", "id")
    id = models.BigIntegerField()
    maquina = models.CharField(max_length=30)
    objeto_id = models.BigIntegerField()
    desde = models.CharField(max_length=40)
    hacia = models.CharField(max_length=40)
    acto = models.CharField(max_length=60)
    hecho_id = models.BigIntegerField(help_text="El hecho que lo explica.")
    en = models.DateTimeField()

    class Meta:
        verbose_name = "cambio de estado"

    def __str__(self) -> str:
        return f"{self.maquina} {self.objeto_id}: {self.desde} → {self.hacia}"


@concede(agregan=AMBOS)
class SelloDeFilas(models.Model):
    """A seal over the fixed columns of a stretch of keys of a table, chained to the one before."""

    tabla = models.CharField(max_length=60)
    desde = models.BigIntegerField()
    hasta = models.BigIntegerField()
    columnas = models.TextField(help_text="Las que cubre, en orden.")
    filas = models.BigIntegerField()
    contenido = models.CharField(max_length=64, help_text="SHA-256 de las filas del tramo.")
    anterior = models.CharField(max_length=64, blank=True)
    huella = models.CharField(max_length=64)
    sellado_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "sello de filas"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tabla", "desde"], name="sello_de_filas_unico"),
            models.CheckConstraint(
                condition=models.Q(hasta__gte=models.F("desde")), name="sello_de_filas_en_orden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tabla}:{self.desde}-{self.hasta}"


@concede()
class Reloj(models.Model):
    """At most one row: the simulated business date of a demonstration database."""

    unico = models.BooleanField(primary_key=True, default=True)
    fecha_simulada = models.DateField()

    class Meta:
        verbose_name = "reloj"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(unico=True), name="reloj_una_sola_fila"),
        ]

    def __str__(self) -> str:
        return f"{self.fecha_simulada}"


concede_tabla("audit_encurso")
#: The auditor states one fact, that of its audit, and no other (`hecho_del_auditor`).
concede_funciones(
    (*AMBOS, Papel.AUDITOR), "recaudo_en_curso recaudo_abrir_acto recaudo_cerrar_acto"
)
concede_funciones(
    AMBOS,
    "recaudo_operacion recaudo_estado_previo recaudo_reservar recaudo_mesa recaudo_quitar_mesas "
    "recaudo_renombrar_mesa recaudo_medir_mesas",
)
