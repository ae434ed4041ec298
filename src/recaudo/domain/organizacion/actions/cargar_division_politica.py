"""Load provinces and cantons from the official division."""

from typing import Final

from django.db import transaction

from recaudo.domain.organizacion.models import Canton, Provincia
from recaudo.kernel.text import clave_de_orden
from recaudo.norma.catalogos import dpa
from recaudo.norma.parametros import cargar_parametros

#: The code of what belongs to no province: zones not delimited are not an office.
NO_DELIMITADA: Final = "90"
#: In the INEC's code the first canton of every province is the one of its capital.
CANTON_DE_LA_CAPITAL: Final = "01"


def cargar_division_politica() -> int:
    """This act will make provinces and cantons say what the INEC's division says (C.D. 497 art. 1).

    Idempotent; never deletes a place. Returns the number of provinces and cantons.
    """
    cantones = [c for c in dpa.cantones().values() if c.codigo_provincia != NO_DELIMITADA]
    con_coactiva = cargar_parametros().invariable("organizacion.unidades_coactivas").lista
    provincias = {c.codigo_provincia: c.provincia for c in cantones}
    with transaction.atomic():
        Provincia.objects.bulk_create(
            [
                Provincia(
                    codigo=codigo,
                    nombre=nombre,
                    clave_orden=clave_de_orden(nombre),
                    canton_sede=f"{codigo}{CANTON_DE_LA_CAPITAL}",
                    tiene_unidad_coactiva=codigo in con_coactiva,
                )
                for codigo, nombre in sorted(provincias.items())
            ],
            update_conflicts=True,
            unique_fields=["codigo"],
            update_fields=["nombre", "clave_orden", "canton_sede", "tiene_unidad_coactiva"],
        )
        Canton.objects.bulk_create(
            [
                Canton(
                    codigo=c.codigo,
                    nombre=c.nombre,
                    clave_orden=clave_de_orden(c.nombre),
                    provincia_id=c.codigo_provincia,
                )
                for c in cantones
            ],
            update_conflicts=True,
            unique_fields=["codigo"],
            update_fields=["nombre", "clave_orden", "provincia_id"],
        )
    return len(provincias) + len(cantones)
