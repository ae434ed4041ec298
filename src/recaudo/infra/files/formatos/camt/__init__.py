"""ISO 20022 bank statements (camt.053) and credit notices (camt.054).

`lector` walks the file as a stream; `codificacion` puts it in UTF-8; `corridas` takes out of it the
entries written alike; `memoria` refuses what would fill the memory; `lotes` reads entries of
thousands of transactions; `entrada` knows which texts of an entry mean something; `valores` reads
amounts, dates and references;
`movimientos` says what each entry is; `cabecera` reads what a statement declares of itself.
"""

from recaudo.infra.files.formatos.camt.cabecera import ExtractoLeido
from recaudo.infra.files.formatos.camt.lector import (
    ExtractoIlegible,
    FormatoDistinto,
    LectorCamt,
    es_de_otro_formato,
    exigir_formato,
    nombre_de_formato,
)
from recaudo.infra.files.formatos.camt.movimientos import (
    MotivoDeEspera,
    MotivoRechazo,
    Movimiento,
)

__all__ = [
    "ExtractoIlegible",
    "ExtractoLeido",
    "FormatoDistinto",
    "LectorCamt",
    "MotivoDeEspera",
    "MotivoRechazo",
    "Movimiento",
    "es_de_otro_formato",
    "exigir_formato",
    "nombre_de_formato",
]  # fmt: skip
