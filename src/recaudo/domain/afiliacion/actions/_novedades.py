"""What the two acts that enter events share: read the situation of many workers, write many events.

Not an act: both acts open theirs, lock the employer and state the fact. Everything goes by sets:
one statement per table, however many events.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from recaudo.domain.afiliacion.models import Empleador, Sucursal
from recaudo.domain.afiliacion.policy import exigir_novedades_de, periodos_abiertos
from recaudo.infra.carga import reservar
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.catalogos import buscar_tipo_empleador
from recaudo.norma.novedades.aceptacion import (
    Dictamen,
    Empleo,
    Registrada,
    Reglas,
    Situacion,
)
from recaudo.norma.novedades.avisos import Aviso, Contrato, Motivo, TipoNovedad
from recaudo.norma.parametros import Parametros
from recaudo.norma.plazos.calendario import cargar_calendario

CRUCE = Motivo(
    "CRUCE",
    "Otra operación cambió al mismo afiliado mientras se procesaba esta: vuelva a enviarla.",
)


#: Kinds judged against what is already entered for the month.
_UNA_POR_MES = frozenset({TipoNovedad.INS, TipoNovedad.MND})


@dataclass(frozen=True, slots=True)
class Admitida:
    """One event that passed the rules, with the number of its line."""

    numero: int
    aviso: Aviso
    dictamen: Dictamen
    nombre: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoteDeNovedades:
    """What every event of one writing shares."""

    tipo: TipoNovedad
    empleador_id: int
    origen: str
    hoy: date
    hecho_id: int


def empleador_de(empleador_id: int, *, por: Actor, bloquear: bool) -> Empleador:
    """Return the employer, locked so that its uploads go one after the other.

    Refuses (SinPermiso) who may not report for it; a missing employer answers the same.
    """
    if bloquear:
        with connection.cursor() as cursor:
            cursor.execute("SELECT recaudo_tomar_empleador(%s)", [empleador_id])
    empleador = Empleador.objects.filter(pk=empleador_id).first()
    if empleador is None:
        raise SinPermiso
    exigir_novedades_de(por, empleador)
    return empleador


def reglas_para(empleador: Empleador, *, hoy: date, parametros: Parametros) -> Reglas:
    """Gather the rules in force for the events of an employer on `hoy`."""
    sucursales = Sucursal.objects.filter(empleador=empleador)
    return Reglas(
        hoy=hoy,
        periodos=periodos_abiertos(hoy=hoy, parametros=parametros),
        cantones=dict(sucursales.values_list("codigo", "canton")),
        parametros=parametros,
        calendario=cargar_calendario(),
        exime_avisos=buscar_tipo_empleador(empleador.tipo_empleador).exime_avisos,
    )


class Padron:
    """The situation of the workers named in a set of events, read with three statements."""

    def __init__(self, empleador_id: int, avisos: Sequence[Aviso]) -> None:
        """Read employments, events already entered, and numbers that are not a cédula."""
        nombrados = sorted({aviso.identificacion for aviso in avisos})
        sin_cedula = sorted({a.identificacion for a in avisos if a.motivo_cedula})
        self._empleos = _leer_empleos(empleador_id, nombrados)
        self._registradas = _leer_registradas(empleador_id, avisos)
        self._conocidas = _leer_conocidas(sin_cedula)

    def situacion(self, aviso: Aviso) -> Situacion:
        """Return what is known of the worker of an event, at its sucursal."""
        return Situacion(
            empleos=self._empleos.get((aviso.identificacion, aviso.sucursal), ()),
            registradas=self._registradas,
            persona_conocida=aviso.identificacion in self._conocidas,
        )


def consulta(sql: str, parametros: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parametros)
        filas: list[tuple[Any, ...]] = cursor.fetchall()
    return filas


def _leer_empleos(
    empleador_id: int, nombrados: list[str]
) -> Mapping[tuple[str, str], tuple[Empleo, ...]]:
    empleos: dict[tuple[str, str], tuple[Empleo, ...]] = {}
    filas = consulta(
        """
        SELECT p.identificacion, s.codigo, r.id, lower(r.vigencia), upper(r.vigencia),
               r.sueldo, r.sueldo_desde
          FROM afiliacion_persona p
          JOIN afiliacion_relacionlaboral r ON r.persona_id = p.id AND r.empleador_id = %s
          JOIN afiliacion_sucursal s ON s.id = r.sucursal_id
         WHERE p.identificacion = ANY(%s)
         ORDER BY lower(r.vigencia) DESC
        """,
        [empleador_id, nombrados],
    )
    for identificacion, sucursal, pk, desde, hasta, sueldo, mes in filas:
        clave = (identificacion, sucursal)
        empleo = Empleo(pk, desde, hasta, Dinero.de_centavos(sueldo), Periodo(*divmod(mes, 100)))
        empleos[clave] = (*empleos.get(clave, ()), empleo)
    return empleos


def _leer_registradas(
    empleador_id: int, avisos: Sequence[Aviso]
) -> Mapping[int, tuple[Registrada, ...]]:
    unicas = [aviso for aviso in avisos if aviso.tipo in _UNA_POR_MES]
    if not unicas:
        return {}
    periodos = sorted({aaaamm(aviso.periodo) for aviso in unicas})
    tipos = sorted({aviso.tipo.value for aviso in unicas})
    registradas: defaultdict[int, tuple[Registrada, ...]] = defaultdict(tuple)
    for relacion, mes, fecha, dias in consulta(
        """
        SELECT relacion_id, periodo, fecha_hecho, dias FROM afiliacion_novedad
         WHERE empleador_id = %s AND tipo = ANY(%s) AND periodo = ANY(%s) AND estado = 'registrada'
        """,
        [empleador_id, tipos, periodos],
    ):
        registradas[relacion] += (Registrada(Periodo(*divmod(mes, 100)), fecha, dias),)
    return dict(registradas)


def _leer_conocidas(identificaciones: list[str]) -> frozenset[str]:
    if not identificaciones:
        return frozenset()
    filas = consulta(
        "SELECT identificacion FROM afiliacion_persona WHERE identificacion = ANY(%s)",
        [identificaciones],
    )
    return frozenset(fila[0] for fila in filas)


def escribir(admitidas: Sequence[Admitida], lote: LoteDeNovedades) -> dict[int, int]:
    """Write events of one kind and their effects; return the id of each, by line number.

    Whatever another transaction made impossible meanwhile is left out of the answer, not raised.
    """
    if not admitidas:
        return {}
    relaciones, vivas = _relaciones_de(admitidas, lote)
    quedan = [
        (admitida, relacion)
        for admitida, relacion in zip(admitidas, relaciones, strict=True)
        if relacion in vivas
    ]
    numeros = _reservar("afiliacion_novedad", len(quedan))
    _insertar_novedades(numeros, quedan, lote)
    if lote.tipo is TipoNovedad.SAL:
        _cerrar_relaciones(quedan)
    elif lote.tipo is TipoNovedad.MSU:
        _cambiar_sueldos(numeros, quedan)
    return {a.numero: numero for (a, _), numero in zip(quedan, numeros, strict=True)}


def _relaciones_de(
    admitidas: Sequence[Admitida], lote: LoteDeNovedades
) -> tuple[list[int], frozenset[int]]:
    """Return the employment of each event, created if it is an entry, and those that still hold."""
    if lote.tipo is TipoNovedad.ENT:
        nuevas = _reservar("afiliacion_relacionlaboral", len(admitidas))
        return nuevas, _crear_relaciones(nuevas, admitidas, lote)
    existentes = [a.dictamen.empleo.id for a in admitidas if a.dictamen.empleo is not None]
    abierta = lote.tipo in {TipoNovedad.SAL, TipoNovedad.MSU}
    filas = consulta(
        """
        SELECT id FROM afiliacion_relacionlaboral
         WHERE id = ANY(%s) AND (upper_inf(vigencia) OR NOT %s) ORDER BY id FOR NO KEY UPDATE
        """,
        [existentes, abierta],
    )
    return existentes, frozenset(fila[0] for fila in filas)


def _reservar(tabla: str, cuantas: int) -> list[int]:
    with connection.cursor() as cursor:
        primero = reservar(cursor, tabla, cuantas) if cuantas else 0
    return list(range(primero, primero + cuantas))


def _crear_relaciones(
    ids: Sequence[int], admitidas: Sequence[Admitida], lote: LoteDeNovedades
) -> frozenset[int]:
    """Create persons that are new and one employment per entry; an overlap creates nothing."""
    nombres = {a.aviso.identificacion: a.nombre for a in admitidas}
    ordenados = sorted(nombres)  # always the same order: two uploads never wait for each other
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO afiliacion_persona (identificacion, nombre)
            SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING
            """,
            [ordenados, [nombres[i] for i in ordenados]],
        )
    contratos = [a.aviso.contrato or Contrato() for a in admitidas]
    avisos = [a.aviso for a in admitidas]
    columnas: list[Any] = [
        list(ids),
        [a.sucursal for a in avisos],
        [a.identificacion for a in avisos],
        [a.fecha for a in avisos],
        [centavos(a.valor) for a in avisos],
        [aaaamm(Periodo.de_fecha(a.fecha)) if a.fecha else None for a in avisos],
        [c.relacion_trabajo for c in contratos],
        [c.actividad_sectorial for c in contratos],
        [c.cargo for c in contratos],
        [c.origen_pago for c in contratos],
    ]
    filas = consulta(
        """
        INSERT INTO afiliacion_relacionlaboral (id, empleador_id, sucursal_id, persona_id, vigencia,
               sueldo, sueldo_desde, relacion_trabajo, actividad_sectorial, cargo, origen_pago,
               causa_salida)
        SELECT u.id, s.empleador_id, s.id, p.id, daterange(u.desde, NULL), u.sueldo, u.mes,
               u.relacion, u.actividad, u.cargo, u.origen, ''
          FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::date[], %s::bigint[], %s::int[],
                      %s::text[], %s::text[], %s::text[], %s::text[])
               AS u (id, sucursal, identificacion, desde, sueldo, mes, relacion, actividad, cargo,
                     origen)
          JOIN afiliacion_sucursal s ON s.codigo = u.sucursal AND s.empleador_id = %s
          JOIN afiliacion_persona p ON p.identificacion = u.identificacion
        ON CONFLICT DO NOTHING RETURNING id
        """,
        [*columnas, lote.empleador_id],
    )
    return frozenset(fila[0] for fila in filas)


def _insertar_novedades(
    numeros: Sequence[int], quedan: Sequence[tuple[Admitida, int]], lote: LoteDeNovedades
) -> None:
    avisos = [a.aviso for a, _ in quedan]
    dictamenes = [a.dictamen for a, _ in quedan]
    columnas: list[Any] = [
        list(numeros),
        [relacion for _, relacion in quedan],
        [aaaamm(a.periodo) for a in avisos],
        [d.hecho for d in dictamenes],
        [d.plazo.fecha_limite if d.plazo else None for d in dictamenes],
        [d.es_tardia for d in dictamenes],
        [centavos(a.valor) for a in avisos],
        [a.dias for a in avisos],
        [a.causa for a in avisos],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO afiliacion_novedad (id, tipo, empleador_id, sucursal_id, persona_id,
                   relacion_id, periodo, fecha_hecho, fecha_registro, fecha_limite, es_tardia,
                   origen, valor, dias, causa, estado, hecho_id)
            SELECT u.id, %s, r.empleador_id, r.sucursal_id, r.persona_id, r.id, u.periodo, u.hecho,
                   %s, u.limite, u.tardia, %s, u.valor, u.dias, u.causa, 'registrada', %s
              FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::date[], %s::date[],
                          %s::boolean[], %s::bigint[], %s::smallint[], %s::text[])
                   AS u (id, relacion, periodo, hecho, limite, tardia, valor, dias, causa)
              JOIN afiliacion_relacionlaboral r ON r.id = u.relacion
            """,
            [lote.tipo.value, lote.hoy, lote.origen, lote.hecho_id, *columnas],
        )


def _cerrar_relaciones(quedan: Sequence[tuple[Admitida, int]]) -> None:
    """End employments: the upper bound is the day after the last one worked."""
    un_dia = timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE afiliacion_relacionlaboral r
               SET vigencia = daterange(lower(r.vigencia), u.hasta), causa_salida = u.causa
              FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS u (id, hasta, causa)
             WHERE r.id = u.id
            """,
            [
                [relacion for _, relacion in quedan],
                [a.aviso.fecha + un_dia if a.aviso.fecha else None for a, _ in quedan],
                [a.aviso.causa for a, _ in quedan],
            ],
        )


def _cambiar_sueldos(numeros: Sequence[int], quedan: Sequence[tuple[Admitida, int]]) -> None:
    """Keep what the salary was and put the new one, in force from the month of the event."""
    columnas: list[Any] = [
        list(numeros),
        [relacion for _, relacion in quedan],
        [aaaamm(a.aviso.periodo) for a, _ in quedan],
        [centavos(a.aviso.valor) for a, _ in quedan],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH u AS (
                SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::bigint[])
                       AS u (novedad, relacion, periodo, sueldo)
            ), antes AS (
                INSERT INTO afiliacion_cambiosueldo
                       (relacion_id, periodo, sueldo_anterior, sueldo_nuevo, novedad_id)
                SELECT r.id, u.periodo, r.sueldo, u.sueldo, u.novedad
                  FROM u JOIN afiliacion_relacionlaboral r ON r.id = u.relacion
            )
            UPDATE afiliacion_relacionlaboral r
               SET sueldo = u.sueldo, sueldo_desde = u.periodo
              FROM u WHERE r.id = u.relacion
            """,
            columnas,
        )


def aaaamm(periodo: Periodo) -> int:
    """Return a month as its column keeps it."""
    return periodo.anio * 100 + periodo.mes


def centavos(valor: Dinero | None) -> int | None:
    """Return an amount as its column keeps it."""
    return None if valor is None else valor.centavos
