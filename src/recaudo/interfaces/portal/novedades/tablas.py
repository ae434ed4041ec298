"""The list of batch files."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse

from recaudo.interfaces.vista.formatos import escribir_fecha_corta
from recaudo.interfaces.vista.tablas import ColumnaNumero, ColumnaPeriodo, Tabla


class TablaArchivos(Tabla):
    """Files of events of one employer."""

    nombre = tables.Column(
        verbose_name="Archivo",
        linkify=lambda record, table: reverse("portal:archivo", args=[table.ruc, record.pk]),
    )
    tipo = tables.Column(verbose_name="Tipo")
    periodo = ColumnaPeriodo(verbose_name="Período")
    procesado_en = tables.Column(verbose_name="Recibido")
    aceptadas = ColumnaNumero(verbose_name="Registradas")
    rechazadas = ColumnaNumero(verbose_name="Por corregir")
    titulo = "Archivos de novedades"
    vacio_titulo = "No ha cargado archivos de novedades"
    vacio_texto = "Cuando cargue uno, verá aquí qué líneas entraron y cuáles hay que corregir."

    def __init__(self, *args: Any, ruc: str, **kwargs: Any) -> None:
        """Keep whose files they are: their addresses say it."""
        self.ruc = ruc
        super().__init__(*args, **kwargs)

    def render_procesado_en(self, value: datetime) -> str:
        """Write the instant in Ecuador's time."""
        return escribir_fecha_corta(value)
