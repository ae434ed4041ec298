"""Own bank accounts, their statements, the lines of these, and what was decided about a line."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.orm import DineroField
from recaudo.infra.security.concesiones import AMBOS, concede


@concede(agregan=AMBOS)
class CuentaBancaria(models.Model):
    """An own bank account: its statements are believed; it has a channel and a ledger account.

    Registered once; never edited.
    """

    numero = models.CharField(
        "número de cuenta", max_length=40, unique=True, help_text="Sin espacios ni guiones."
    )
    banco = models.CharField("banco", max_length=120)
    canal = models.CharField("canal", max_length=20)
    moneda = models.CharField("moneda", max_length=3, default="USD")
    cuenta_contable_id = models.BigIntegerField("cuenta del libro", unique=True)
    registrada_por = models.BigIntegerField(null=True)
    registrada_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "cuenta bancaria"

    def __str__(self) -> str:
        return f"{self.banco} {self.numero}"


def primer_dia_de(
    desde: date | None, primera: date | None, fecha_saldo: date | None
) -> date | None:
    """Return the first day of a statement: its period says it (FrToDt), or its first entry.

    The date of its opening balance does not: banks write there that day or the one before. Without
    period and without entries, the day of its closing balance.
    """
    return min((d for d in (desde, primera or fecha_saldo) if d is not None), default=None)


@concede(
    agregan=AMBOS,
    cambian="cuenta_id cuenta_numero canal identificacion numero secuencia desde hasta "
    "desde_instante hasta_instante primera_fecha ultima_fecha declarado_lineas "
    "declarado_total declarado_debitos saldo_inicial saldo_final fecha_saldo "
    "total_creditos total_debitos ilegibles lineas base_linea estado retencion "
    "razon aplicadas credito_a_favor por_identificar duplicadas cargos rechazadas "
    "detalladas total total_duplicado total_rechazado movido apertura es_apertura "
    "asentado totales_cuadran saldos_cuadran cierra_el_dia contradice_a "
    "contradice_por cuadra fecha_importacion importado_en importado_por hecho_id",
)
class Extracto(models.Model):
    """One statement of one account inside a file: what the bank declares, and what became of it.

    A file is once for ever by its SHA-256 (T04), and holds as many statements as accounts and cuts
    the bank put in it. Figures of the outcome are zero until it is confirmed.
    """

    archivo_id = models.BigIntegerField()
    nombre = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    orden = models.SmallIntegerField("lugar en el archivo", default=1)
    formato = models.CharField(max_length=12)
    cuenta = models.ForeignKey(CuentaBancaria, on_delete=models.PROTECT, null=True, db_index=False)
    cuenta_numero = models.CharField("cuenta que dice el archivo", max_length=40, blank=True)
    canal = models.CharField("canal", max_length=20, blank=True)
    identificacion = models.CharField("identificación del mensaje", max_length=60, blank=True)
    numero = models.CharField("identificación del extracto", max_length=60, blank=True)
    secuencia = models.CharField("número de secuencia", max_length=20, blank=True)
    desde = models.DateField(null=True)
    hasta = models.DateField(null=True)
    desde_instante = models.DateTimeField(null=True)
    hasta_instante = models.DateTimeField(null=True)
    primera_fecha = models.DateField("primera fecha contable", null=True)
    ultima_fecha = models.DateField("última fecha contable", null=True)
    declarado_lineas = models.IntegerField(
        null=True, help_text="Número de créditos que el banco declara."
    )
    declarado_total = DineroField(null=True, help_text="Total de créditos que el banco declara.")
    declarado_debitos = DineroField(null=True, help_text="Total de débitos que el banco declara.")
    saldo_inicial = DineroField(null=True)
    saldo_final = DineroField(null=True)
    fecha_saldo = models.DateField("fecha del saldo final", null=True)
    total_creditos = DineroField(help_text="Σ de los créditos contabilizados que se leyeron.")
    total_debitos = DineroField(help_text="Σ de los débitos contabilizados que se leyeron.")
    ilegibles = models.IntegerField(help_text="Movimientos contabilizados que no se pudieron leer.")
    lineas = models.IntegerField()
    base_linea = models.BigIntegerField(help_text="La línea n tiene la clave base + n.")
    estado = models.CharField(
        max_length=16, choices=[(e.value, e.value) for e in EstadoExtracto], default="por_confirmar"
    )
    retencion = models.CharField("por qué se retiene", max_length=32, blank=True)
    recibido_el = models.DateField()
    recibido_por = models.CharField(max_length=160)
    recibido_por_id = models.BigIntegerField(null=True)
    razon = models.CharField("razón de la decisión", max_length=400, blank=True)
    aplicadas = models.IntegerField(default=0)
    credito_a_favor = models.IntegerField(default=0)
    por_identificar = models.IntegerField(default=0)
    duplicadas = models.IntegerField("ya vistas", default=0)
    cargos = models.IntegerField("débitos", default=0)
    rechazadas = models.IntegerField(default=0)
    detalladas = models.IntegerField("detalles de un movimiento conocido", default=0)
    total = DineroField(default=0, help_text="Σ de los créditos que entraron como dinero nuevo.")
    total_duplicado = DineroField(default=0, help_text="Σ de los créditos ya vistos.")
    total_rechazado = DineroField(default=0, help_text="Σ legible de los créditos apartados.")
    movido = DineroField(
        default=0, help_text="Créditos menos débitos nuevos: lo que movió el libro."
    )
    apertura = DineroField(
        default=0, help_text="Lo que este extracto asentó como saldo de apertura."
    )
    es_apertura = models.BooleanField(default=False)
    asentado = DineroField(default=0, help_text="Lo que el libro tomó como recibido.")
    totales_cuadran = models.BooleanField(help_text="Lo leído es lo que el banco declara.")
    saldos_cuadran = models.BooleanField(
        help_text="Saldo inicial + créditos − débitos = saldo final."
    )
    cierra_el_dia = models.BooleanField(
        default=True, help_text="Su saldo final es el del cierre de su día, no uno intermedio."
    )
    contradice_a = models.BigIntegerField(
        null=True, help_text="El extracto cuyos saldos dicen otra cosa."
    )
    contradice_por = DineroField(null=True, help_text="En cuánto.")
    cuadra = models.BooleanField(default=False)
    fecha_importacion = models.DateField()
    importado_en = models.DateTimeField()
    importado_por = models.CharField(max_length=160)
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "extracto bancario"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256", "orden"], name="extracto_una_vez"),
            models.UniqueConstraint(
                fields=["cuenta"], condition=Q(es_apertura=True), name="cuenta_con_una_apertura"
            ),
            models.CheckConstraint(
                condition=~Q(estado="confirmado") | Q(cuenta__isnull=False),
                name="extracto_confirmado_con_cuenta",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cuenta", "ultima_fecha"], name="extracto_por_cuenta"),
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def primer_dia(self) -> date | None:
        """The first day that its balances speak of; None when it has none."""
        return primer_dia_de(self.desde, self.primera_fecha, self.fecha_saldo)


#: Lines that a person or the bank must clear up: what could not be read, what is believed seen by
#: less than the same reference of the bank, and reversals (those not matched yet).
POR_ACLARAR = (
    Q(resultado="YA_VISTA")
    & ~Q(motivo="LOTE_RECONOCIDO")
    & (~Q(motivo__in=["IGUAL", "OTRA_VEZ"]) | Q(referencia=""))
    | Q(resultado="RECHAZADA", motivo__in=["IMPORTE_ILEGIBLE", "SIN_SIGNO", "SIN_FECHA"])
    | Q(resultado="CARGO", es_reverso=True)
)


@concede(agregan=AMBOS, cambian="resultado motivo ocurrencia duplica_a detalla_a")
class LineaExtracto(models.Model):
    """A booked entry of an account, or a part of one, and its one outcome. Nothing sent is lost.

    Its key is the base of its statement plus its number there (by trigger): a line is once in its
    statement, and the lines of a statement are a stretch of keys.
    """

    class Resultado(models.TextChoices):
        """The partition of the lines of a statement: each has exactly one."""

        APLICADA = "APLICADA", "Aplicada"
        CREDITO_A_FAVOR = "CREDITO_A_FAVOR", "Aplicada, con crédito a favor"
        POR_IDENTIFICAR = "POR_IDENTIFICAR", "Por identificar"
        CARGO = "CARGO", "Débito del banco"
        YA_VISTA = "YA_VISTA", "Ya vista"
        RECHAZADA = "RECHAZADA", "Rechazada"

    # Keys to append-only parents are checked once per statement by trigger (sql/guardas.sql).
    extracto = models.ForeignKey(
        Extracto,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
    )
    cuenta = models.ForeignKey(
        CuentaBancaria, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    numero = models.IntegerField("línea")
    parte = models.SmallIntegerField(
        default=0, help_text="0: el movimiento entero; 1, 2…: sus partes."
    )
    ocurrencia = models.SmallIntegerField(
        default=0,
        help_text="Si abre un movimiento de la cuenta, su lugar entre los iguales del día.",
    )
    fecha_contable = models.DateField("fecha contable", null=True)
    fecha_valor = models.DateField("fecha valor", null=True)
    fecha_transaccion = models.DateField("fecha de la transacción en el canal", null=True)
    entrada = DineroField("importe del movimiento", null=True, help_text="Negativo en un débito.")
    importe = DineroField(null=True)
    comision = DineroField(default=0, help_text="De él, lo que el banco se quedó.")
    es_reverso = models.BooleanField(default=False)
    transacciones = models.IntegerField(
        db_default=0, help_text="Cuántas dice el banco que trae el movimiento; 0 si es una."
    )
    referencia = models.CharField("referencia del banco", max_length=60, blank=True)
    ordenante = models.CharField(max_length=140, blank=True)
    linea_archivo = models.IntegerField("línea del archivo", default=0)
    comprobante_numero = models.CharField("comprobante que cita", max_length=40, blank=True)
    texto = models.CharField(max_length=300, blank=True)
    resultado = models.CharField(max_length=16, choices=Resultado)
    motivo = models.CharField("motivo", max_length=32, blank=True)
    duplica_a = models.BigIntegerField(null=True, help_text="Línea que repite.")
    detalla_a = models.BigIntegerField(null=True, help_text="Línea cuyo dinero detalla.")

    class Meta:
        verbose_name = "línea de extracto"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referencia", "fecha_contable", "entrada", "cuenta", "ocurrencia"],
                condition=Q(ocurrencia__gt=0),
                name="movimiento_una_vez_para_siempre",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["duplica_a"], name="linea_que_repite", condition=Q(duplica_a__isnull=False)
            ),
            models.Index(
                fields=["detalla_a"], name="linea_que_detalla", condition=Q(detalla_a__isnull=False)
            ),
            models.Index(
                fields=["cuenta", "id"],
                name="cargo_del_banco",
                condition=Q(resultado="CARGO"),
            ),
            models.Index(fields=["id"], name="linea_por_aclarar", condition=POR_ACLARAR),
        ]

    def __str__(self) -> str:
        return f"{self.extracto_id}:{self.numero} {self.resultado}"


@concede(agregan=AMBOS, borran=AMBOS)
class PiezaContada(models.Model):
    """A known entry that a line of the other message tells as part of a larger one."""

    movimiento = models.OneToOneField(
        LineaExtracto, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    linea = models.ForeignKey(LineaExtracto, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "pieza contada"

    def __str__(self) -> str:
        return f"{self.movimiento_id} → {self.linea_id}"


@concede(agregan=AMBOS)
class DineroDeclarado(models.Model):
    """An officer said, with a reason, that a line believed seen is money of its own."""

    linea = models.OneToOneField(LineaExtracto, on_delete=models.PROTECT, primary_key=True)
    razon = models.CharField("razón", max_length=400)
    motivo_previo = models.CharField("por qué se creía vista", max_length=32)
    declarado_por = models.CharField(max_length=160)
    declarado_por_id = models.BigIntegerField(null=True)
    declarado_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "dinero declarado propio"

    def __str__(self) -> str:
        return f"{self.linea_id}: {self.razon}"


@concede(agregan=AMBOS)
class DeclaracionRevertida(models.Model):
    """Another officer said, with a reason, that what was declared is not money: it left again."""

    declaracion = models.OneToOneField(DineroDeclarado, on_delete=models.PROTECT, primary_key=True)
    razon = models.CharField("razón", max_length=400)
    revertida_por = models.CharField(max_length=160)
    revertida_por_id = models.BigIntegerField(null=True)
    revertida_en = models.DateTimeField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "declaración revertida"

    def __str__(self) -> str:
        return f"{self.declaracion_id}: {self.razon}"


@concede(agregan=AMBOS)
class ReversoBancario(models.Model):
    """A debit of the bank took back an earlier credit, or several: the line of each."""

    credito = models.OneToOneField(
        LineaExtracto, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    cargo = models.ForeignKey(LineaExtracto, on_delete=models.PROTECT, related_name="+")
    importe = DineroField(help_text="Lo que tomó del débito: sin la comisión, si la devolvió.")
    fecha = models.DateField()
    hecho_id = models.BigIntegerField()

    class Meta:
        verbose_name = "reverso bancario"

    def __str__(self) -> str:
        return f"{self.cargo_id} → {self.credito_id}"
