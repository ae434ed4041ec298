"""The database dies under four people who generate and annul comprobantes without rest."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, connection, connections

from recaudo.domain.afiliacion.actions.registrar_representacion import registrar_representacion
from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.domain.recaudacion.actions.anular_comprobante import anular_comprobante
from recaudo.domain.recaudacion.actions.generar_comprobante import (
    ObligacionEnOtroComprobante,
    generar_comprobante,
)
from recaudo.ensayo.caidas.libros import revisar
from recaudo.ensayo.caidas.registro import Resultado, escenario
from recaudo.ensayo.caidas.servidor import Servidor
from recaudo.ensayo.caidas.victima import Confirmar, Victima
from recaudo.ensayo.demostracion.poblacion import cedula_ficticia
from recaudo.ensayo.medicion.base_de_medida import base_de_medida, clave_de
from recaudo.ensayo.medicion.poblacion import PERIODO, clave_de_poblacion, poblar_iguales
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.asignacion import AsignacionVigente
from recaudo.infra.security.models import Usuario

PERSONAS: Final = 4
_EMPLEADORES: Final = 40
_SERIE: Final = 700_000
HOY: Final = PERIODO.ultimo_dia + timedelta(days=6)
GENERADO, ANULADO = "generado", "anulado"


@escenario("base")
def morir_la_base(servidor: Servidor, azar: Random, muertes: int) -> Resultado:
    """Kill now the whole server, now one session of it; who was told that it was done, has it."""
    resultado = Resultado()
    with base_de_medida(clave_de_comprobantes(), poblar_sin_comprobantes):
        with personas_trabajando() as personas:
            while resultado.muertes < muertes:
                time.sleep(azar.uniform(0.1, 0.7))
                if azar.random() < 0.5:
                    servidor.matar()
                    resultado.volvio(servidor.levantar())
                    resultado.muertes += 1
                elif servidor.matar_una_sesion():
                    resultado.muertes += 1
                    resultado.volvio(servidor.esperar())
        for persona in personas:
            if not persona.esperar():
                resultado.distintas.append("alguien no pudo seguir trabajando")
        comprobar_lo_confirmado(resultado, [d for p in personas for d in p.confirmado])
        revisar(resultado)
    return resultado


def clave_de_comprobantes() -> str:
    """Name what `poblar_sin_comprobantes` makes."""
    return clave_de(f"caidas:comprobantes:{_EMPLEADORES}", clave_de_poblacion(0))


def poblar_sin_comprobantes() -> None:
    """Employers of one worker with a planilla each, not paid, and who acts for each."""
    poblar_iguales(1, empleadores=_EMPLEADORES)
    personas = Usuario.objects.bulk_create(
        Usuario(
            identificacion=cedula_ficticia(_SERIE + n), nombre=f"Persona {n}", password="!"  # noqa: S106 - no password opens it
        )
        for n in range(_EMPLEADORES)
    )  # fmt: skip
    for persona, empleador in zip(personas, empleadores_por_id(), strict=True):
        registrar_representacion(
            usuario_id=persona.pk, empleador_id=empleador, desde=PERIODO.primer_dia,
            por=Actor.sistema("Orden de cuentas"), hoy=PERIODO.primer_dia,
        )  # fmt: skip
    emitir_planillas(
        periodo=PERIODO, por=Actor.sistema("Orden de emisión"), hoy=HOY - timedelta(days=1)
    )


def empleadores_por_id() -> list[int]:
    """Return the key of each employer of the base."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM afiliacion_empleador ORDER BY id")
        return [fila[0] for fila in cursor.fetchall()]


@contextmanager
def personas_trabajando() -> Iterator[list[Victima]]:
    """Let people work until the block ends; each goes on after any fall of the database."""
    with tempfile.TemporaryDirectory() as carpeta:
        basta = Path(carpeta) / "basta"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT o.id, o.empleador_id, r.usuario_id FROM obligaciones_obligacion o "
                "JOIN afiliacion_representacion r USING (empleador_id) ORDER BY o.id"
            )
            deudas = cursor.fetchall()
        personas = [
            Victima(partial(_trabajar, deudas[n::PERSONAS], basta)) for n in range(PERSONAS)
        ]
        try:
            yield personas
        finally:
            basta.touch()
            for persona in personas:
                persona.leer_todo()


def _trabajar(deudas: list[tuple[int, int, int]], basta: Path, confirmar: Confirmar) -> None:
    while not basta.exists():
        for deuda, empleador, usuario in deudas:
            quien = Actor(
                id=usuario, nombre="Persona de prueba",
                asignaciones=(AsignacionVigente(rol="EMP", empleadores=frozenset({empleador})),),
            )  # fmt: skip
            numero = _insistir(lambda d=deuda, e=empleador, q=quien: _generar(d, e, q))
            confirmar([GENERADO, deuda, numero])
            _insistir(lambda n=numero, q=quien: _anular(n, q))
            confirmar([ANULADO, deuda, numero])


def _insistir(hacer: Any) -> Any:
    """Ask again until the database answers, as who reloads a page."""
    while True:
        try:
            return hacer()
        except (DatabaseError, InterfaceError):
            connections.close_all()
            time.sleep(0.05)


def _generar(deuda: int, empleador: int, quien: Actor) -> str:
    """Generate it; when the answer to an earlier one was lost, it is there already."""
    try:
        return str(
            generar_comprobante(
                empleador_id=empleador, obligaciones=[deuda], por=quien, hoy=HOY
            ).numero
        )
    except ObligacionEnOtroComprobante:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.numero FROM recaudacion_detallevivo v "
                "JOIN recaudacion_comprobante c ON c.id = v.comprobante_id "
                "WHERE v.obligacion_id = %s",
                [deuda],
            )
            return str(cursor.fetchone()[0])


def _anular(numero: str, quien: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT estado FROM recaudacion_comprobante WHERE numero = %s", [numero])
        (estado,) = cursor.fetchone()
    if estado == GENERADO:  # else: the answer to an earlier one was lost
        anular_comprobante(numero=numero, por=quien, hoy=HOY, razon="Elegí de más")


def comprobar_lo_confirmado(resultado: Resultado, confirmado: list[Any]) -> None:
    """Look for each thing that somebody was told was done; a debt is held once at most."""
    resultado.confirmadas += len(confirmado)
    with connection.cursor() as cursor:
        cursor.execute("SELECT numero, estado FROM recaudacion_comprobante")
        estados = dict(cursor.fetchall())
        cursor.execute(
            "SELECT count(*) - count(DISTINCT d.obligacion_id) "
            "FROM recaudacion_comprobantedetalle d "
            "JOIN recaudacion_comprobante c ON c.id = d.comprobante_id WHERE c.estado = %s",
            [GENERADO],
        )
        resultado.dobles += int(cursor.fetchone()[0])
    for que, _, numero in confirmado:
        esta = numero in estados and (que == GENERADO or estados[numero] == ANULADO)
        resultado.perdidas += not esta
