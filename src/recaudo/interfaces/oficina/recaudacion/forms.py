"""What an officer gives to import a statement and to place unidentified money."""

from datetime import date
from typing import Any

from django import forms

from recaudo.domain.recaudacion.queries import CargoVisto, CreditoPosible, LineaVista, LoteVisto
from recaudo.interfaces.vista.campos import CampoEleccion, CampoRazon
from recaudo.interfaces.vista.formularios import CampoArchivo, Formulario
from recaudo.norma.catalogos.canales import canales_vigentes

TAMANO_MAXIMO = 500_000_000


def _razon(que_se_dice: str, si_falta: str, *, etiqueta: str = "Razón") -> CampoRazon:
    """Return the field of a reason: what to say, and what is told to who says nothing."""
    return CampoRazon(
        label=etiqueta,
        help_text=f"{que_se_dice} Queda en la historia.",
        error_messages={"required": si_falta},
    )


class FormularioDeExtracto(Formulario):
    """A bank's statement, in one of the two formats: its account says the channel."""

    archivo = CampoArchivo(
        label="Archivo del banco",
        extensiones=("xml",),
        tamano_maximo=TAMANO_MAXIMO,
        help_text="Extracto ISO 20022 en XML, tal como lo entregó el banco",
    )
    formato = forms.ChoiceField(
        label="Formato",
        choices=[
            ("camt053", "camt.053, extracto de fin de día"),
            ("camt054", "camt.054, avisos de crédito del día"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Elija el formato del archivo",
            "invalid_choice": "Elija uno de los dos formatos",
        },
    )


class FormularioDeDeclaracion(Formulario):
    """Why a line believed seen is money of its own."""

    razon = _razon(
        "Cómo se sabe que es dinero aparte.", "Escriba la razón: cómo se sabe que es dinero aparte"
    )


class FormularioDeDecision(Formulario):
    """The reason, asked only of who rejects a statement."""

    marca_opcionales = False
    razon = CampoRazon(
        label="Razón, si lo rechaza", required=False, help_text="Queda en la historia."
    )


class FormularioDeLiberacion(Formulario):
    """What was mended, so that a held statement may be judged again."""

    razon = _razon("Qué se corrigió desde que se retuvo.", "Escriba qué se corrigió")


class FormularioDeRazonDeDecision(FormularioDeDecision):
    """The reason of either decision: the statement does not open where the last one closed."""

    razon = CampoRazon(
        label="Razón, para confirmarlo así o rechazarlo", required=False,
        help_text="Queda en la historia.",
    )  # fmt: skip


class FormularioDeReversion(Formulario):
    """Why a line declared money of its own is not."""

    razon = _razon(
        "Cómo se sabe que no es dinero aparte.",
        "Escriba la razón: cómo se sabe que no es dinero aparte",
    )


class FormularioDeDesmentido(Formulario):
    """Why what a notice told is not money of the bank."""

    razon = _razon(
        "Cómo se sabe que el banco no la contabilizó.",
        "Escriba la razón: cómo se sabe que el banco no la contabilizó",
    )


class FormularioDeRechazo(Formulario):
    """Why a statement is put aside."""

    razon = _razon("Por qué no debe entrar al libro.", "Escriba la razón del rechazo")


class FormularioDeCuenta(Formulario):
    """An own bank account: its number, its bank and its channel."""

    numero = forms.CharField(
        label="Número de cuenta",
        max_length=40,
        help_text="Como la escribe el banco en sus extractos",
        error_messages={"required": "Escriba el número de la cuenta"},
    )
    banco = forms.CharField(
        label="Banco", max_length=120, error_messages={"required": "Escriba el nombre del banco"}
    )
    canal = CampoEleccion(
        lambda: (),
        vacio="Elija un canal",
        label="Canal",
        help_text="Por dónde entra el dinero. Varias cuentas pueden tener el mismo.",
        error_messages={"required": "Elija el canal de la cuenta"},
    )

    def __init__(self, *args: Any, hoy: date, **kwargs: Any) -> None:
        """Offer the channels in force on a day."""
        super().__init__(*args, **kwargs)
        canal = self.fields["canal"]
        if isinstance(canal, forms.ChoiceField):
            canal.choices = [
                ("", "Elija un canal"), *((c.id, c.nombre) for c in canales_vigentes(hoy)),
            ]  # fmt: skip


class FormularioDeRazon(Formulario):
    """Why the officer places the money there."""

    razon = _razon(
        "Con qué respaldo se sabe de quién es este dinero.",
        "Escriba la razón de la decisión",
        etiqueta="Razón de la decisión",
    )


def _cual(credito: CreditoPosible) -> str:
    """Tell a credit from the others of its amount: its date, and what the bank wrote of it."""
    fecha = f", del {credito.fecha:%d/%m/%Y}" if credito.fecha else ""
    return f"{fecha}: {credito.dice}" if credito.dice else fecha


class FormularioDeAclaracion(Formulario):
    """What a debit was: a fee, or the credit that explains it; and how that is known."""

    def __init__(self, *args: Any, visto: CargoVisto, **kwargs: Any) -> None:
        """Offer what may explain this debit."""
        super().__init__(*args, **kwargs)
        opciones = [
            ("COMISION", "Comisión o gasto del banco"),
            *((f"V{c.id}", f"Lo compensa el valor {c.id}{_cual(c)}") for c in visto.contrapartidas),
            *((f"L{c.id}", f"El banco se llevó el crédito{_cual(c)}") for c in visto.reversables),
        ]
        self.fields["que"] = CampoEleccion(
            lambda: opciones, label="Qué fue", widget=forms.RadioSelect,
            error_messages={"required": "Elija qué fue el débito"},
        )  # fmt: skip
        self.fields["razon"] = _razon(
            "Con qué respaldo se sabe.", "Escriba con qué respaldo se sabe qué fue"
        )


class FormularioDeLote(Formulario):
    """Which entries are the pieces of a batch, and how that is known."""

    def __init__(self, *args: Any, visto: LoteVisto, **kwargs: Any) -> None:
        """Offer those of its account, day and sign."""
        super().__init__(*args, **kwargs)
        self.fields["piezas"] = forms.TypedMultipleChoiceField(
            label="Sus piezas",
            choices=[(str(x.id), _pieza(x)) for x in visto.candidatas],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            help_text="Deben sumar lo mismo que el movimiento entero.",
            error_messages={
                "required": "Marque las piezas del lote",
                "invalid_choice": "Marque solo piezas de la lista",
            },
        )
        self.fields["razon"] = _razon(
            "Cómo se sabe que son esas.", "Escriba la razón: cómo se sabe que son esas"
        )


def _pieza(linea: LineaVista) -> str:
    importe = linea.importe.formato() if linea.importe else "sin importe"
    dice = [linea.referencia, linea.ordenante]
    if linea.comprobante_numero:
        dice.append(f"comprobante {linea.comprobante_numero}")
    texto = ", ".join(filter(None, dice)) or "sin referencia"
    return f"{importe}: {texto} (línea {linea.numero} del extracto {linea.extracto_id})"


class FormularioDeCitaAjena(FormularioDeRazon):
    """The reason, and that whoever decides saw what the bank's line says of another employer."""

    confirma = forms.BooleanField(
        label="Vi que la línea cita el comprobante de otro empleador, y el dinero es de este",
        error_messages={"required": "Confirme que vio a quién cita la línea del banco"},
    )
