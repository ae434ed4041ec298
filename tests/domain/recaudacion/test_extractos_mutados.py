"""A spoilt statement enters whole, waits, or is refused with words; the books always balance."""

from pathlib import Path

import pytest
from django.db import transaction

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.recaudacion.actions.importar_extracto import importar_extracto
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.models import Extracto, LineaExtracto
from recaudo.infra.files.almacen import abrir_contenido
from recaudo.kernel.refusals import Rechazo
from tests.factories.mutantes import frase, mutantes
from tests.factories.recaudacion import (
    BRUNO,
    OPERADOR,
    PAGADO,
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    hacer_deuda,
)

CASOS = Path(__file__).parents[2] / "datos" / "casos_extractos"
pytestmark = pytest.mark.django_db


def entra(datos: bytes) -> bool:
    """Import it, look at the books, and undo it; a refusal is a sentence."""
    with transaction.atomic():
        try:
            hecho = importar_extracto(
                contenido=datos, nombre="e.xml", formato="camt053", por=OPERADOR, hoy=PAGADO
            )
            assert hecho.lineas == LineaExtracto.objects.count() + hecho.retenidas
            assert libro_cuadra()
        except Rechazo as rechazo:
            frase(rechazo)
            return False
        finally:
            transaction.set_rollback(True)
    return True


def entradas_de(caso: str) -> bytes:
    datos = (CASOS / f"{caso}.xml").read_bytes()
    return datos[datos.index(b"<Ntry>") : datos.rindex(b"</Ntry>") + len(b"</Ntry>")]


def un_extracto() -> bytes:
    """A payment with its comprobante, one that nobody knows, a batch with a charge, a reversal."""
    hacer_cuenta()
    comprobante = hacer_comprobante(hacer_deuda())
    lineas = (
        Linea(comprobante.importe.centavos, comprobante.numero, "R1"),
        Linea(1_050, referencia="R2", texto="PAGO SIN DATOS"),
    )
    entero = extracto_xml(*lineas)
    desde, hasta = entero.index(b"<TxsSummry>"), entero.index(b"</TxsSummry>") + len("</TxsSummry>")
    sin_totales = entero[:desde] + entero[hasta:]
    mas = entradas_de("a8-lote-con-comision") + entradas_de("r1-reverso")
    return sin_totales.replace(b"</Stmt>", mas + b"</Stmt>")


def test_whatever_a_spoilt_statement_says_the_books_balance_or_it_is_refused() -> None:
    bueno = un_extracto()
    assert entra(bueno)
    dichos = [entra(datos) for datos in mutantes(bueno, semilla="importar", cuantos=90)]
    assert 20 < sum(dichos) < len(dichos) - 20


def test_what_is_received_of_a_spoilt_statement_is_kept_as_it_came_or_not_at_all() -> None:
    bueno, guardados = un_extracto(), 0
    for datos in mutantes(bueno, semilla="recibir", cuantos=60):
        with transaction.atomic():
            try:
                recibir_extracto(
                    contenido=datos,
                    nombre="\x00\n../e.xml",
                    formato="camt053",
                    por=BRUNO,
                    hoy=PAGADO,
                )
            except Rechazo as rechazo:
                frase(rechazo)
                assert not Extracto.objects.exists()
            else:
                archivo = Extracto.objects.values_list("archivo_id", flat=True).distinct().get()
                with abrir_contenido(archivo) as guardado:
                    assert b"".join(iter(lambda: guardado.read(1 << 16), b"")) == datos
                guardados += 1
            transaction.set_rollback(True)
    assert guardados > 10
