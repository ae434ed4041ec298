"""Invariants of the audit that does not believe what it reads.

What was installed and the settings of the server; who acted; contents against their digests; what
was signed outside the database.
"""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from recaudo.domain.afiliacion.facts import RepresentacionRegistrada
from recaudo.domain.cartera.documents.notificacion_de_glosa import NOTIFICACION_DE_GLOSA
from recaudo.domain.cartera.facts import DiaDeCarteraCerrado
from recaudo.domain.notificaciones.facts import NotificacionRecibida, RecepcionRegistrada
from recaudo.domain.organizacion.facts import AsignacionTerminada, CuentaAbierta, RolAsignado
from recaudo.domain.parametros.facts import TasaAprobada, TasaDevuelta
from recaudo.domain.recaudacion.documents.comprobante import COMPROBANTE
from recaudo.infra.audit.sellos import firmado_que_falta, verificar_filas
from recaudo.infra.documents.congelado import DocumentoAnulado
from recaudo.infra.documents.numeracion import SIN_PROVINCIA
from recaudo.infra.documents.tipos import Numeracion, catalogo
from recaudo.infra.files.almacen import piezas_de
from recaudo.reports.auditoria import historia
from recaudo.reports.auditoria.huella import comparar

Fila = Mapping[str, Any]
_SQL: Final = Path(__file__).parent / "sql"
_PAPELES: Final = {"externo": "EMP", "sistema": "SISTEMA"}
#: What was begun before an audit and kept after it is looked at again.
_MARGEN: Final = timedelta(days=1)
_TROZO: Final = 1 << 20


def _leer(nombre: str) -> str:
    return (_SQL / f"{nombre}.sql").read_text(encoding="utf-8")


_CONTENIDOS: Final = _leer("S10")
_ACTORES: Final = _leer("S01")
_REPRESENTANTES: Final = _leer("S02")
_DIAS: Final = _leer("S14")
_SERIES: Final = _leer("D33")
_HECHOS: Final = _leer("D34")
#: The number of a series begins here in that of a comprobante, after its year; then, a check.
_DE_LAS_SERIES: Final = {
    "comprobante": COMPROBANTE.serie, "glosa": NOTIFICACION_DE_GLOSA.serie, "desde_cifra": 5,
    "ninguna": SIN_PROVINCIA,
}  # fmt: skip
_DE_LOS_HECHOS: Final = {
    "anulado": DocumentoAnulado.tipo, "terminada": AsignacionTerminada.tipo,
    "asignado": RolAsignado.tipo, "aprobada": TasaAprobada.tipo, "devuelta": TasaDevuelta.tipo,
    "registrada": RecepcionRegistrada.tipo, "recibida": NotificacionRecibida.tipo,
}  # fmt: skip
_DADOS: Final = _leer("S16")
_DE_LOS_DADOS: Final = {
    "abierta": CuentaAbierta.tipo, "asignado": RolAsignado.tipo,
    "representa": RepresentacionRegistrada.tipo,
}  # fmt: skip
_DESDE: Final = "SELECT coalesce((SELECT en FROM audit_hecho WHERE id = %s), TIMESTAMPTZ 'epoch')"
_ARCHIVOS: Final = "SELECT id FROM files_archivo WHERE recibido_en >= %s ORDER BY id"
_ARCHIVO: Final = "SELECT nombre, sha256, tamano FROM files_archivo WHERE id = %s"


def huella_distinta(cursor: Any, desde: int) -> Sequence[Fila]:
    """S12: things that are not as they were installed and signed outside the database.

    The full audit also asks the law again for the tables that it made.
    """
    return [asdict(d) for d in comparar.diferencias(cursor, con_la_norma=desde == 0)]


def ajustes_del_servidor(cursor: Any, _desde: int) -> Sequence[Fila]:
    """S15: settings with which what was acknowledged could be lost, or the guards sleep."""
    return [asdict(d) for d in comparar.ajustes_distintos(cursor, settings.AMBIENTE)]


def actores_sin_cargo(cursor: Any, desde: int) -> Sequence[Fila]:
    """S01: facts of who did not hold then, there, the office that they say."""
    cursor.execute(_ACTORES, {"desde": desde, **_PAPELES})
    return _filas(cursor)


def representantes_ajenos(cursor: Any, desde: int) -> Sequence[Fila]:
    """S02: facts for an employer of who did not represent it, comprobantes of debts of others."""
    cursor.execute(_REPRESENTANTES, {"desde": desde, **_PAPELES})
    return _filas(cursor)


def accesos_sin_su_acto(cursor: Any, _desde: int) -> Sequence[Fila]:
    """S16: accounts, offices and representations that no act gave."""
    cursor.execute(_DADOS, _DE_LOS_DADOS)
    return _filas(cursor)


def dias_sin_seguir(cursor: Any, _desde: int) -> Sequence[Fila]:
    """S14: closed days, or stretches of the sealed ledger, that do not follow the one before."""
    cursor.execute(_DIAS, {"cerrado": DiaDeCarteraCerrado.tipo})
    return _filas(cursor)


def contenidos_distintos(cursor: Any, desde: int) -> Sequence[Fila]:
    """S10: documents, drawings and received files whose bytes are not those of their digest.

    After a fact, those of its instant on, with a margin for what was being written meanwhile.
    """
    cursor.execute(_DESDE, [desde])
    instante: datetime = cursor.fetchone()[0] - (_MARGEN if desde else timedelta())
    cursor.execute(_CONTENIDOS, {"desde": instante})
    distintos = _filas(cursor)
    cursor.execute(_ARCHIVOS, [instante])
    return distintos + [
        {"que": f"el archivo {nombre}", "id": clave}
        for (clave,) in cursor.fetchall()
        if (nombre := _archivo_distinto(cursor, clave))
    ]


def _archivo_distinto(cursor: Any, clave: int) -> str:
    """Return the name of a kept file whose bytes, taken out again, are others; else nothing.

    One piece at a time: a statement of a month is never whole in memory, nor are its zeros.
    """
    cursor.execute(_ARCHIVO, [clave])
    nombre, sha256, tamano = cursor.fetchone()
    resumen, leidos, salida, sobra = hashlib.sha256(), 0, zlib.decompressobj(), b""
    try:
        for pieza in piezas_de(cursor, clave):
            resto = pieza
            while resto and not salida.eof and leidos <= tamano:
                trozo = salida.decompress(resto, _TROZO)
                resumen.update(trozo)
                leidos += len(trozo)
                resto = salida.unconsumed_tail
            sobra = sobra or resto or salida.unused_data
    except zlib.error:
        return str(nombre)
    es_el_mismo = (resumen.hexdigest(), leidos) == (sha256, tamano) and not sobra
    return "" if es_el_mismo and salida.eof else str(nombre) or "sin nombre"


def series_con_huecos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D33: series whose last number is not how many things carry one of it."""
    numerados = [
        r.tipo for r in catalogo().values() if r.tipo.numeracion is not Numeracion.DEL_ACTO
    ]
    por_tipo = {"tipos": [t.codigo for t in numerados], "series": [t.serie for t in numerados]}
    cursor.execute(_SERIES, {**_DE_LAS_SERIES, **por_tipo})
    return _filas(cursor)


def filas_sin_su_hecho(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D34: rows that say of themselves something else than their last fact said of them."""
    cursor.execute(_HECHOS, _DE_LOS_HECHOS)
    return _filas(cursor)


def lo_firmado_que_falta(cursor: Any, _desde: int) -> Sequence[Fila]:
    """S06: what was signed outside and the database does not have: it is older, or was rewritten.

    A notebook that is missing or lies is already S12.
    """
    faltan = [sello] if (sello := firmado_que_falta()) else []
    marca = historia.marca()
    if marca is not None and not historia.esta(cursor, marca):
        faltan.append(f"la auditoría firmada como hecho {marca['hecho']}")
    return [{"que": que} for que in faltan]


def filas_distintas(cursor: Any, desde: int) -> Sequence[Fila]:
    """D32: stretches of any table whose fixed columns are not those that were sealed."""
    with transaction.atomic():  # the settings of the texts end with it
        rotos = verificar_filas(cursor, desde_hecho=desde)
        transaction.set_rollback(True)
    return [asdict(roto) for roto in rotos]


def _filas(cursor: Any) -> list[dict[str, Any]]:
    columnas = [c.name for c in cursor.description]
    return [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]
