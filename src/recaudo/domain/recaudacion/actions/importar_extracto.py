"""Import a file of bank statements at once: what the operator of the console does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from recaudo.domain.recaudacion.actions._recepcion import (
    NORMA,
    CanalDistinto,
    abrir_asiento,
    asentar_extracto,
    bloquear_importaciones,
    exigir_lo_mismo,
    motivo_de_retencion,
    nombre_limpio,
    registrar_extractos,
)
from recaudo.domain.recaudacion.batches.asiento_de_extracto import pasos_de_extracto
from recaudo.domain.recaudacion.batches.lectura import Lectura, dias_de_margen, fuente_de
from recaudo.domain.recaudacion.facts import DeudasPagadas, ExtractoImportado, ExtractoRetenido
from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.queries import salto
from recaudo.domain.recaudacion.queries.juicio import juicios
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import PasosSql
from recaudo.infra.files.formatos.camt import exigir_formato
from recaudo.infra.files.por_partes import Copia, huella_de
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

ACTO = Acto(
    "importar_extracto",
    Permiso.EXTRACTO_IMPORTAR,
    ExtractoImportado,
    ExtractoRetenido,
    DeudasPagadas,
)
_SUMADAS = ("lineas", "aplicadas", "credito_a_favor", "por_identificar", "duplicadas", "cargos")


class SoloEnLaConsola(Rechazo):
    """In the office one person brings the file and another confirms it (S03)."""

    mensaje = "En la oficina, una persona importa el extracto y otra lo confirma."
    norma = NORMA


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultadoImportacion:
    """What became of a file; `total` in USD is the money that entered.

    `lineas` = aplicadas + credito_a_favor + por_identificar + duplicadas + rechazadas + retenidas;
    debits of the bank (`cargos`, posted, not collected) are among the rechazadas.
    """

    extracto_id: int
    extractos: tuple[int, ...]
    lineas: int
    aplicadas: int
    credito_a_favor: int
    por_identificar: int
    duplicadas: int
    rechazadas: int
    cargos: int
    retenidas: int
    total: Dinero
    cuadra: bool
    ya_importado: bool
    retenciones: tuple[str, ...]


def importar_extracto(
    *,
    nombre: str,
    formato: str,
    por: Actor,
    hoy: date,
    canal: str = "",
    ruta: Path | None = None,
    contenido: bytes | None = None,
) -> ResultadoImportacion:
    """This act will post a camt.053 or camt.054 file (C.D. 497 2.3.2.1), from a path or bytes.

    The account of each statement says its channel; `canal` only confirms it. A statement of an
    account that is not registered, or whose declared totals or balances contradict its lines, is
    held and not posted, and so is one that brings money which the balances of the bank deny; the
    same file again posts what is no longer held and changes nothing else. One that does not open
    where the one before closed is posted (files may come in any order), and does not `cuadra`; nor
    does one after which the books of its account are not what the bank says.
    Raises SinPermiso, SoloEnLaConsola, CanalDistinto, ExtractoIlegible, FormatoDistinto,
    ArchivoCambiado; then nothing enters.
    """
    por.exigir(Permiso.EXTRACTO_CONFIRMAR)
    if not por.es_sistema:
        raise SoloEnLaConsola
    exigir_formato(formato)
    abrir = fuente_de(ruta, contenido)
    sha256, tamano = huella_de(abrir)
    if (previo := _ya_importado(sha256, formato, canal)) is not None:
        return previo
    with (
        Copia(abrir, sha256=sha256, tamano=tamano) as copia,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        bloquear_importaciones(cursor)
        if (previo := _ya_importado(sha256, formato, canal)) is not None:
            return previo
        with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
            pasos = pasos_de_extracto(cursor)
            lectura = Lectura(pasos, copia.abrir, formato=formato, margen=dias_de_margen(hoy))
            archivo = copia.guardar(nombre_limpio(nombre))
            importacion = _Importacion(pasos, a, lectura, formato, canal)
            importacion.empezar(sha256)
            filas = importacion.terminar(nombre=nombre, sha256=sha256, archivo_id=archivo)
            return _resultado(filas, ya_importado=False)


class _Importacion:
    """The statements of a file, one after another."""

    def __init__(
        self, pasos: PasosSql, a: ActoAbierto, lectura: Lectura, formato: str, canal: str
    ) -> None:
        self._pasos = pasos
        self._acto = a
        self._lectura = lectura
        self._formato = formato
        self._canal = canal.strip().upper()
        self._abierto: Any = None
        self._abierta = 0

    def empezar(self, sha256: str) -> None:
        """Decide about the first statement that is not held: the one that most files have."""
        hechos = set(
            Extracto.objects.filter(sha256=sha256, estado=EstadoExtracto.CONFIRMADO)
            .values_list("orden", flat=True)
        )  # fmt: skip
        for orden, leido in enumerate(self._lectura.extractos, start=1):
            retencion, cuenta = motivo_de_retencion(leido)
            if cuenta is not None and self._canal not in {"", cuenta.canal}:
                raise CanalDistinto.de(cuenta, self._canal)
            if self._abierta or retencion or cuenta is None or orden in hechos:
                continue
            self._lectura.poner(leido)
            self._abierta = orden
            self._abierto = abrir_asiento(self._pasos, self._acto, self._formato, cuenta)
            self._abierto.decidir(leido)

    def terminar(self, *, nombre: str, sha256: str, archivo_id: int) -> Sequence[Extracto]:
        """Write the statements, and post each that is not held. Return them in file order."""
        filas = registrar_extractos(
            self._acto, self._lectura.extractos, formato=self._formato, sha256=sha256,
            nombre=nombre_limpio(nombre), archivo_id=archivo_id,
            identificacion=self._lectura.identificacion,
        )  # fmt: skip
        for fila, leido in zip(filas, self._lectura.extractos, strict=True):
            if fila.estado == EstadoExtracto.RETENIDO:
                self._acto.declarar(ExtractoRetenido(fila.pk, fila.nombre, fila.retencion))
            if fila.estado != EstadoExtracto.POR_CONFIRMAR or fila.cuenta is None:
                continue
            if fila.orden != self._abierta:
                self._lectura.poner(leido)
                self._abierto = abrir_asiento(self._pasos, self._acto, self._formato, fila.cuenta)
                self._abierto.decidir(leido)
            asentar_extracto(self._pasos.cursor, self._acto, self._abierto, fila, leido)
        return filas


def _ya_importado(sha256: str, formato: str, canal: str) -> ResultadoImportacion | None:
    """Return what a file did before, when nothing of it waits; refuse what is not so of it."""
    filas = list(Extracto.objects.filter(sha256=sha256).order_by("orden").select_related("cuenta"))
    exigir_lo_mismo(filas, formato=formato, canal=canal)
    if not filas or any(f.estado != EstadoExtracto.CONFIRMADO for f in filas):
        return None
    return _resultado(filas, ya_importado=True)


def _resultado(filas: Sequence[Extracto], *, ya_importado: bool) -> ResultadoImportacion:
    retenidas = [f for f in filas if f.estado != EstadoExtracto.CONFIRMADO]
    sumas = {campo: sum(getattr(f, campo) for f in filas) for campo in _SUMADAS}
    return ResultadoImportacion(
        extracto_id=filas[0].pk, extractos=tuple(f.pk for f in filas), **sumas,
        rechazadas=sum(f.rechazadas for f in filas) + sumas["cargos"],
        retenidas=sum(f.lineas for f in retenidas),
        total=sum((f.total for f in filas), Dinero.CERO),
        cuadra=_cuadran(filas), ya_importado=ya_importado,
        retenciones=tuple(f.retencion for f in retenidas),
    )  # fmt: skip


def _cuadran(filas: Sequence[Extracto]) -> bool:
    """Say whether each is what its bank says, and so are the books of its account after it."""
    cuentas = {f.cuenta_id for f in filas if f.cuenta_id is not None}
    juzgadas = Extracto.objects.filter(  # the others add up their books for nothing
        cuenta__in=cuentas, estado=EstadoExtracto.CONFIRMADO, saldo_final__isnull=False
    ).values_list("cuenta_id", flat=True)
    return all(f.cuadra and salto(f) is None for f in filas) and not any(
        juicios(cuenta)[cuenta].diferencia for cuenta in set(juzgadas)
    )
