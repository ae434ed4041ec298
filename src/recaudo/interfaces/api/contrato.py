"""The shapes that travel: what each operation asks and answers, and the one shape of a refusal."""

from datetime import date

from ninja import Schema
from pydantic import Field

from recaudo.interfaces.api.lectura import (
    Canton,
    Concepto,
    Dias,
    Fecha,
    Importe,
    Mes,
    ModoDeInteres,
    Porcentaje,
    Provincia,
    Regimen,
    TipoEmpleador,
)


class Rechazado(Schema):
    """Why the answer is no."""

    codigo: str = Field(description="Código estable del motivo.")
    mensaje: str = Field(description="Qué pasa, dónde y qué hacer.")
    norma: str = Field(default="", description="Artículo en que descansa; vacío si no hay.")
    campo: str = Field(default="", description="Parámetro que hay que corregir; vacío si no hay.")


class Rechazo(Schema):
    """The only body of an error."""

    rechazo: Rechazado


class PasoDeTraza(Schema):
    """One step of the reason of an amount or a date."""

    paso: str
    valor: str
    norma: str


class EntradaAporte(Schema):
    """What the contribution of a month needs."""

    regimen: Regimen = Field(description="Régimen de aportación.")
    periodo: Mes = Field(description="Mes de la aportación, AAAA-MM.")
    base: Importe = Field(description="Base de aportación, en dólares.")
    tipo_empleador: TipoEmpleador | None = Field(
        default=None,
        description="Tipo de empleador, que decide la contribución CCC. Si falta se supone el más "
        "común del régimen, y la traza lo dice.",
    )


class Aporte(Schema):
    """The contribution of a month."""

    base: str
    personal: str
    patronal: str
    total: str
    ccc: str
    distribucion: dict[str, str] = Field(description="Por seguro; vacía si no se conoce.")
    estado_verificacion: str
    traza: list[PasoDeTraza]


class EntradaInteres(Schema):
    """What the interest on arrears needs."""

    capital: Importe = Field(description="Valor en mora, en dólares.")
    vencimiento: Fecha = Field(description="Último día para pagar, AAAA-MM-DD.")
    corte: Fecha = Field(description="Fecha de la liquidación, AAAA-MM-DD.")
    concepto: Concepto = Field(default="APORTES", description="Qué se debe.")
    tasa_maxima: Porcentaje | None = Field(
        default=None,
        description="Tasa máxima convencional anual; si falta, la que rige en la oficina.",
    )
    modo: ModoDeInteres | None = Field(default=None, description="Si falta, el de la ley.")


class Interes(Schema):
    """The interest to the date of liquidation."""

    interes: str
    tasa: str | None = Field(description="Anual, en porcentaje; nula si no hay días de mora.")
    dias: int
    modo: str
    estado_verificacion: str
    traza: list[PasoDeTraza]


class EntradaTermino(Schema):
    """What the count of a término needs."""

    notificado: Fecha = Field(description="Día de la notificación, AAAA-MM-DD.")
    dias: Dias = Field(description="Días hábiles del término.")
    canton: Canton | None = Field(default=None, description="Cantón del deudor: 4 dígitos, INEC.")
    canton_oficina: Canton | None = Field(
        default=None, description="Cantón de la oficina: sus feriados tampoco cuentan."
    )


class DiaInhabil(Schema):
    """A day that does not count."""

    fecha: date
    motivo: str


class Termino(Schema):
    """A término counted day by day."""

    vence: date = Field(description="Último día del deudor: igual a `vence_max`.")
    vence_min: date = Field(description="Sin los feriados ciertos: hasta él actúa la oficina.")
    vence_max: date = Field(description="Sin los ciertos ni los dudosos: nadie llega tarde antes.")
    lista_verificada: bool = Field(description="Si ningún feriado local dudoso cambia la fecha.")
    dudosos: list[DiaInhabil]
    habiles: list[date]
    inhabiles: list[DiaInhabil]
    calendario_version: str
    estado_verificacion: str
    traza: list[PasoDeTraza]


class EntradaVencimiento(Schema):
    """What the due date of a planilla needs."""

    periodo: Mes = Field(description="Mes de la aportación, AAAA-MM.")
    provincia: Provincia | None = Field(
        default=None, description="Provincia de la sucursal: 2 dígitos, INEC."
    )


class Prorroga(Schema):
    """The extension of a period in a territory."""

    fecha: date
    ambito: str = Field(description="NACIONAL o PROVINCIA.")
    provincia: str = Field(description="Código del INEC; vacío si es de todo el país.")
    norma: str
    estado_verificacion: str


class Vencimiento(Schema):
    """The last day to pay without interest."""

    vence: date = Field(description="Con la prórroga del territorio, si la hay.")
    vence_ordinario: date
    prorroga: Prorroga | None
    estado_verificacion: str
    traza: list[PasoDeTraza]


class DocumentoVerificado(Schema):
    """What anybody may know of a document."""

    titulo: str
    numero: str
    titular: str = Field(description="Oculto: solo la inicial de cada palabra.")
    provincia: str = Field(description="Código del INEC; vacío si no tiene.")
    fecha_emision: date | None = Field(description="Nula si ese tipo de documento no la muestra.")
    valido_hasta: date | None
    estado: str = Field(description="vigente, vencido, pagado, anulado o como haya quedado.")
    explicacion: str = Field(description="Qué quiere decir ese estado, para una persona.")
    dejo_de_valer_el: date | None = Field(description="Desde cuándo está anulado o reemplazado.")
    codigo: str
    sha256: str | None = Field(
        description="Huella del PDF que se entregó; nula mientras no se guarda."
    )
