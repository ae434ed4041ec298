"""Debts, rates and acts of payment for tests of arrears. Plain functions, ordinary defaults."""

from datetime import UTC, date, datetime

from django.db import connection

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.cartera.actions.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.recaudacion.facts import DeudasPagadas
from recaudo.infra.audit.hechos import acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.models import Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero, repartir
from recaudo.kernel.period import Periodo
from tests.factories.actos import acto_de_prueba, nace_por
from tests.factories.afiliacion import QUITO, hacer_empleador, hacer_sucursal, matriz_de

SISTEMA = Actor.sistema("Prueba")
PRUEBA = {"ip": "127.0.0.1", "agente": "Navegador de prueba"}


#: How the aportes of a debt of the tests go to the funds.
PESOS = {
    "ivm": 50, "lod": 1, "salud": 25, "riesgos": 3, "cesantia": 10, "desempleo": 5, "ssc": 4,
    "gastos_adm": 2,
}  # fmt: skip


def hacer_obligacion(
    *,
    empleador: Empleador | None = None,
    periodo: str = "2026-08",
    emitida: date = date(2026, 9, 1),
    vence: date = date(2026, 9, 15),
    personal: str = "94.50",
    patronal: str = "111.50",
    ccc: str = "10.00",
    estado_verificacion: str = "VERIFICADO",
) -> Obligacion:
    """Create an emitted planilla's debt (USD), nothing paid."""
    matriz = matriz_de(empleador or hacer_empleador())
    partes = {"personal": Dinero(personal), "patronal": Dinero(patronal), "ccc": Dinero(ccc)}
    fondos = repartir(partes["personal"] + partes["patronal"], PESOS)
    with nace_por("emitir_planillas", emitida):
        return Obligacion.objects.create(
            empleador_id=matriz.empleador_id,
            sucursal_id=matriz.pk,
            provincia=matriz.provincia,
            clase="APORTES",
            periodo=Periodo.de_texto(periodo),
            fecha_emision=emitida,
            fecha_vencimiento=vence,
            estado="emitida",
            estado_verificacion=estado_verificacion,
            **{f"capital_{k}": v for k, v in partes.items()},
            **{f"saldo_{k}": v for k, v in partes.items()},
            **fondos,
        )


def poner_tasa(periodo: str, tasa: str, *, aprobada: bool = True) -> None:
    """Publish the maximum conventional rate of a month (annual %)."""
    mes = Periodo.de_texto(periodo)
    TasaPublicada.objects.create(
        desde=mes.primer_dia,
        hasta=mes.siguiente().primer_dia,
        tasa=tasa,
        fuente="Prueba",
        estado_verificacion="SECUNDARIO" if aprobada else "PROVISIONAL",
        **_firmas(aprobada=aprobada),
    )


def _firmas(*, aprobada: bool) -> dict[str, object]:
    ahora = datetime(2026, 1, 2, 15, 0, tzinfo=UTC)
    firmas: dict[str, object] = {"registrada_por": 1, "registrada_en": ahora}
    if aprobada:
        firmas |= {"aprobada_por": 2, "aprobada_en": ahora}
    return firmas


def empleador_con_usuario(empleador: Empleador) -> Actor:
    """Return Ana: a person who represents that employer."""
    ana = Usuario.objects.create(identificacion=f"17{empleador.pk:08d}", nombre="Ana Prueba")
    return Actor(
        id=ana.pk,
        nombre=ana.nombre,
        roles=frozenset({"EMP"}),
        empleadores=frozenset({empleador.pk}),
    )


def pagar_del_todo(obligacion: Obligacion, *, fecha: date) -> None:
    """Pay a debt whole, the way a bank statement does to the spine."""
    cobro = acto_de_prueba(Permiso.EXTRACTO_IMPORTAR, DeudasPagadas, como="importar_extracto")
    with acto(cobro, por=SISTEMA, fecha=fecha, norma="Prueba") as a:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pagadas_de_prueba")
            cursor.execute(
                "CREATE TEMP TABLE pagadas_de_prueba ON COMMIT DROP AS "
                "SELECT %s::bigint AS obligacion_id",
                [obligacion.pk],
            )
        Obligacion.objects.filter(pk=obligacion.pk).update(
            saldo_personal=Dinero.CERO,
            saldo_patronal=Dinero.CERO,
            saldo_ccc=Dinero.CERO,
            estado="cancelada",
        )
        a.declarar(
            DeudasPagadas(1, 1, obligacion.capital_ccc, (obligacion.pk,), "pagadas_de_prueba")
        )


def glosa_en_casillero(
    *, el: date, canton: str = QUITO, canton_sucursal: str | None = None
) -> tuple[Actor, Notificacion]:
    """Emit one glosa whose notice reaches the inbox on `el`; return Ana and the notice."""
    empleador = hacer_empleador(canton=canton, con_matriz=False)
    hacer_sucursal(empleador=empleador, canton=canton_sucursal or canton)
    vence = date.fromordinal(el.toordinal() - 31)
    hacer_obligacion(empleador=empleador, emitida=vence, vence=vence)
    poner_tasa(f"{el:%Y-%m}", "8.99")
    entrar_en_mora(fecha=el, por=SISTEMA)
    emitir_glosas(fecha=el, por=SISTEMA)
    notificacion = Notificacion.objects.get(empleador_id=empleador.pk)
    return empleador_con_usuario(empleador), notificacion
