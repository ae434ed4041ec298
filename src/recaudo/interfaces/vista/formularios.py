"""Base form and the fields of this office: money, identification, date and file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from recaudo.interfaces.vista.formatos import escribir_tamano
from recaudo.interfaces.vista.mensajes import hablar_nosotros
from recaudo.interfaces.vista.trazas import oracion
from recaudo.kernel.ids import identificar, limpiar
from recaudo.kernel.money import Dinero, ImporteIlegible, interpretar_dinero
from recaudo.kernel.period import Periodo, PeriodoIlegible, interpretar_periodo
from recaudo.kernel.text import tiene_cifras_ajenas

FORMATOS_DE_FECHA = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
ANIOS = range(1900, 2200)
#: `jueves 3 de diciembre de 2026`, `3 dic 2026`: the day, and a month that the kernel reads.
_EN_PALABRAS = re.compile(r"(?:[^\W\d_]+,? )?(\d{1,2})(?: de)? ([^\W\d_]+\.? .*\d{4})")
_DIA_PRIMERO = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2}[-/.][0-9]{4})")
_ANIO_PRIMERO = re.compile(r"([0-9]{4}[-/.][0-9]{1,2})[-/.]([0-9]{1,2})")
MEGA = 1_000_000


class Formulario(forms.Form):
    """Every form of the site: no browser bubbles, no colon after labels, no `required` mark."""

    use_required_attribute = False
    marca_opcionales = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep Django's arguments; the label suffix is always empty."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for nombre, campo in self.fields.items():
            etiqueta = str(campo.label or nombre.replace("_", " ").capitalize())
            hablar_nosotros(campo, etiqueta)

    def add_error(self, field: str | None, error: Any) -> None:
        """Add a sentence, a refusal of the domain for example, in the words of a page; once."""
        if isinstance(error, str):
            error = oracion(error)
        elif not hasattr(error, "error_dict"):
            error = list({e.messages[0]: e for e in reversed(error.error_list)}.values())[::-1]
        super().add_error(field, error)


class EntradaDinero(forms.TextInput):
    """Text box with `$` in front and the numeric keyboard of phones."""

    template_name = "vista/campos/dinero.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Narrow, right-aligned, decimal keyboard; `attrs` add to that."""
        base = {"inputmode": "decimal", "class": "govuk-input--width-10 entrada-dinero"}
        super().__init__({**base, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Write back a Dinero as `1234,50`, and a typed text as it was typed."""
        if isinstance(value, Dinero):
            return str(value).replace(".", ",")
        escrito: str | None = super().format_value(value)
        return escrito


class CampoDinero(forms.Field):
    """An amount in US dollars; returns `Dinero` (None when optional and empty).

    `minimo` and `maximo` are amounts in USD; out of range says both limits.
    """

    widget = EntradaDinero

    def __init__(
        self, *, minimo: Dinero | None = None, maximo: Dinero | None = None, **kwargs: Any
    ) -> None:
        """Keep the limits; other arguments are those of a Django field."""
        self.minimo, self.maximo = minimo, maximo
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Dinero | None:
        """Read what people type; refuses with the kernel's own sentence."""
        if value in self.empty_values:
            return None
        try:
            return interpretar_dinero(str(value))
        except ImporteIlegible as rechazo:
            raise forms.ValidationError(rechazo.mensaje, code="ilegible") from rechazo

    def validate(self, value: Any) -> None:
        """Check presence and range."""
        super().validate(value)
        if value is None:
            return
        bajo = self.minimo is not None and value < self.minimo
        alto = self.maximo is not None and value > self.maximo
        if bajo or alto:
            raise forms.ValidationError(self._fuera_de_rango(), code="rango")

    def _fuera_de_rango(self) -> str:
        if self.minimo is not None and self.maximo is not None:
            return f"Ingrese un valor entre {self.minimo.formato()} y {self.maximo.formato()}"
        if self.minimo is not None:
            return f"Ingrese un valor de {self.minimo.formato()} o más"
        return f"Ingrese un valor de {self.maximo.formato() if self.maximo else ''} o menos"


class CampoIdentificacion(forms.CharField):
    """A cédula, a RUC or either; returns the cleaned digits.

    `acepta` is `cedula`, `ruc` or `ambas`. Warnings about the check digit of companies are left
    in `advertencias` and never reject.
    """

    def __init__(self, *, acepta: str = "ambas", **kwargs: Any) -> None:
        """Keep what is accepted; numeric keyboard, browser spelling off."""
        self.acepta = acepta
        self.advertencias: tuple[str, ...] = ()
        atributos = {
            "inputmode": "numeric",
            "spellcheck": "false",
            "autocomplete": "off",
            "class": "govuk-input--width-20",
        }
        kwargs.setdefault("widget", forms.TextInput(attrs=atributos))
        falta = {"cedula": "Ingrese la cédula", "ruc": "Ingrese el RUC"}
        propios = {"required": falta.get(acepta, "Ingrese la cédula o el RUC")}
        mensajes = {**propios, **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=mensajes, **kwargs)

    def to_python(self, value: Any) -> str:
        """Drop spaces, dots and dashes."""
        texto: str = super().to_python(value) or ""
        return limpiar(texto)

    def validate(self, value: Any) -> None:
        """Refuse what cannot exist, in the words of the kernel."""
        super().validate(value)
        if value in self.empty_values:
            return
        largos = {"cedula": (10, "La cédula debe tener 10 dígitos"),
                  "ruc": (13, "El RUC debe tener 13 dígitos")}  # fmt: skip
        if self.acepta in largos and len(value) != largos[self.acepta][0]:
            raise forms.ValidationError(largos[self.acepta][1], code="largo")
        dictamen = identificar(value)
        if not dictamen.valida:
            raise forms.ValidationError(dictamen.motivo, code="identificacion")
        self.advertencias = dictamen.advertencias


class CampoFecha(forms.DateField):
    """A date typed as `dd/mm/aaaa` (ISO is understood too); returns `date`."""

    def __init__(
        self, *, desde: date | None = None, hasta: date | None = None, **kwargs: Any
    ) -> None:
        """Keep the inclusive limits `desde` and `hasta`."""
        self.desde, self.hasta = desde, hasta
        kwargs.setdefault("input_formats", FORMATOS_DE_FECHA)
        kwargs.setdefault("help_text", "Por ejemplo, 03/12/2026")
        atributos = {"class": "govuk-input--width-10", "inputmode": "text", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=atributos))
        propios = {"invalid": "Escriba la fecha como dd/mm/aaaa, por ejemplo 03/12/2026"}
        mensajes = {**propios, **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=mensajes, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Read the date in digits, or in words."""
        if not isinstance(value, str):
            return super().to_python(value)
        texto = " ".join(value.split())
        if tiene_cifras_ajenas(texto):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        dia, mes = _dia_y_mes(texto)
        if mes is not None and not 1 <= dia <= mes.ultimo_dia.day:
            raise forms.ValidationError(_no_existe(dia, mes), code="no_existe")
        return date(mes.anio, mes.mes, dia) if mes is not None else super().to_python(texto)

    def validate(self, value: Any) -> None:
        """Check presence and limits."""
        super().validate(value)
        if value is None:
            return
        if value.year not in ANIOS:
            lejos = f"Escriba un año entre {ANIOS.start} y {ANIOS.stop - 1}"
            raise forms.ValidationError(lejos, code="lejos")
        if self.desde is not None and value < self.desde:
            desde = f"La fecha debe ser desde el {self.desde:%d/%m/%Y}"
            raise forms.ValidationError(desde, code="desde")
        if self.hasta is not None and value > self.hasta:
            hasta = f"La fecha debe ser hasta el {self.hasta:%d/%m/%Y}"
            raise forms.ValidationError(hasta, code="hasta")


def _dia_y_mes(texto: str) -> tuple[int, Periodo | None]:
    """Return the day and the month of a date that is well written, whether it exists or not."""
    for patron in (_EN_PALABRAS, _DIA_PRIMERO, _ANIO_PRIMERO):
        partes = patron.fullmatch(texto)
        if partes is None:
            continue
        dia, mes = (partes[2], partes[1]) if patron is _ANIO_PRIMERO else (partes[1], partes[2])
        try:
            return int(dia), interpretar_periodo(mes)
        except PeriodoIlegible:
            return int(dia), None
    return 0, None


def _no_existe(dia: int, mes: Periodo) -> str:
    tiene = f"{mes.en_palabras} tiene {mes.ultimo_dia.day} días"
    return f"El {dia:02d}/{mes.mes:02d}/{mes.anio} no existe: {tiene}"


class CampoArchivo(forms.FileField):
    """A file with the office's sentences for size, extension and emptiness.

    `extensiones` without a dot (`("pdf", "jpg")`); `tamano_maximo` in bytes. What is inside is
    checked by whoever reads it.
    """

    def __init__(
        self, *, extensiones: Sequence[str], tamano_maximo: int = MEGA, **kwargs: Any
    ) -> None:
        """Keep the limits and tell the browser which files to offer."""
        self.extensiones = tuple(extension.lower() for extension in extensiones)
        self.tamano_maximo = tamano_maximo
        aceptar = ",".join(f".{extension}" for extension in self.extensiones)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": aceptar}))
        propios = {"empty": "El archivo está vacío"}
        mensajes = {**propios, **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=mensajes, **kwargs)

    def to_python(self, data: Any) -> UploadedFile[Any] | None:
        """Check extension and size of what was sent."""
        archivo: Any = super().to_python(data)
        if archivo is None:
            return None
        extension = (archivo.name or "").rpartition(".")[2].lower()
        if extension not in self.extensiones:
            *primeras, ultima = (e.upper() for e in self.extensiones)
            nombres = f"{', '.join(primeras)} o {ultima}" if primeras else ultima
            extension_errada = f"El archivo debe ser {nombres}"
            raise forms.ValidationError(extension_errada, code="extension")
        if archivo.size is not None and archivo.size > self.tamano_maximo:
            grande = (
                f"El archivo debe pesar menos de {_sin_decimal(self.tamano_maximo)}; "
                f"este pesa {escribir_tamano(archivo.size)}"
            )
            raise forms.ValidationError(grande, code="tamano")
        return archivo  # type: ignore[no-any-return]


def _sin_decimal(octetos: int) -> str:
    return escribir_tamano(octetos).replace(",0 ", " ")
