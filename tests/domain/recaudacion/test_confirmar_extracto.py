"""What one person brought, another confirms (S03); only then it enters the books."""

from dataclasses import replace

import pytest
from django.db import transaction

from recaudo.domain.recaudacion.actions.confirmar_extracto import (
    ConfirmaQuienImporto,
    ExtractoNoSeConfirma,
    confirmar_extracto,
)
from recaudo.domain.recaudacion.actions.importar_extracto import SoloEnLaConsola, importar_extracto
from recaudo.domain.recaudacion.queries import ExtractoNoExiste, desenlace_de_extracto
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_recibir_extracto import recibir
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.recaudacion import (
    BRUNO,
    PAGADO,
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db
IRENE = Actor(id=52, nombre="Irene Confirma", roles=frozenset({"UREC"}))


def test_the_second_person_posts_it_and_nobody_does_it_twice() -> None:
    hacer_cuenta()
    c = hacer_comprobante()
    recibido = recibir(extracto_xml(pago_de(c)))
    with pytest.raises(ConfirmaQuienImporto):
        confirmar_extracto(extracto_id=recibido, por=BRUNO, hoy=PAGADO)
    e = confirmar_extracto(extracto_id=recibido, por=IRENE, hoy=PAGADO)
    assert (e.estado, e.aplicadas, e.total, e.cuadra) == ("confirmado", 1, Dinero("216.00"), True)
    c.refresh_from_db()
    assert c.estado == "depositado"
    with pytest.raises(ExtractoNoSeConfirma):
        confirmar_extracto(extracto_id=recibido, por=IRENE, hoy=PAGADO)


def test_a_held_one_is_not_confirmed_nor_one_that_does_not_exist() -> None:
    recibido = recibir(extracto_xml(Linea(1, "", "X")))
    with pytest.raises(ExtractoNoSeConfirma, match="retenido"):
        confirmar_extracto(extracto_id=recibido, por=IRENE, hoy=PAGADO)
    with pytest.raises(ExtractoNoExiste):
        confirmar_extracto(extracto_id=recibido + 1, por=IRENE, hoy=PAGADO)


def test_each_statement_of_a_file_is_confirmed_on_its_own() -> None:
    hacer_cuenta()
    uno = extracto_xml(Linea(100, "", "A"))
    dos = uno.replace(
        b"</Stmt>", b"</Stmt>" + uno[uno.index(b"<Stmt>") : uno.index(b"</Stmt>") + 7].replace(
            b">A<", b">B<"
        ), 1
    )  # fmt: skip
    from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto

    primero, segundo = recibir_extracto(
        contenido=dos, nombre="dos.xml", formato="camt053", por=BRUNO, hoy=PAGADO
    ).extractos
    e = confirmar_extracto(extracto_id=segundo, por=IRENE, hoy=PAGADO)
    assert (e.por_identificar, e.duplicadas) == (1, 0)
    e = confirmar_extracto(extracto_id=primero, por=IRENE, hoy=PAGADO)
    assert (e.por_identificar, e.total) == (1, Dinero("1.00"))


def test_a_person_of_the_office_does_not_post_alone() -> None:
    with pytest.raises(SoloEnLaConsola):
        importar_extracto(contenido=b"x", nombre="x", formato="camt053", por=BRUNO, hoy=PAGADO)


def test_what_is_foreseen_is_what_happens() -> None:
    """The same act in a transaction that is undone: payments, queue, seen, debits and reversals."""
    hacer_cuenta()
    c, d = hacer_comprobante(), hacer_comprobante()
    importar(pago_de(c, referencia="K1"), Linea(700, "", "VISTA"))
    libro = LibroDelBanco(
        "0010", 0,
        (
            Apunte(1, d.importe.centavos, "P", d.numero), Apunte(1, 123, "SUELTA"),
            Apunte(1, -55, "C"), Apunte(1, 700, "VISTA"),
            Apunte(1, -c.importe.centavos, "V", c.numero, reverso="RvslInd"),
        ),
    )  # fmt: skip
    mensaje = replace(libro.extracto([1]), saldo_inicial=None)
    recibido = recibir(mensaje.xml())
    with transaction.atomic():
        confirmar_extracto(extracto_id=recibido, por=IRENE, hoy=PAGADO)
        previsto = desenlace_de_extracto(recibido)
        transaction.set_rollback(True)
    d.refresh_from_db()
    assert (d.estado, desenlace_de_extracto(recibido)) == ("generado", ())
    confirmar_extracto(extracto_id=recibido, por=IRENE, hoy=PAGADO)
    assert desenlace_de_extracto(recibido) == previsto
    assert [(x.resultado, x.motivo, x.cuantas, str(x.importe)) for x in previsto] == [
        ("APLICADA", "", 1, str(d.importe)),
        ("CARGO", "", 1, "0.55"),
        ("CARGO", "DESHIZO", 1, str(c.importe)),
        ("POR_IDENTIFICAR", "SIN_REFERENCIA", 1, "1.23"),
        ("YA_VISTA", "IGUAL", 1, "7.00"),
    ]
