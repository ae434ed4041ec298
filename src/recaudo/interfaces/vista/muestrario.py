"""Sample data of the gallery: invented, fixed, without a clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django_filters
from django import forms

from recaudo.interfaces.vista.filtros import Filas, Filtro
from recaudo.interfaces.vista.formularios import (
    CampoArchivo,
    CampoDinero,
    CampoFecha,
    CampoIdentificacion,
    Formulario,
)
from recaudo.interfaces.vista.piezas import DiaDeTermino, Enlace, Entrada, Fila, Miga, Suceso
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    ColumnaNumero,
    ColumnaPeriodo,
    Tabla,
)
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza

LARGO_DEL_EJEMPLO = 8
FERIADOS = (date(2026, 11, 2), date(2026, 11, 3))
ESTADOS = ("emitida", "pagada", "en_mora", "pendiente", "en_impugnacion", "anulada")
TONOS = (
    ("", "Anulada"),
    ("azul", "Emitida"),
    ("verde", "Pagada"),
    ("amarillo", "Pendiente"),
    ("rojo", "En mora"),
    ("morado", "En impugnación"),
)


class FormularioDeMuestra(Formulario):
    """One field of each kind."""

    identificacion = CampoIdentificacion(label="Cédula o RUC", help_text="10 o 13 dígitos")
    valor = CampoDinero(label="Valor de la cuota", minimo=Dinero("10.00"), maximo=Dinero("5000.00"))
    fecha_ingreso = CampoFecha(label="Fecha de ingreso")
    archivo = CampoArchivo(
        label="Archivo de novedades",
        extensiones=("txt", "csv"),
        required=False,
        help_text="TXT o CSV, hasta 1 MB",
    )
    motivo = forms.CharField(
        label="Motivo", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    canal = forms.ChoiceField(
        label="¿Dónde va a pagar?",
        choices=[("banco", "Ventanilla de un banco"), ("debito", "Débito de la cuenta")],
        widget=forms.RadioSelect,
        error_messages={"required": "Seleccione dónde va a pagar"},
    )
    meses = forms.MultipleChoiceField(
        label="Obligaciones que paga",
        choices=[("2026-09", "Septiembre de 2026"), ("2026-10", "Octubre de 2026")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Seleccione al menos una obligación"},
    )
    provincia = forms.ChoiceField(
        label="Provincia", choices=[("", "Elija una"), ("17", "Pichincha"), ("09", "Guayas")],
        error_messages={"required": "Seleccione la provincia"},
    )  # fmt: skip
    clave = forms.CharField(
        label="Clave",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Ingrese la clave"},
    )
    acepta = forms.BooleanField(
        label="Declaro que los datos son verdaderos",
        error_messages={"required": "Marque la declaración para continuar"},
    )


class TablaDeMuestra(Tabla):
    """A list of planillas."""

    numero = ColumnaCodigo(verbose_name="N.º")
    trabajadores = ColumnaNumero(verbose_name="Trabajadores")
    periodo = ColumnaPeriodo(verbose_name="Período")
    vence = ColumnaFecha(verbose_name="Vence")
    estado = ColumnaEstado(verbose_name="Estado")
    total = ColumnaDinero(verbose_name="Total")

    titulo = "Planillas de aportes"
    vacio_titulo = "No hay planillas con esos filtros"
    vacio_texto = "Quite un filtro o mire otro período."


class FiltroDeMuestra(Filtro):
    """Filters over a plain list (the real ones filter a queryset)."""

    estado = django_filters.ChoiceFilter(
        label="Estado", choices=[(e, e.replace("_", " ").capitalize()) for e in ESTADOS]
    )
    desde = django_filters.DateFilter(label="Vence desde")

    @property
    def qs(self) -> Sequence[dict[str, Any]]:
        """Return the rows that pass, or all when the filters are wrong or empty."""
        elegidos = self.form.cleaned_data if self.form.is_valid() else {}
        estado, desde = elegidos.get("estado"), elegidos.get("desde")
        return [
            fila
            for fila in self.queryset
            if (not estado or fila["estado"] == estado) and (not desde or fila["vence"] >= desde)
        ]


def filas(cuantas: int = 34) -> Filas:
    """Return invented rows of the list."""
    primero = Periodo(2024, 1)
    return Filas(
        {
            "numero": f"17-2026-{120 + i:06d}",
            "trabajadores": 1 + i * 37 % 128,
            "periodo": primero.mas(i),
            "vence": date(2024, 2, 15) + timedelta(days=30 * i),
            "estado": ESTADOS[i % len(ESTADOS)],
            "total": Dinero.de_centavos(123_456 * (i + 1) % 9_876_543),
        }
        for i in range(cuantas)
    )


def dias_de_muestra() -> list[DiaDeTermino]:
    """Return a término of invented length with weekends and holidays inside."""
    dias = []
    numero = 0
    for salto in range(1, 20):
        dia = date(2026, 10, 27) + timedelta(days=salto)
        feriado = "Feriado de ejemplo" if dia in FERIADOS else ""
        razon = feriado or ("Fin de semana" if dia.weekday() >= 5 else "")
        numero += not razon
        dias.append(
            DiaDeTermino(
                fecha=dia,
                es_habil=not razon,
                razon=razon,
                numero=numero if not razon else None,
                es_ultimo=not razon and numero == LARGO_DEL_EJEMPLO,
                es_hoy=dia == date(2026, 11, 5),
            )
        )
        if numero == LARGO_DEL_EJEMPLO:
            break
    return dias


def _traza() -> Traza:
    return (
        Traza()
        .mas("Base: sueldo del período", "$ 500,00", "Norma de ejemplo, art. 1")
        .mas("Porcentaje de ejemplo", "10,00 %", "Norma de ejemplo, art. 2")
        .mas("500,00 × 10,00 %, redondeado al centavo", "$ 50,00", "")
    )


def _sucesos() -> list[Suceso]:
    return [
        Suceso(
            "Glosa notificada",
            datetime(2026, 10, 27, 9, 14, tzinfo=UTC),
            "Bruno Andrade, recaudador",
            "Depositada en el buzón electrónico del empleador.",
            (Enlace("Glosa 17-2026-000012 (PDF)", "#"),),
        ),
        Suceso("Planilla en mora", date(2026, 10, 16), "Cierre diario"),
        Suceso("Planilla emitida", datetime(2026, 10, 1, 2, 0, tzinfo=UTC), "Emisión mensual"),
    ]


def contexto(marco: str) -> dict[str, Any]:
    """Return everything the gallery shows, inside the given base template."""
    con_errores = FormularioDeMuestra(
        {
            "mal-identificacion": "17",
            "mal-valor": "1.234",
            "mal-fecha_ingreso": "31/02/2026",
            "mal-motivo": "La planilla ya fue pagada.",
        },
        prefix="mal",
    )
    return {
        "marco": marco,
        "es_demostracion": True,
        "hoy": date(2026, 11, 5),
        "form_de_muestra": FormularioDeMuestra(prefix="bien"),
        "form_con_errores": con_errores,
        "navegacion": [
            Entrada("Inicio", "#", es_actual=True),
            Entrada("Planillas", "#"),
            Entrada("Comprobantes", "#"),
            Entrada("Notificaciones", "#"),
        ],
        "migas": [Miga("Inicio", "#"), Miga("Planillas", "#"), Miga("Galería de componentes")],
        "tonos": TONOS,
        "estados": ESTADOS,
        "grande": Dinero("48213.07"),
        "chico": Dinero("50.00"),
        "negativo": Dinero("-1234.50"),
        "traza": legible(_traza()),
        "vence": date(2026, 12, 3),
        "restantes": (12, 5, 1, 0, -3),
        "dias": dias_de_muestra(),
        "sucesos": _sucesos(),
        "filas": [
            Fila("Empleador", "Comercial Los Andes S.A."),
            Fila("RUC", "1790012345001", "#"),
            Fila("Período", "septiembre de 2026", "#"),
        ],
        "cifras": [
            Fila("Debe hoy", "$ 48.213,07"),
            Fila("En mora", "$ 1.204,33"),
            Fila("Trabajadores", "128"),
        ],
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "exportar": [Enlace("CSV", "#"), Enlace("XLSX", "#")],
        "pestanas": [Entrada("Resumen", "#", es_actual=True), Entrada("Plazos", "#"),
                     Entrada("Pagos", "#"), Entrada("Documentos", "#")],
    }  # fmt: skip
