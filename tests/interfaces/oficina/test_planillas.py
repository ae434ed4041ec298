"""One planilla in the office: its workers by pages, the why of one, and its file."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recaudo.domain.obligaciones.models import Obligacion
from tests.factories.afiliacion import GUAYAQUIL, hacer_empleador, hacer_nomina
from tests.factories.deudas import deber_costas
from tests.factories.planillas import emitir
from tests.interfaces.oficina.escena import entrar
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db
HOY = date(2026, 10, 6)


def _planilla(trabajadores: int, canton: str = GUAYAQUIL) -> str:
    """Emit the planilla of a payroll; return its address."""
    nomina = hacer_nomina(trabajadores, empleador=hacer_empleador(canton=canton))
    emitir(ruc=nomina.empleador.ruc)
    return f"/oficina/deudas/{Obligacion.objects.get(empleador_id=nomina.empleador.pk).pk}/"


def test_the_workers_come_by_pages_and_a_long_payroll_costs_no_more_queries() -> None:
    corta, larga = _planilla(2), _planilla(30)
    navegador = entrar("AC", "09", hoy=HOY)
    navegador.get(corta)  # the process reads the table of rates once
    cuentas = []
    for direccion in (corta, larga):
        with CaptureQueriesContext(connection) as consultas:
            texto = navegador.get(direccion).content.decode()
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1] <= 20
    assert "<strong>30 trabajadores</strong>" in texto
    assert texto.count('data-columna="Cédula"') == 25
    segunda = navegador.get(f"{larga}?pagina=2").content.decode()
    assert segunda.count('data-columna="Cédula"') == 5
    assert errores_de_html(segunda) == []


def test_the_file_has_every_worker_that_the_search_leaves() -> None:
    direccion = _planilla(30)
    navegador = entrar("AC", "09", hoy=HOY)
    texto = b"".join(navegador.get(f"{direccion}?formato=csv")).decode()  # type: ignore[arg-type]
    titulos, *filas = csv.reader(io.StringIO(texto[1:]), delimiter=";")
    assert len(filas) == 30
    total = titulos.index("Total")
    assert {fila[total] for fila in filas} == {"123,60"}  # 20.60 % of 600.00
    suma = {sum(Decimal(v.replace(",", ".")) for v in fila[total + 1 :]) for fila in filas}
    assert suma == {Decimal("123.60")}
    cedula = filas[3][0]
    uno = b"".join(navegador.get(f"{direccion}?formato=csv&buscar={cedula}")).decode()  # type: ignore[arg-type]
    assert len(list(csv.reader(io.StringIO(uno[1:]), delimiter=";"))) == 2


def test_each_worker_has_the_why_of_the_amounts_down_to_the_article() -> None:
    direccion = _planilla(1)
    navegador = entrar("AC", "09", hoy=HOY)
    ficha = navegador.get(direccion).content.decode()
    linea = ficha.split(f'href="{direccion}lineas/')[1].split('"')[0]
    texto = navegador.get(f"{direccion}lineas/{linea}").content.decode()
    assert errores_de_html(texto) == []
    assert "$ 123,60" in texto
    assert "C.D. " in texto
    assert "Invalidez, vejez y muerte" in texto
    ajena = entrar("AC", "17", hoy=HOY)
    assert ajena.get(f"{direccion}lineas/{linea}").status_code == 404
    assert navegador.get(f"{direccion}lineas/999999/").status_code == 404


def test_one_sheet_tells_the_debt_and_its_workers_and_no_other_address_does() -> None:
    direccion = _planilla(1)
    navegador = entrar("AUD", hoy=HOY)
    hoja = navegador.get(direccion).content.decode()
    for parte in ("Trabajadores</h2>", "Distribución por seguro</h2>", "Pagos</h2>", "Plazos</h2>",
                  "De qué se compone</h2>", "En el libro</h2>", "Historia</h2>"):  # fmt: skip
        assert hoja.count(parte) == 1, parte
    otra = deber_costas("10.00")
    suya = navegador.get(f"/oficina/deudas/{otra}/")
    assert "Trabajadores</h2>" not in suya.content.decode()
    assert (
        navegador.get(f"/oficina/deudas/{otra}/?formato=csv").headers["Content-Type"]
        == (suya.headers["Content-Type"])
    ), "only a planilla has lines to give as a file"
    assert navegador.get(direccion.replace("deudas", "planillas")).status_code == 404


def test_a_search_without_anybody_says_so() -> None:
    direccion = _planilla(1)
    texto = entrar("AC", "09", hoy=HOY).get(f"{direccion}?buscar=nadie").content.decode()
    assert "Ningún trabajador coincide" in texto
    assert "Quitar la búsqueda" in texto
