"""Confirm a statement that another person received: it enters the books."""

from datetime import date

from django.db import connection, transaction

from recaudo.domain.recaudacion.actions._recepcion import (
    LARGO_RAZON,
    NORMA,
    abrir_asiento,
    asentar_extracto,
    bloquear_importaciones,
    motivo_de_retencion,
)
from recaudo.domain.recaudacion.batches.asiento_de_extracto import pasos_de_extracto
from recaudo.domain.recaudacion.batches.lectura import Lectura, dias_de_margen
from recaudo.domain.recaudacion.facts import (
    DeudasPagadas,
    ExtractoImportado,
    ExtractoRetenido,
)
from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.policy import es_otra_persona
from recaudo.domain.recaudacion.queries import ExtractoNoExiste, Salto, salto
from recaudo.domain.recaudacion.states import MAQUINA_EXTRACTO
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.files.almacen import abrir_contenido
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto(
    "confirmar_extracto",
    Permiso.EXTRACTO_CONFIRMAR,
    ExtractoImportado,
    ExtractoRetenido,
    DeudasPagadas,
)


class ConfirmaQuienImporto(Rechazo):
    """Four eyes: who brought the file does not confirm it (S03)."""

    mensaje = "Confirma una persona distinta de la que importó el archivo. Pídaselo a otra."
    norma = NORMA


class ExtractoNoSeConfirma(Rechazo):
    """It is held, or somebody decided about it before."""

    norma = NORMA


class ConfirmacionSinRazon(Rechazo):
    """What is written as a reason says something, and all of it is kept."""

    mensaje = f"Escriba una razón con palabras, en {LARGO_RAZON} letras como máximo."
    norma = NORMA


class ExtractoNoEncadena(Rechazo):
    """It does not open where the one before closed: whoever posts it says why."""

    norma = NORMA

    @classmethod
    def de(cls, salto: Salto) -> "ExtractoNoEncadena":
        """Say by how much, and after which."""
        return cls(
            f"El extracto abre con {salto.formato()} que el cierre del extracto {salto.anterior_id}"
            ". Si falta un extracto entre los dos, confírmelo antes; si no llegará, escriba la "
            "razón por la que este se asienta así."
        )


def confirmar_extracto(*, extracto_id: int, por: Actor, hoy: date, razon: str = "") -> Extracto:
    """This act will post a statement received by somebody else (C.D. 497 2.3.2.1, four eyes).

    The kept bytes are read again, and each line gets its outcome. One that brings money which the
    balances of the bank deny is held instead. `razon` is for one that does not open where the one
    before closed. Raises ExtractoNoExiste, ExtractoNoSeConfirma, ConfirmaQuienImporto,
    ConfirmacionSinRazon, ExtractoNoEncadena, SinPermiso.
    """
    por.exigir(Permiso.EXTRACTO_CONFIRMAR)
    razon = " ".join(razon.split())
    if razon and not es_razon(razon, hasta=LARGO_RAZON):
        raise ConfirmacionSinRazon
    with transaction.atomic(), connection.cursor() as cursor:
        bloquear_importaciones(cursor)
        fila = Extracto.objects.select_for_update(of=("self",)).filter(pk=extracto_id).first()
        if fila is None:
            raise ExtractoNoExiste
        if ACTO.nombre not in MAQUINA_EXTRACTO.actos_desde(fila.estado):
            msg = f"El extracto está {fila.estado.replace('_', ' ')}: no se puede confirmar."
            raise ExtractoNoSeConfirma(msg)
        if not es_otra_persona(por, fila.recibido_por_id):
            raise ConfirmaQuienImporto
        if (hueco := salto(fila)) is not None:
            if not razon:
                raise ExtractoNoEncadena.de(hueco)
            Extracto.objects.filter(pk=fila.pk).update(razon=razon)
        with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
            archivo = fila.archivo_id
            pasos = pasos_de_extracto(cursor)
            lectura = Lectura(
                pasos, lambda: abrir_contenido(archivo), formato=fila.formato,
                margen=dias_de_margen(fila.recibido_el),
            )  # fmt: skip
            leido = lectura.extractos[fila.orden - 1]
            retencion, cuenta = motivo_de_retencion(leido)
            if retencion or cuenta is None:
                msg = "El extracto contradice sus propios totales, o su cuenta no es conocida."
                raise ExtractoNoSeConfirma(msg)
            lectura.poner(leido)
            asiento = abrir_asiento(pasos, a, fila.formato, cuenta)
            asiento.decidir(leido)
            asentar_extracto(cursor, a, asiento, fila, leido)
    return fila
