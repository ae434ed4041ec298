"""Vouchers, bank statements and where the money went."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from recaudo.domain.recaudacion.models.banco import (
    CuentaBancaria,
    DeclaracionRevertida,
    DineroDeclarado,
    Extracto,
    LineaExtracto,
    PiezaContada,
    ReversoBancario,
    primer_dia_de,
)
from recaudo.domain.recaudacion.models.decisiones import (
    AclaracionDeCargo,
    DesmentidoDeAviso,
    LoteReconocido,
)
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
from recaudo.infra.security.concesiones import AMBOS, TODOS, concede, concede_funciones


@concede(agregan=AMBOS, cambian="estado abonado")
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


@concede(agregan=AMBOS)
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


@concede()
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


__all__ = [
    "AclaracionDeCargo",
    "Aplicacion",
    "AplicacionRubro",
    "Comprobante",
    "ComprobanteDetalle",
    "CreditoAFavor",
    "CuentaBancaria",
    "DeclaracionRevertida",
    "DesmentidoDeAviso",
    "DetalleVivo",
    "DineroDeclarado",
    "Extracto",
    "Ingreso",
    "LineaExtracto",
    "LoteReconocido",
    "Pago",
    "PiezaContada",
    "ReversoBancario",
    "ValorPorAplicar",
    "primer_dia_de",
]


concede_funciones(TODOS, "recaudo_dinero_raiz")
