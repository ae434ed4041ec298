"""Who runs the server: PostgreSQL refuses root, so root lends it an existing account.

No account is ever created and no permission of a parent directory is ever changed: what
the account cannot reach is put, or copied, where it can.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recaudo.infra.postgres.errors import ServidorNoDisponible

_CANDIDATES = ("postgres", "nobody")
_DROPPED = ("LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES")


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what would bend the server or its tools.

    Every ``PG*`` name goes (``PGPORT`` would rename the socket) and so do the names that
    replace shared libraries; the locale is fixed so that messages and sorting are too.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PG") and name not in _DROPPED
    }
    return kept | {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Account:
    """The account of the server, and whether running as it means leaving root."""

    uid: int
    gid: int
    drops_root: bool

    def run(
        self, command: Sequence[str | Path], *, cwd: Path = Path("/")
    ) -> subprocess.CompletedProcess[str]:
        """Run ``command`` as the account, with a clean environment and a private umask.

        The result is returned whatever its exit code: the caller judges it.
        """
        words = [str(word) for word in command]
        environment = clean_environment()
        if self.drops_root:
            return subprocess.run(
                words,
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                umask=0o077,
                user=self.uid,
                group=self.gid,
                extra_groups=[],
            )
        return subprocess.run(
            words,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            umask=0o077,
        )

    def can(self, question: str, path: Path) -> bool:
        """Ask the system itself (``test -r``, ``-x``) whether the account reaches ``path``."""
        return self.run(["test", question, path]).returncode == 0

    def own(self, path: Path) -> None:
        """Hand one file or directory of ours to the account; nothing to do unless root."""
        if self.drops_root:
            os.chown(path, self.uid, self.gid)


def account_for(directory: Path) -> Account:
    """Return the account that runs the server whose files are, or will be, in ``directory``.

    A plain user runs it as itself. Root uses the owner of an existing directory, else the
    first of ``postgres`` and ``nobody`` that the machine has.
    Refuses with ``ServidorNoDisponible`` when the machine has neither.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), drops_root=False)
    if directory.is_dir() and (owner := directory.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, drops_root=True)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, drops_root=True)
    message = (
        "PostgreSQL no se ejecuta como root y esta máquina no tiene las cuentas "
        "«postgres» ni «nobody». Ejecute el programa con un usuario común o indique su "
        "propio servidor en DATABASE_URL."
    )
    raise ServidorNoDisponible(message)
