"""What is sealed: every table of the house, but for the columns that its model lets an act change.

Said once, beside the model (`@concede(cambian=…)`): what some role may change, an act does; the
rest is fixed from the moment a row is kept, and the audit proves it (`infra/audit/sellos.py`). A
new room is sealed without touching this file, by its whole number `id`. Here is what differs.
"""

from typing import Final

from django.apps import apps

from recaudo.infra.audit.sellos import Sellada
from recaudo.infra.security.concesiones import concesiones

#: Tables whose rows are proved otherwise, or prove nothing.
NO_SELLADAS: Final = {
    "audit_encurso": "lives as long as its transaction",
    "audit_estadopaso": "compared with the code and signed (S12)",
    "audit_reloj": "the date of a demonstration",
    "audit_sellodefilas": "the seals themselves: each names the one before",
    "contabilidad_asiento": "the ledger has seals of its own (D12)",
    "contabilidad_asiento_corriente": "the same",
    "contabilidad_partida": "the same",
    "contabilidad_partida_corriente": "the same",
    "contabilidad_porrevisar": "lives as long as its transaction",
    "contabilidad_cuenta": "compared with the code and signed (S12)",
    "documents_numeracion": "proved by what carries its numbers (D33)",
    "files_archivodepaso": "what somebody is still sending",
    "files_piezadearchivo": "bytes, proved by the digest of their file (S10)",
    "organizacion_provincia": "compared with the code and signed (S12)",
    "organizacion_canton": "the same",
    "planillas_planillalinea_corriente": "read with the table it is part of",
    "plazos_plazopendiente": "what waits: a copy of what is sealed, made to be forgotten",
    "recaudacion_detallevivo": "the same",
    "recaudacion_piezacontada": "counts, computed again (D06)",
    "security_aparato": "who entered from where: forgotten in time",
    "security_formulariohecho": "forgotten in time",
    "security_intentodeentrada": "forgotten in time",
    "security_lugarconocido": "forgotten in time",
    "security_sesion": "forgotten when it ends",
}
#: Not of the house: of Django and of the queue.
AJENAS: Final = ("auth_", "django_", "procrastinate_")
#: Columns that no role may change and are not sealed: bytes, proved by their digest (S10).
APARTE: Final = {"documents_documento": {"contenido"}, "documents_dibujo": {"bytes"}}
#: Changed only by the act in which the row is born, before anything seals it.
AL_NACER: Final = frozenset({"planillas_emisionlote"})
#: The whole number that puts the rows of a table in stretches, where it is not `id`.
CLAVES: Final = {
    "planillas_tarifaresiduo": "tarifa_id",
    "planillas_planilla": "obligacion_id",
    "planillas_planillalinea": "planilla_id",
    "cartera_diacerrado": "fecha - DATE '1970-01-01'",
    "recaudacion_aplicacion": "pago_id",
    "recaudacion_aplicacionrubro": "pago_id",
    "recaudacion_reversobancario": "hecho_id",
    "recaudacion_dinerodeclarado": "hecho_id",
    "recaudacion_declaracionrevertida": "hecho_id",
}
#: Whose last key is also the last of another table, which has no index that tells it.
COMO: Final = {
    "planillas_planillalinea": "planillas_planilla",
    "recaudacion_aplicacion": "recaudacion_pago",
    "recaudacion_aplicacionrubro": "recaudacion_pago",
}


def tablas_selladas() -> tuple[Sellada, ...]:
    """Return the tables that are sealed, by name; LookupError when what is said here is not there.

    LookupError also names a table that has no `id` and of which nobody says how it is stretched.
    """
    dichas = {t: c for t, c in concesiones().items() if not t.startswith(AJENAS)}
    sobran = ({*NO_SELLADAS, *APARTE, *AL_NACER, *CLAVES, *COMO}) - dichas.keys()
    metas = [modelo._meta for modelo in apps.get_models()]  # noqa: SLF001 - documented API
    con_id = {m.db_table for m in metas if any(campo.column == "id" for campo in m.fields)}
    selladas = sorted(dichas.keys() - NO_SELLADAS.keys())
    sin_clave = [t for t in selladas if t not in CLAVES and t not in con_id]
    if sobran or sin_clave:
        mensaje = f"sealed tables: {sorted(sobran)} are not there, {sin_clave} say no key"
        raise LookupError(mensaje)
    return tuple(
        Sellada(
            tabla,
            frozenset(() if tabla in AL_NACER else dichas[tabla].cambian)
            | APARTE.get(tabla, frozenset()),
            CLAVES.get(tabla, "id"),
            COMO.get(tabla, ""),
        )
        for tabla in selladas
    )
