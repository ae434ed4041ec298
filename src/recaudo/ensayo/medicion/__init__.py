"""`recaudo medir`: benchmarks, each beside the physical floor of this machine.

A benchmark is a function decorated with `registro.medicion` in a module of this package; the
command finds it by itself.
"""

from recaudo.ensayo.medicion.orden import app

__all__ = ["app"]
