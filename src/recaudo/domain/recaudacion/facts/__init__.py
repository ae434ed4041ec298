"""What this room states, by subject."""

from recaudo.domain.recaudacion.facts.cargos import (
    AclaracionAprobada,
    AclaracionDevuelta,
    AclaracionPropuesta,
)
from recaudo.domain.recaudacion.facts.comprobantes import (
    ComprobanteAnulado,
    ComprobanteGenerado,
    ComprobantesCaducados,
)
from recaudo.domain.recaudacion.facts.extractos import (
    CuentaBancariaRegistrada,
    ExtractoImportado,
    ExtractoLiberado,
    ExtractoRechazado,
    ExtractoRecibido,
    ExtractoRetenido,
)
from recaudo.domain.recaudacion.facts.lineas import (
    AvisoDesmentido,
    DeclaracionDeLineaRevertida,
    DesmentidoDevuelto,
    DesmentidoPropuesto,
    LineaDeclaradaPropia,
    LoteAfirmado,
    LoteRevertido,
)
from recaudo.domain.recaudacion.facts.pagos import (
    CreditoCompensado,
    DeudasPagadas,
    PagosApartados,
    PagosImputadosDeNuevo,
    PagosReversados,
    ValorAplicado,
)

__all__ = [
    "AclaracionAprobada",
    "AclaracionDevuelta",
    "AclaracionPropuesta",
    "AvisoDesmentido",
    "ComprobanteAnulado",
    "ComprobanteGenerado",
    "ComprobantesCaducados",
    "CreditoCompensado",
    "CuentaBancariaRegistrada",
    "DeclaracionDeLineaRevertida",
    "DesmentidoDevuelto",
    "DesmentidoPropuesto",
    "DeudasPagadas",
    "ExtractoImportado",
    "ExtractoLiberado",
    "ExtractoRechazado",
    "ExtractoRecibido",
    "ExtractoRetenido",
    "LineaDeclaradaPropia",
    "LoteAfirmado",
    "LoteRevertido",
    "PagosApartados",
    "PagosImputadosDeNuevo",
    "PagosReversados",
    "ValorAplicado",
]
