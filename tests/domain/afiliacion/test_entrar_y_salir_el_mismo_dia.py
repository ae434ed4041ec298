"""In and out on the same day, out before in, in twice: judged line by line (R-BAS-05, R-BAS-06)."""

from datetime import date

import pytest

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import (
    ResultadoArchivo,
    cargar_archivo_novedades,
)
from recaudo.domain.afiliacion.models import Empleador, Novedad, RelacionLaboral
from recaudo.infra.security.actor import Actor
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.base_imponible import dias_del_periodo
from recaudo.norma.parametros import cargar_parametros
from tests.factories.afiliacion import actor_empleador, hacer_empleador

pytestmark = pytest.mark.django_db
QUIEN = "2050103981"
HOY = date(2026, 12, 16)


@pytest.fixture
def panaderia() -> Empleador:
    return hacer_empleador(razon_social="Panadería de prueba")


def _ent(dia: int) -> str:
    resto = "1;R;2;06;AYUDANTE DE PANADERIA;0101011112039;560.00;P"
    return f"ENT;{QUIEN};202612{dia:02};202612{dia:02};{resto}"


def _sal(dia: int) -> str:
    return f"SAL;{QUIEN};202612{dia:02};V;00000000"


def _enviar(empleador: Empleador, *avisos: str) -> ResultadoArchivo:
    lineas = "".join(f"{empleador.ruc};0001;2026;12;{aviso}\r\n" for aviso in avisos)
    por: Actor = actor_empleador(empleador)
    return cargar_archivo_novedades(
        contenido=lineas.encode(), nombre="n.txt", empleador_id=empleador.pk, por=por, hoy=HOY
    )


def _estados(dicho: ResultadoArchivo) -> list[str]:
    return [fila.estado for fila in dicho.filas]


def test_who_enters_and_leaves_the_same_day_worked_one_day(panaderia: Empleador) -> None:
    assert _estados(_enviar(panaderia, _ent(15))) == ["ACEPTADA"]
    assert _estados(_enviar(panaderia, _sal(15))) == ["ACEPTADA"]
    dia = date(2026, 12, 15)
    vigencia = RelacionLaboral.objects.get().vigencia
    assert (vigencia.lower, vigencia.upper) == (dia, date(2026, 12, 16))
    cuantos = dias_del_periodo(
        periodo=Periodo(2026, 12), parametros=cargar_parametros(), entrada=dia, salida=dia
    )
    assert cuantos == 1


def test_who_leaves_before_entering_is_refused_with_its_reason(panaderia: Empleador) -> None:
    assert _estados(_enviar(panaderia, _ent(10))) == ["ACEPTADA"]
    dicho = _enviar(panaderia, _sal(1))
    assert _estados(dicho) == ["RECHAZADA"]
    assert dicho.filas[0].mensaje
    assert RelacionLaboral.objects.get().vigencia.upper is None


def test_the_same_line_twice_in_a_file_enters_once(panaderia: Empleador) -> None:
    dicho = _enviar(panaderia, _ent(3), _ent(3))
    assert _estados(dicho)[0] == "ACEPTADA"
    assert _estados(dicho)[1] != "ACEPTADA"
    assert Novedad.objects.count() == 1


def test_who_left_and_enters_the_same_day_is_told_why_not_and_nothing_changes(
    panaderia: Empleador,
) -> None:
    # Two jobs would share that day, and the month would have 31: no rule says yet how it counts.
    _enviar(panaderia, _ent(1))
    assert _estados(_enviar(panaderia, _sal(15))) == ["ACEPTADA"]
    dicho = _enviar(panaderia, _ent(15))
    assert [(fila.estado, fila.codigo) for fila in dicho.filas] == [
        ("RECHAZADA", "AFILIADO_YA_ACTIVO")
    ]
    assert "desde 01/12/2026" in dicho.filas[0].mensaje
    assert RelacionLaboral.objects.get().vigencia.upper == date(2026, 12, 16)
