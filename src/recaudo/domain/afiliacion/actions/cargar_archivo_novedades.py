"""Process one batch file of events."""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from recaudo.domain.afiliacion.actions._novedades import (
    CRUCE,
    Admitida,
    LoteDeNovedades,
    empleador_de,
    escribir,
    reglas_para,
)
from recaudo.domain.afiliacion.actions._novedades_de_un_archivo import (
    juzgar_lineas,
    misma_recepcion,
    recibidos,
)
from recaudo.domain.afiliacion.facts import (
    ArchivoDeNovedadesProcesado,
    ArchivoDeNovedadesRechazado,
)
from recaudo.domain.afiliacion.models import ArchivoNovedades, Empleador
from recaudo.domain.afiliacion.queries import ResultadoFila
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.carga import copiar
from recaudo.infra.files.almacen import guardar_archivo, nombre_limpio
from recaudo.infra.files.formatos.iess_batch import (
    LAYOUTS,
    ArchivoLeido,
    LineaLeida,
    leer_archivo,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.novedades.aceptacion import Reglas
from recaudo.norma.novedades.avisos import Motivo, TipoNovedad
from recaudo.norma.novedades.plazos_de_aviso import ultimo_dia_de_carga
from recaudo.norma.parametros import Parametros, cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario

ACTO = Acto(
    "cargar_archivo_novedades",
    Permiso.NOVEDADES_CARGAR,
    ArchivoDeNovedadesProcesado,
    ArchivoDeNovedadesRechazado,
)

ACEPTADA = "ACEPTADA"
RECHAZADA = "RECHAZADA"
REPETIDA = "REPETIDA"
NORMA = "LSS art. 73"
MAXIMO_DE_BYTES = 16 * 1024 * 1024
MAXIMO_DE_LINEAS = 100_000  # judged at once, at 2 KB each (ADR 0021)
LARGO_DEL_MENSAJE = 300
LARGO_DEL_ACTOR = 160
_TRAMITE = "Trámite de novedades del IESS carga batch"


class ArchivoVacio(Rechazo):
    """The file has no line."""

    mensaje = "El archivo está vacío: genere las líneas y vuelva a enviarlo."
    norma = _TRAMITE


class ArchivoMuyGrande(Rechazo):
    """The file is bigger than what is read at once."""

    mensaje = (
        "El archivo pasa de 16 MB o de 100 000 líneas, que es lo que se lee de una vez: "
        "registre por este medio una parte y pida ayuda para el resto."
    )


class TipoNoReconocido(Rechazo):
    """No line says a type that this system enters."""

    mensaje = (
        "Ninguna línea dice un tipo de novedad que se procese aquí: use "
        f"{', '.join(TipoNovedad)} en el quinto campo."
    )
    norma = _TRAMITE


class VariosTipos(Rechazo):
    """The file mixes types."""

    norma = _TRAMITE


class RucAjeno(Rechazo):
    """The file names another employer."""

    norma = NORMA


class FueraDeVentana(Rechazo):
    """The month no longer receives files."""

    norma = _TRAMITE


class TipoYaProcesado(Rechazo):
    """A file of that type already entered whole for that month."""

    norma = _TRAMITE


@dataclass(frozen=True, slots=True)
class ResultadoArchivo:
    """What became of a file, or what would become of it.

    `repetidas` were already entered and change nothing. `archivo_id` is the id of
    ArchivoNovedades: 0 of a rehearsal, that of the first reception when nothing is new.
    """

    aceptadas: int
    rechazadas: int
    filas: tuple[ResultadoFila, ...]
    archivo_id: int
    repetidas: int
    tipo: str
    periodo: Periodo


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recepcion:
    """One reception: who sends what, and the reading of it."""

    contenido: bytes
    nombre: str
    sha256: str
    empleador_id: int
    por: Actor
    hoy: date


@dataclass(frozen=True, slots=True)
class _Juicio:
    """What is thought of a file before anything of it is written."""

    empleador: Empleador
    leido: ArchivoLeido
    tipo: TipoNovedad
    periodo: Periodo
    admitidas: list[Admitida]
    motivos: dict[int, Motivo]
    repetidas: frozenset[int]
    es_continuacion: bool

    def filas(self, escritas: Collection[int]) -> tuple[ResultadoFila, ...]:
        """Return the outcome of each line, given the lines that were written."""
        return tuple(_resultado(linea, self, escritas) for linea in self.leido.lineas)


def cargar_archivo_novedades(
    *, contenido: bytes, nombre: str, empleador_id: int, por: Actor, hoy: date, ensayo: bool = False
) -> ResultadoArchivo:
    """This act will enter the good lines of a batch file and give back the bad ones (LSS art. 73).

    Every line gets one outcome with its number and coded reason; one already entered says when and
    changes nothing. The whole file is refused, and only the reason kept, when it is empty, mixes
    types, names another RUC, comes outside the window (R-NOV-06) or brings something new to a type
    that a file without bad lines closed for the month (Q15). One with bad lines closes nothing:
    another follows it. A rehearsal judges the same and writes nothing.
    """
    recepcion = _Recepcion(
        contenido=contenido,
        nombre=nombre_limpio(nombre),
        sha256=hashlib.sha256(contenido).hexdigest(),
        empleador_id=empleador_id,
        por=por,
        hoy=hoy,
    )
    empleador_de(empleador_id, por=por, bloquear=False)
    if ensayo:
        juicio = _juzgar(recepcion, bloquear=False)
        return _cuenta(juicio, juicio.filas({a.numero for a in juicio.admitidas}), archivo_id=0)
    try:
        return _procesar(recepcion)
    except Rechazo as rechazo:
        _anotar_rechazo(recepcion, rechazo)
        raise


def _procesar(recepcion: _Recepcion) -> ResultadoArchivo:
    with transaction.atomic():
        juicio = _juzgar(recepcion, bloquear=True)
        anterior = (
            None if juicio.admitidas else misma_recepcion(recepcion.empleador_id, recepcion.sha256)
        )
        if anterior is not None:
            return _cuenta(juicio, juicio.filas(()), archivo_id=anterior)
        return _escribir(recepcion, juicio)


def _escribir(recepcion: _Recepcion, juicio: _Juicio) -> ResultadoArchivo:
    with acto(ACTO, por=recepcion.por, fecha=recepcion.hoy, norma=NORMA) as a:
        lote = LoteDeNovedades(
            tipo=juicio.tipo,
            empleador_id=juicio.empleador.pk,
            origen="BATCH",
            hoy=recepcion.hoy,
            hecho_id=a.hecho_id,
        )
        escritas = escribir(juicio.admitidas, lote)
        filas = juicio.filas(escritas)
        archivo = _guardar(recepcion, lote, juicio, filas)
        with connection.cursor() as cursor:
            copiar(
                cursor,
                "afiliacion_filanovedades",
                ("archivo_id", "numero", "texto", "estado", "codigo", "mensaje", "novedad_id"),
                (
                    (
                        archivo.pk,
                        f.numero,
                        linea.texto,
                        f.estado,
                        f.codigo,
                        f.mensaje,
                        escritas.get(f.numero),
                    )
                    for f, linea in zip(filas, juicio.leido.lineas, strict=True)
                ),
            )
        a.declarar(
            _hecho_de(archivo),
            provincia=juicio.empleador.canton[:2],
            documento_sha256=recepcion.sha256,
        )
    return _cuenta(juicio, filas, archivo_id=archivo.pk)


def _cuenta(
    juicio: _Juicio, filas: tuple[ResultadoFila, ...], *, archivo_id: int
) -> ResultadoArchivo:
    """Count the outcomes of the lines."""
    cuantas = Counter(fila.estado for fila in filas)
    return ResultadoArchivo(
        aceptadas=cuantas[ACEPTADA],
        rechazadas=cuantas[RECHAZADA],
        filas=filas,
        archivo_id=archivo_id,
        repetidas=cuantas[REPETIDA],
        tipo=juicio.tipo.value,
        periodo=juicio.periodo,
    )


def _juzgar(recepcion: _Recepcion, *, bloquear: bool) -> _Juicio:
    """Read the file and judge every line; nothing is written. Refuses the file as a whole."""
    contenido = recepcion.contenido
    lineas = contenido.count(b"\n") + contenido.count(b"\r") - contenido.count(b"\r\n")
    if len(contenido) > MAXIMO_DE_BYTES or lineas > MAXIMO_DE_LINEAS:
        raise ArchivoMuyGrande
    leido = leer_archivo(contenido)
    parametros = cargar_parametros()
    empleador = empleador_de(recepcion.empleador_id, por=recepcion.por, bloquear=bloquear)
    tipo = _revisar_archivo(leido, empleador, recepcion.hoy, parametros)
    reglas = reglas_para(empleador, hoy=recepcion.hoy, parametros=parametros)
    periodo = _periodo_del_archivo(leido, reglas)
    previos = list(recibidos(empleador, tipo, periodo))
    admitidas, motivos, repetidas = juzgar_lineas(leido, empleador.pk, tipo, periodo, reglas)
    if admitidas and previos and not any(previo.rechazadas for previo in previos):
        raise _ya_procesado(tipo, periodo, previos[0])
    return _Juicio(
        empleador, leido, tipo, periodo, admitidas, motivos, repetidas,
        es_continuacion=bool(previos),
    )  # fmt: skip


def _revisar_archivo(
    leido: ArchivoLeido, empleador: Empleador, hoy: date, parametros: Parametros
) -> TipoNovedad:
    """Refuse the file as a whole, or return its type."""
    if not leido.lineas:
        raise ArchivoVacio
    if len(leido.tipos) > 1:
        msg = f"El archivo mezcla los tipos {', '.join(leido.tipos)}: envíe un archivo por tipo."
        raise VariosTipos(msg)
    if not leido.tipos or leido.tipos[0] not in LAYOUTS:
        raise TipoNoReconocido
    for ruc in leido.rucs:
        if ruc != empleador.ruc:
            linea = next(uno.numero for uno in leido.lineas if uno.ruc == ruc)
            msg = (
                f"La línea {linea} es del RUC {ruc} y el archivo se recibe para {empleador.ruc}: "
                "envíe solo líneas de ese RUC."
            )
            raise RucAjeno(msg)
    ultimo = ultimo_dia_de_carga(
        mes=Periodo.de_fecha(hoy), calendario=cargar_calendario(), parametros=parametros
    )
    if hoy > ultimo:
        msg = (
            f"Este mes los archivos se recibieron hasta el {ultimo:%d/%m/%Y}. Registre las "
            "novedades una por una o envíe el archivo desde el primer día del mes siguiente."
        )
        raise FueraDeVentana(msg)
    return TipoNovedad(leido.tipos[0])


def _periodo_del_archivo(leido: ArchivoLeido, reglas: Reglas) -> Periodo:
    """Return the month of the file: that of its first line in an open month, else that of today."""
    abiertos = (
        linea.aviso.periodo
        for linea in leido.lineas
        if linea.aviso is not None and linea.aviso.periodo in reglas.periodos
    )
    return next(abiertos, Periodo.de_fecha(reglas.hoy))


def _ya_procesado(tipo: str, periodo: Periodo, previo: ArchivoNovedades) -> TipoYaProcesado:
    que = f"«{TipoNovedad(tipo).nombre}» de {periodo.en_palabras}"
    return TipoYaProcesado(
        f"Ya entró completo un archivo de {que} ({previo.nombre}, líneas aceptadas: "
        f"{previo.aceptadas}): uno por tipo y mes. Registre las demás una por una."
    )


def _resultado(linea: LineaLeida, juicio: _Juicio, escritas: Collection[int]) -> ResultadoFila:
    """Say what became of a line: what passed the rules and was not written lost a race."""
    motivo = juicio.motivos.get(linea.numero)
    if linea.numero in escritas:
        motivo = motivo or Motivo("", "")
        return ResultadoFila(linea.numero, ACEPTADA, motivo.codigo, _recortado(motivo.mensaje))
    if motivo is None or motivo.codigo in {"TARDIA", "SEPARADOR_FINAL"}:
        motivo = CRUCE
    estado = REPETIDA if linea.numero in juicio.repetidas else RECHAZADA
    return ResultadoFila(linea.numero, estado, motivo.codigo, _recortado(motivo.mensaje))


def _recortado(mensaje: str) -> str:
    return mensaje if len(mensaje) <= LARGO_DEL_MENSAJE else f"{mensaje[: LARGO_DEL_MENSAJE - 1]}…"


def _guardar(
    recepcion: _Recepcion, lote: LoteDeNovedades, juicio: _Juicio, filas: Sequence[ResultadoFila]
) -> ArchivoNovedades:
    cuantas = Counter(fila.estado for fila in filas)
    guardado = guardar_archivo(recepcion.nombre, recepcion.contenido)
    try:
        with transaction.atomic():
            return ArchivoNovedades.objects.create(
                empleador_id=lote.empleador_id,
                archivo_id=guardado,
                nombre=recepcion.nombre,
                sha256=recepcion.sha256,
                tipo=lote.tipo.value,
                periodo=juicio.periodo,
                aceptadas=cuantas[ACEPTADA],
                rechazadas=cuantas[RECHAZADA],
                repetidas=cuantas[REPETIDA],
                es_continuacion=juicio.es_continuacion,
                procesado_en=Now(),
                procesado_por=recepcion.por.nombre[:LARGO_DEL_ACTOR],
                hecho_id=lote.hecho_id,
            )
    except IntegrityError as error:
        mes = juicio.periodo.en_palabras
        msg = f"Ya entró un archivo de «{lote.tipo.nombre}» de {mes}: uno por tipo y mes."
        raise TipoYaProcesado(msg) from error


def _hecho_de(archivo: ArchivoNovedades) -> ArchivoDeNovedadesProcesado:
    return ArchivoDeNovedadesProcesado(
        archivo_novedades_id=archivo.pk,
        empleador_id=archivo.empleador_id,
        nombre=archivo.nombre,
        sha256=archivo.sha256,
        tipo_novedad=archivo.tipo,
        periodo=archivo.periodo,
        aceptadas=archivo.aceptadas,
        rechazadas=archivo.rechazadas,
    )


def _anotar_rechazo(recepcion: _Recepcion, rechazo: Rechazo) -> None:
    """Leave in the history that a file came and why it was not received; nothing else of it."""
    with acto(ACTO, por=recepcion.por, fecha=recepcion.hoy, norma=NORMA) as a:
        a.declarar(
            ArchivoDeNovedadesRechazado(
                empleador_id=recepcion.empleador_id,
                nombre=recepcion.nombre,
                sha256=recepcion.sha256,
                codigo=rechazo.codigo,
                mensaje=rechazo.mensaje,
            ),
            documento_sha256=recepcion.sha256,
        )
