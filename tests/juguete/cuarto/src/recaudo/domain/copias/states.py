"""The states of an order of copies."""

from datetime import date
from typing import Final

from recaudo.kernel.states import Estado, Maquina, Paso, Tono, pasos

NORMA: Final = "Diseño: cuarto de ejemplo"
#: Until the day before, what nobody paid was archived; since then it is collected.
CAMBIO: Final = date(2026, 10, 1)


class EstadoCopia(Estado):
    """Where the order stands."""

    LIQUIDADA = "liquidada", "Liquidada", Tono.AZUL
    AVISADA = "avisada", "Avisada", Tono.AZUL
    IMPAGA = "impaga", "Impaga", Tono.ROJO
    ARCHIVADA = "archivada", "Archivada"
    EN_COBRO = "en_cobro", "En cobro", Tono.ROJO
    ENTREGABLE = "entregable", "Pagada, por entregar", Tono.VERDE
    RETIRADA = "retirada", "Retirada", Tono.VERDE


C = EstadoCopia
#: States in which the money may still come.
POR_PAGAR = (C.LIQUIDADA, C.AVISADA, C.IMPAGA, C.ARCHIVADA, C.EN_COBRO)

MAQUINA = Maquina(
    nombre="copia",
    pasos=(
        Paso("liquidar_copias", None, C.LIQUIDADA, NORMA),
        Paso("avisar_copias", C.LIQUIDADA, C.AVISADA, "COA art. 165"),
        Paso("dejar_impagas", C.AVISADA, C.IMPAGA, "COA art. 158", plazo="pagar_copias"),
        # A step that is retired keeps its row: what it did stays legal.
        Paso("cerrar_impagas", C.IMPAGA, C.ARCHIVADA, NORMA, hasta_fecha=CAMBIO),
        Paso("cerrar_impagas", C.IMPAGA, C.EN_COBRO, NORMA, desde_fecha=CAMBIO),
        *pasos(["entregar_copias"], POR_PAGAR, C.ENTREGABLE, NORMA),
        Paso("retirar_copias", C.ENTREGABLE, C.RETIRADA, NORMA),
    ),
    inicial=C.LIQUIDADA,
    finales=frozenset({C.RETIRADA}),
)
