"""How every form of the project is written: GOV.UK markup through Django's own form rendering."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from recaudo.interfaces.vista.controles import CONTROLES, campo_corriente

_CLASES: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.Textarea, "govuk-textarea", "govuk-textarea--error"),
    (forms.ClearableFileInput, "govuk-file-upload", "govuk-file-upload--error"),
    (forms.FileInput, "govuk-file-upload", "govuk-file-upload--error"),
    (forms.CheckboxInput, "govuk-checkboxes__input", ""),
    (forms.RadioSelect, "", ""),
    (forms.CheckboxSelectMultiple, "", ""),
    (forms.Select, "govuk-select", "govuk-select--error"),
    (
        forms.PasswordInput,
        "govuk-input govuk-password-input__input govuk-js-password-input-input",
        "govuk-input--error",
    ),
    (Input, "govuk-input", "govuk-input--error"),
)

_TIPOS_DE_OPCION = {
    "django/forms/widgets/radio.html": "radios",
    "django/forms/widgets/checkbox_select.html": "checkboxes",
}


class CampoEnlazado(BoundField):
    """A field on the page: its words, its ids and the classes of its control."""

    @property
    def etiqueta(self) -> str:
        """The label, with `(opcional)` when the field may stay empty and the form says so."""
        marca = not self.field.required and getattr(self.form, "marca_opcionales", True)
        return f"{self.label} (opcional)" if marca else str(self.label)

    @property
    def es_casilla(self) -> bool:
        """Whether the control is one tick box, whose label goes after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def es_grupo(self) -> bool:
        """Whether several controls answer one question and need a legend."""
        return bool(self.use_fieldset)

    @property
    def id_del_control(self) -> str:
        """The id of the first control, where the error summary takes people."""
        return f"{self.auto_id}_0" if self.es_grupo else str(self.auto_id)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the classes of the control to the attributes that Django computes."""
        atributos: dict[str, Any] = super().build_widget_attrs(attrs, widget)  # type: ignore[arg-type, unused-ignore]
        control = widget or self.field.widget
        clases = next((c for c in _CLASES if isinstance(control, c[0])), ("", "", ""))
        propias = str(control.attrs.get("class", ""))
        partes = [str(clases[1]), str(clases[2]) if self.errors else "", propias]
        if junto := " ".join(parte for parte in partes if parte):
            atributos["class"] = junto
        return atributos


class RenderizadorRecaudo(TemplatesSetting):
    """FORM_RENDERER of the project.

    Widget templates are swapped by name here, so the result does not depend on the order of
    INSTALLED_APPS; all others are Django's.
    """

    form_template_name = "vista/formulario.html"
    field_template_name = "vista/campos/campo.html"
    bound_field_class = CampoEnlazado
    propias: ClassVar[dict[str, str]] = {
        "django/forms/widgets/radio.html": "vista/campos/opciones.html",
        "django/forms/widgets/checkbox_select.html": "vista/campos/opciones.html",
        "django/forms/widgets/password.html": "vista/campos/clave.html",
        "django/forms/widgets/file.html": "vista/campos/archivo.html",
        "django/forms/widgets/clearable_file_input.html": "vista/campos/archivo.html",
    }

    def get_template(self, template_name: str) -> Any:
        """Return our template for the widgets that need other markup, Django's for the rest."""
        return super().get_template(self.propias.get(template_name, template_name))

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Render: plain controls directly, option lists knowing if they are radios or boxes."""
        if control := CONTROLES.get(template_name):
            return control(context["widget"])
        if template_name == self.field_template_name and (campo := campo_corriente(context)):
            return campo
        if tipo := _TIPOS_DE_OPCION.get(template_name):
            context["widget"]["tipo_de_opcion"] = tipo
        return str(super().render(template_name, context, request))
