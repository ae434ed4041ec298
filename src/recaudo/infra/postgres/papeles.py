"""Make the roles of a database: our own server's, and an institution's by its order."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from recaudo.infra.papeles import CON_TABLAS_DE_PASO, Papel, variable_de


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


class PapelesMalDichos(ValueError):
    """RAISED when the URLs of an installation do not name its database and roles; in Spanish."""


@dataclass(frozen=True, slots=True)
class Instalacion:
    """A database of an institution: its name, its owner, and the password of each role."""

    base: str
    dueno: str
    clave_del_dueno: str
    claves: Mapping[Papel, str]


def leer_instalacion(dueno: str, papeles: Mapping[Papel, str]) -> Instalacion:
    """Read the URLs of the owner and of each role; PapelesMalDichos says all that is wrong."""
    suya = conninfo_to_dict(dueno)
    base, faltas, claves = str(suya.get("dbname", "")), [], {}
    if not base or not suya.get("user") or not suya.get("password"):
        faltas.append("DATABASE_URL debe nombrar la base, su dueño y su clave")
    for papel in Papel:
        partes = conninfo_to_dict(papeles.get(papel, ""))
        if partes.get("user") != papel or not partes.get("password"):
            faltas.append(f"{variable_de(papel)} debe entrar como {papel}, con su clave")
        elif partes.get("dbname") != base:
            faltas.append(f"{variable_de(papel)} es de otra base que DATABASE_URL")
        claves[papel] = str(partes.get("password", ""))
    if faltas:
        mensaje = f"No se tocó nada: {'; '.join(faltas)}."
        raise PapelesMalDichos(mensaje)
    return Instalacion(base, str(suya["user"]), str(suya["password"]), claves)


def crear_papeles(administrador: str, instalacion: Instalacion) -> list[str]:
    """Make the owner, its database and the roles, or leave them as they must be; say what was done.

    `administrador` is the URL of who may create roles and databases. Passwords travel digested
    (SCRAM): neither the network nor the log of the server sees one.
    """
    hechas = []
    with psycopg.connect(administrador, autocommit=True) as conexion:
        digerida = conexion.pgconn.encrypt_password

        def de(papel: str, clave: str) -> str:
            return digerida(clave.encode(), papel.encode(), b"scram-sha-256").decode()

        dueno, base = instalacion.dueno, instalacion.base
        if not _hay(conexion, "SELECT 1 FROM pg_roles WHERE rolname = %s", dueno):
            conexion.execute(
                sql.SQL(
                    "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION "
                    "NOBYPASSRLS PASSWORD {}"
                ).format(sql.Identifier(dueno), sql.Literal(de(dueno, instalacion.clave_del_dueno)))
            )
            hechas.append(f"creado el dueño {dueno}")
        if not _hay(conexion, "SELECT 1 FROM pg_database WHERE datname = %s", base):
            conexion.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(base), sql.Identifier(dueno)
                )
            )
            hechas.append(f"creada la base {base}")
        claves = {papel: de(papel, clave) for papel, clave in instalacion.claves.items()}
        for sentencia in sentencias_de_papeles(base, claves):
            conexion.execute(sentencia)
        hechas += [f"listo el papel {papel}" for papel in claves]
    return hechas


def _hay(conexion: psycopg.Connection, pregunta: str, nombre: str) -> bool:
    return conexion.execute(pregunta, [nombre]).fetchone() is not None
