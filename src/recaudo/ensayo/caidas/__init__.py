"""`recaudo caidas`: processes are killed on purpose, and then the books are compared to the cent.

Everything happens in a PostgreSQL of its own, in a folder that is thrown away, on this machine's
loopback; it stops by itself. Each scenario lives in its module and is registered by
`registro.escenario`.
"""

from recaudo.ensayo.caidas.orden import app

__all__ = ["app"]
