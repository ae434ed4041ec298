"""A spoilt batch file gives each line its outcome, or is refused whole with a sentence."""

import pytest
from django.db import transaction

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import (
    ResultadoArchivo,
    cargar_archivo_novedades,
)
from recaudo.domain.afiliacion.models import Empleador, FilaNovedades, Novedad
from recaudo.kernel.refusals import Rechazo
from tests.domain.afiliacion.archivos import HOY, archivo, entrada, linea
from tests.factories.afiliacion import actor_empleador, cedula_sintetica, hacer_nomina
from tests.factories.mutantes import frase, mutantes, se_entiende

pytestmark = pytest.mark.django_db


def procesar(empleador: Empleador, datos: bytes) -> ResultadoArchivo | None:
    """Register it, look at what was written, and undo it; None when it was refused whole."""
    with transaction.atomic():
        try:
            hecho = cargar_archivo_novedades(
                contenido=datos, nombre="\x00n.txt", empleador_id=empleador.pk,
                por=actor_empleador(empleador), hoy=HOY,
            )  # fmt: skip
        except Rechazo as rechazo:
            frase(rechazo)
            assert not FilaNovedades.objects.exists()
            return None
        else:
            assert Novedad.objects.count() == hecho.aceptadas
            assert FilaNovedades.objects.count() in {0, len(hecho.filas)}
        finally:
            transaction.set_rollback(True)
    return hecho


def test_each_line_of_a_spoilt_batch_file_has_one_outcome() -> None:
    nomina = hacer_nomina(3)
    quien, cedulas = nomina.empleador, [r.persona.identificacion for r in nomina.relaciones]
    aceptadas = rechazadas = enteros = 0
    for bueno in (
        archivo(*(linea(quien, "MSU", cedula, "700.00") for cedula in cedulas)),
        archivo(*(entrada(quien, cedula_sintetica(810_001 + n)) for n in range(3))),
    ):
        assert len(procesar(quien, bueno).filas) == 3
        for datos in mutantes(bueno, semilla="novedades", cuantos=70):
            hecho = procesar(quien, datos)
            if hecho is None:
                enteros += 1
                continue
            assert hecho.aceptadas + hecho.rechazadas + hecho.repetidas == len(hecho.filas)
            assert all(se_entiende(f.mensaje) for f in hecho.filas if f.mensaje)
            aceptadas, rechazadas = aceptadas + hecho.aceptadas, rechazadas + hecho.rechazadas
    assert min(aceptadas, rechazadas, enteros) > 20
