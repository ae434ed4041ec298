"""What is installed against what was signed, and against what the code itself says (S12, S15)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from json import loads
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from recaudo.domain.contabilidad.plan_contable import PLAN
from recaudo.infra.audit.cargar_maquinas import pasos_declarados
from recaudo.infra.firmas import libreta
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes import COLUMNAS, Tarifa, tabla_de_residuos
from recaudo.norma.aportes.nucleo import SEGUROS
from recaudo.norma.catalogos.dpa import cantones
from recaudo.norma.parametros import EstadoVerificacion

HUELLA: Final = "huella"
_QUE: Final = "la huella de lo instalado"
_AQUI: Final = Path(__file__).parent
_CATALOGO: Final = (_AQUI / "catalogo.sql").read_text(encoding="utf-8")
_PARTICIONES: Final = (_AQUI / "particiones.sql").read_text(encoding="utf-8")
#: What S15 asks of the server that answers, and whose data it keeps.
_DURADEROS: Final = ("fsync", "full_page_writes", "data_checksums", "synchronous_commit")
_SIN_ENGANO: Final = {"session_replication_role": "origin", "row_security": "on"}


@dataclass(frozen=True, slots=True)
class Diferencia:
    """One thing that is not as it was installed: its name, and in what."""

    cosa: str
    motivo: str

    def __str__(self) -> str:
        return f"{self.cosa}: {self.motivo}"


class BaseAlterada(Rechazo):
    """The database is not the one that was installed and signed."""

    def __init__(self, diferencias: tuple[Diferencia, ...]) -> None:
        """Name the first differences, and say what to do."""
        primeras = "; ".join(str(d) for d in diferencias[:5])
        resto = f" y {len(diferencias) - 5} más" if len(diferencias) > len(diferencias[:5]) else ""
        super().__init__(
            f"La base de datos no es la que se instaló: {primeras}{resto}. No se atiende sobre "
            "ella. Véalas todas con «recaudo base huella»; si nadie ordenó el cambio, restaure."
        )


@dataclass(frozen=True, slots=True)
class Huella:
    """What is installed: the digest of each thing by its name, and in which server.

    `sueltas` are the digests, without parentheses and casts, of what the server writes back in its
    own way: a dump restored in another server changes those, and nothing else.
    """

    servidor: str
    cosas: Mapping[str, str]
    sueltas: Mapping[str, str]


def leer_huella() -> Huella:
    """Return the digest of each thing installed."""
    with transaction.atomic(), connection.cursor() as cursor:
        return _leer(cursor, _CATALOGO)


def _leer(cursor: Any, consulta: str) -> Huella:
    """Read with a search path of our own: the texts of the server depend on it."""
    cursor.execute("SELECT current_setting('search_path')")
    (antes,) = cursor.fetchone()
    cursor.execute("SELECT set_config('search_path', 'public, pg_catalog', true)")
    cursor.execute(consulta)
    filas = cursor.fetchall()
    cursor.execute("SELECT set_config('search_path', %s, true)", [antes])
    cursor.execute("SELECT system_identifier FROM pg_control_system()")
    (servidor,) = cursor.fetchone()
    sueltas = {nombre: suelta for nombre, _, suelta in filas if suelta}
    return Huella(str(servidor), {nombre: huella for nombre, huella, _ in filas}, sueltas)


def firmar_huella(*, programa: str, a_mano: bool = False, de_nuevo: bool = False) -> None:
    """Sign what is installed now, for a program, once this transaction is kept.

    `a_mano`, an operator's word, also begins anew a notebook that was lost or cannot be believed;
    `de_nuevo`, one that can: the database was restored to an earlier moment (S06). Its log goes on.
    """
    datos = {"programa": programa, "consulta": _CATALOGO, **asdict(leer_huella())}

    def escribir() -> None:
        try:
            libreta.anotar(HUELLA, datos, de_nuevo=de_nuevo)
        except (libreta.LibretaPerdida, libreta.LibretaFalsa):
            if not a_mano:
                raise
            libreta.anotar(HUELLA, datos, de_nuevo=True)

    transaction.on_commit(escribir)


def diferencias_de_lo_firmado(cursor: Any) -> tuple[Diferencia, ...]:
    """Return each thing installed that is not what was signed. LibretaPerdida, LibretaFalsa.

    It is asked with the question that was signed: a program that asks otherwise signs again after.
    """
    entrada = libreta.leer_entrada(HUELLA, _QUE)
    firmada = Huella(entrada["servidor"], entrada["cosas"], entrada["sueltas"])
    viva = _leer(cursor, entrada["consulta"])
    return tuple(
        Diferencia(cosa, motivo)
        for cosa in sorted(firmada.cosas.keys() | viva.cosas.keys())
        if (motivo := _motivo(firmada.cosas.get(cosa), viva.cosas.get(cosa)))
        and not _es_la_restaurada(cosa, firmada, viva)
    )


def _es_la_restaurada(cosa: str, firmada: Huella, viva: Huella) -> bool:
    """Whether it only has other parentheses and casts, in another server than the signed one."""
    suelta = firmada.sueltas.get(cosa)
    return firmada.servidor != viva.servidor and bool(suelta) and suelta == viva.sueltas.get(cosa)


def _motivo(firmada: str | None, viva: str | None) -> str:
    if firmada == viva:
        return ""
    if viva is None:
        return "falta"
    return "no es la que se instaló" if firmada is not None else "sobra: nadie la instaló"


def diferencias(cursor: Any, *, con_la_norma: bool = False) -> tuple[Diferencia, ...]:
    """S12: each thing that is not what was signed or what the code says; a bad notebook is one.

    `con_la_norma` also asks the law again for the tables that it made: it takes some tenths.
    """
    try:
        firmadas = diferencias_de_lo_firmado(cursor)
    except (libreta.LibretaPerdida, libreta.LibretaFalsa) as error:
        firmadas = (Diferencia("la libreta firmada", str(error)),)
    de_la_norma = _tarifas(cursor) if con_la_norma else ()
    propias = (*_particiones(cursor), *_pasos(cursor), *_cuentas(cursor), *_lugares(cursor))
    return (*firmadas, *propias, *de_la_norma)


def _particiones(cursor: Any) -> Iterator[Diferencia]:
    cursor.execute(_PARTICIONES)
    for nombre, motivo in cursor.fetchall():
        if motivo:
            yield Diferencia(nombre, motivo)


def _pasos(cursor: Any) -> Iterator[Diferencia]:
    """The steps in force are those of the machines of the code, word by word."""
    cursor.execute(
        "SELECT maquina, acto, desde, hacia, desde_fecha, hasta_fecha, norma FROM audit_estadopaso"
    )
    guardados = {fila[:5]: fila[5:] for fila in cursor.fetchall()}
    for clave, dicho in pasos_declarados().items():
        maquina, acto, desde, hacia, _ = clave
        if guardados.get(clave) != dicho:
            paso = f"{desde or 'su nacimiento'} a {hacia}"
            yield Diferencia(f"el paso de {maquina} de {paso} por {acto}", "no es el del programa")


def _cuentas(cursor: Any) -> Iterator[Diferencia]:
    """The chart is that of the plan; an account that it does not have is that of a bank account."""
    cursor.execute(
        "SELECT c.codigo, c.nombre, c.naturaleza, c.fondo, c.estado_cartera, "
        "EXISTS (SELECT 1 FROM recaudacion_cuentabancaria b WHERE b.cuenta_contable_id = c.id) "
        "FROM contabilidad_cuenta c"
    )
    vivas = {fila[0]: (fila[1:5], fila[5]) for fila in cursor.fetchall()}
    plan = {c.codigo: (c.nombre, c.naturaleza, c.fondo, c.estado_cartera) for c in PLAN}
    for codigo, dicho in plan.items():
        if vivas.get(codigo, (None, False))[0] != dicho:
            yield Diferencia(f"la cuenta {codigo}", "no es la del plan de cuentas")
    for codigo in vivas.keys() - plan.keys():
        if not vivas[codigo][1]:
            yield Diferencia(f"la cuenta {codigo}", "no está en el plan ni es de un banco")


def _lugares(cursor: Any) -> Iterator[Diferencia]:
    """The places are those of the official division; what else is said of them was signed."""
    cursor.execute("SELECT codigo, nombre FROM organizacion_canton")
    vivos = dict(cursor.fetchall())
    for codigo, uno in cantones().items():
        if vivos and codigo in vivos and vivos[codigo] != uno.nombre:
            yield Diferencia(f"el cantón {codigo}", "no es el de la división política")


def _tarifas(cursor: Any) -> Iterator[Diferencia]:
    """The residues of each tariff are those that the law makes of its rates (ADR 0003)."""
    columnas = ", ".join(COLUMNAS)
    cursor.execute(
        "SELECT t.clave, t.regimen, t.paga_ccc, t.tasas, t.estado_verificacion, t.citas, "  # noqa: S608 - names of the law
        f"(SELECT string_agg(concat_ws(',', residuo, {columnas}), ';' ORDER BY residuo) "
        "FROM planillas_tarifaresiduo r WHERE r.tarifa_id = t.id) FROM planillas_tarifa t"
    )
    for clave, regimen, paga_ccc, texto, estado, citas, residuos in cursor.fetchall():
        tasas = loads(texto)
        seguros = tuple(tasas[s] for s in COLUMNAS[-len(SEGUROS) :])
        dichas = Tarifa(
            regimen=regimen, paga_ccc=paga_ccc, personal=tasas["personal"], total=tasas["total"],
            ccc=tasas["ccc"], seguros=seguros, distribuida=any(seguros),
            estado_verificacion=EstadoVerificacion(estado), citas=tuple(loads(citas)),
        )  # fmt: skip
        if residuos != _residuos_de(dichas):
            yield Diferencia(f"los residuos de la tarifa {clave}", "no son los que da la norma")


@lru_cache(maxsize=16)
def _residuos_de(tarifa: Tarifa) -> str:
    return ";".join(",".join(map(str, fila)) for fila in tabla_de_residuos(tarifa))


def ajustes_distintos(cursor: Any, ambiente: str) -> tuple[Diferencia, ...]:
    """S15: settings of the server with which what was acknowledged could be lost, or guards sleep.

    The server of the tests keeps nothing, so durability is not asked of it (`ambiente` test).
    """
    exigidos = dict(_SIN_ENGANO)
    if ambiente != "test":
        exigidos |= dict.fromkeys(_DURADEROS, "on")
    cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [sorted(exigidos)])
    vivos = dict(cursor.fetchall())
    return tuple(
        Diferencia(f"el ajuste {nombre}", f"dice {vivos.get(nombre)} y debe decir {debe}")
        for nombre, debe in sorted(exigidos.items())
        if vivos.get(nombre) != debe
        and not (nombre == "synchronous_commit" and vivos[nombre] in {"remote_apply", "local"})
    )


def comprobar_base() -> tuple[Diferencia, ...]:
    """Compare before serving: in production BaseAlterada when something differs; else return it."""
    with transaction.atomic(), connection.cursor() as cursor:
        halladas = (*diferencias(cursor), *ajustes_distintos(cursor, settings.AMBIENTE))
    if halladas and settings.EN_PRODUCCION:
        raise BaseAlterada(halladas)
    return halladas
