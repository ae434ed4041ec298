"""What two people decide about a line of a statement against its bank."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from recaudo.domain.recaudacion.models.banco import LineaExtracto
from recaudo.domain.recaudacion.states import EstadoAclaracion
from recaudo.infra.orm import DineroField
from recaudo.infra.security.concesiones import AMBOS, concede


class DecididaPorDos(models.Model):
    """What one officer proposes with a reason, and another approves or returns with one (S03)."""

    razon = models.CharField("razón", max_length=400)
    estado = models.CharField(
        max_length=12,
        choices=[(e.value, e.value) for e in EstadoAclaracion],
        default="propuesta",
    )
    propuesta_por = models.BigIntegerField()
    propuesta_por_nombre = models.CharField(max_length=160)
    propuesta_el = models.DateField()
    resuelta_por = models.BigIntegerField(null=True)
    resuelta_el = models.DateField(null=True)
    razon_devolucion = models.CharField("razón de la devolución", max_length=400, blank=True)
    hecho_id = models.BigIntegerField()

    class Meta:
        abstract = True


@concede(agregan=AMBOS, cambian="estado resuelta_por resuelta_el razon_devolucion importe hecho_id")
class AclaracionDeCargo(DecididaPorDos):
    """What a debit of the bank was: one officer proposes it and another decides (S03)."""

    class Destino(models.TextChoices):
        """Where the money of a debit goes when it leaves the account to clear up."""

        COMISION = "COMISION", "Comisión o gasto del banco"
        CONTRAPARTIDA = "CONTRAPARTIDA", "Lo compensa un crédito que espera en la cola"
        REVERSO = "REVERSO", "El banco se llevó un crédito anterior"

    cargo = models.ForeignKey(LineaExtracto, on_delete=models.PROTECT, related_name="+")
    destino = models.CharField(max_length=16, choices=Destino)
    contra_id = models.BigIntegerField(
        null=True, help_text="El valor que lo compensa, o la línea del crédito que se llevó."
    )
    importe = DineroField(help_text="Lo que aclara del débito.")

    class Meta:
        verbose_name = "aclaración de un débito"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cargo"], condition=Q(estado="propuesta"), name="cargo_con_una_propuesta"
            ),
            models.CheckConstraint(
                condition=Q(resuelta_por__isnull=True) | ~Q(resuelta_por=models.F("propuesta_por")),
                name="aclaracion_de_dos_personas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cargo_id}: {self.destino}"


@concede(agregan=AMBOS, cambian="estado resuelta_por resuelta_el razon_devolucion importe hecho_id")
class DesmentidoDeAviso(DecididaPorDos):
    """What a notice told is not in the statement that closes its day: it leaves the books.

    One officer proposes it and another decides (S03).
    """

    linea = models.ForeignKey(LineaExtracto, on_delete=models.PROTECT, related_name="+")
    importe = DineroField(help_text="Lo que la línea movió en la cuenta, con su signo.")

    class Meta:
        verbose_name = "desmentido de un aviso"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["linea"],
                condition=Q(estado__in=["propuesta", "aprobada"]),
                name="linea_desmentida_una_vez",
            ),
            models.CheckConstraint(
                condition=Q(resuelta_por__isnull=True) | ~Q(resuelta_por=models.F("propuesta_por")),
                name="desmentido_de_dos_personas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.linea_id}: {self.estado}"


@concede(
    agregan=AMBOS,
    cambian="razon_reversion revertido_por revertido_por_id revertido_en hecho_id",
)
class LoteReconocido(models.Model):
    """An officer affirmed, with a reason, which entries are the pieces of one told whole.

    `lineas`: all those that the act changed. `salio`: the entry told whole that left the books,
    since its money is that of its pieces. Another person may revert it, once.
    """

    entera = models.OneToOneField(LineaExtracto, on_delete=models.PROTECT, related_name="+")
    salio = models.ForeignKey(
        LineaExtracto, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    piezas = ArrayField(models.BigIntegerField())
    lineas = ArrayField(models.BigIntegerField())
    importe = DineroField(help_text="El del movimiento entero, con su signo.")
    razon = models.CharField("razón", max_length=400)
    reconocido_por = models.CharField(max_length=160)
    reconocido_por_id = models.BigIntegerField(null=True)
    reconocido_en = models.DateTimeField()
    razon_reversion = models.CharField("razón de la reversión", max_length=400, blank=True)
    revertido_por = models.CharField(max_length=160, blank=True)
    revertido_por_id = models.BigIntegerField(null=True)
    revertido_en = models.DateTimeField(null=True)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "lote reconocido"

    def __str__(self) -> str:
        return f"{self.entera_id} = {self.piezas}"
