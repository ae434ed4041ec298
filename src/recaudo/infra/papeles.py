"""The roles of the database besides its owner (ADR 0018). No Django: a launcher asks."""

import os
from enum import StrEnum

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class Papel(StrEnum):
    """A role of the database that owns nothing; its value is its name there."""

    #: Serves pages: adds and changes what each table grants; makes no table at all.
    WEB = "recaudo_web"
    #: The worker and the batches.
    LOTES = "recaudo_lotes"
    #: Reads, but passwords, sessions and attempts to enter.
    INFORMES = "recaudo_informes"
    #: Reads everything.
    AUDITOR = "recaudo_auditor"


#: Who may make passing tables.
CON_TABLAS_DE_PASO = (Papel.LOTES,)

_DE_ESTE_PROCESO = "RECAUDO_PAPEL"


def papel_de_este_proceso() -> Papel | None:
    """Return the role with which this process enters the database; None is the owner.

    `RECAUDO_PAPEL` says it: web, lotes, informes or auditor. Each order chooses its own.
    """
    dicho = os.environ.get(_DE_ESTE_PROCESO, "")
    return Papel(f"recaudo_{dicho}") if dicho else None


def variable_de(papel: Papel) -> str:
    """Return the name of the variable of the environment with the URL of a role."""
    return f"RECAUDO_BASE_{papel.removeprefix('recaudo_').upper()}"


def variables_para(url: str) -> dict[str, str]:
    """Return the variables with which a process enters the database of `url` and no other.

    Of the roles, those whose name and password the environment knows.
    """
    variables = {"DATABASE_URL": url}
    for papel in Papel:
        if suya := os.environ.get(variable_de(papel)):
            quien = conninfo_to_dict(suya)
            variables[variable_de(papel)] = make_conninfo(
                url, user=quien["user"], password=quien.get("password")
            )
    return variables


def vestirse(papel: Papel) -> bool:
    """Let this process, and those it starts, be that role of the database from here on.

    The URL of the owner and those of the other roles leave the environment. False, and nothing
    changes, when the environment has no URL for that role.
    """
    url = os.environ.get(variable_de(papel))
    if not url:
        return False
    for otro in Papel:
        os.environ.pop(variable_de(otro), None)
    os.environ["DATABASE_URL"] = url
    os.environ[_DE_ESTE_PROCESO] = papel.removeprefix("recaudo_")
    return True
