"""Enter one event by hand."""

from datetime import date

from recaudo.domain.afiliacion.actions._novedades import (
    CRUCE,
    Admitida,
    LoteDeNovedades,
    Padron,
    empleador_de,
    escribir,
    reglas_para,
)
from recaudo.domain.afiliacion.facts import NovedadRegistrada
from recaudo.domain.afiliacion.models import Novedad
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.letras import nombre_registrable
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.novedades.aceptacion import juzgar
from recaudo.norma.novedades.avisos import Aviso, Motivo
from recaudo.norma.parametros import cargar_parametros

ACTO = Acto("registrar_novedad", Permiso.NOVEDADES_CARGAR, NovedadRegistrada)


class NovedadRechazada(Rechazo):
    """An event does not enter: its code and sentence are those of the line of a file."""

    norma = "LSS art. 73"

    @classmethod
    def por(cls, motivo: Motivo) -> "NovedadRechazada":
        """Build it from the reason."""
        return cls(motivo.mensaje, codigo=motivo.codigo)


def registrar_novedad(
    *, aviso: Aviso, empleador_id: int, por: Actor, hoy: date, nombre: str = ""
) -> Novedad:
    """This act will enter one event with its effect on the employment (LSS art. 73; R-NOV-02, 04).

    The rules are those of a line of a batch file; the window of files does not apply. `nombre` is
    kept for a person who is new. Refuses with NovedadRechazada, and a name that no document could
    draw (LetraNoAdmitida, NombreSinLetras, NombreMuyLargo); late events enter marked.
    """
    parametros = cargar_parametros()
    with acto(ACTO, por=por, fecha=hoy, norma="LSS art. 73") as a:
        empleador = empleador_de(empleador_id, por=por, bloquear=True)
        reglas = reglas_para(empleador, hoy=hoy, parametros=parametros)
        dictamen = juzgar(aviso, Padron(empleador_id, [aviso]).situacion(aviso), reglas)
        if dictamen.rechazo is not None:
            raise NovedadRechazada.por(dictamen.rechazo)
        lote = LoteDeNovedades(
            tipo=aviso.tipo,
            empleador_id=empleador_id,
            origen="EMPLEADOR" if por.ve_lo_propio_de(empleador_id) else "IESS",
            hoy=hoy,
            hecho_id=a.hecho_id,
        )
        llamada = nombre_registrable(nombre, que="El nombre del trabajador", largo=160)
        escritas = escribir([Admitida(1, aviso, dictamen, llamada)], lote)
        if not escritas:
            raise NovedadRechazada.por(CRUCE)
        novedad = Novedad.objects.get(pk=escritas[1])
        a.declarar(
            NovedadRegistrada(
                novedad_id=novedad.pk,
                empleador_id=empleador_id,
                nombre=aviso.tipo.nombre,
                identificacion=aviso.identificacion,
                periodo=aviso.periodo,
                es_tardia=novedad.es_tardia,
            ),
            provincia=empleador.canton[:2],
        )
    return novedad
