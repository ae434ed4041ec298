"""Each line of a statement has exactly one outcome, and the ledger agrees (D06, D07, D11)."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import Pata
from recaudo.domain.contabilidad.queries import libro_cuadra, movimientos_de, saldos_por_cuenta
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.plan_contable import cuenta_por_cobrar
from recaudo.domain.obligaciones.queries import obligacion
from recaudo.domain.recaudacion.actions._recepcion import CanalDistinto
from recaudo.domain.recaudacion.actions.anular_comprobante import anular_comprobante
from recaudo.domain.recaudacion.actions.caducar_comprobantes import caducar_comprobantes
from recaudo.domain.recaudacion.actions.importar_extracto import (
    ResultadoImportacion,
    importar_extracto,
)
from recaudo.domain.recaudacion.batches import asiento_de_extracto
from recaudo.domain.recaudacion.models import (
    Aplicacion,
    Comprobante,
    CreditoAFavor,
    Extracto,
    LineaExtracto,
    Pago,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.queries import extracto, lineas_por_aclarar
from recaudo.infra import carga
from recaudo.infra.audit.hechos import ActoAbierto, acto
from recaudo.infra.audit.models import Hecho
from recaudo.infra.files.formatos.camt import ExtractoIlegible
from recaudo.infra.security.actor import SinPermiso
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from tests.domain.guardas import passes_without, refused
from tests.factories.actos import Probado, acto_de_prueba
from tests.factories.cartera import SISTEMA, poner_tasa
from tests.factories.recaudacion import (
    CARLA,
    FONDOS,
    GENERADO,
    OPERADOR,
    PAGADO,
    Linea,
    ana_de,
    como_aviso,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    hacer_deuda,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db
TARDE = date(2026, 10, 15)


def saldos() -> dict[str, str]:
    """Return the accounts of the ledger that moved; those of the banks, together."""
    sumas: dict[str, Dinero] = {}
    for s in saldos_por_cuenta():
        if s.debe or s.haber:
            codigo = "1101" if s.codigo.startswith("1101.") else s.codigo
            sumas[codigo] = sumas.get(codigo, Dinero.CERO) + s.saldo
    return {codigo: str(saldo) for codigo, saldo in sumas.items()}


def unica(resultado: str) -> LineaExtracto:
    return LineaExtracto.objects.get(resultado=resultado)


def glosar(deuda: Obligacion) -> None:
    """Put a debt in glosa, as cartera would."""
    for como, estado in (("entrar_en_mora", "en_mora"), ("emitir_glosas", "en_glosa")):
        suyo = acto_de_prueba(Permiso.GLOSA_EMITIR, como=como)
        with acto(suyo, por=SISTEMA, fecha=PAGADO, norma="Prueba") as a:
            Obligacion.objects.filter(pk=deuda.pk).update(estado=estado)
            a.declarar(Probado())
            if estado == "en_glosa":
                _a_sus_cuentas_de_glosa(a, deuda.pk)


def _a_sus_cuentas_de_glosa(a: ActoAbierto, numero: int) -> None:
    """Move the receivable of a debt that was born in the ledger, as its glosa does (D28)."""
    vista = obligacion(numero, alcance=TODA_LA_NACION)
    if not movimientos_de(obligacion_id=numero, lote=vista.lote):
        return
    por_cuenta: dict[tuple[str, str], Dinero] = {}
    for parte in vista.rubros:
        par = (cuenta_por_cobrar(parte.rubro, "GLOSA"), cuenta_por_cobrar(parte.rubro, "PLANILLA"))
        por_cuenta[par] = por_cuenta.get(par, Dinero.CERO) + parte.saldo
    asentar(
        acto=a, concepto="GLOSA", origen=("glosa", numero), provincia=vista.provincia,
        patas=[
            pata
            for (a_glosa, de_planilla), saldo in por_cuenta.items()
            for pata in (
                Pata(a_glosa, debe=saldo, obligacion_id=numero),
                Pata(de_planilla, haber=saldo, obligacion_id=numero),
            )
        ],
    )  # fmt: skip


def test_an_exact_payment_cancels_the_debt_and_reaches_every_fund() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    r = importar(pago_de(c))
    assert (r.lineas, r.aplicadas, r.total, r.cuadra) == (1, 1, Dinero("216.00"), True)
    deuda.refresh_from_db()
    c.refresh_from_db()
    assert (deuda.estado, deuda.saldo_personal, c.estado) == (
        "cancelada",
        Dinero.CERO,
        "depositado",
    )
    aplicacion = Aplicacion.objects.get()
    assert all(getattr(aplicacion, f) == getattr(deuda, f) for f in FONDOS)
    cuentas = saldos()
    assert (cuentas["1101"], cuentas["1201"]) == ("216.00", "-216.00")
    assert cuentas["2201.IVM"] == str(deuda.ivm)
    assert cuentas["2201.CCC"] == "10.00"
    assert libro_cuadra()


def test_a_credit_notice_pays_and_the_booked_statement_that_repeats_it_deposits() -> None:
    c = hacer_comprobante()
    linea = pago_de(c)
    assert importar(contenido=como_aviso(extracto_xml(linea)), formato="camt054").aplicadas == 1
    c.refresh_from_db()
    assert c.estado == "pagado"
    r = importar(linea)
    c.refresh_from_db()
    assert (r.duplicadas, r.total, r.cuadra, c.estado) == (1, Dinero.CERO, True, "depositado")


def test_an_overpayment_is_applied_and_the_excess_belongs_to_the_payer() -> None:
    c = hacer_comprobante()
    r = importar(pago_de(c, de_mas=250))
    assert (r.aplicadas, r.credito_a_favor, r.total) == (0, 1, Dinero("218.50"))
    credito = CreditoAFavor.objects.get()
    assert (credito.saldo, credito.empleador_id) == (Dinero("2.50"), c.empleador_id)
    assert saldos()["2302"] == "2.50"


def test_an_underpaid_planilla_goes_whole_to_the_queue() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    r = importar(pago_de(c, de_mas=-1))
    assert (r.por_identificar, r.cuadra) == (1, True)
    valor = ValorPorAplicar.objects.get()
    assert (valor.motivo, valor.importe) == ("MONTO_INSUFICIENTE", Dinero("215.99"))
    deuda.refresh_from_db()
    c.refresh_from_db()
    assert (deuda.estado, c.estado) == ("emitida", "generado")
    assert saldos() == {"1101": "215.99", "2301": "215.99"}


def test_a_partial_payment_of_a_glosa_follows_the_order_interest_worker_employer_ccc() -> None:
    poner_tasa("2026-10", "7.99")
    deuda = hacer_deuda()
    tarde = date(2026, 10, 15)
    glosar(deuda)
    c = hacer_comprobante(deuda, hoy=tarde)
    r = importar(pago_de(c, de_mas=-11800, fecha=tarde), hoy=tarde)
    assert (r.aplicadas, r.cuadra) == (1, True)
    # 218.13 - 118.00 = 100.13: 2.13 of interest, 94.50 of the worker, 3.50 of the employer.
    a = Aplicacion.objects.get()
    assert [a.interes, a.personal, a.patronal, a.ccc] == [
        Dinero("2.13"),
        Dinero("94.50"),
        Dinero("3.50"),
        Dinero.CERO,
    ]
    assert sum((getattr(a, f) for f in FONDOS), Dinero.CERO) == Dinero("98.00")
    deuda.refresh_from_db()
    c.refresh_from_db()
    # The comprobante stays payable for the rest.
    assert (deuda.estado, deuda.saldo_patronal, c.estado, c.abonado) == (
        "en_glosa",
        Dinero("108.00"),
        "generado",
        Dinero("100.13"),
    )
    assert saldos()["1202"] == "-98.00"
    assert unica("APLICADA").motivo == "ABONO"


def test_the_rest_of_a_partial_payment_closes_every_fund_and_charges_no_day_twice() -> None:
    poner_tasa("2026-10", "7.99")
    deuda = hacer_deuda()
    glosar(deuda)
    importar(
        pago_de(hacer_comprobante(deuda, hoy=TARDE), de_mas=-11800, fecha=TARDE), hoy=TARDE,
    )  # fmt: skip
    resto = hacer_comprobante(deuda, hoy=date(2026, 10, 25))
    # 118.00 x 11.99 % x 10 / 365 = 0.3876...: only the ten days after the first payment.
    assert (resto.capital, resto.interes) == (Dinero("118.00"), Dinero("0.39"))
    importar(pago_de(resto, fecha=date(2026, 10, 25)), hoy=date(2026, 10, 25))
    deuda.refresh_from_db()
    assert deuda.estado == "cancelada"
    for fondo in FONDOS:
        suma = Aplicacion.objects.aggregate(s=Sum(fondo))["s"]
        assert suma == getattr(deuda, fondo), fondo


def test_a_payment_of_part_of_the_interest_is_credited_against_what_keeps_running() -> None:
    poner_tasa("2026-10", "7.99")
    deuda = hacer_deuda()
    glosar(deuda)
    c = hacer_comprobante(deuda, hoy=date(2026, 10, 15))
    importar(Linea(100, c.numero, "UNDOLAR", fecha=date(2026, 10, 15)), hoy=date(2026, 10, 15))
    resto = hacer_comprobante(deuda, hoy=date(2026, 10, 25))
    # 216.00 x 11.99 % x 40 / 365 = 2.838..., less the dollar already paid.
    assert resto.interes == Dinero("1.84")


@pytest.mark.parametrize(
    ("cita", "texto", "motivo"),
    [
        ("", "", "SIN_REFERENCIA"),
        ("", "PAGO SIN DATOS", "SIN_REFERENCIA"),
        ("20269999999993", "", "COMPROBANTE_INEXISTENTE"),
        ("FACTURA 7", "", "COMPROBANTE_INEXISTENTE"),
    ],
)
def test_a_line_that_cites_nothing_known_waits_with_its_reason(
    cita: str, texto: str, motivo: str
) -> None:
    r = importar(Linea(5000, cita, "A1", texto=texto))
    assert (r.por_identificar, r.total, r.cuadra) == (1, Dinero("50.00"), True)
    assert ValorPorAplicar.objects.get().motivo == motivo


def test_the_number_is_also_found_inside_a_free_text() -> None:
    c = hacer_comprobante()
    linea = Linea(c.importe.centavos, "", "A1", texto=f"PAGO IESS {c.numero} GRACIAS")
    assert importar(linea).aplicadas == 1


def test_a_text_that_names_two_comprobantes_is_not_guessed() -> None:
    a, b = hacer_comprobante(), hacer_comprobante()
    importar(Linea(a.importe.centavos, "", "A1", texto=f"{a.numero} Y {b.numero}"))
    assert ValorPorAplicar.objects.get().motivo == "VARIAS_REFERENCIAS"


def test_an_annulled_comprobante_sends_the_money_to_the_queue() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    anular_comprobante(numero=c.numero, por=ana_de(deuda), hoy=GENERADO, razon="x")
    importar(pago_de(c))
    assert ValorPorAplicar.objects.get().motivo == "COMPROBANTE_ANULADO"


def test_a_transaction_after_the_validity_is_late() -> None:
    importar(pago_de(hacer_comprobante(), fecha=date(2026, 9, 16)), hoy=date(2026, 9, 17))
    assert ValorPorAplicar.objects.get().motivo == "COMPROBANTE_CADUCADO"


def caducar(hoy: date) -> int:
    return caducar_comprobantes(fecha=hoy, por=SISTEMA)


def test_money_taken_in_time_by_the_channel_is_applied_after_the_nightly_close() -> None:
    c = hacer_comprobante()
    assert caducar(date(2026, 9, 15)) == 0
    assert caducar(date(2026, 9, 16)) == 1
    r = importar(pago_de(c, fecha=date(2026, 9, 15)), hoy=date(2026, 9, 16))
    c.refresh_from_db()
    assert (r.aplicadas, c.estado) == (1, "depositado")


def test_an_expired_comprobante_yields_when_its_debt_is_in_a_newer_one() -> None:
    poner_tasa("2026-09", "7.99")
    deuda = hacer_deuda()
    viejo = hacer_comprobante(deuda)
    nuevo = hacer_comprobante(deuda, hoy=date(2026, 9, 16))
    r = importar(
        pago_de(viejo, fecha=date(2026, 9, 15)),
        pago_de(nuevo, fecha=date(2026, 9, 16)),
        hoy=date(2026, 9, 17),
    )
    assert (r.aplicadas, r.por_identificar, r.cuadra) == (1, 1, True)
    assert ValorPorAplicar.objects.get().motivo == "OBLIGACION_CAMBIO"


def test_two_expired_comprobantes_of_one_debt_paid_in_one_file_never_pay_it_twice() -> None:
    poner_tasa("2026-09", "7.99")
    deuda = hacer_deuda()
    viejo = hacer_comprobante(deuda)
    nuevo = hacer_comprobante(deuda, hoy=date(2026, 9, 16))
    caducar(date(2026, 9, 17))
    r = importar(
        pago_de(viejo, fecha=date(2026, 9, 15)), pago_de(nuevo, fecha=date(2026, 9, 16)),
        hoy=date(2026, 9, 17),
    )  # fmt: skip
    assert (r.aplicadas, r.por_identificar, r.cuadra) == (1, 1, True)


def test_the_second_line_for_one_comprobante_is_money_to_identify() -> None:
    c = hacer_comprobante()
    r = importar(pago_de(c), pago_de(c))
    assert (r.aplicadas, r.por_identificar, r.total) == (1, 1, Dinero("432.00"))
    assert ValorPorAplicar.objects.get().motivo == "COMPROBANTE_YA_PAGADO"


def test_a_later_file_paying_again_is_money_to_identify() -> None:
    c = hacer_comprobante()
    importar(pago_de(c))
    importar(pago_de(c))
    assert ValorPorAplicar.objects.get().motivo == "COMPROBANTE_YA_PAGADO"


def test_two_equal_entries_of_one_statement_are_two_movements() -> None:
    linea = pago_de(hacer_comprobante())
    r = importar(linea, linea)
    assert (r.aplicadas, r.por_identificar, r.duplicadas, r.total, r.cuadra) == (
        1, 1, 0, Dinero("432.00"), True,
    )  # fmt: skip
    otra = importar(contenido=extracto_xml(linea, linea, linea, mensaje="M2"))
    assert (otra.duplicadas, otra.por_identificar, otra.total) == (2, 1, Dinero("216.00"))
    assert sorted(LineaExtracto.objects.values_list("ocurrencia", flat=True)) == [0, 0, 1, 2, 3]


def test_a_line_of_an_earlier_file_enters_once_and_says_which() -> None:
    linea, otra = pago_de(hacer_comprobante()), pago_de(hacer_comprobante())
    importar(linea)
    primera = unica("APLICADA")
    r = importar(linea, otra)
    assert (r.aplicadas, r.duplicadas, r.cuadra) == (1, 1, True)
    assert unica("YA_VISTA").duplica_a == primera.pk


def test_the_same_reference_with_another_amount_is_another_movement() -> None:
    c = hacer_comprobante()
    importar(pago_de(c, referencia="UNA"))
    r = importar(Linea(999, c.numero, "UNA"))
    assert (r.por_identificar, r.duplicadas) == (1, 0)
    assert not lineas_por_aclarar().exists()


def test_the_same_reference_in_another_account_or_day_is_another_movement() -> None:
    linea = Linea(5000, "", "UNA")
    importar(linea)
    hacer_cuenta("0020", "JEP")
    otra = extracto_xml(linea, Linea(5000, "", "UNA", fecha=date(2026, 9, 13)))
    importar(contenido=otra.replace(b"<Id>0010</Id>", b"<Id>0020</Id>"))
    assert ValorPorAplicar.objects.count() == 3


def test_lines_without_any_reference_are_told_apart_inside_a_file() -> None:
    r = importar(Linea(450), Linea(450))
    assert (r.por_identificar, r.duplicadas) == (2, 0)


def test_the_same_bytes_again_change_nothing_and_answer_the_same() -> None:
    contenido = extracto_xml(pago_de(hacer_comprobante()), Linea(100, "", "X"))
    primera = importar(contenido=contenido)
    hechos, antes = Hecho.objects.count(), saldos()
    segunda = importar(contenido=contenido)
    assert segunda.ya_importado
    assert not primera.ya_importado
    assert (segunda.extracto_id, segunda.total, segunda.cuadra) == (
        primera.extracto_id,
        primera.total,
        primera.cuadra,
    )
    assert (Hecho.objects.count(), saldos()) == (hechos, antes)


def test_a_statement_whose_declared_total_is_not_its_lines_is_held_and_not_posted() -> None:
    linea = pago_de(hacer_comprobante())
    r = importar(contenido=extracto_xml(linea, declarado=99_999))
    assert (r.aplicadas, r.retenidas, r.total, r.cuadra) == (0, 1, Dinero.CERO, False)
    visto = extracto(r.extracto_id)
    assert (visto.estado, visto.retencion) == ("retenido", "TOTALES_CONTRADICHOS")
    assert not visto.conciliacion[0].cuadra
    assert saldos() == {}


def test_an_unreadable_file_leaves_nothing() -> None:
    roto = extracto_xml(pago_de(hacer_comprobante()))[:-30]
    with pytest.raises(ExtractoIlegible, match="incompleto"):
        importar(contenido=roto)
    assert not Extracto.objects.exists()
    assert saldos() == {}


def test_rejected_lines_enter_with_their_code_and_no_money() -> None:
    contenido = extracto_xml(Linea(5000, "", "A"), Linea(7000, "", "B")).replace(
        b'<Amt Ccy="USD">50.00', b'<Amt Ccy="USD">50,0x'
    )
    r = importar(contenido=contenido)
    assert (r.rechazadas, r.por_identificar, r.total, r.cuadra) == (1, 1, Dinero("70.00"), False)
    linea = unica("RECHAZADA")
    assert (linea.motivo, linea.importe, linea.texto) == (
        "IMPORTE_ILEGIBLE",
        None,
        "Importe «50,0x»",
    )


def test_carla_may_not_import() -> None:
    with pytest.raises(SinPermiso):
        importar_extracto(contenido=b"", nombre="x", formato="camt053", por=CARLA, hoy=PAGADO)


def test_the_channel_is_that_of_the_account_and_whoever_says_one_only_confirms_it() -> None:
    cuenta = hacer_cuenta()
    contenido = extracto_xml(Linea(5000, "", "A"))

    def con(canal: str) -> ResultadoImportacion:
        return importar_extracto(
            contenido=contenido,
            nombre="x",
            formato="camt053",
            canal=canal,
            por=OPERADOR,
            hoy=PAGADO,
        )

    with pytest.raises(CanalDistinto, match="canal OTRO-BANCO"):
        con("JEP")
    assert not Extracto.objects.exists()
    assert con(" otro-banco ").por_identificar == 1
    assert Extracto.objects.get().canal == cuenta.canal


def test_each_entered_line_has_exactly_one_effect_worth_its_amount() -> None:
    """D06, over every outcome at once."""
    a, b, d = hacer_comprobante(), hacer_comprobante(), hacer_comprobante()
    importar(
        pago_de(a), pago_de(a), pago_de(b, de_mas=100), pago_de(d, de_mas=-100), Linea(77, "", "Z"),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.id FROM recaudacion_lineaextracto l "
            "LEFT JOIN recaudacion_pago p ON p.ingreso_id = l.id "
            "LEFT JOIN recaudacion_valorporaplicar v ON v.ingreso_id = l.id "
            "WHERE l.resultado NOT IN ('YA_VISTA', 'RECHAZADA') "
            "AND (num_nonnulls(p.id, v.id) <> 1 OR coalesce(p.importe, v.importe) <> l.importe)"
        )
        assert cursor.fetchall() == []
    for pago in Pago.objects.all():
        aplicado = sum(
            (x.interes + x.personal + x.patronal + x.ccc for x in pago.aplicaciones.all()),
            Dinero.CERO,
        )
        credito = CreditoAFavor.objects.filter(pago=pago).first()
        assert aplicado + (credito.importe if credito else Dinero.CERO) == pago.importe


def test_twin_without_the_key_of_a_movement_it_enters_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """D11: the index, and not only the program, keeps an entry from entering twice."""
    linea = Linea(5000, "", "UNA")
    importar(linea)
    archivo = Path(str(asiento_de_extracto.__file__)).with_name("reconocer_movimientos.sql")
    pasos = dict(carga.leer_pasos(archivo))
    ciego = pasos["conocidas"].replace("p.ocurrencia > 0", "p.ocurrencia > 9")
    assert ciego != pasos["conocidas"]
    pasos["conocidas"] = ciego
    textos = carga.leer_pasos
    monkeypatch.setattr(
        carga, "leer_pasos", lambda cual: pasos if cual == archivo else textos(cual)
    )
    otro = extracto_xml(linea, mensaje="OTRO")
    with pytest.raises(Exception, match="movimiento_una_vez_para_siempre"):
        importar(contenido=otro)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DROP INDEX movimiento_una_vez_para_siempre")
    assert importar(contenido=otro).por_identificar == 1
    assert LineaExtracto.objects.filter(referencia="UNA", ocurrencia=1).count() == 2


def test_a_line_cannot_hang_from_a_statement_that_does_not_exist() -> None:
    with pytest.raises(Exception, match="no existe extracto_id"):
        LineaExtracto.objects.create(
            extracto_id=10**9, cuenta=hacer_cuenta(), numero=1, resultado="RECHAZADA"
        )


def test_a_line_is_once_in_its_statement_and_in_its_place_and_only_by_that_guard() -> None:
    importar(Linea(77, "", "A"), Linea(78, "", "B"))
    extracto = Extracto.objects.get()
    copia = (
        "INSERT INTO recaudacion_lineaextracto (id, extracto_id, cuenta_id, numero, parte, "
        "ocurrencia, comision, es_reverso, referencia, ordenante, linea_archivo, "
        "comprobante_numero, texto, resultado, motivo) "
        f"SELECT {extracto.base_linea} + %s, {extracto.pk}, {extracto.cuenta_id}, %s, 0, 0, 0, "
        "false, '', '', 1, '', '', 'RECHAZADA', ''"
    )
    assert [linea.pk - extracto.base_linea for linea in LineaExtracto.objects.order_by("id")] == [
        1,
        2,
    ]
    for lugar, numero in ((3, 2), (3, 3), (0, 0)):
        mala = copia % (lugar, numero)
        assert refused(mala)
        assert passes_without("linea_de_su_extracto", "recaudacion_lineaextracto", mala)
    assert refused(copia % (2, 2)), "its key"


def test_among_payments_of_lines_that_exist_one_of_a_line_that_does_not_is_noticed() -> None:
    importar(Linea(77, "", "A"), Linea(78, "", "B"))
    lineas = list(LineaExtracto.objects.order_by("id").values_list("id", flat=True))
    with connection.cursor() as cursor:
        for malas in ([lineas[0], lineas[1] + 1], [*lineas, lineas[1] + 1]):
            with pytest.raises(Exception, match="no existe el ingreso"), transaction.atomic():
                cursor.execute(
                    "INSERT INTO recaudacion_pago (ingreso_id, empleador_id, importe, fecha_pago, "
                    "aplicado_en, hecho_id) SELECT l, 1, 1, '2026-09-15', now(), 1 "
                    "FROM unnest(%s::bigint[]) l",
                    [malas],
                )


def test_every_comprobante_is_in_one_state_of_its_machine_after_an_import() -> None:
    a = hacer_comprobante()
    importar(pago_de(a))
    assert set(Comprobante.objects.values_list("estado", flat=True)) == {"depositado"}
