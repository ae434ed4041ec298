"""What a notice told and the bank denies leaves the books by two people, with what it paid."""

from collections.abc import Sequence
from datetime import date
from json import dumps

import pytest

from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.recaudacion.actions._desmentido import (
    DesmentidoNoExiste,
    DesmentidoSinRazon,
    DesmienteQuienPropuso,
    ElBancoNoLoNiega,
)
from recaudo.domain.recaudacion.actions.aprobar_desmentido import (
    SuDineroYaSeUso,
    aprobar_desmentido,
)
from recaudo.domain.recaudacion.actions.desmentir_aviso import YaSeDesmintio, desmentir_aviso
from recaudo.domain.recaudacion.models import (
    Comprobante,
    CreditoAFavor,
    DetalleVivo,
    LineaExtracto,
    Pago,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.queries import cuentas_bancarias
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.money import Dinero
from recaudo.reports.auditoria.ejecutar import auditar
from tests.domain.guardas import refused
from tests.domain.recaudacion.test_banco_propiedades import INVARIANTES
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.banco import Apunte, LibroDelBanco, Mensaje
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    CUENTA,
    hacer_comprobante,
    hacer_cuenta,
    importar,
)

pytestmark = pytest.mark.django_db
IRENE = Actor(id=52, nombre="Irene Confirma", roles=frozenset({"UREC"}))
HOY = date(2026, 9, 14)
DE_TODO = (*INVARIANTES, "D19", "D20", "D29", "D31")


def trae(mensaje: Mensaje, clave: str) -> None:
    importar(contenido=mensaje.xml(clave), formato=mensaje.formato, hoy=HOY, con_cuenta=False)


def rojos() -> set[str]:
    return {r.id for r in auditar(ids=DE_TODO).resultados if r.violaciones}


def negadas() -> Sequence[int]:
    """The lines that the reconciliation page lists as told and not booked by the bank."""
    (cuenta,) = cuentas_bancarias()
    return [s.linea.id for s in cuenta.sospechosas if s.la_niega_el_banco and s.linea]


def proponer(linea_id: int, por: Actor = BRUNO) -> int:
    fila = desmentir_aviso(linea_id=linea_id, por=por, hoy=HOY, razon="El banco no la tiene")
    return fila.pk


def deshacer(linea_id: int) -> None:
    aprobar_desmentido(desmentido_id=proponer(linea_id), por=IRENE, hoy=HOY)


def dos_avisos(cual_primero: int, *, dice: str = "K") -> Comprobante:
    """One entry told by two notices, with its reference and without; then the bank closes."""
    hacer_cuenta(CUENTA)
    c = hacer_comprobante()
    con, sin = (
        LibroDelBanco(CUENTA, 0, (Apunte(0, c.importe.centavos, ref, c.numero),))
        for ref in ("K", "")
    )
    avisos = [con.aviso(con.apuntes), sin.aviso(sin.apuntes)]
    trae(avisos[cual_primero], "N1")
    trae(avisos[1 - cual_primero], "N2")
    trae((con if dice == "K" else sin).extracto([0]), "E1")
    c.refresh_from_db()
    return c


@pytest.mark.parametrize("primero", [0, 1])
@pytest.mark.parametrize("dice", ["K", ""])
def test_an_entry_told_by_two_notices_is_paid_once_whichever_came_first(
    primero: int, dice: str
) -> None:
    c = dos_avisos(primero, dice=dice)
    assert rojos() == {"D26"}
    (una,) = negadas()
    deshacer(una)
    (cuenta,) = cuentas_bancarias()
    assert (cuenta.diferencia, cuenta.saldo_libro, rojos()) == (Dinero.CERO, c.importe, set())
    c.refresh_from_db()
    assert c.estado == "depositado"
    assert set(Obligacion.objects.values_list("estado", flat=True)) == {"cancelada"}
    standing = sum(p.importe.centavos for p in Pago.objects.all())
    assert standing == c.importe.centavos
    assert not ValorPorAplicar.objects.filter(estado="abierto").exists()
    assert negadas() == []
    assert saldos()["2301"] == "0.00"


def test_the_same_messages_again_change_nothing_and_a_later_statement_finds_it_new() -> None:
    c = dos_avisos(0)
    deshacer(negadas()[0])
    libro = LibroDelBanco(CUENTA, 0, (Apunte(0, c.importe.centavos, "", c.numero),))
    trae(libro.aviso(libro.apuntes), "N9")
    (cuenta,) = cuentas_bancarias()
    assert (cuenta.diferencia, rojos()) == (Dinero.CERO, set())


def test_a_notice_that_no_bank_booked_gives_its_comprobante_and_its_debt_back() -> None:
    hacer_cuenta(CUENTA)
    c = hacer_comprobante()
    falso = LibroDelBanco(CUENTA, 0, (Apunte(0, c.importe.centavos, "X1", c.numero),))
    trae(falso.aviso(falso.apuntes), "N1")
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "A1"),)).extracto([0]), "E1")
    deshacer(negadas()[0])
    c.refresh_from_db()
    assert c.estado == ("generado" if c.valido_hasta >= HOY else "caducado")
    assert DetalleVivo.objects.filter(comprobante_id=c.pk).exists()
    assert (rojos(), [x.cuadra for x in cuentas_bancarias()]) == (set(), [True])
    trae(LibroDelBanco(CUENTA, 700, (Apunte(1, c.importe.centavos, "Y1", c.numero),)).extracto([1]),
         "E2")  # fmt: skip
    c.refresh_from_db()
    assert (c.estado, rojos()) == ("depositado", set())


def test_a_debit_that_only_a_notice_told_leaves_the_debits_to_clear_up() -> None:
    hacer_cuenta(CUENTA)
    falso = LibroDelBanco(CUENTA, 0, (Apunte(0, -777, "X1"),))
    trae(falso.aviso(falso.apuntes), "N1")
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "A1"),)).extracto([0]), "E1")
    deshacer(negadas()[0])
    assert (rojos(), saldos()["1109"]) == (set(), "0.00")


def test_a_fee_inside_comes_back_out_of_the_expense() -> None:
    hacer_cuenta(CUENTA)
    c = hacer_comprobante()
    falso = LibroDelBanco(
        CUENTA, 0, (Apunte(0, c.importe.centavos - 25, "X1", c.numero, comision=25),)
    )
    trae(falso.aviso(falso.apuntes), "N1")
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "A1"),)).extracto([0]), "E1")
    deshacer(negadas()[0])
    assert (rojos(), saldos()["5101"]) == (set(), "0.00")


def _solo_avisado(centavos: int = 700) -> LineaExtracto:
    hacer_cuenta(CUENTA)
    falso = LibroDelBanco(CUENTA, 0, (Apunte(0, centavos, "X1"),))
    trae(falso.aviso(falso.apuntes), "N1")
    return LineaExtracto.objects.get()


def test_before_the_bank_speaks_or_when_it_says_so_nothing_is_undone() -> None:
    linea = _solo_avisado()
    with pytest.raises(ElBancoNoLoNiega, match="aún no dijo"):
        proponer(linea.pk)
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "X1"),)).extracto([0]), "E1")
    with pytest.raises(ElBancoNoLoNiega, match="tiene ese movimiento"):
        proponer(linea.pk)


def test_a_day_without_statement_is_asked_of_the_bank_before_undoing() -> None:
    """The statement of the next day does not open where ours closed: one is missing."""
    linea = _solo_avisado()
    libro = LibroDelBanco(
        CUENTA, 0, (Apunte(-1, 100, "P1"), Apunte(0, 900, "Z1"), Apunte(1, 50, "Q1"))
    )
    trae(libro.extracto([-1]), "E0")
    trae(libro.extracto([1]), "E2")
    assert negadas() == []
    with pytest.raises(ElBancoNoLoNiega, match="Falta el extracto"):
        proponer(linea.pk)


def test_what_is_not_too_much_is_not_undone() -> None:
    """Only what leaves the books nearer to the bank: a notice of 7.00 is not 50.00 that lack."""
    hacer_cuenta(CUENTA)
    unos = LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "X1"), Apunte(0, -5_000, "W1")))
    trae(unos.aviso(unos.apuntes), "N1")
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, 100, "A1"),)).extracto([0]), "E1")
    credito = LineaExtracto.objects.get(referencia="X1")
    assert credito.pk not in negadas()
    with pytest.raises(ElBancoNoLoNiega, match="más lejos"):
        proponer(credito.pk)


def test_who_proposes_never_approves_nobody_decides_twice_and_words_are_said() -> None:
    dos_avisos(0)
    (una,) = negadas()
    with pytest.raises(DesmentidoSinRazon):
        desmentir_aviso(linea_id=una, por=BRUNO, hoy=HOY, razon="  ")
    with pytest.raises(SinPermiso):
        proponer(una, por=CARLA)
    numero = proponer(una)
    with pytest.raises(YaSeDesmintio):
        proponer(una, por=IRENE)
    with pytest.raises(DesmienteQuienPropuso):
        aprobar_desmentido(desmentido_id=numero, por=BRUNO, hoy=HOY)
    with pytest.raises(SinPermiso):
        aprobar_desmentido(desmentido_id=numero, por=CARLA, hoy=HOY)
    aprobar_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY)
    with pytest.raises(DesmentidoNoExiste):
        aprobar_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY)
    with pytest.raises(ElBancoNoLoNiega, match="no es dinero que esté en el libro"):
        proponer(una)
    assert refused("UPDATE recaudacion_desmentidodeaviso SET razon = 'otra'")
    assert refused("DELETE FROM recaudacion_desmentidodeaviso")


def test_what_changed_since_it_was_proposed_is_looked_at_again() -> None:
    """A second statement of the day tells it, late: the proposal is refused when it is decided."""
    linea = _solo_avisado()
    libro = LibroDelBanco(CUENTA, 0, (Apunte(0, 100, "A1"), Apunte(0, 700, "X1")))
    trae(LibroDelBanco(CUENTA, 0, libro.apuntes[:1]).extracto([0]), "E1")
    numero = proponer(linea.pk)
    trae(LibroDelBanco(CUENTA, 100, libro.apuntes[1:]).extracto([0]), "E2")
    with pytest.raises(ElBancoNoLoNiega, match="tiene ese movimiento"):
        aprobar_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY)
    assert rojos() == set()


def test_several_are_undone_one_by_one() -> None:
    hacer_cuenta(CUENTA)
    libro = LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "X1"), Apunte(0, 700, "W1")))
    trae(libro.aviso(libro.apuntes), "N1")
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "A1"),)).extracto([0]), "E1")
    primera, segunda = (proponer(x) for x in negadas())
    for numero in (primera, segunda):
        aprobar_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY)
    assert rojos() == set()


def test_money_whose_credit_was_used_is_not_undone_and_nothing_changes() -> None:
    dos_avisos(0, dice="")
    (una,) = negadas()
    pago = Pago.objects.get(ingreso_id=una)
    CreditoAFavor.objects.create(
        pago=pago, empleador_id=pago.empleador_id, importe=Dinero("1.00"), saldo=Dinero("0.50")
    )
    numero = proponer(una)
    with pytest.raises(SuDineroYaSeUso):
        aprobar_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY)
    assert LineaExtracto.objects.get(pk=una).ocurrencia == 1


def test_the_one_who_paid_is_told_and_the_one_whose_money_waits_is_not() -> None:
    dos_avisos(0, dice="")
    deshacer(negadas()[0])
    assert not Notificacion.objects.exists(), "the comprobante is paid: nothing to tell"


def test_the_employer_is_told_that_its_payment_was_undone() -> None:
    hacer_cuenta(CUENTA)
    c = hacer_comprobante()
    falso = LibroDelBanco(CUENTA, 0, (Apunte(0, c.importe.centavos, "X1", c.numero),))
    trae(falso.aviso(falso.apuntes), "N1")
    trae(LibroDelBanco(CUENTA, 0, (Apunte(0, 700, "A1"),)).extracto([0]), "E1")
    deshacer(negadas()[0])
    aviso = Notificacion.objects.get()
    assert aviso.asunto == f"Se deshizo un pago suyo de {c.importe.formato()}"
    papel = dumps(Documento.objects.get(pk=aviso.documento_id).contenido, ensure_ascii=False)
    assert "el banco no había recibido el dinero" in papel
    assert "se llevó" not in papel, "the bank took nothing: its statement never had it"
