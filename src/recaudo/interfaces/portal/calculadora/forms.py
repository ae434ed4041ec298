"""What each calculation asks. All travel in the address, so that a result can be shared."""

from typing import Any, Final

from django import forms

from recaudo.interfaces.vista.campos import (
    CampoCanton,
    CampoEleccion,
    CampoEntero,
    CampoMes,
    CampoTasa,
)
from recaudo.interfaces.vista.formularios import CampoDinero, CampoFecha, Formulario
from recaudo.kernel.money import Dinero
from recaudo.norma.catalogos import regimenes, tipos_empleador
from recaudo.norma.catalogos.dpa import provincias

_CORTO: Final = {"class": "govuk-input--width-5", "inputmode": "numeric"}
_TOPE: Final = Dinero("999999999999.99")
_DE_APORTACION: Final = {"required": "Ingrese el mes de la aportación"}


def _provincias() -> list[tuple[str, str]]:
    return list(provincias().items())


def _regimenes() -> list[tuple[str, str]]:
    return [(r.id, r.nombre) for r in regimenes().values()]


def _tipos() -> list[tuple[str, str]]:
    return [(t.id, t.nombre) for t in tipos_empleador().values()]


def _mes() -> CampoMes:
    return CampoMes(label="Mes de la aportación", error_messages=_DE_APORTACION)


def _dinero(etiqueta: str, **kwargs: Any) -> CampoDinero:
    return CampoDinero(label=etiqueta, minimo=Dinero.CERO, maximo=_TOPE, **kwargs)


class FormularioDeAporte(Formulario):
    """Contribution of one month."""

    marca_opcionales = False

    periodo = _mes()
    base = _dinero("Base de aportación", help_text="Sueldo más extras del mes, en dólares")
    regimen = CampoEleccion(_regimenes, label="Régimen", initial="PRIVADO")
    tipo_empleador = CampoEleccion(
        _tipos, label="Tipo de empleador", vacio="Elija el tipo de empleador", required=False,
        help_text="Decide si se paga la contribución al IECE y al SECAP (CCC). Quien no trabaja "
        "en relación de dependencia no tiene empleador",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the kind of employer wherever there is one: nothing is supposed."""
        datos = super().clean() or {}
        regimen = regimenes().get(datos.get("regimen", ""))
        elegido = datos.get("tipo_empleador")
        if regimen is not None and regimen.dependencia and not elegido:
            self.add_error("tipo_empleador", "Elija el tipo de empleador")
        if regimen is not None and not regimen.dependencia and elegido:
            self.add_error(
                "tipo_empleador", f"«{regimen.nombre}» no tiene empleador: no elija ninguno"
            )
        return datos


class FormularioDeFondo(Formulario):
    """Fondo de reserva of one month."""

    periodo = _mes()
    base = _dinero("Base de aportación", help_text="Sueldo más extras del mes, en dólares")


class FormularioDeBase(Formulario):
    """Base of one month."""

    sueldo = _dinero("Sueldo mensual completo")
    dias = CampoEntero(
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
        label="Tasa máxima convencional anual", required=False,
        help_text="En porcentaje, sin los puntos que suma la ley. Vacío: la que rige en la oficina",
    )  # fmt: skip


class FormularioDeTermino(Formulario):
    """A término in business days."""

    notificado = CampoFecha(
        label="Día de la notificación",
        error_messages={"required": "Ingrese el día de notificación"},
    )
    dias = CampoEntero(
        label="Días hábiles del término", min_value=1, max_value=400,
        widget=forms.TextInput(attrs=_CORTO),
        error_messages={
            "required": "Ingrese los días del término",
            "invalid": "Escriba los días con números, por ejemplo 8",
            "min_value": "El término tiene 1 día o más",
            "max_value": "Esta página cuenta hasta 400 días",
        },
    )  # fmt: skip
    canton = CampoCanton(
        vacio="Sin feriados locales", label="Cantón de su domicilio", required=False,
        help_text="Sus feriados locales no cuentan",
    )  # fmt: skip
    canton_oficina = CampoCanton(
        vacio="Sin feriados locales", label="Cantón de la oficina", required=False,
        help_text="Sus feriados locales tampoco cuentan",
    )  # fmt: skip


class FormularioDeVencimiento(Formulario):
    """The due date of a month, in the province of the sucursal."""

    periodo = _mes()
    provincia = CampoEleccion(
        _provincias, label="Provincia de la sucursal", vacio="Todo el país", required=False,
        help_text="El pago de un mes puede haberse prorrogado en una provincia.",
    )  # fmt: skip
