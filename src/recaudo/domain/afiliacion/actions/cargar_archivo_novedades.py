"""Process one batch file of events."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from recaudo.domain.afiliacion.actions._novedades import (
    CRUCE,
    Admitida,
    Lote,
    Padron,
    empleador_de,
    escribir,
    reglas_para,
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
from recaudo.norma.novedades.aceptacion import Dictamen, Reglas, juzgar
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
NORMA = "LSS art. 73"
MAXIMO_DE_BYTES = 64 * 1024 * 1024
MAXIMO_DE_LINEAS = 500_000
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
        "El archivo pasa de 64 MB o de 500 000 líneas, que es lo que se lee de una vez: "
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
    """A file of that type already entered for that month."""

    norma = _TRAMITE


@dataclass(frozen=True, slots=True)
class ResultadoArchivo:
    """What became of a file. `archivo_id` is the id of ArchivoNovedades."""

    aceptadas: int
    rechazadas: int
    filas: tuple[ResultadoFila, ...]
    archivo_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recepcion:
    """One reception: who sends what, and the reading of it."""

    contenido: bytes
    nombre: str
    sha256: str
    empleador_id: int
    por: Actor
    hoy: date


def cargar_archivo_novedades(
    *, contenido: bytes, nombre: str, empleador_id: int, por: Actor, hoy: date
) -> ResultadoArchivo:
    """This act will enter the good lines of a batch file and give back the bad ones (LSS art. 73).

    Every line gets one outcome with its number and coded reason. The whole file is refused, and
    only the reason kept, when it is empty, mixes types, names another RUC, comes outside the
    window (R-NOV-06) or its type already entered for the month (Q15: with one accepted line).
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
    try:
        return _procesar(recepcion)
    except Rechazo as rechazo:
        _anotar_rechazo(recepcion, rechazo)
        raise


def _procesar(recepcion: _Recepcion) -> ResultadoArchivo:
    lineas = recepcion.contenido.count(b"\n")
    if len(recepcion.contenido) > MAXIMO_DE_BYTES or lineas > MAXIMO_DE_LINEAS:
        raise ArchivoMuyGrande
    leido = leer_archivo(recepcion.contenido)
    parametros = cargar_parametros()
    with acto(ACTO, por=recepcion.por, fecha=recepcion.hoy, norma=NORMA) as a:
        empleador = empleador_de(recepcion.empleador_id, por=recepcion.por, bloquear=True)
        tipo = _revisar_archivo(leido, empleador, recepcion.hoy, parametros)
        reglas = reglas_para(empleador, hoy=recepcion.hoy, parametros=parametros)
        periodo = _periodo_del_archivo(leido, reglas)
        _revisar_repetido(empleador, tipo, periodo)
        admitidas, motivos = _juzgar_lineas(leido.lineas, empleador.pk, periodo, reglas)
        lote = Lote(
            tipo=tipo,
            empleador_id=empleador.pk,
            origen="BATCH",
            hoy=recepcion.hoy,
            hecho_id=a.hecho_id,
        )
        escritas = escribir(admitidas, lote)
        filas = tuple(_resultado(linea, motivos, escritas) for linea in leido.lineas)
        archivo = _guardar(recepcion, lote, periodo, filas)
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
                    for f, linea in zip(filas, leido.lineas, strict=True)
                ),
            )
        a.declarar(
            _hecho_de(archivo), provincia=empleador.canton[:2], documento_sha256=recepcion.sha256
        )
    return ResultadoArchivo(archivo.aceptadas, archivo.rechazadas, filas, archivo.pk)


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


def _revisar_repetido(empleador: Empleador, tipo: TipoNovedad, periodo: Periodo) -> None:
    previo = ArchivoNovedades.objects.filter(
        empleador=empleador, tipo=tipo.value, periodo=periodo, aceptadas__gt=0
    ).first()
    if previo is not None:
        msg = (
            f"Ya se procesó un archivo {tipo} del período {periodo} ({previo.nombre}, "
            f"líneas aceptadas: {previo.aceptadas}): se recibe uno por tipo y mes. Registre las "
            "demás novedades una por una."
        )
        raise TipoYaProcesado(msg)


def _juzgar_lineas(
    lineas: Sequence[LineaLeida], empleador_id: int, periodo: Periodo, reglas: Reglas
) -> tuple[list[Admitida], dict[int, Motivo]]:
    """Judge every line; return those that enter and the reason or warning of each that has one."""
    padron = Padron(empleador_id, [linea.aviso for linea in lineas if linea.aviso is not None])
    admitidas: list[Admitida] = []
    motivos: dict[int, Motivo] = {}
    vistos: dict[tuple[str, str], int] = {}
    for linea in lineas:
        aviso = linea.aviso
        if aviso is None:
            motivos[linea.numero] = linea.rechazo or CRUCE
            continue
        primera = vistos.setdefault((aviso.sucursal, aviso.identificacion), linea.numero)
        dictamen = _repetido_o_de_otro_mes(linea, primera, periodo, reglas) or juzgar(
            aviso, padron.situacion(aviso), reglas
        )
        if dictamen.rechazo is not None:
            motivos[linea.numero] = dictamen.rechazo
            continue
        admitidas.append(Admitida(linea.numero, aviso, dictamen))
        if avisos := [*dictamen.advertencias, *linea.advertencias]:
            frase = " ".join(motivo.mensaje for motivo in avisos)
            motivos[linea.numero] = Motivo(avisos[0].codigo, frase)
    return admitidas, motivos


def _repetido_o_de_otro_mes(
    linea: LineaLeida, primera: int, periodo: Periodo, reglas: Reglas
) -> Dictamen | None:
    aviso = linea.aviso
    if aviso is None:
        return None
    if primera != linea.numero:
        frase = f"El afiliado ya está en la línea {primera}: se envía una línea por afiliado."
        return Dictamen(rechazo=Motivo("AFILIADO_REPETIDO", frase))
    if aviso.periodo != periodo and aviso.periodo in reglas.periodos:
        frase = (
            f"El archivo es del período {periodo} y la línea dice {aviso.periodo}: envíela en el "
            "archivo de su período."
        )
        return Dictamen(rechazo=Motivo("PERIODO_DISTINTO", frase))
    return None


def _resultado(
    linea: LineaLeida, motivos: dict[int, Motivo], escritas: dict[int, int]
) -> ResultadoFila:
    """Say what became of a line: what passed the rules and was not written lost a race."""
    motivo = motivos.get(linea.numero)
    if linea.numero in escritas:
        motivo = motivo or Motivo("", "")
        return ResultadoFila(linea.numero, ACEPTADA, motivo.codigo, _recortado(motivo.mensaje))
    if motivo is None or motivo.codigo in {"TARDIA", "SEPARADOR_FINAL"}:
        motivo = CRUCE
    return ResultadoFila(linea.numero, RECHAZADA, motivo.codigo, _recortado(motivo.mensaje))


def _recortado(mensaje: str) -> str:
    return mensaje if len(mensaje) <= LARGO_DEL_MENSAJE else f"{mensaje[: LARGO_DEL_MENSAJE - 1]}…"


def _guardar(
    recepcion: _Recepcion, lote: Lote, periodo: Periodo, filas: Sequence[ResultadoFila]
) -> ArchivoNovedades:
    aceptadas = sum(1 for fila in filas if fila.estado == ACEPTADA)
    guardado = guardar_archivo(recepcion.nombre, recepcion.contenido, Now())
    try:
        with transaction.atomic():
            return ArchivoNovedades.objects.create(
                empleador_id=lote.empleador_id,
                archivo_id=guardado.pk,
                nombre=recepcion.nombre,
                sha256=recepcion.sha256,
                tipo=lote.tipo.value,
                periodo=periodo,
                aceptadas=aceptadas,
                rechazadas=len(filas) - aceptadas,
                procesado_en=Now(),
                procesado_por=recepcion.por.nombre[:LARGO_DEL_ACTOR],
                hecho_id=lote.hecho_id,
            )
    except IntegrityError as error:
        msg = f"Ya se procesó un archivo {lote.tipo} del período {periodo}: uno por tipo y mes."
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
