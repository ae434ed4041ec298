"""What the browser finds: the small demonstration and an employer of its own for each journey.

A journey changes what it touches, and tests run in any order: none shares an employer with another.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.db import connection

from recaudo.domain.obligaciones.queries import ObligacionVista, obligaciones_de
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.actions.importar_extracto import importar_extracto
from recaudo.domain.recaudacion.actions.proponer_aclaracion import proponer_aclaracion
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.models import Comprobante, LineaExtracto
from recaudo.ensayo.demostracion.archivos import generados
from recaudo.ensayo.demostracion.ciclo import Ciclo
from recaudo.ensayo.demostracion.escenario import (
    ANA,
    Conducta,
    conducta_de,
    poblacion_pequena,
)
from recaudo.ensayo.demostracion.extractos import CANAL, Abono, escribir_extracto, saldo_del_banco
from recaudo.ensayo.demostracion.fechas import FECHA_DEMO, PERIODO, SIGUIENTE
from recaudo.ensayo.demostracion.poblacion import Empleador, generar_poblacion
from recaudo.ensayo.demostracion.usuarios import PERSONAS, crear_usuarios
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.infra.security.models import Usuario
from recaudo.kernel.money import Dinero
from recaudo.kernel.numbering import numero_con_control
from recaudo.kernel.period import Periodo
from tests.factories.banco import PRIMER_DIA, Apunte, LibroDelBanco
from tests.navegador.conftest import Vista, molde_de_sitio
from tests.navegador.otras_deudas import preparar_otras_deudas

TECLADO = "teclado"
RATON = "raton"
#: How a journey is made: with the least there is (a narrow screen, a pointer, no script), which
#: proves that every step works in plain HTML; and with scripts and nothing but the keyboard, which
#: proves the scripts and the focus. The two views between them would add only the layout of each
#: page, and that the walk looks at in the four.
MANERAS = [(Vista(320, con_js=False), RATON), (Vista(1366, con_js=True), TECLADO)]
VUELTAS = [vuelta for _, vuelta in MANERAS]
#: Who has employers of its own, each row with none of another's.
AJENA = "ajena"
#: Where what is of Ana's employer is.
DE_ANA = f"empleadores/{generar_poblacion()[ANA].ruc}/"
QUIEN = {persona.clave: persona.identificacion for persona in PERSONAS}


@dataclass(frozen=True, slots=True)
class Reparto:
    """The employers of one round: who pays, whose money arrives, who has a glosa to open."""

    paga: Empleador
    cita: Empleador
    sin_cita: Empleador
    glosada: Empleador


@cache
def reparto() -> dict[str, Reparto]:
    """Return the employers of each round: small, in mora or about to be, nobody twice."""
    fijos = {empleador.indice for empleador in poblacion_pequena()}
    chicos = [e for e in generar_poblacion() if len(e.trabajadores) <= 2 and e.indice not in fijos]
    no_paga = Conducta.NO_PAGA
    glosados = iter([e for e in chicos if conducta_de(e, PERIODO) is no_paga])
    tardios = iter(
        [
            e
            for e in chicos
            if conducta_de(e, SIGUIENTE) is no_paga and conducta_de(e, PERIODO) is not no_paga
        ]
    )
    return {
        vuelta: Reparto(next(glosados), next(tardios), next(tardios), next(glosados))
        for vuelta in (*VUELTAS, AJENA)
    }


def _todos() -> tuple[Empleador, ...]:
    elegidos = {e.indice: e for e in poblacion_pequena()}
    for r in reparto().values():
        elegidos |= {e.indice: e for e in (r.paga, r.cita, r.sin_cita, r.glosada)}
    return tuple(elegidos[n] for n in sorted(elegidos))


def _preparar() -> None:
    """Run the whole cycle on the connected database, and what the walk must find besides."""
    Ciclo(_todos(), fuente=generados).correr(lambda _: None)
    _dar_clave_a_todos()
    con_comprobante(generar_poblacion()[ANA], SIGUIENTE)
    _importar_lo_que_no_cuadra()
    _repetir_sin_referencia()
    _recibir_lo_que_otro_confirma()
    _traer_debitos()
    preparar_otras_deudas()


DEMOSTRACION = molde_de_sitio(
    "demostracion", _preparar, "tests/navegador/escenario.py", "tests/navegador/otras_deudas.py"
)


def _importar_lo_que_no_cuadra() -> None:
    """Import a statement with an amount that cannot be read: it does not reconcile, and asks."""
    abono = Abono(importe=Dinero("12.34"), fecha=FECHA_DEMO, referencia="PRILEGIBLE")
    escrito = escribir_extracto(
        nombre="ILEGIBLE", fecha=FECHA_DEMO, saldo_inicial=Dinero.CERO, abonos=[abono]
    )
    contenido = escrito.replace(
        b'<Ntry>\n        <Amt Ccy="USD">12.34', b'<Ntry><Amt Ccy="USD">1Z.34'
    )
    assert contenido != escrito
    contenido = re.sub(rb"<Bal>.*?</Bal>", b"", contenido)  # it says no balance: only totals
    importar_extracto(
        contenido=contenido, nombre="ilegible.xml", formato="camt053", canal=CANAL,
        por=Actor.sistema("Operador de consola"), hoy=FECHA_DEMO,
    )  # fmt: skip


def _repetir_sin_referencia() -> None:
    """Import twice a deposit that the bank did not name: an officer may declare it money."""
    ayer = FECHA_DEMO - timedelta(days=1)
    abono = Abono(importe=Dinero("31.07"), fecha=ayer, referencia="")
    saldo = saldo_del_banco()
    for nombre in ("SINREF1", "SINREF2"):
        contenido = escribir_extracto(
            nombre=nombre, fecha=ayer, saldo_inicial=saldo, abonos=[abono]
        )
        importar_extracto(
            contenido=contenido, nombre=f"{nombre.lower()}.xml", formato="camt053", canal=CANAL,
            por=Actor.sistema("Operador de consola"), hoy=FECHA_DEMO,
        )  # fmt: skip


def _recibir_lo_que_otro_confirma() -> None:
    """Receive a statement, by the person who may not confirm it."""
    abono = Abono(importe=Dinero("52.90"), fecha=FECHA_DEMO, referencia="PRPORCONFIRMAR")
    contenido = escribir_extracto(
        nombre="PORCONFIRMAR", fecha=FECHA_DEMO, saldo_inicial=saldo_del_banco(), abonos=[abono]
    )
    recibir_extracto(
        contenido=contenido, nombre="por-confirmar.xml", formato="camt053",
        por=crear_usuarios()["bruno"], hoy=FECHA_DEMO,
    )  # fmt: skip


def _traer_debitos() -> None:
    """Bring two debits, one explained by a person already; and a statement of no known account."""
    consola = Actor.sistema("Operador de consola")
    registrar_cuenta_bancaria(
        numero="0077", banco="Cooperativa JEP", canal="JEP", por=consola, hoy=FECHA_DEMO
    )
    dia = (FECHA_DEMO - PRIMER_DIA).days
    libro = LibroDelBanco("0077", 100_000, (Apunte(dia, -777, "C-1"), Apunte(dia, -888, "C-2")))
    importar_extracto(
        contenido=libro.extracto([dia]).xml("DEBITOS"), nombre="debitos.xml", formato="camt053",
        por=consola, hoy=FECHA_DEMO,
    )  # fmt: skip
    bruno = crear_usuarios()["bruno"]
    debito = LineaExtracto.objects.get(resultado="CARGO", referencia="C-1")
    proponer_aclaracion(
        cargo_id=debito.pk, destino="COMISION", por=bruno, hoy=FECHA_DEMO, razon="Nota de débito"
    )
    ajeno = LibroDelBanco("0099", 0, (Apunte(dia, 4_200, "A-1"),)).extracto([dia])
    recibir_extracto(
        contenido=ajeno.xml("AJENO"), nombre="cuenta-ajena.xml", formato="camt053", por=bruno,
        hoy=FECHA_DEMO,
    )  # fmt: skip


def _dar_clave_a_todos() -> None:
    """Let every representative enter with the password of the demonstration."""
    clave = Usuario.objects.values_list("password", flat=True).get(identificacion=QUIEN["ana"])
    Usuario.objects.filter(password="!").update(password=clave)


def representante(empleador: Empleador) -> Actor:
    """Return who acts for an employer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.usuario_id, r.empleador_id FROM afiliacion_representacion r "
            "JOIN afiliacion_empleador e ON e.id = r.empleador_id WHERE e.ruc = %s",
            [empleador.ruc],
        )
        usuario, numero = cursor.fetchone()
    return Actor(
        id=usuario, nombre=empleador.representante, roles=frozenset({"EMP"}),
        empleadores=frozenset({numero}),
    )  # fmt: skip


def deuda_de(empleador: Empleador, periodo: Periodo) -> ObligacionVista:
    """Return what an employer owes of one month; fails when it owes nothing."""
    (numero,) = representante(empleador).representados
    (una,) = [
        o
        for o in obligaciones_de(numero, alcance=TODA_LA_NACION, solo_vivas=True)
        if o.periodo == periodo
    ]
    return una


def con_comprobante(empleador: Empleador, periodo: Periodo) -> Comprobante:
    """Generate the comprobante of one month of an employer, today."""
    actor = representante(empleador)
    (numero,) = actor.representados
    return generar_comprobante(
        empleador_id=numero, obligaciones=[deuda_de(empleador, periodo).id], por=actor,
        hoy=FECHA_DEMO,
    )  # fmt: skip


def extracto(vuelta: str, *, citado: Comprobante, sin_dueno: Dinero | None = None) -> bytes:
    """Return the statement of today that pays one comprobante and, perhaps, cites nobody's."""
    orden = VUELTAS.index(vuelta)
    serie = f"PR{FECHA_DEMO:%y%m%d}{citado.pk:06d}"
    abonos = [
        Abono(
            importe=citado.importe, fecha=FECHA_DEMO, referencia=f"{serie}1",
            ordenante="PAGADOR DE PRUEBA", cita=citado.numero,
        )
    ]  # fmt: skip
    if sin_dueno is not None:
        abonos.append(
            Abono(
                importe=sin_dueno, fecha=FECHA_DEMO, referencia=f"{serie}2",
                ordenante=f"PAGADOR SIN COMPROBANTE {vuelta}",
                cita=numero_con_control(FECHA_DEMO.year, 800_000_000 + orden),
            )
        )  # fmt: skip
    return escribir_extracto(
        nombre=f"PRUEBA-{serie}", fecha=FECHA_DEMO, saldo_inicial=saldo_del_banco(), abonos=abonos
    )
