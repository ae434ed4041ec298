"""What the role of a process may do in its server that no role of the house may. No Django."""

from typing import Final

import psycopg

_PREGUNTA: Final = """
SELECT r.rolsuper, r.rolcreatedb, r.rolcreaterole, r.rolbypassrls, r.rolreplication,
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p', 'v')
                 AND c.relnamespace = 'public'::regnamespace),
       EXISTS (SELECT 1 FROM pg_database d WHERE d.datname = current_database()
                 AND pg_has_role(r.oid, d.datdba, 'MEMBER')),
       EXISTS (SELECT 1 FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                WHERE m.member = r.oid AND g.rolname LIKE 'pg\\_%'),
       has_schema_privilege(r.oid, 'public', 'CREATE')
  FROM pg_roles r WHERE r.rolname = current_user
"""
_DICHOS: Final = (
    "es superusuario", "crea bases", "crea papeles", "pasa sobre las políticas de filas",
    "copia el servidor", "es dueño de tablas", "puede hacerse dueño", "es de un papel del sistema",
    "crea tablas",
)  # fmt: skip


class PapelConPoderes(Exception):
    """RAISED in production when a process enters as a role that may more: its text says what."""


def poderes_de_mas(url: str) -> list[str]:
    """Return what the role of that URL may do and should not, in Spanish; nothing is as it must."""
    with psycopg.connect(url, autocommit=True) as conexion:
        fila = conexion.execute(_PREGUNTA).fetchone() or ()
    return [dicho for dicho, tiene in zip(_DICHOS, fila, strict=True) if tiene]
