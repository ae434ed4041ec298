"""Reading planillas: who sees them, their pages, and the why of each amount."""

from datetime import date

import pytest

from recaudo.domain.planillas.documents.planilla import contenido_planilla
from recaudo.domain.planillas.models import Planilla
from recaudo.domain.planillas.queries import (
    PlanillaNoExiste,
    linea,
    lineas_de,
    planilla,
    planillas_de,
    porque,
    porque_ccc,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import (
    actor_empleador,
    actor_provincial,
    empleador_domestico,
    hacer_empleador,
    hacer_nomina,
    hacer_relacion,
    matriz_de,
)
from tests.factories.alcances import ve
from tests.factories.planillas import SISTEMA, emitir, extras

pytestmark = pytest.mark.django_db
P = Permiso
AUDITORA = Actor(id=5, nombre="Auditora", roles=frozenset({"AUD"}))


def test_the_employer_and_the_officers_of_its_province_see_it_and_nobody_else() -> None:
    nomina = hacer_nomina(2)
    emitir()
    numero = Planilla.objects.get().pk
    for actor in (actor_empleador(nomina.empleador), actor_provincial("17"), AUDITORA):
        assert planilla(numero, alcance=ve(actor)).trabajadores == 2
    carla = actor_empleador(hacer_empleador())
    for actor in (carla, actor_provincial("09"), SISTEMA):
        with pytest.raises(PlanillaNoExiste):
            planilla(numero, alcance=ve(actor, P.PLANILLA_VER, P.EMPLEADOR_VER_LO_PROPIO))
    with pytest.raises(PlanillaNoExiste):
        planilla(numero + 1, alcance=ve(AUDITORA))


def test_the_funds_of_a_planilla_add_up_to_its_contributions() -> None:
    nomina = hacer_nomina(3, sueldo="733.33")
    emitir()
    (vista,) = planillas_de(nomina.empleador.pk, alcance=TODA_LA_NACION)
    assert sum(vista.fondos.values(), Dinero.CERO) == vista.aportes
    assert vista.total == vista.obligacion.capital


def test_the_lines_come_by_pages_in_the_order_of_names_and_can_be_searched() -> None:
    nomina = hacer_nomina(5)
    emitir()
    (vista,) = planillas_de(nomina.empleador.pk, alcance=TODA_LA_NACION)
    primera = lineas_de(vista, pagina=1, por_pagina=2)
    ultima = lineas_de(vista, pagina=99, por_pagina=2)
    assert (primera.paginas, primera.total, ultima.numero, len(ultima.lineas)) == (3, 5, 3, 1)
    todas = lineas_de(vista).lineas
    assert [fila.nombre for fila in todas] == sorted(fila.nombre for fila in todas)
    buscada = todas[2]
    assert lineas_de(vista, busca=buscada.identificacion).lineas == (buscada,)
    assert lineas_de(vista, busca="nadie así").total == 0


def test_the_why_of_a_line_reaches_its_amounts_and_the_articles() -> None:
    relacion = hacer_relacion(sueldo="482.00", desde=date(2026, 9, 16))
    extras(relacion, "10.00")
    emitir()
    (vista,) = planillas_de(relacion.empleador_id, alcance=TODA_LA_NACION)
    fila = linea(vista, relacion.pk)
    pasos = porque(fila)
    valores = [paso.valor for paso in pasos]
    assert str(fila.base) in valores
    assert {str(fila.total), str(fila.personal), str(fila.patronal)} <= set(valores)
    assert {str(importe) for importe in fila.fondos.values() if importe} <= set(valores)
    assert all(paso.norma for paso in pasos)
    assert not any(paso.paso.startswith("Contribución CCC") for paso in pasos)


def test_the_why_of_the_ccc_gives_the_amount_billed() -> None:
    nomina = hacer_nomina(3, sueldo="733.33")
    hogar = hacer_nomina(1, empleador=empleador_domestico())
    emitir()
    (vista,) = planillas_de(nomina.empleador.pk, alcance=TODA_LA_NACION)
    assert porque_ccc(vista)[-1].valor == str(vista.ccc) == "22.00"
    (domestica,) = planillas_de(hogar.empleador.pk, alcance=TODA_LA_NACION)
    assert porque_ccc(domestica)[-1].valor == "0.00"


def test_a_line_of_another_planilla_is_not_found() -> None:
    nomina, otra = hacer_nomina(1), hacer_nomina(1)
    emitir()
    (vista,) = planillas_de(nomina.empleador.pk, alcance=TODA_LA_NACION)
    with pytest.raises(PlanillaNoExiste):
        linea(vista, otra.relaciones[0].pk)


def test_the_printed_planilla_says_amounts_as_ecuador_writes_them() -> None:
    nomina = hacer_nomina(2, sueldo="1234.50")
    emitir()
    (vista,) = planillas_de(nomina.empleador.pk, alcance=TODA_LA_NACION)
    contenido = contenido_planilla(
        vista,
        lineas_de(vista).lineas,
        ruc=nomina.empleador.ruc,
        razon_social=nomina.empleador.razon_social,
        sucursal=matriz_de(nomina.empleador).codigo,
    )
    assert contenido.masa_salarial == "$ 2.469,00"
    assert (contenido.fecha_vencimiento, len(contenido.lineas)) == ("15/10/2026", 2)
    assert contenido.lineas[0].sueldo == "$ 1.234,50"
