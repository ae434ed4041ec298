"""What the act that enters a file thinks of each line: it enters, it is back, it already was.

Not an act: it reads and writes nothing.
"""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from recaudo.domain.afiliacion.actions._novedades import (
    CRUCE,
    Admitida,
    Padron,
    aaaamm,
    centavos,
    consulta,
)
from recaudo.domain.afiliacion.models import ArchivoNovedades, Empleador
from recaudo.infra.files.formatos.iess_batch import ArchivoLeido, LineaLeida
from recaudo.kernel.period import Periodo
from recaudo.norma.novedades.aceptacion import Dictamen, Reglas, juzgar
from recaudo.norma.novedades.avisos import Aviso, Motivo, TipoNovedad


def recibidos(
    empleador: Empleador, tipo: TipoNovedad, periodo: Periodo
) -> QuerySet[ArchivoNovedades]:
    """Return the files of that type and month of which something entered, the first one first."""
    return ArchivoNovedades.objects.filter(
        empleador=empleador, tipo=tipo.value, periodo=periodo, aceptadas__gt=0
    ).order_by("id")


def misma_recepcion(empleador_id: int, sha256: str) -> int | None:
    """Return the id of the reception of these very bytes, or None."""
    mismas = ArchivoNovedades.objects.filter(empleador_id=empleador_id, sha256=sha256)
    return mismas.order_by("id").values_list("pk", flat=True).first()


Clave = tuple[str, str, int | None, int | None, str, date | None]
#: Of these kinds the day of the fact is written in the line; of the others it is that of the file.
_CON_FECHA = frozenset({TipoNovedad.ENT, TipoNovedad.SAL, TipoNovedad.MND})


def ya_registradas(empleador_id: int, tipo: TipoNovedad, periodo: Periodo) -> Mapping[Clave, date]:
    """Return the events of a kind and month that are in force, with the day each was entered.

    An entry counts while its employment is open, and a salary while it is the one in force: what
    came after them may ask for the same again.
    """
    filas = consulta(
        """
        SELECT p.identificacion, s.codigo, n.valor, n.dias, n.causa, n.fecha_hecho,
               min(n.fecha_registro)
          FROM afiliacion_novedad n
          JOIN afiliacion_persona p ON p.id = n.persona_id
          JOIN afiliacion_sucursal s ON s.id = n.sucursal_id
          JOIN afiliacion_relacionlaboral r ON r.id = n.relacion_id
         WHERE n.empleador_id = %(empleador)s AND n.tipo = %(tipo)s AND n.periodo = %(periodo)s
           AND n.estado = 'registrada'
           AND (n.tipo <> 'ENT' OR upper_inf(r.vigencia))
           AND (n.tipo <> 'MSU' OR (r.sueldo = n.valor AND r.sueldo_desde = n.periodo))
         GROUP BY 1, 2, 3, 4, 5, 6
        """,
        {"empleador": empleador_id, "tipo": tipo.value, "periodo": aaaamm(periodo)},
    )
    con_fecha = tipo in _CON_FECHA
    return {
        (persona, sucursal, valor, dias, causa, hecho if con_fecha else None): registro
        for persona, sucursal, valor, dias, causa, hecho, registro in filas
    }


def clave_de(aviso: Aviso) -> Clave:
    """Return what makes two events of one kind and month the same."""
    return (
        aviso.identificacion, aviso.sucursal, centavos(aviso.valor), aviso.dias, aviso.causa,
        aviso.fecha if aviso.tipo in _CON_FECHA else None,
    )  # fmt: skip


def juzgar_lineas(
    leido: ArchivoLeido, empleador_id: int, tipo: TipoNovedad, periodo: Periodo, reglas: Reglas
) -> tuple[list[Admitida], dict[int, Motivo], frozenset[int]]:
    """Judge every line: those that enter, the reason or warning of each, those already entered."""
    lineas = leido.lineas
    padron = Padron(empleador_id, [linea.aviso for linea in lineas if linea.aviso is not None])
    registradas = ya_registradas(empleador_id, tipo, periodo)
    admitidas: list[Admitida] = []
    motivos: dict[int, Motivo] = {}
    repetidas: set[int] = set()
    vistos: dict[tuple[str, str], int] = {}
    for linea in lineas:
        aviso = linea.aviso
        if aviso is None:
            motivos[linea.numero] = linea.rechazo or CRUCE
            continue
        primera = vistos.setdefault((aviso.sucursal, aviso.identificacion), linea.numero)
        dictamen = _repetido_o_de_otro_mes(linea, primera, periodo, reglas)
        desde = None if dictamen or aviso.periodo != periodo else registradas.get(clave_de(aviso))
        if desde is not None:
            repetidas.add(linea.numero)
            motivos[linea.numero] = _ya_registrada(desde)
            continue
        dictamen = dictamen or juzgar(aviso, padron.situacion(aviso), reglas)
        if dictamen.rechazo is not None:
            motivos[linea.numero] = dictamen.rechazo
            continue
        admitidas.append(Admitida(linea.numero, aviso, dictamen))
        if avisos := [*dictamen.advertencias, *linea.advertencias]:
            frase = " ".join(motivo.mensaje for motivo in avisos)
            motivos[linea.numero] = Motivo(avisos[0].codigo, frase)
    return admitidas, motivos, frozenset(repetidas)


def _ya_registrada(desde: date) -> Motivo:
    return Motivo(
        "YA_REGISTRADA", f"Ya registrada el {desde:%d/%m/%Y}: no cambia nada. No la envíe otra vez."
    )


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
