"""Money that entered, the payments it made and what could not be applied."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from recaudo.domain.recaudacion.states import EstadoValor
from recaudo.infra.orm import DineroField
from recaudo.infra.security.concesiones import AMBOS, concede


@concede(agregan=AMBOS)
class Ingreso(models.Model):
    """Money that entered by a road other than a bank statement, or that was already here.

    Its keys and those of the lines of statements (kind BANCO) come from one sequence, so that a
    payment, a credit or a value to identify names its money with one number, whatever its kind.
    """

    class Tipo(models.TextChoices):
        """How the money came; a line of a statement is of kind BANCO and has no row here."""

        TIEMPO_REAL = "TIEMPO_REAL", "Llamada del banco en tiempo real"
        VENTANILLA = "VENTANILLA", "Ventanilla"
        COMPENSACION = "COMPENSACION", "Compensación"
        CREDITO_A_FAVOR = "CREDITO_A_FAVOR", "Crédito a favor"
        RETENCION = "RETENCION", "Retención"
        REMATE = "REMATE", "Producto de un remate"
        REVERSO = "REVERSO", "El banco se llevó un crédito entero"
        REVERSION = "REVERSION", "Se revirtió una declaración de dinero propio"
        DESMENTIDO = "DESMENTIDO", "El extracto no tiene lo que dijo un aviso"
        LOTE = "LOTE", "Es el dinero de las piezas de un lote"
        REIMPUTACION = "REIMPUTACION", "Se imputa de nuevo, en el orden de las fechas"

    tipo = models.CharField("tipo", max_length=16, choices=Tipo)
    importe = DineroField()
    fecha = models.DateField("fecha en que entró", help_text="El interés corre hasta ella.")
    referencia = models.CharField("referencia", max_length=60, blank=True)
    origen_tipo = models.CharField("de dónde sale", max_length=20, blank=True)
    origen_id = models.BigIntegerField(null=True)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "ingreso"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(importe=0), name="ingreso_no_es_cero"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["origen_id"],
                name="ingreso_reimputado",
                condition=Q(tipo="REIMPUTACION"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} {self.importe}"


@concede(agregan=AMBOS)
class Pago(models.Model):
    """Money of a known payer. Its date is the channel's transaction date (R-VEN-04).

    Its number follows the order of the decisions, not that of the lines: interest depends on it.
    The payments of an employer or of a comprobante are found through its debts.
    """

    ingreso_id = models.BigIntegerField(
        unique=True, help_text="Línea de extracto o ingreso de otra clase: una sola numeración."
    )
    comprobante_id = models.BigIntegerField(null=True)
    empleador_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    importe = DineroField(help_text="Negativo: deshace el pago `reversa_id`.")
    reversa_id = models.BigIntegerField("pago que deshace", null=True)
    elegidas = ArrayField(
        models.BigIntegerField(),
        null=True,
        help_text="Deudas a las que una persona lo destinó, aunque no alcance a todas.",
    )
    fecha_pago = models.DateField()
    aplicado_por = models.BigIntegerField(null=True)
    aplicado_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "pago"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reversa_id"],
                condition=Q(reversa_id__isnull=False),
                name="pago_se_reversa_una_vez",
            ),
            models.CheckConstraint(
                condition=Q(importe__gt=0, reversa_id__isnull=True)
                | Q(importe__lt=0, reversa_id__isnull=False),
                name="pago_negativo_solo_si_reversa",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.fecha_pago}"


@concede(agregan=AMBOS)
class Aplicacion(models.Model):
    """What one payment paid of one obligation, by rubro, and how the capital went to the funds."""

    pk = models.CompositePrimaryKey("pago_id", "obligacion_id")
    pago = models.ForeignKey(
        Pago,
        on_delete=models.PROTECT,
        related_name="aplicaciones",
        db_constraint=False,
        db_index=False,
    )
    obligacion_id = models.BigIntegerField()
    interes = DineroField()
    interes_liquidado = DineroField(
        help_text="Interés que se debía al corte; lo pagado puede ser menos."
    )
    interes_hasta = models.DateField("corte del interés")
    personal = DineroField()
    patronal = DineroField()
    ccc = DineroField()
    ivm = DineroField()
    lod = DineroField()
    salud = DineroField()
    riesgos = DineroField()
    cesantia = DineroField()
    desempleo = DineroField()
    ssc = DineroField()
    gastos_adm = DineroField()
    otros = DineroField(default=0, help_text="Los demás rubros: su detalle es AplicacionRubro.")

    class Meta:
        verbose_name = "aplicación de pago"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(interes__gte=0, personal__gte=0, patronal__gte=0, ccc__gte=0)
                & Q(otros__gte=0, interes__lte=F("interes_liquidado"))
                | Q(interes__lte=0, personal__lte=0, patronal__lte=0, ccc__lte=0)
                & Q(otros__lte=0, interes__gte=F("interes_liquidado")),
                name="aplicacion_de_un_solo_signo",
            ),
            models.CheckConstraint(
                name="aplicacion_distribuye_todo",
                condition=Q(
                    personal=F("ivm")
                    + F("lod")
                    + F("salud")
                    + F("riesgos")
                    + F("cesantia")
                    + F("desempleo")
                    + F("ssc")
                    + F("gastos_adm")
                    - F("patronal")
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["obligacion_id"], name="aplicacion_por_obligacion")
        ]

    def __str__(self) -> str:
        return f"{self.pago_id} → {self.obligacion_id}"


@concede(agregan=AMBOS)
class AplicacionRubro(models.Model):
    """What one payment paid of one rubro kept one by one, to the fund that owns it."""

    pk = models.CompositePrimaryKey("pago_id", "obligacion_id", "rubro", "fondo")
    pago = models.ForeignKey(Pago, on_delete=models.PROTECT, related_name="rubros", db_index=False)
    obligacion_id = models.BigIntegerField()
    rubro = models.CharField(max_length=30)
    fondo = models.CharField(max_length=20)
    importe = DineroField()

    class Meta:
        verbose_name = "aplicación a un rubro"
        indexes: ClassVar = [
            models.Index(fields=["obligacion_id"], name="aplicacion_rubro_por_deuda")
        ]

    def __str__(self) -> str:
        return f"{self.pago_id} → {self.obligacion_id} {self.rubro}"


@concede(agregan=AMBOS, cambian="saldo")
class CreditoAFavor(models.Model):
    """Excess of a payment, in favour of the same payer (R-REC-04)."""

    pago = models.OneToOneField(Pago, on_delete=models.PROTECT)
    empleador_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    importe = DineroField()
    saldo = DineroField()

    class Meta:
        verbose_name = "crédito a favor"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(saldo__gte=0) & Q(saldo__lte=F("importe")), name="credito_saldo_valido"
            ),
            models.CheckConstraint(
                condition=Q(empleador_id__isnull=False, persona_id__isnull=True)
                | Q(empleador_id__isnull=True, persona_id__isnull=False),
                name="credito_de_un_solo_titular",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["empleador_id"], name="credito_por_empleador")]

    def __str__(self) -> str:
        return f"{self.empleador_id} {self.saldo}"


@concede(agregan=AMBOS, cambian="estado resuelto_por resuelto_en razon")
class ValorPorAplicar(models.Model):
    """Money nobody could apply: a liability with an owner, a reason and an age (R-REC-03, D08)."""

    class Motivo(models.TextChoices):
        """Why the machine did not decide."""

        COMPROBANTE_INEXISTENTE = "COMPROBANTE_INEXISTENTE", "No existe ese comprobante"
        COMPROBANTE_ANULADO = "COMPROBANTE_ANULADO", "El comprobante estaba anulado"
        COMPROBANTE_CADUCADO = "COMPROBANTE_CADUCADO", "El comprobante había caducado"
        COMPROBANTE_YA_PAGADO = "COMPROBANTE_YA_PAGADO", "El comprobante ya estaba pagado"
        COMPROBANTE_REVERSADO = (
            "COMPROBANTE_REVERSADO",
            "El banco había deshecho el pago del comprobante",
        )
        MONTO_INSUFICIENTE = "MONTO_INSUFICIENTE", "Pagó menos que el comprobante"
        SIN_REFERENCIA = "SIN_REFERENCIA", "La línea no cita ningún comprobante"
        VARIAS_REFERENCIAS = "VARIAS_REFERENCIAS", "La línea cita más de un comprobante"
        DETALLE_NO_CUADRA = "DETALLE_NO_CUADRA", "Las transacciones no suman el movimiento"
        POR_DETALLAR = "POR_DETALLAR", "El banco aún no detalla los pagos que trae"
        FECHA_INVEROSIMIL = "FECHA_INVEROSIMIL", "Trae una fecha que no puede ser"
        ANTES_DEL_COMPROBANTE = (
            "ANTES_DEL_COMPROBANTE",
            "Se pagó antes de que existiera el comprobante",
        )
        CREDITO_POR_REVERSO = "CREDITO_POR_REVERSO", "El banco devuelve dinero que había salido"
        DECLARADO_PROPIO = "DECLARADO_PROPIO", "Una persona declaró que es dinero aparte"
        PAGO_POSTERIOR = "PAGO_POSTERIOR", "La deuda tiene un pago de fecha posterior"
        OBLIGACION_CAMBIO = "OBLIGACION_CAMBIO", "La deuda cambió después de generar el comprobante"

    ingreso_id = models.BigIntegerField(unique=True)
    motivo = models.CharField(max_length=32, choices=Motivo)
    importe = DineroField()
    estado = models.CharField(
        max_length=12, choices=[(e.value, e.value) for e in EstadoValor], default="abierto"
    )
    responsable = models.CharField("responsable", max_length=60, default="Unidad de Recaudación")
    recibido_el = models.DateField()
    resuelto_por = models.BigIntegerField(null=True)
    resuelto_en = models.DateTimeField(null=True)
    razon = models.CharField("razón de la decisión", max_length=400, blank=True)

    class Meta:
        verbose_name = "valor por aplicar"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(resuelto_por__isnull=True, resuelto_en__isnull=True)
                | Q(resuelto_por__isnull=False, resuelto_en__isnull=False),
                name="valor_resuelto_por_y_en_juntos",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["recibido_el", "id"], name="valor_abierto", condition=Q(estado="abierto")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ingreso_id} {self.motivo}"
