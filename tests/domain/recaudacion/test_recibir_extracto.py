"""A file that one person brings is read and kept, and nothing enters."""

from datetime import timedelta

import pytest

from recaudo.domain.contabilidad.queries import saldos_por_cuenta
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.models import Extracto, LineaExtracto
from recaudo.domain.recaudacion.queries import extracto
from recaudo.infra.files.formatos.camt import ExtractoIlegible
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Dinero
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    PAGADO,
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db


def recibir(contenido: bytes) -> int:
    (recibido,) = recibir_extracto(
        contenido=contenido, nombre="e.xml", formato="camt053", por=BRUNO, hoy=PAGADO
    ).extractos
    return recibido


def test_it_waits_for_another_person_with_what_it_declares_and_nothing_moved() -> None:
    hacer_cuenta()
    c = hacer_comprobante()
    recibido = recibir(extracto_xml(pago_de(c), Linea(100, "", "X")))
    e = Extracto.objects.get(pk=recibido)
    assert (e.estado, e.lineas, e.total_creditos, e.recibido_por_id) == (
        "por_confirmar", 2, Dinero("217.00"), BRUNO.id,
    )  # fmt: skip
    assert not LineaExtracto.objects.exists()
    assert all(not s.debe and not s.haber for s in saldos_por_cuenta())
    c.refresh_from_db()
    assert c.estado == "generado"


def test_the_same_bytes_again_are_the_same_statement() -> None:
    hacer_cuenta()
    contenido = extracto_xml(Linea(100, "", "X"))
    assert recibir(contenido) == recibir(contenido)
    assert Extracto.objects.count() == 1


@pytest.mark.parametrize(
    ("de", "a", "retencion"),
    [
        (b"<Id>0010</Id>", b"<Id>9999</Id>", "CUENTA_DESCONOCIDA"),
        (b"<Acct><Id><Othr><Id>0010</Id></Othr></Id>", b"<Acct>", "SIN_CUENTA"),
        (b"<Ccy>USD</Ccy></Acct>", b"<Ccy>EUR</Ccy></Acct>", "OTRA_MONEDA"),
        (b"<Sum>1.00", b"<Sum>1.01", "TOTALES_CONTRADICHOS"),
        (b"<NbOfNtries>1<", b"<NbOfNtries>2<", "TOTALES_CONTRADICHOS"),
        (
            b"<TxsSummry>",
            (
                b"<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy='USD'>5</Amt></Bal>"
                b"<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy='USD'>6.01</Amt></Bal>"
                b"<TxsSummry>"
            ),
            "SALDOS_CONTRADICHOS",
        ),
    ],
)
def test_what_cannot_be_believed_is_held_with_its_reason(
    de: bytes, a: bytes, retencion: str
) -> None:
    hacer_cuenta()
    recibido = recibir(extracto_xml(Linea(100, "", "X")).replace(de, a))
    e = Extracto.objects.get(pk=recibido)
    assert (e.estado, e.retencion) == ("retenido", retencion)


def test_an_unreadable_file_and_a_stranger_leave_nothing() -> None:
    with pytest.raises(ExtractoIlegible):
        recibir(b"no")
    with pytest.raises(SinPermiso):
        recibir_extracto(contenido=b"", nombre="x", formato="camt053", por=CARLA, hoy=PAGADO)
    assert not Extracto.objects.exists()


def con_saldos(inicial: str, final: str, linea: Linea) -> bytes:
    """Write a statement with one credit and both balances of its day."""
    saldos = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{codigo}</Cd></CdOrPrtry></Tp><Amt Ccy='USD'>{importe}</Amt>"
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{linea.fecha}</Dt></Dt></Bal>"
        for codigo, importe in (("OPBD", inicial), ("CLBD", final))
    )
    return extracto_xml(linea).replace(b"<TxsSummry>", saldos.encode() + b"<TxsSummry>")


@pytest.mark.parametrize(("inicial", "cuadra"), [("6.00", True), ("6.01", False)])
def test_the_second_cut_of_a_day_opens_where_the_first_closed(inicial: str, cuadra: bool) -> None:
    ayer = PAGADO - timedelta(days=1)
    importar(contenido=con_saldos("0.00", "5.00", Linea(500, "", "A", ayer)))
    importar(contenido=con_saldos("5.00", "6.00", Linea(100, "", "B")))
    final = Dinero(inicial) + Dinero("2.00")
    ultimo = importar(contenido=con_saldos(inicial, str(final), Linea(200, "", "C")))
    visto = extracto(ultimo.extracto_id)
    (paso,) = [p for p in visto.conciliacion if p.nombre.startswith("Saldo inicial, y")]
    assert paso.cuadra is cuadra
