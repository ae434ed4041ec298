"""Columns of the portal's lists that say a deadline: its last day and how much of it is left."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from recaudo.interfaces.portal.glosas import GlosaEnBandeja
from recaudo.interfaces.portal.plazos import Restantes
from recaudo.interfaces.vista.formatos import escribir_fecha, escribir_fecha_corta
from recaudo.interfaces.vista.renglones import armar
from recaudo.interfaces.vista.tablas import ColumnaCodigo, ColumnaFecha
from recaudo.interfaces.vista.tonos import cuanto_queda, tono_de_plazo


@dataclass(frozen=True, slots=True)
class PlazoDeFila:
    """The deadline of one row. `si_hoy`: it would run, if the notice were received today.

    `restantes` is None when nothing is waited for any more.
    """

    vence: date
    restantes: Restantes | None = None
    si_hoy: bool = False

    def escrito(self) -> SafeString:
        """Return it as a cell says it: the day, and how much is left."""
        dia = armar('<time datetime="{}">{}</time>', self.vence.isoformat(),
                    escribir_fecha_corta(self.vence))  # fmt: skip
        if self.si_hoy:
            cuando = escribir_fecha(self.vence)
            return armar("<span>Si acusa recibo hoy, su último día es el {}</span>", cuando)
        if self.restantes is None:
            return dia
        tono = tono_de_plazo(self.restantes.cuantos)
        queda = cuanto_queda(self.restantes.cuantos, self.restantes.unidad)
        queda = f"venció {queda}" if self.restantes.cuantos < 0 else queda
        clase = f"resta resta--{tono}" if tono else "resta"
        return armar('<span>{} <span class="{}">{}</span></span>', dia, clase, queda)


def plazo_de_glosa(g: GlosaEnBandeja) -> PlazoDeFila | None:
    """Return the deadline of a glosa: the one that runs, the one that would; none once closed."""
    if not g.esta_pendiente:
        return None
    if g.vence_si_hoy is not None:
        return PlazoDeFila(g.vence_si_hoy, si_hoy=True)
    return PlazoDeFila(g.vence, g.restantes) if g.vence else None


class ColumnaPlazo(ColumnaFecha):
    """A last day, with what is left of it: the `plazo` that `completar` put on the row."""

    clase = "larga"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask also for the rows whose day SQL does not know: theirs may run from today."""
        super().__init__(*args, empty_values=(), **kwargs)

    def render(self, value: Any, record: Any) -> Any:  # type: ignore[override]
        """Write the deadline of the row; a dash when it has none."""
        del value
        return record.plazo.escrito() if record.plazo is not None else "—"


class ColumnaGlosa(ColumnaCodigo):
    """The glosa of a debt, with its deadline: the `en_glosa` that `completar` put on the row."""

    clase = "larga"

    def render(self, value: Any, record: Any) -> Any:  # type: ignore[override]
        """Write its number, which leads to it, and until when it may be paid or challenged."""
        g = record.en_glosa
        if g is None:
            return value
        enlace = armar('<a class="govuk-link entero" href="{}">{}</a>', g.url, value)
        plazo = plazo_de_glosa(g) if g.esta_pendiente else None
        return armar("<span>{}<br>{}</span>", enlace, plazo.escrito()) if plazo else enlace
