"""Unidentified money is applied by a person, in the order of the norm, or refused by name."""

from datetime import date

import pytest

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.queries import ObligacionNoExiste
from recaudo.domain.recaudacion.actions.aplicar_valor import (
    DecisionSinRazon,
    DestinoIncompleto,
    ObligacionComprometida,
    ValorYaResuelto,
    aplicar_valor,
)
from recaudo.domain.recaudacion.models import Aplicacion, CreditoAFavor, ValorPorAplicar
from recaudo.domain.recaudacion.queries import (
    AbonoNoAdmitido,
    ComprobanteNoExiste,
    valor,
    valores_abiertos,
)
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_importar_extracto import glosar, saldos
from tests.factories.cartera import poner_tasa
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    FONDOS,
    PAGADO,
    Linea,
    como_aviso,
    extracto_xml,
    hacer_comprobante,
    hacer_deuda,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db


def valor_de(centavos: int, *, formato: str = "camt053", **otros: object) -> ValorPorAplicar:
    contenido = extracto_xml(Linea(centavos, "", "SUELTO", **otros))  # type: ignore[arg-type]
    importar(
        contenido=contenido if formato == "camt053" else como_aviso(contenido), formato=formato
    )
    return ValorPorAplicar.objects.get()


def test_it_pays_the_comprobante_and_leaves_the_queue() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    v = valor_de(21700)
    pago = aplicar_valor(
        valor_id=v.pk,
        comprobante_numero=c.numero,
        por=BRUNO,
        hoy=PAGADO,
        razon="Llamó el empleador",
    )
    v.refresh_from_db()
    c.refresh_from_db()
    deuda.refresh_from_db()
    assert (v.estado, v.resuelto_por, c.estado, deuda.estado) == (
        "aplicado",
        BRUNO.id,
        "depositado",  # a booked statement brought it: it is in the account
        "cancelada",
    )
    assert CreditoAFavor.objects.get(pago=pago).saldo == Dinero("1.00")
    assert all(getattr(Aplicacion.objects.get(), f) == getattr(deuda, f) for f in FONDOS)
    cuentas = saldos()
    assert (cuentas["1101"], cuentas["2301"], cuentas["1201"], cuentas["2302"]) == (
        "217.00",
        "0.00",
        "-216.00",
        "1.00",
    )
    assert libro_cuadra()
    assert Hecho.objects.filter(tipo="valor_aplicado").count() == 1
    assert valores_abiertos(hoy=PAGADO) == ()


@pytest.mark.parametrize(("formato", "estado"), [("camt053", "depositado"), ("camt054", "pagado")])
def test_what_a_statement_booked_is_deposited_and_what_a_notice_told_is_only_paid(
    formato: str, estado: str
) -> None:
    c = hacer_comprobante(hacer_deuda())
    v = valor_de(21700, formato=formato)
    aplicar_valor(
        valor_id=v.pk, comprobante_numero=c.numero, por=BRUNO, hoy=PAGADO, razon="Lo dijo al pagar"
    )
    c.refresh_from_db()
    assert c.estado == estado


def test_it_pays_chosen_debts_of_an_employer_with_interest_to_the_transaction_date() -> None:
    poner_tasa("2026-10", "7.99")
    deuda = hacer_deuda()
    v = valor_de(21813, fecha=date(2026, 10, 15))
    aplicar_valor(
        valor_id=v.pk, empleador_id=deuda.empleador_id, obligaciones=[deuda.pk], por=BRUNO,
        hoy=date(2026, 10, 20), razon="RUC en el texto",
    )  # fmt: skip
    assert Aplicacion.objects.get().interes == Dinero("2.13")
    assert not CreditoAFavor.objects.exists()


def test_a_partial_payment_of_a_planilla_is_refused_and_says_how_much_is_missing() -> None:
    deuda = hacer_deuda()
    v = valor_de(20000)
    with pytest.raises(AbonoNoAdmitido, match=r"\$ 16,00"):
        aplicar_valor(
            valor_id=v.pk, empleador_id=deuda.empleador_id, obligaciones=[deuda.pk], por=BRUNO,
            hoy=PAGADO, razon="x",
        )  # fmt: skip
    assert ValorPorAplicar.objects.get().estado == "abierto"


def test_by_hand_and_by_file_a_partial_payment_of_a_glosa_is_split_the_same_to_the_cent() -> None:
    poner_tasa("2026-10", "7.99")
    tarde = date(2026, 10, 15)
    a, b = hacer_deuda(), hacer_deuda()
    glosar(a)
    glosar(b)
    importar(pago_de(hacer_comprobante(a, hoy=tarde), de_mas=-7777, fecha=tarde), hoy=tarde)
    importar(Linea(21813 - 7777, "", "SUELTO", fecha=tarde), hoy=tarde)
    aplicar_valor(
        valor_id=ValorPorAplicar.objects.get().pk, empleador_id=b.empleador_id, obligaciones=[b.pk],
        por=BRUNO, hoy=tarde, razon="x",
    )  # fmt: skip
    por_archivo, a_mano = (Aplicacion.objects.get(obligacion_id=d.pk) for d in (a, b))
    for campo in ("interes", "interes_liquidado", "personal", "patronal", "ccc", *FONDOS):
        assert getattr(por_archivo, campo) == getattr(a_mano, campo), campo


def test_a_debt_held_by_another_live_comprobante_is_not_touched() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    v = valor_de(21600)
    with pytest.raises(ObligacionComprometida, match=c.numero):
        aplicar_valor(
            valor_id=v.pk, empleador_id=deuda.empleador_id, obligaciones=[deuda.pk], por=BRUNO,
            hoy=PAGADO, razon="x",
        )  # fmt: skip


def test_a_resolved_value_is_not_applied_twice() -> None:
    deuda = hacer_deuda()
    v = valor_de(21600)
    datos = {
        "valor_id": v.pk, "empleador_id": deuda.empleador_id, "obligaciones": [deuda.pk],
        "por": BRUNO, "hoy": PAGADO, "razon": "x",
    }  # fmt: skip
    aplicar_valor(**datos)  # type: ignore[arg-type]
    otra = hacer_deuda()
    datos |= {"empleador_id": otra.empleador_id, "obligaciones": [otra.pk]}
    with pytest.raises(ValorYaResuelto):
        aplicar_valor(**datos)  # type: ignore[arg-type]


@pytest.mark.alcance("obligacion", "valor_por_aplicar")
def test_each_refusal_of_the_form_has_its_name() -> None:
    deuda, ajena = hacer_deuda(), hacer_deuda()
    v = valor_de(21600)
    base = {"valor_id": v.pk, "por": BRUNO, "hoy": PAGADO, "razon": "x"}
    casos = (
        (DecisionSinRazon, {"razon": "  "}),
        (DestinoIncompleto, {"empleador_id": deuda.empleador_id}),
        (ComprobanteNoExiste, {"comprobante_numero": "1"}),
        (
            ObligacionNoExiste,
            {"empleador_id": deuda.empleador_id, "obligaciones": [ajena.pk]},
        ),
        (SinPermiso, {"por": CARLA}),
    )
    for rechazo, cambio in casos:
        with pytest.raises(rechazo):
            aplicar_valor(**(base | cambio))  # type: ignore[arg-type]
    assert Obligacion.objects.filter(estado="cancelada").count() == 0


def test_the_office_sees_the_age_and_the_likely_comprobantes_with_why() -> None:
    c = hacer_comprobante()
    v = valor_de(21600)
    vista = valor(v.pk, hoy=date(2026, 9, 22))
    assert (vista.edad, vista.explicacion) == (10, "La línea no cita ningún comprobante")
    assert (c.numero, "Tiene el mismo importe") in [
        (s.numero, s.por_que) for s in vista.sugerencias
    ]
    assert vista.actos == ("aplicar_valor",)
    assert valores_abiertos(hoy=PAGADO, edad_minima=1) == ()
