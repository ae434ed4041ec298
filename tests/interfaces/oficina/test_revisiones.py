"""Every act with a review page: the page refuses what the act refuses and says what the act does.

The act itself is called as the judge, not the page: on the same database, done and undone. Each
case says how the page asks and how the act is called; an act of the office without a case fails.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.parametros.actions.aprobar_tasa import aprobar_tasa
from recaudo.domain.parametros.actions.devolver_tasa import devolver_tasa
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.aprobar_aclaracion import aprobar_aclaracion
from recaudo.domain.recaudacion.actions.aprobar_desmentido import aprobar_desmentido
from recaudo.domain.recaudacion.actions.compensar import compensar
from recaudo.domain.recaudacion.actions.confirmar_extracto import confirmar_extracto
from recaudo.domain.recaudacion.actions.declarar_linea_propia import declarar_linea_propia
from recaudo.domain.recaudacion.actions.desmentir_aviso import desmentir_aviso
from recaudo.domain.recaudacion.actions.liberar_extracto import liberar_extracto
from recaudo.domain.recaudacion.actions.proponer_aclaracion import proponer_aclaracion
from recaudo.domain.recaudacion.actions.rechazar_extracto import rechazar_extracto
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.actions.revertir_declaracion import revertir_declaracion
from recaudo.domain.recaudacion.actions.revertir_lote import revertir_lote
from recaudo.domain.recaudacion.models import (
    AclaracionDeCargo,
    CreditoAFavor,
    LineaExtracto,
    ValorPorAplicar,
)
from recaudo.infra.en_seco import en_seco
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.kernel.refusals import Rechazo
from tests.domain.recaudacion.test_aprobar_desmentido import dos_avisos, negadas
from tests.domain.recaudacion.test_reconocer_lote import afirmar, piezas_y_lote
from tests.domain.recaudacion.test_reversar_pagos import pagar_a_mano
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cargos import ELENA, lote_devuelto, traspaso, un_cargo
from tests.factories.deudas import deber_costas
from tests.factories.parametros import registrar
from tests.factories.recaudacion import (
    BRUNO,
    OPERADOR,
    PAGADO,
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    hacer_deuda,
    importar,
    pago_de,
)
from tests.interfaces.oficina.escena import entrar
from tests.interfaces.oficina.test_listas import _vistas

pytestmark = pytest.mark.django_db
VALORES = "/oficina/recaudacion/valores/"
EXTRACTOS = "/oficina/recaudacion/extractos/"
DEBITOS = "/oficina/recaudacion/debitos/"
PROPIA = "0912345678"
#: Acts whose page only asks for what they need, or whose decisions another case already judges.
SIN_REVISION = {
    "importar_extracto": "a file is sent: what it does is to be confirmed by another person",
    "registrar_tasa": "what is typed is judged by the form; it changes nothing until approved",
    "registrar_cuenta": "what is typed is judged by the form",
    "proponer_cargo": "what is typed is judged by the form; it changes nothing until approved",
    "reconocer_lote": "which pieces is ticked, and judged with the form (test_actos_del_banco.py)",
    "aplicar_valores": "each row is the case of one value (test_actos.py)",
    "decidir_tasas": "each row is the case of one rate (test_tasas.py)",
}


@dataclass(frozen=True)
class Caso:
    """One page, the decision asked of it, and the very act."""

    rol: str
    url: str
    decision: str
    actuar: Callable[[Actor], object]
    #: What the act left, read from the database: the page must have said it before.
    dice: Callable[[], list[str]] = field(default=list)
    quien: str = ""
    hoy: date = PAGADO


def _propia(identificacion: str, rol: str) -> Actor:
    """Who proposes and then asks to decide: the same person."""
    yo = Usuario.objects.create_user(identificacion, "La misma persona")
    return Actor(id=yo.pk, nombre=yo.nombre, roles=frozenset({rol}))


def _valor(centavos: int = 30_000) -> int:
    importar(Linea(centavos, "", f"S{centavos}"))
    return int(ValorPorAplicar.objects.latest("id").pk)


def aplicar(*deudas: int, valor: int | None = None) -> Caso:
    numero = valor or _valor()
    consulta = "&".join(f"obligacion={d}" for d in deudas)

    def dice() -> list[str]:
        return [f"Sobran {CreditoAFavor.objects.latest('id').importe.formato()}"]

    return Caso(
        "UREC", f"{VALORES}{numero}/aplicar/?{consulta}", "aplicar",
        lambda por: aplicar_valor(
            valor_id=numero, obligaciones=deudas, por=por, hoy=PAGADO, razon="x"
        ),
        dice,
    )  # fmt: skip


def aplicar_lo_posible() -> Caso:
    return aplicar(hacer_deuda().pk)


def aplicar_a_dos_deudores() -> Caso:
    return aplicar(hacer_deuda().pk, hacer_deuda().pk)


def aplicar_menos_que_una_planilla() -> Caso:
    return aplicar(hacer_deuda().pk, valor=_valor(100))


def aplicar_a_la_de_un_comprobante_vivo() -> Caso:
    deuda = hacer_deuda()
    hacer_comprobante(deuda)
    return aplicar(deuda.pk)


def aplicar_a_lo_pagado() -> Caso:
    comprobante = hacer_comprobante(deuda := hacer_deuda())
    importar(pago_de(comprobante))
    return aplicar(deuda.pk)


def credito(centavos: int = 8_000, **de_quien: object) -> int:
    pagar_a_mano(1_000 + centavos, deber_costas("10.00", **de_quien), PAGADO)  # type: ignore[arg-type]
    return int(CreditoAFavor.objects.latest("id").pk)


def usar(numero: int, *deudas: int) -> Caso:
    consulta = "&".join(f"obligacion={d}" for d in deudas)

    def dice() -> list[str]:
        return [f"quedan {CreditoAFavor.objects.get(pk=numero).saldo.formato()}"]

    return Caso(
        "UREC", f"/oficina/deudas/creditos/{numero}/compensar/?{consulta}", "compensar",
        lambda por: compensar(
            credito_id=numero, obligaciones=deudas, por=por, hoy=PAGADO, razon="x"
        ),
        dice,
    )  # fmt: skip


def compensar_lo_posible() -> Caso:
    empleador = hacer_empleador()
    return usar(credito(empleador=empleador), deber_costas("50.00", empleador=empleador))


def compensar_con_pagos_posteriores() -> Caso:
    empleador = hacer_empleador()
    numero = credito(empleador=empleador)
    costas = deber_costas("50.00", empleador=empleador)
    pagar_a_mano(3_000, costas, PAGADO + timedelta(days=3))
    return usar(numero, costas)


def compensar_una_planilla_a_medias() -> Caso:
    empleador = hacer_empleador()
    return usar(credito(5_000, empleador=empleador), hacer_deuda(empleador).pk)


def compensar_la_de_un_comprobante_vivo() -> Caso:
    empleador = hacer_empleador()
    numero, deuda = credito(90_000, empleador=empleador), hacer_deuda(empleador)
    hacer_comprobante(deuda)
    return usar(numero, deuda.pk)


def compensar_con_lo_agotado() -> Caso:
    empleador = hacer_empleador()
    numero, costas = credito(empleador=empleador), deber_costas("80.00", empleador=empleador)
    compensar(credito_id=numero, obligaciones=[costas], por=BRUNO, hoy=PAGADO, razon="x")
    return usar(numero, deber_costas("5.00", empleador=empleador))


def recibido(mensaje: str = "M7", *, cuenta: bool = True, por: Actor = OPERADOR) -> int:
    if cuenta:
        hacer_cuenta()
    (numero,) = recibir_extracto(
        nombre="e.xml", formato="camt053", por=por, hoy=PAGADO,
        contenido=extracto_xml(Linea(1_000, referencia="R1"), mensaje=mensaje),
    ).extractos  # fmt: skip
    return numero


def sobre_extracto(que: str, numero: int, acto: Callable[..., object], quien: str = "") -> Caso:
    return Caso(
        "UREC", f"{EXTRACTOS}{numero}/{que}/", que,
        lambda por: acto(extracto_id=numero, por=por, hoy=PAGADO, razon="x"), quien=quien,
    )  # fmt: skip


def confirmar_lo_posible() -> Caso:
    caso = sobre_extracto("confirmar", recibido(), confirmar_extracto)
    return replace(caso, dice=lambda: ["$ 10,00 en créditos"])


def confirmar_lo_rechazado() -> Caso:
    numero = recibido()
    rechazar_extracto(extracto_id=numero, por=ELENA, hoy=PAGADO, razon="x")
    return sobre_extracto("confirmar", numero, confirmar_extracto)


def confirmar_lo_propio() -> Caso:
    yo = _propia(PROPIA, "UREC")
    return sobre_extracto("confirmar", recibido(por=yo), confirmar_extracto, PROPIA)


def rechazar_lo_posible() -> Caso:
    return sobre_extracto("rechazar", recibido(), rechazar_extracto)


def rechazar_lo_que_ya_entro() -> Caso:
    numero = recibido()
    confirmar_extracto(extracto_id=numero, por=ELENA, hoy=PAGADO, razon="x")
    return sobre_extracto("rechazar", numero, rechazar_extracto)


def liberar_lo_que_sigue_sin_cuenta() -> Caso:
    return sobre_extracto("liberar", recibido(cuenta=False), liberar_extracto)


def liberar_lo_que_no_esta_retenido() -> Caso:
    return sobre_extracto("liberar", recibido(), liberar_extracto)


def repetida() -> int:
    importar(Linea(5_000, referencia=""))
    importar(contenido=extracto_xml(Linea(5_000, referencia=""), mensaje="M2"))
    return int(LineaExtracto.objects.get(resultado="YA_VISTA").pk)


def sobre_linea(que: str, linea: int, acto: Callable[..., object]) -> Caso:
    return Caso(
        "UREC", f"{EXTRACTOS}lineas/{linea}/{que}/", que,
        lambda por: acto(linea_id=linea, por=por, hoy=PAGADO, razon="x"),
    )  # fmt: skip


def declarar_lo_posible() -> Caso:
    return sobre_linea("declarar", repetida(), declarar_linea_propia)


def declarar_lo_que_otra_persona_revirtio() -> Caso:
    """The page used to offer it: only the act knew."""
    linea = repetida()
    declarar_linea_propia(linea_id=linea, por=BRUNO, hoy=PAGADO, razon="x")
    revertir_declaracion(linea_id=linea, por=ELENA, hoy=PAGADO, razon="x")
    return sobre_linea("declarar", linea, declarar_linea_propia)


def revertir_lo_posible() -> Caso:
    linea = repetida()
    declarar_linea_propia(linea_id=linea, por=BRUNO, hoy=PAGADO, razon="x")
    return sobre_linea("revertir", linea, revertir_declaracion)


def revertir_lo_que_ya_se_uso() -> Caso:
    """It left a credit that was spent: the page used to offer what the act refuses."""
    linea = repetida()
    declarar_linea_propia(linea_id=linea, por=BRUNO, hoy=PAGADO, razon="x")
    empleador = hacer_empleador()
    costas, otra = (deber_costas("10.00", empleador=empleador) for _ in range(2))
    valor = ValorPorAplicar.objects.get(ingreso_id=linea)
    aplicar_valor(valor_id=valor.pk, obligaciones=[costas], por=BRUNO, hoy=PAGADO, razon="x")
    compensar(
        credito_id=CreditoAFavor.objects.latest("id").pk, obligaciones=[otra], por=BRUNO,
        hoy=PAGADO, razon="x",
    )  # fmt: skip
    return sobre_linea("revertir", linea, revertir_declaracion)


def sobre_debito(linea: LineaExtracto, destino: str, contra: int | None = None) -> Caso:
    propuesta = proponer_aclaracion(
        cargo_id=linea.pk, destino=destino, contra=contra, por=BRUNO, hoy=PAGADO, razon="x"
    )

    def dice() -> list[str]:
        hecha = AclaracionDeCargo.objects.get(pk=propuesta.pk)
        return [f"se aclaran {hecha.importe.formato()} del débito"]

    return Caso(
        "UREC", f"{DEBITOS}{linea.pk}/decidir/", "aprobar",
        lambda por: aprobar_aclaracion(aclaracion_id=propuesta.pk, por=por, hoy=PAGADO), dice,
    )  # fmt: skip


def aprobar_una_comision() -> Caso:
    return sobre_debito(un_cargo(), "COMISION")


def aprobar_el_reverso_de_un_lote() -> Caso:
    _, linea = lote_devuelto()
    primera = LineaExtracto.objects.filter(resultado="APLICADA").order_by("pk").first()
    assert primera is not None
    return sobre_debito(linea, "REVERSO", primera.pk)


def aprobar_contra_un_valor_que_ya_se_aplico() -> Caso:
    """The page used to offer it: only the act knew."""
    linea = traspaso()
    valor = ValorPorAplicar.objects.get()
    caso = sobre_debito(linea, "CONTRAPARTIDA", valor.pk)
    costas = deber_costas("1.00")
    aplicar_valor(valor_id=valor.pk, obligaciones=[costas], por=BRUNO, hoy=PAGADO, razon="x")
    return caso


def desmentir(linea: int) -> Caso:
    return Caso(
        "UREC", f"{EXTRACTOS}lineas/{linea}/desmentir/", "proponer",
        lambda por: desmentir_aviso(linea_id=linea, por=por, hoy=PAGADO, razon="x"),
    )  # fmt: skip


def desmentir_lo_que_el_banco_niega() -> Caso:
    dos_avisos(0)
    return desmentir(negadas()[0])


def desmentir_lo_que_el_banco_no_niega() -> Caso:
    dos_avisos(0)
    return desmentir(LineaExtracto.objects.get(resultado="YA_VISTA").pk)


def aprobar_un_desmentido() -> Caso:
    dos_avisos(0)
    linea = LineaExtracto.objects.get(pk=negadas()[0])
    return _sobre_desmentido(linea)


def _sobre_desmentido(linea: LineaExtracto) -> Caso:
    propuesto = desmentir_aviso(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon="x")
    assert linea.importe is not None
    importe = linea.importe.formato()
    return Caso(
        "UREC", f"{EXTRACTOS}lineas/{linea.pk}/desmentir/decidir/", "aprobar",
        lambda por: aprobar_desmentido(desmentido_id=propuesto.pk, por=por, hoy=PAGADO),
        lambda: [f"por {importe}, sale del libro"],
    )  # fmt: skip


def revertir_un_lote() -> Caso:
    vivos, entera = piezas_y_lote()
    citados = [c.numero for c in vivos[:3]]
    piezas = LineaExtracto.objects.filter(comprobante_numero__in=citados)
    afirmar(entera.pk, list(piezas.order_by("pk").values_list("pk", flat=True)[:3]))
    return _sobre_lote(entera)


def revertir_un_lote_que_nadie_reconocio() -> Caso:
    return _sobre_lote(piezas_y_lote()[1])


def _sobre_lote(entera: LineaExtracto) -> Caso:
    return Caso(
        "UREC", f"{EXTRACTOS}lineas/{entera.pk}/lote/revertir/", "revertir",
        lambda por: revertir_lote(linea_id=entera.pk, por=por, hoy=PAGADO, razon="x"),
        lambda: ["Vuelve a estar en duda"],
    )  # fmt: skip


def sobre_tasa(que: str, acto: Callable[..., object], *, quien: str = "", **mas: str) -> Caso:
    tasa = registrar(por=_propia(quien, "DNRC")) if quien else registrar()
    return Caso(
        "UCGC", f"/oficina/tasas/{tasa.pk}/decidir/", que,
        lambda por: acto(tasa_id=tasa.pk, por=por, hoy=PAGADO, **mas), lambda: ["7,99"], quien,
    )  # fmt: skip


def aprobar_una_tasa() -> Caso:
    return sobre_tasa("aprobar", aprobar_tasa)


def devolver_una_tasa() -> Caso:
    return sobre_tasa("devolver", devolver_tasa, razon="x")


def aprobar_la_tasa_propia() -> Caso:
    return sobre_tasa("aprobar", aprobar_tasa, quien=PROPIA)


def devolver_la_tasa_propia() -> Caso:
    return sobre_tasa("devolver", devolver_tasa, quien=PROPIA, razon="x")


def cerrar_lo_posible() -> Caso:
    return Caso(
        "UCGC", "/oficina/cartera/dias/cerrar/", "cerrar",
        lambda por: cerrar_dia(fecha=PAGADO, por=por, hoy=PAGADO),
    )  # fmt: skip


CASOS = (
    aplicar_lo_posible, aplicar_a_dos_deudores, aplicar_menos_que_una_planilla,
    aplicar_a_la_de_un_comprobante_vivo, aplicar_a_lo_pagado, compensar_lo_posible,
    compensar_con_pagos_posteriores, compensar_una_planilla_a_medias,
    compensar_la_de_un_comprobante_vivo, compensar_con_lo_agotado, confirmar_lo_posible,
    confirmar_lo_rechazado, confirmar_lo_propio, rechazar_lo_posible, rechazar_lo_que_ya_entro,
    liberar_lo_que_sigue_sin_cuenta, liberar_lo_que_no_esta_retenido, declarar_lo_posible,
    declarar_lo_que_otra_persona_revirtio, revertir_lo_posible, revertir_lo_que_ya_se_uso,
    aprobar_una_comision, aprobar_el_reverso_de_un_lote, aprobar_contra_un_valor_que_ya_se_aplico,
    aprobar_una_tasa, devolver_una_tasa, aprobar_la_tasa_propia, devolver_la_tasa_propia,
    cerrar_lo_posible, desmentir_lo_que_el_banco_niega, desmentir_lo_que_el_banco_no_niega,
    aprobar_un_desmentido, revertir_un_lote, revertir_un_lote_que_nadie_reconocio,
)  # fmt: skip


def _revision(navegador: Client, url: str) -> str:
    """What the page says of its act: at once, or when it is asked to run it dry."""
    html = navegador.get(url).content.decode()
    if re.findall(r'name="decision" value="(\w+)"', html) == ["revisar"]:
        html = navegador.post(url, {"decision": "revisar"}).content.decode()
    return html


@pytest.mark.parametrize("preparar", CASOS, ids=lambda preparar: preparar.__name__)
def test_the_page_refuses_what_the_act_refuses_and_says_what_it_does(
    preparar: Callable[[], Caso],
) -> None:
    caso = preparar()
    navegador = entrar(caso.rol, hoy=caso.hoy)
    quien = Usuario.objects.latest("pk")
    if caso.quien:
        quien = Usuario.objects.get(identificacion=caso.quien)
        Asignacion.objects.create(usuario=quien, rol=caso.rol, desde=date(2025, 1, 1))
        navegador.force_login(quien)
    por = Actor(id=quien.pk, nombre=quien.nombre, roles=frozenset({caso.rol}))
    html = _revision(navegador, caso.url)
    ofrece = f'name="decision" value="{caso.decision}"' in html
    dicho, rechazo = _juicio(caso, por)
    assert ofrece == (rechazo is None), rechazo
    if rechazo is not None:
        assert "Ahora no se puede hacer" in html or "Revise antes de decidir" in html
    texto = " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())
    assert [d for d in dicho if d not in texto] == []


def _juicio(caso: Caso, por: Actor) -> tuple[list[str], str | None]:
    """What the act left, or why it refuses; undone."""
    try:
        return en_seco(partial(_actuar, caso, por)), None
    except Rechazo as rechazo:
        return [], rechazo.mensaje


def _actuar(caso: Caso, por: Actor) -> list[str]:
    caso.actuar(por)
    return caso.dice()


def test_every_act_of_the_office_has_a_case_or_says_why_not() -> None:
    actos = {n for n, vista in _vistas() if (vista.__doc__ or "").startswith("Acto:")}
    con_caso = {
        "aplicar_valor", "compensar", "confirmar_extracto", "rechazar_extracto",
        "liberar_extracto", "declarar_linea", "revertir_linea", "decidir_cargo", "decidir_tasa",
        "cerrar_dia", "desmentir_aviso", "decidir_desmentido",
        "revertir_lote",
    }  # fmt: skip
    assert actos == con_caso | set(SIN_REVISION)


def test_the_judge_catches_a_page_that_offers_what_its_act_refuses() -> None:
    """The failing twin: the page of a possible act is at fault beside one that refuses."""
    caso = replace(aplicar_lo_posible(), actuar=aplicar_a_dos_deudores().actuar)
    with pytest.raises(AssertionError, match="deudores distintos"):
        test_the_page_refuses_what_the_act_refuses_and_says_what_it_does(lambda: caso)
