"""Debts of any class, born as a room would bear them, and reversals of a bank."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Final

from django.db import connection

from recaudo.domain.afiliacion.models import Empleador, Persona
from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import BANCOS, Pata
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.actions.registrar_obligacion import (
    NuevaDeuda,
    registrar_obligacion,
)
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.plan_contable import cuenta_por_cobrar
from recaudo.domain.recaudacion.actions.reversar_pagos import reversar_pagos
from recaudo.domain.recaudacion.models import Ingreso
from recaudo.infra.audit.hechos import acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.reports.auditoria.ejecutar import auditar
from tests.factories.actos import Probado, acto_de_prueba
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import PESOS

SISTEMA = Actor.sistema("Prueba")
HOY = date(2026, 9, 10)
VENCE = date(2026, 9, 30)
_JUICIOS = count(1)


def deber(
    partes: Mapping[tuple[str, str], str],
    *,
    clase: str = "COSTAS",
    empleador: Empleador | None = None,
    persona: Persona | None = None,
    vence: date = VENCE,
    materia: tuple[str, int] | None = None,
    periodo: Periodo | None = None,
    hoy: date = HOY,
) -> int:
    """Register a debt (USD by rubro and fund) of an employer or of a person, without sucursal."""
    tipo, numero = materia or ("juicio", next(_JUICIOS))
    dueno = None if persona is not None else (empleador or hacer_empleador())
    with acto(acto_de_prueba(), por=SISTEMA, fecha=hoy, norma="Prueba") as a:
        a.declarar(Probado())
        return registrar_obligacion(
            causa=a,
            nueva=NuevaDeuda(
                clase=clase,
                provincia="17",
                materia_tipo=tipo,
                materia_id=numero,
                fecha_emision=hoy,
                fecha_vencimiento=vence,
                partes={clave: Dinero(valor) for clave, valor in partes.items()},
                empleador_id=dueno.pk if dueno else None,
                persona_id=persona.pk if persona else None,
                periodo=periodo,
            ),
        )


def deber_costas(
    importe: str = "120.00",
    *,
    empleador: Empleador | None = None,
    persona: Persona | None = None,
    hoy: date = HOY,
) -> int:
    """Register the costs of a case: no planilla, no sucursal, no period."""
    partes = {("COSTAS", "COSTAS"): importe}
    vence = max(VENCE, hoy)
    return deber(partes, empleador=empleador, persona=persona, vence=vence, hoy=hoy)


def deber_aportes(*, empleador: Empleador, vence: date, total: int = 100_000) -> int:
    """Register aportes of so many cents, all of the employer's part, split by fund."""
    partes = {
        ("APORTE_PATRONAL", fondo.upper()): str(Dinero.de_centavos(total * peso // 100))
        for fondo, peso in PESOS.items()
    }
    return deber(
        partes, clase="APORTES", empleador=empleador, vence=vence,
        materia=("liquidacion", next(_JUICIOS)),
    )  # fmt: skip


def glosar(deuda: int, *, en: date = HOY) -> None:
    """Put a debt in glosa as cartera would, with its account; it takes partial payments then."""
    fila = Obligacion.objects.get(pk=deuda)
    for como, estado in (("entrar_en_mora", "en_mora"), ("emitir_glosas", "en_glosa")):
        suyo = acto_de_prueba(Permiso.GLOSA_EMITIR, como=como)
        with acto(suyo, por=SISTEMA, fecha=en, norma="Prueba") as a:
            Obligacion.objects.filter(pk=deuda).update(estado=estado)
            a.declarar(Probado())
            if estado == "en_glosa":
                asentar(
                    acto=a, concepto="glosa", origen=("glosa", deuda), provincia="17",
                    patas=[
                        Pata(
                            cuenta_por_cobrar("APORTE_PERSONAL", contable),
                            obligacion_id=deuda, **{lado: fila.saldo_patronal},
                        )
                        for contable, lado in (("GLOSA", "debe"), ("PLANILLA", "haber"))
                    ],
                )  # fmt: skip


def reversar(*ingresos: int, fecha: date) -> list[tuple[int, str]]:
    """Have the bank take back the money of those ingresos; return what became of each."""
    por = SISTEMA
    with acto(acto_de_prueba(), por=por, fecha=fecha, norma="Prueba") as a:
        a.declarar(Probado())
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS reversos_de_prueba")
            cursor.execute(
                "CREATE TEMP TABLE reversos_de_prueba (ingreso_id bigint, reverso_id bigint, "
                "cuenta bigint) ON COMMIT DROP"
            )
            for ingreso in ingresos:
                salida = Ingreso.objects.create(
                    tipo="VENTANILLA", importe=-importe_de(ingreso), fecha=fecha,
                    hecho_id=a.hecho_id,
                )  # fmt: skip
                cursor.execute(
                    "INSERT INTO reversos_de_prueba VALUES (%s, %s, %s)",
                    [ingreso, salida.pk, cuentas_por_codigo()[BANCOS]],
                )
            reversar_pagos(causa=a, cursor=cursor, tabla="reversos_de_prueba")
            cursor.execute("SELECT ingreso_id, resultado FROM r_pedido ORDER BY ingreso_id")
            return [(int(i), str(r)) for i, r in cursor.fetchall()]


def importe_de(ingreso: int) -> Dinero:
    """What a payment or a value brought."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT importe FROM recaudacion_pago WHERE ingreso_id = %s UNION ALL "
            "SELECT importe FROM recaudacion_valorporaplicar WHERE ingreso_id = %s LIMIT 1",
            [ingreso, ingreso],
        )
        return Dinero.de_centavos(cursor.fetchone()[0])


_SIN_CUENTAS: Final = ("S01", "S02", "S16", "D34")


def violaciones(*, menos: Sequence[str] = ()) -> dict[str, tuple[dict[str, object], ...]]:
    """What the audit finds, by invariant. Its people and rates were given by no act."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    hallado = auditar().resultados
    return {
        r.id: r.muestra for r in hallado if r.violaciones and r.id not in {*menos, *_SIN_CUENTAS}
    }
