"""Vouchers, bank statements and where the money went."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.domain.recaudacion.models.pagos import (
    Aplicacion,
    AplicacionRubro,
    CreditoAFavor,
    Ingreso,
    Pago,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.states import EstadoComprobante
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
    abonado = DineroField(db_default=0, help_text="Lo que ya entró de él sin completarlo.")
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
            models.CheckConstraint(
                condition=Q(abonado__gte=0) & Q(abonado__lte=F("importe")),
                name="comprobante_abonado_en_parte",
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
    otros = DineroField(default=0, help_text="Los demás rubros de la deuda, juntos.")
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


__all__ = [
    "Aplicacion",
    "AplicacionRubro",
    "Comprobante",
    "ComprobanteDetalle",
    "CreditoAFavor",
    "DetalleVivo",
    "Extracto",
    "Ingreso",
    "LineaExtracto",
    "Pago",
    "ValorPorAplicar",
]
