"""Propose what a debit of the bank was."""

from datetime import date

from recaudo.domain.recaudacion.actions._recepcion import LARGO_RAZON, NORMA
from recaudo.domain.recaudacion.facts import AclaracionPropuesta
from recaudo.domain.recaudacion.models import AclaracionDeCargo, LineaExtracto
from recaudo.domain.recaudacion.queries import CargoVisto, cargo
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto("proponer_aclaracion", Permiso.CARGO_ACLARAR, AclaracionPropuesta)
Destino = AclaracionDeCargo.Destino


class CargoYaAclarado(Rechazo):
    """Nothing of the debit is left to clear up."""

    mensaje = "De ese débito no falta nada por aclarar."
    norma = NORMA


class YaHayPropuesta(Rechazo):
    """A proposal waits for another person."""

    mensaje = "Ya hay una propuesta sobre ese débito: otra persona debe aprobarla o devolverla."
    norma = NORMA


class AclaracionSinRazon(Rechazo):
    """Money never leaves the account to clear up without saying why."""

    mensaje = "Escriba con qué respaldo se sabe qué fue el débito, en 400 letras como máximo."
    norma = NORMA


class ContrapartidaQueNoEs(Rechazo):
    """What is named does not offset the debit."""

    mensaje = "Elija un crédito de la lista: debe estar en espera y tener el importe que falta."
    norma = NORMA


class CreditoQueNoEs(Rechazo):
    """The credit named is not one that the debit can have taken back."""

    mensaje = (
        "Elija un crédito de la lista: de la misma cuenta, por el mismo importe y sin deshacer."
    )
    norma = NORMA


def proponer_aclaracion(
    *, cargo_id: int, destino: str, por: Actor, hoy: date, razon: str, contra: int | None = None
) -> AclaracionDeCargo:
    """This act will propose what a booked debit was; another person approves it (S03).

    COMISION: an expense. CONTRAPARTIDA: the money of an open value, `contra` (a transfer between
    own accounts, or the bank gave it back). REVERSO: the bank took back the entry whose line is
    `contra`. Raises CargoNoExiste, CargoYaAclarado, YaHayPropuesta, AclaracionSinRazon,
    ContrapartidaQueNoEs, CreditoQueNoEs, SinPermiso.
    """
    por.exigir(Permiso.CARGO_ACLARAR)
    razon = " ".join(razon.split())
    if not es_razon(razon, hasta=LARGO_RAZON):
        raise AclaracionSinRazon
    if por.id is None:
        raise SinPermiso
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        list(LineaExtracto.objects.select_for_update().filter(pk=cargo_id).values_list("id"))
        visto = cargo(cargo_id)
        if not visto.falta:
            raise CargoYaAclarado
        if visto.propuesta is not None:
            raise YaHayPropuesta
        _exigir_contra(visto, Destino(destino), contra)
        fila = AclaracionDeCargo.objects.create(
            cargo_id=cargo_id, destino=destino, importe=visto.falta, razon=razon,
            contra_id=contra if destino != Destino.COMISION else None,
            propuesta_por=por.id, propuesta_por_nombre=por.nombre, propuesta_el=hoy,
            hecho_id=a.hecho_id,
        )  # fmt: skip
        a.declarar(
            AclaracionPropuesta(cargo_id, fila.pk, str(Destino(destino).label), visto.falta, razon)
        )
    return fila


def _exigir_contra(
    visto: CargoVisto, destino: AclaracionDeCargo.Destino, contra: int | None
) -> None:
    if destino == Destino.CONTRAPARTIDA and contra not in {c.id for c in visto.contrapartidas}:
        raise ContrapartidaQueNoEs
    if destino == Destino.REVERSO and contra not in {c.id for c in visto.reversables}:
        raise CreditoQueNoEs
