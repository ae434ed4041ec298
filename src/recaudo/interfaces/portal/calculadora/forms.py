"""What each calculation asks. All travel in the address, so that a result can be shared."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django import forms

from recaudo.interfaces.vista.formularios import CampoDinero, CampoFecha, Formulario
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos import regimenes, tipos_empleador
from recaudo.norma.catalogos.dpa import cantones

Opciones = list[tuple[str, Any]]
_CORTO = {"class": "govuk-input--width-5", "inputmode": "numeric"}
_TOPE = Dinero("999999999999.99")


class CampoPeriodo(forms.CharField):
    """A month of contribution as `AAAA-MM`; returns `Periodo`."""

    def __init__(self, **kwargs: Any) -> None:
        """Narrow box with its example."""
        kwargs.setdefault("label", "Mes de la aportación")
        kwargs.setdefault("help_text", "Año y mes, por ejemplo 2026-09")
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-10"}))
        propios = {"required": "Ingrese el mes de la aportación"}
        super().__init__(error_messages=propios, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read the month, in the words of the kernel when it cannot be."""
        texto = super().clean(value)
        try:
            return Periodo.de_texto(texto) if texto else None
        except Rechazo as rechazo:
            raise forms.ValidationError(rechazo.mensaje, code="periodo") from rechazo


class CampoTasa(forms.DecimalField):
    """An annual percentage, comma or point; returns `Tasa`."""

    def to_python(self, value: Any) -> Any:
        """Understand the comma as the decimal mark."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        """Return the rate, or None when it was left empty."""
        limpio = super().clean(value)
        return None if limpio is None else Tasa(limpio)


def _cantones() -> Opciones:
    """Return the cantons grouped by province, for a list that works without scripts."""
    grupos: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for canton in cantones().values():
        grupos[canton.provincia.title()].append((canton.codigo, canton.nombre.title()))
    return [("", "Sin feriados locales"), *((p, sorted(c)) for p, c in sorted(grupos.items()))]


def _regimenes() -> Opciones:
    return [(r.id, r.nombre) for r in regimenes().values()]


def _tipos() -> Opciones:
    return [("", "Sin contribución CCC"), *((t.id, t.nombre) for t in tipos_empleador().values())]


def _eleccion(opciones: Callable[[], Opciones], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=opciones, **kwargs)


def _dinero(etiqueta: str, **kwargs: Any) -> CampoDinero:
    return CampoDinero(label=etiqueta, minimo=Dinero.CERO, maximo=_TOPE, **kwargs)


class FormularioDeAporte(Formulario):
    """Contribution of one month."""

    periodo = CampoPeriodo()
    base = _dinero("Base de aportación", help_text="Sueldo más extras del mes, en dólares")
    regimen = _eleccion(_regimenes, label="Régimen", initial="PRIVADO")
    tipo_empleador = _eleccion(
        _tipos, label="Tipo de empleador", required=False,
        help_text="Decide si se paga la contribución al IECE y al SECAP (CCC)",
    )  # fmt: skip


class FormularioDeFondo(Formulario):
    """Fondo de reserva of one month."""

    periodo = CampoPeriodo()
    base = _dinero("Base de aportación", help_text="Sueldo más extras del mes, en dólares")


class FormularioDeBase(Formulario):
    """Base of one month."""

    sueldo = _dinero("Sueldo mensual completo")
    dias = forms.IntegerField(
        label="Días trabajados", required=False, help_text="De 0 a 30. Vacío: el mes completo",
        widget=forms.TextInput(attrs=_CORTO),
        error_messages={"invalid": "Escriba los días con números, por ejemplo 15"},
    )  # fmt: skip
    extras = _dinero("Horas extras, comisiones y otros", required=False)


class FormularioDeInteres(Formulario):
    """Interest on a late contribution."""

    capital = _dinero("Valor en mora")
    vencimiento = CampoFecha(
        label="Último día para pagar", error_messages={"required": "Ingrese el vencimiento"}
    )
    corte = CampoFecha(
        label="Día en que paga", error_messages={"required": "Ingrese el día en que paga"}
    )
    tasa_maxima = CampoTasa(
        label="Tasa máxima convencional anual", required=False, min_value=0, max_value=100,
        help_text="En porcentaje, sin los puntos que suma la ley. Vacío: la publicada del mes",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={
            "invalid": "Escriba la tasa como porcentaje, por ejemplo 9,33",
            "min_value": "La tasa va de 0 a 100", "max_value": "La tasa va de 0 a 100",
        },
    )  # fmt: skip


class FormularioDeTermino(Formulario):
    """A término in business days."""

    notificado = CampoFecha(
        label="Día de la notificación",
        error_messages={"required": "Ingrese el día de notificación"},
    )
    dias = forms.IntegerField(
        label="Días hábiles del término", min_value=1, max_value=400,
        widget=forms.TextInput(attrs=_CORTO),
        error_messages={
            "required": "Ingrese los días del término",
            "invalid": "Escriba los días con números, por ejemplo 8",
            "min_value": "El término tiene 1 día o más",
            "max_value": "Esta página cuenta hasta 400 días",
        },
    )  # fmt: skip
    canton = _eleccion(
        _cantones, label="Cantón de su domicilio", required=False,
        help_text="Sus feriados locales no cuentan",
    )  # fmt: skip
    canton_oficina = _eleccion(
        _cantones, label="Cantón de la oficina", required=False,
        help_text="Sus feriados locales tampoco cuentan",
    )  # fmt: skip


class FormularioDeVencimiento(Formulario):
    """The due date of a month."""

    periodo = CampoPeriodo()
