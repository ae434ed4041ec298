"""What this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.money import Dinero
from recaudo.kernel.text import contar


@dataclass(frozen=True, slots=True)
class ComprobanteGenerado:
    """A comprobante froze chosen obligations until a date."""

    tipo: ClassVar[str] = "comprobante_generado"
    objeto_tipo: ClassVar[str] = "comprobante"

    objeto_id: int
    numero: str
    empleador_id: int
    provincia: str
    importe: Dinero
    valido_hasta: str
    obligaciones: tuple[int, ...]

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se generó el comprobante {self.numero} por {self.importe.formato()}, "
            f"válido hasta {self.valido_hasta}."
        )


@dataclass(frozen=True, slots=True)
class ComprobanteAnulado:
    """Its owner annulled it before paying: its obligations are free again."""

    tipo: ClassVar[str] = "comprobante_anulado"
    objeto_tipo: ClassVar[str] = "comprobante"

    objeto_id: int
    numero: str
    empleador_id: int
    provincia: str
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se anuló el comprobante {self.numero}. Razón: {self.razon}"


@dataclass(frozen=True, slots=True)
class ExtractoImportado:
    """A bank statement entered whole: each line with its one outcome."""

    tipo: ClassVar[str] = "extracto_importado"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    canal: str
    sha256: str
    lineas: int
    aplicadas: int
    credito_a_favor: int
    por_identificar: int
    duplicadas: int
    rechazadas: int
    total: Dinero
    cuadra: bool
    cargos: int = 0
    razon: str = ""

    def frase(self) -> str:
        """One sentence for the history tab."""
        sin_encadenar = f" No abre donde cerró el anterior: {self.razon}" if self.razon else ""
        return (
            f"Se asentó el extracto {self.nombre} ({self.canal}): "
            f"{contar(self.lineas, 'línea', 'líneas')}, "
            f"{self.total.formato()}; {self.por_identificar} por identificar.{sin_encadenar}"
        )


@dataclass(frozen=True, slots=True)
class _DePagos:
    """What happened to payments and to their debts.

    `obligaciones` names the debts when they are few; all are in the temporary table `tabla`
    (obligacion_id), until the transaction ends.
    """

    objeto_tipo: ClassVar[str] = "pago"

    objeto_id: int
    pagos: int
    importe: Dinero
    obligaciones: tuple[int, ...]
    tabla: str

    @property
    def cuantos(self) -> str:
        """How many payments, in words."""
        return "un pago" if self.pagos == 1 else f"{self.pagos} pagos"


@dataclass(frozen=True, slots=True)
class DeudasPagadas(_DePagos):
    """Money was applied to debts, by whatever road: the rooms above learn which."""

    tipo: ClassVar[str] = "deudas_pagadas"

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se aplicó {self.cuantos} a sus deudas, por {self.importe.formato()}."


@dataclass(frozen=True, slots=True)
class PagosReversados(_DePagos):
    """Payments were undone: their debts live again (R-REC-01)."""

    tipo: ClassVar[str] = "pagos_reversados"

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"El banco deshizo {self.cuantos}, por {self.importe.formato()}: sus deudas reviven."


@dataclass(frozen=True, slots=True)
class PagosApartados(_DePagos):
    """Payments dated after money that arrives now are set aside: their debts live again."""

    tipo: ClassVar[str] = "pagos_apartados"

    def frase(self) -> str:
        """One sentence for the history tab."""
        importe = self.importe.formato()
        return f"Se apartó {self.cuantos} de fecha posterior, por {importe}: llegó dinero de antes."


@dataclass(frozen=True, slots=True)
class PagosImputadosDeNuevo(_DePagos):
    """Payments set aside are imputed again, each from its own date, behind the older money."""

    tipo: ClassVar[str] = "pagos_imputados_de_nuevo"

    def frase(self) -> str:
        """One sentence for the history tab."""
        que = f"{self.cuantos}, por {self.importe.formato()}, desde su propia fecha"
        return f"Se imputó de nuevo {que}: lo que ya no se debe es crédito a favor de quien pagó."


@dataclass(frozen=True, slots=True)
class CreditoCompensado:
    """A credit in favour of a debtor paid debts of the same debtor."""

    tipo: ClassVar[str] = "credito_compensado"
    objeto_tipo: ClassVar[str] = "credito_a_favor"

    objeto_id: int
    pago_id: int
    empleador_id: int | None
    provincia: str
    importe: Dinero
    obligaciones: tuple[int, ...]
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se compensaron {self.importe.formato()} de crédito a favor. Razón: {self.razon}"


@dataclass(frozen=True, slots=True)
class ValorAplicado:
    """An officer applied by hand money that the machine could not place."""

    tipo: ClassVar[str] = "valor_aplicado"
    objeto_tipo: ClassVar[str] = "valor_por_aplicar"

    objeto_id: int
    pago_id: int
    empleador_id: int | None
    provincia: str
    importe: Dinero
    obligaciones: tuple[int, ...]
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        a_que = f"la obligación {self.obligaciones[0]}" if self.obligaciones else "su deudor"
        if len(self.obligaciones) > 1:
            a_que = f"las obligaciones {', '.join(map(str, self.obligaciones))}"
        return (
            f"Se aplicaron {self.importe.formato()} por identificar a {a_que}. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class ComprobantesCaducados:
    """Comprobantes whose last valid day went by unpaid."""

    tipo: ClassVar[str] = "comprobantes_caducados"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    cuantos: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Say it to a person."""
        cuantos = contar(self.cuantos, "comprobante", "comprobantes")
        return f"Sin pago a tiempo: {cuantos}, que caducaron ese día."


@dataclass(frozen=True, slots=True)
class CuentaBancariaRegistrada:
    """An own bank account: its statements are believed from now on."""

    tipo: ClassVar[str] = "cuenta_bancaria_registrada"
    objeto_tipo: ClassVar[str] = "cuenta_bancaria"

    objeto_id: int
    numero: str
    banco: str
    canal: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se registró la cuenta {self.numero} de {self.banco}, canal {self.canal}."


@dataclass(frozen=True, slots=True)
class ExtractoRecibido:
    """A statement was read and kept: another person confirms it."""

    tipo: ClassVar[str] = "extracto_recibido"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    canal: str
    lineas: int
    creditos: Dinero

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se recibió el extracto {self.nombre} ({self.canal}), con {self.creditos.formato()} "
            "en créditos: falta que otra persona lo confirme."
        )


@dataclass(frozen=True, slots=True)
class ExtractoRetenido:
    """A statement does not enter: whose it is, or what it says, cannot be believed."""

    tipo: ClassVar[str] = "extracto_retenido"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    motivo: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se retuvo el extracto {self.nombre}: {self.motivo.replace('_', ' ').lower()}."


@dataclass(frozen=True, slots=True)
class ExtractoLiberado:
    """Nothing holds a statement any more: its account is known, or it was read again."""

    tipo: ClassVar[str] = "extracto_liberado"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    cuenta: str
    razon: str = ""

    def frase(self) -> str:
        """One sentence for the history tab."""
        porque = f"se registró la cuenta {self.cuenta}"
        if self.razon:
            porque = f"se leyó de nuevo y nada lo retiene. Razón: {self.razon}"
        return f"El extracto {self.nombre} ya se puede confirmar: {porque.removesuffix('.')}."


@dataclass(frozen=True, slots=True)
class ExtractoRechazado:
    """A statement was put aside before entering the books."""

    tipo: ClassVar[str] = "extracto_rechazado"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    nombre: str
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se rechazó el extracto {self.nombre}. Razón: {self.razon}"


@dataclass(frozen=True, slots=True)
class DeclaracionDeLineaRevertida:
    """A line declared money of its own is not: another officer says so, and it left the books."""

    tipo: ClassVar[str] = "declaracion_de_linea_revertida"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se revirtió la declaración de la línea {self.linea}, por {self.importe.formato()}: "
            f"no era dinero aparte. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class LineaDeclaradaPropia:
    """A line believed seen is money of its own: an officer says so."""

    tipo: ClassVar[str] = "linea_declarada_propia"
    objeto_tipo: ClassVar[str] = "extracto"

    objeto_id: int
    linea: int
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"La línea {self.linea}, por {self.importe.formato()}, se declaró dinero propio y no "
            f"repetido. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class AclaracionPropuesta:
    """An officer says what a debit of the bank was: another decides."""

    tipo: ClassVar[str] = "aclaracion_propuesta"
    objeto_tipo: ClassVar[str] = "cargo"

    objeto_id: int
    aclaracion: int
    destino: str
    importe: Dinero
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return (
            f"Se propuso qué fue el débito: {self.destino.lower()}, por "
            f"{self.importe.formato()}. Razón: {self.razon}"
        )


@dataclass(frozen=True, slots=True)
class AclaracionAprobada:
    """A debit of the bank was cleared up: its money left the account where it waited."""

    tipo: ClassVar[str] = "aclaracion_aprobada"
    objeto_tipo: ClassVar[str] = "cargo"

    objeto_id: int
    aclaracion: int
    destino: str
    importe: Dinero
    pagos: int

    def frase(self) -> str:
        """One sentence for the history tab."""
        deshechos = f" Se deshizo {contar(self.pagos, 'cobro', 'cobros')}." if self.pagos else ""
        return f"Se aclaró {self.importe.formato()} del débito: {self.destino.lower()}.{deshechos}"


@dataclass(frozen=True, slots=True)
class AclaracionDevuelta:
    """What was proposed about a debit was not accepted."""

    tipo: ClassVar[str] = "aclaracion_devuelta"
    objeto_tipo: ClassVar[str] = "cargo"

    objeto_id: int
    aclaracion: int
    razon: str

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se devolvió la propuesta sobre el débito. Razón: {self.razon}"
