"""Make the roles of a database: our own server's, and an institution's by its order."""

from collections.abc import Mapping

from psycopg import sql

from recaudo.infra.papeles import CON_TABLAS_DE_PASO, Papel


def sentencias_de_papeles(base: str, claves: Mapping[Papel, str]) -> list[sql.Composed]:
    """Return what an administrator runs, connected to any database of the server, in this order.

    Each role enters with its password and is nothing else: no superuser, makes no databases nor
    roles, passes over no policy, belongs to no other. Whoever is not named does not enter `base`.
    Running it again leaves the same, with these passwords.
    """
    nombre = sql.Identifier(base)
    hechas = [sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(nombre)]
    for papel, clave in claves.items():
        rol = sql.Identifier(papel)
        hechas += [
            sql.SQL(
                "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = {}) THEN "
                "CREATE ROLE {}; END IF; END $$"
            ).format(sql.Literal(papel.value), rol),
            sql.SQL(
                "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION "
                "NOBYPASSRLS PASSWORD {}"
            ).format(rol, sql.Literal(clave)),
            sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(nombre, rol),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(nombre, rol),
        ]
        if papel in CON_TABLAS_DE_PASO:
            hechas.append(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(nombre, rol))
    return hechas
