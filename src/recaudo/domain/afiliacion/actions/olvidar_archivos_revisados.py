"""Delete the files of novedades that somebody looked at and never registered."""

from datetime import date

from django.db import transaction

from recaudo.domain.afiliacion.facts import ArchivosRevisadosOlvidados
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.files.de_paso import hay_por_olvidar, olvidar_de_paso
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("olvidar_archivos_revisados", Permiso.CARTERA_CERRAR_DIA, ArchivosRevisadosOlvidados)


def olvidar_archivos_revisados(*, fecha: date, por: Actor) -> int:
    """This act will delete what was looked at more than two weeks before `fecha`, the closing date.

    They hold names and salaries of persons, and nothing came of them: what is registered is kept
    apart by its own act. Running it again changes nothing. Returns how many. Raises SinPermiso.
    """
    with transaction.atomic():
        if not hay_por_olvidar(fecha=fecha):
            return 0
        norma = "Ley Orgánica de Protección de Datos Personales"
        with acto(ACTO, por=por, fecha=fecha, norma=norma) as a:
            cuantos = olvidar_de_paso(fecha=fecha)
            a.declarar(ArchivosRevisadosOlvidados(fecha=fecha, cuantos=cuantos))
    return cuantos
