"""The list of comprobantes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from recaudo.domain.recaudacion.queries import ComprobanteResumido
from recaudo.interfaces.vista.tablas import (
    ColumnaCodigo,
    ColumnaDinero,
    ColumnaEstado,
    ColumnaFecha,
    Tabla,
)
from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class FilaComprobante:
    """One row; `estado` says *caducado* from the day after, even before the nightly close."""

    numero: str
    fecha_emision: date
    valido_hasta: date
    importe: Dinero
    estado: str
    url: str

    @classmethod
    def de(cls, visto: ComprobanteResumido, hoy: date, ruc: str) -> FilaComprobante:
        """Build the row of a comprobante as seen on `hoy`."""
        url = reverse("portal:comprobante", args=[ruc, visto.numero])
        return cls(
            visto.numero, visto.fecha_emision, visto.valido_hasta, visto.importe,
            estado_visible(visto, hoy), url,
        )  # fmt: skip


def estado_visible(visto: ComprobanteResumido, hoy: date) -> str:
    """Return the state people should read: one that can no longer be paid is *caducado*."""
    if visto.estado == "generado" and not visto.esta_vigente(hoy):
        return "caducado"
    return visto.estado


class TablaComprobantes(Tabla):
    """Comprobantes of one employer."""

    numero = ColumnaCodigo(verbose_name="Número", linkify=lambda record: record.url)
    fecha_emision = ColumnaFecha(verbose_name="Generado")
    valido_hasta = ColumnaFecha(verbose_name="Válido hasta")
    estado = ColumnaEstado(verbose_name="Estado")
    importe = ColumnaDinero(verbose_name="Total")
    titulo = "Sus comprobantes"
    vacio_titulo = "No ha generado comprobantes"
    vacio_texto = "Cuando genere uno, aparecerá aquí con su estado."
