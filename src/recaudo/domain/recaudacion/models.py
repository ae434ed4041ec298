"""Vouchers, bank statements and where the money went."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.domain.recaudacion.states import EstadoComprobante, EstadoValor
from recaudo.infra.orm import DineroField


class Comprobante(models.Model):
    """A payment voucher: obligations frozen with interest to its last valid day (R-COM-02)."""

    numero = models.CharField(
        "número", max_length=16, help_text="Sin saltos por año, con dígito de control."
    )
    empleador_id = models.BigIntegerField("empleador")
    fecha_emision = models.DateField("emisión")
    valido_hasta = models.DateField("válido hasta")
    capital = DineroField()
    interes = DineroField("interés de mora")
    importe = DineroField("total a pagar")
    estado = models.CharField(
        max_length=12, choices=[(e.value, e.value) for e in EstadoComprobante], default="generado"
    )
    documento_id = models.BigIntegerField(null=True)
    estado_verificacion = models.CharField(max_length=12)
    generado_por = models.BigIntegerField(null=True)
    generado_en = models.DateTimeField()

    class Meta:
        verbose_name = "comprobante de pago"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["numero"], name="comprobante_numero_unico"),
            models.CheckConstraint(
                condition=Q(importe=F("capital") + F("interes")) & Q(importe__gt=0),
                name="comprobante_suma",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["empleador_id", "-id"], name="comprobante_por_empleador"),
        ]

    def __str__(self) -> str:
        return self.numero


class ComprobanteDetalle(models.Model):
    """One obligation inside a comprobante: what it froze."""

    comprobante = models.ForeignKey(
        Comprobante,
        on_delete=models.PROTECT,
        related_name="detalles",
        db_index=False,
    )
    obligacion_id = models.BigIntegerField()
    orden = models.SmallIntegerField()
    interes = DineroField()
    personal = DineroField()
    patronal = DineroField()
    ccc = DineroField()
    interes_hasta = models.DateField("interés calculado hasta")
    traza = models.JSONField(default=list, help_text="Cómo se calculó el interés, paso a paso.")

    class Meta:
        verbose_name = "detalle de comprobante"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comprobante", "obligacion_id"], name="detalle_una_vez"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comprobante_id}: {self.obligacion_id}"


class DetalleVivo(models.Model):
    """An obligation held by a payable comprobante: one at most, by its unique index (D16).

    Triggers add the row when the detail is born and remove it when the comprobante stops being
    payable. A table apart, because removing a small row is much cheaper than changing a mark
    inside a large one that an index watches.
    """

    pk = models.CompositePrimaryKey("comprobante_id", "obligacion_id")
    comprobante_id = models.BigIntegerField()
    obligacion_id = models.BigIntegerField()

    class Meta:
        verbose_name = "detalle vivo"

    def __str__(self) -> str:
        return f"{self.comprobante_id}: {self.obligacion_id}"


class Extracto(models.Model):
    """One bank statement file, once for ever by its SHA-256 (T04)."""

    archivo_id = models.BigIntegerField()
    nombre = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    formato = models.CharField(max_length=12)
    canal = models.CharField("canal", max_length=20)
    identificacion = models.CharField("identificación del mensaje", max_length=60, blank=True)
    cuenta = models.CharField("cuenta acreditada", max_length=40, blank=True)
    desde = models.DateField(null=True)
    hasta = models.DateField(null=True)
    declarado_lineas = models.IntegerField(
        null=True, help_text="Número de líneas que el banco declara."
    )
    declarado_total = DineroField(null=True, help_text="Total de créditos que el banco declara.")
    saldo_inicial = DineroField(null=True)
    saldo_final = DineroField(null=True)
    base_linea = models.BigIntegerField(help_text="La línea n tiene la clave base + n.")
    lineas = models.IntegerField()
    aplicadas = models.IntegerField()
    credito_a_favor = models.IntegerField()
    por_identificar = models.IntegerField()
    duplicadas = models.IntegerField()
    rechazadas = models.IntegerField()
    total = DineroField(help_text="Σ de las líneas que entraron (sin duplicadas ni rechazadas).")
    total_duplicado = DineroField(help_text="Σ de las líneas duplicadas.")
    total_rechazado = DineroField(help_text="Σ legible de los créditos en dólares rechazados.")
    total_debitos = DineroField(help_text="Σ de los débitos en dólares, que no entran.")
    asentado = DineroField(help_text="Σ debe en bancos de este extracto.")
    totales_cuadran = models.BooleanField(help_text="Lo leído es lo que el banco declara.")
    saldos_cuadran = models.BooleanField(
        help_text="Saldo inicial + créditos − débitos = saldo final."
    )
    cuadra = models.BooleanField()
    fecha_importacion = models.DateField()
    importado_en = models.DateTimeField()
    importado_por = models.CharField(max_length=160)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "extracto bancario"

    def __str__(self) -> str:
        return self.nombre


class LineaExtracto(models.Model):
    """One line of a statement and its one outcome. Nothing a bank sends is lost.

    Its key is the base of its statement plus its number there (by trigger): a line is once in its
    statement, and the lines of a statement are a stretch of keys.
    """

    class Resultado(models.TextChoices):
        """The partition of the lines of a statement: each has exactly one."""

        APLICADA = "APLICADA", "Aplicada"
        CREDITO_A_FAVOR = "CREDITO_A_FAVOR", "Aplicada, con crédito a favor"
        POR_IDENTIFICAR = "POR_IDENTIFICAR", "Por identificar"
        DUPLICADA = "DUPLICADA", "Duplicada"
        RECHAZADA = "RECHAZADA", "Rechazada"

    # Keys to append-only parents are checked once per statement by trigger (sql/guardas.sql).
    extracto = models.ForeignKey(
        Extracto,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
    )
    numero = models.IntegerField("línea")
    canal = models.CharField(max_length=20)
    referencia = models.CharField("referencia del banco", max_length=60, blank=True)
    fecha_valor = models.DateField("fecha valor", null=True)
    fecha_transaccion = models.DateField("fecha de la transacción en el canal", null=True)
    importe = DineroField(null=True)
    ordenante = models.CharField(max_length=140, blank=True)
    linea_archivo = models.IntegerField("línea del archivo", default=0)
    comprobante_numero = models.CharField("comprobante que cita", max_length=40, blank=True)
    texto = models.CharField(max_length=300, blank=True)
    resultado = models.CharField(max_length=16, choices=Resultado)
    motivo = models.CharField("motivo", max_length=32, blank=True)
    duplica_a = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "línea de extracto"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referencia", "fecha_valor", "canal"],
                condition=~Q(resultado__in=["DUPLICADA", "RECHAZADA"]),
                name="linea_referencia_unica_para_siempre",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extracto_id}:{self.numero} {self.resultado}"


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

    def __str__(self) -> str:
        return f"{self.tipo} {self.importe}"


class Pago(models.Model):
    """Money of a known payer. Its date is the channel's transaction date (R-VEN-04).

    Its number follows the order of the decisions, not that of the lines: interest depends on it.
    The payments of an employer or of a comprobante are found through its debts.
    """

    ingreso_id = models.BigIntegerField(
        unique=True, help_text="Línea de extracto o ingreso de otra clase: una sola numeración."
    )
    comprobante_id = models.BigIntegerField(null=True)
    empleador_id = models.BigIntegerField()
    importe = DineroField()
    fecha_pago = models.DateField()
    aplicado_por = models.BigIntegerField(null=True)
    aplicado_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "pago"

    def __str__(self) -> str:
        return f"{self.id} {self.fecha_pago}"


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

    class Meta:
        verbose_name = "aplicación de pago"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(interes__gte=0, personal__gte=0, patronal__gte=0, ccc__gte=0)
                & Q(interes__lte=F("interes_liquidado")),
                name="aplicacion_no_negativa",
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


class CreditoAFavor(models.Model):
    """Excess of a payment, in favour of the same payer (R-REC-04)."""

    pago = models.OneToOneField(Pago, on_delete=models.PROTECT)
    empleador_id = models.BigIntegerField()
    importe = DineroField()
    saldo = DineroField()

    class Meta:
        verbose_name = "crédito a favor"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(saldo__gte=0) & Q(saldo__lte=F("importe")), name="credito_saldo_valido"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.empleador_id} {self.saldo}"


class ValorPorAplicar(models.Model):
    """Money nobody could apply: a liability with an owner, a reason and an age (R-REC-03, D08)."""

    class Motivo(models.TextChoices):
        """Why the machine did not decide."""

        COMPROBANTE_INEXISTENTE = "COMPROBANTE_INEXISTENTE", "No existe ese comprobante"
        COMPROBANTE_ANULADO = "COMPROBANTE_ANULADO", "El comprobante estaba anulado"
        COMPROBANTE_CADUCADO = "COMPROBANTE_CADUCADO", "El comprobante había caducado"
        COMPROBANTE_YA_PAGADO = "COMPROBANTE_YA_PAGADO", "El comprobante ya estaba pagado"
        MONTO_INSUFICIENTE = "MONTO_INSUFICIENTE", "Pagó menos que el comprobante"
        SIN_REFERENCIA = "SIN_REFERENCIA", "La línea no cita ningún comprobante"
        VARIAS_REFERENCIAS = "VARIAS_REFERENCIAS", "La línea cita más de un comprobante"
        DETALLE_NO_CUADRA = "DETALLE_NO_CUADRA", "Las transacciones no suman el movimiento"
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
