"""Post one entry."""

from collections.abc import Sequence

from django.db import connection

from recaudo.domain.contabilidad.plan_contable import Pata
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

_INSERTAR = """
WITH asiento AS (
    INSERT INTO contabilidad_asiento_corriente
        (lote, fecha, concepto, origen_tipo, origen_id, provincia, hecho_id)
    VALUES (0, %(fecha)s, %(concepto)s, %(tipo)s, %(origen)s, %(provincia)s, %(hecho)s)
    RETURNING id
), patas AS (
    INSERT INTO contabilidad_partida_corriente
        (lote, asiento_id, linea, cuenta_id, debe, haber, obligacion_id)
    SELECT 0, asiento.id, p.linea, c.id, p.debe, p.haber, p.obligacion_id
      FROM asiento,
           unnest(%(cuentas)s::text[], %(debes)s::bigint[], %(haberes)s::bigint[],
                  %(obligaciones)s::bigint[])
           WITH ORDINALITY AS p (codigo, debe, haber, obligacion_id, linea)
      JOIN contabilidad_cuenta c ON c.codigo = p.codigo
    RETURNING 1
)
SELECT (SELECT id FROM asiento), (SELECT count(*) FROM patas)
"""


class AsientoDescuadrado(Rechazo):
    """The legs of an entry do not balance, are fewer than two, or have an impossible side."""

    mensaje = "El asiento no cuadra: revise los importes del debe y del haber."
    norma = "C.D. 497 DG 7.ª"


class CuentaDesconocida(Rechazo):
    """A leg names an account that the chart does not have."""

    mensaje = "El plan de cuentas no tiene una de las cuentas del asiento."
    norma = "C.D. 497 DG 7.ª"


def asentar(
    *,
    acto: ActoAbierto,
    concepto: str,
    origen: tuple[str, int],
    provincia: str,
    patas: Sequence[Pata],
) -> int:
    """This act will post one balanced entry, dated on the act's business date (C.D. 497 DG 7.ª).

    `origen` is the kind and id of what caused it; `provincia` the two digits of the DPA. Legs are
    in USD, each on one side. Returns the number of the entry. Refuses AsientoDescuadrado and
    CuentaDesconocida; the database checks the balance again at the end of the transaction.
    """
    _exigir_cuadre(patas)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERTAR,
            {
                "fecha": acto.fecha,
                "concepto": concepto,
                "tipo": origen[0],
                "origen": origen[1],
                "provincia": provincia,
                "hecho": acto.hecho_id,
                "cuentas": [p.cuenta for p in patas],
                "debes": [p.debe.centavos for p in patas],
                "haberes": [p.haber.centavos for p in patas],
                "obligaciones": [p.obligacion_id for p in patas],
            },
        )
        asiento, escritas = cursor.fetchone()
    if escritas != len(patas):
        msg = f"El asiento nombra una cuenta que no está en el plan: {[p.cuenta for p in patas]}."
        raise CuentaDesconocida(msg)
    return int(asiento)


def _exigir_cuadre(patas: Sequence[Pata]) -> None:
    """Refuse what the database would refuse later, with a sentence."""
    if len(patas) < 2:
        msg = "Un asiento tiene al menos dos partidas."
        raise AsientoDescuadrado(msg)
    for pata in patas:
        lados = (pata.debe, pata.haber)
        if min(lados) < Dinero.CERO or bool(pata.debe) == bool(pata.haber):
            msg = f"La cuenta {pata.cuenta} necesita un importe positivo en un solo lado."
            raise AsientoDescuadrado(msg)
    debe, haber = (
        sum((p.debe for p in patas), Dinero.CERO),
        sum((p.haber for p in patas), Dinero.CERO),
    )
    if debe != haber:
        msg = f"El asiento no cuadra: debe {debe}, haber {haber}."
        raise AsientoDescuadrado(msg)
