"""The calendar of the demonstration: business dates, the same on every machine."""

from datetime import date
from typing import Final

from recaudo.kernel.period import Periodo

#: The business date of every page of a demonstration.
FECHA_DEMO: Final = date(2026, 11, 20)
#: The month the demonstration tells; the one before and the one after give it a past and a present.
PERIODO: Final = Periodo(2026, 9)
ANTERIOR: Final = Periodo(2026, 8)
SIGUIENTE: Final = Periodo(2026, 10)
#: Months whose rate is not in the public series and is loaded as a marked demonstration value.
TASAS_DEMO: Final = (Periodo(2026, 9), Periodo(2026, 10), Periodo(2026, 11))
DIA_DE_NOVEDADES: Final = date(2026, 9, 14)
