"""Where the data of a server lies on this machine, and what each file in it is called."""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from recaudo.infra.postgres.account import Account, account_for
from recaudo.infra.postgres.errors import ServidorNoDisponible

# A UNIX socket's path has 107 usable bytes on Linux and 103 on macOS; the name takes 18.
_LONGEST_SOCKET_DIRECTORY = 80
_SHARED_ROOT = Path("/var/lib/recaudo")


@dataclass(frozen=True)
class Places:
    """The private directory of one server.

    ``cluster`` is PostgreSQL's own; ``password`` opens the program's role and
    ``admin_password`` the superuser's; ``lock`` serialises those who start and stop it.
    """

    root: Path

    @property
    def cluster(self) -> Path:
        return self.root / "cluster"

    @property
    def password(self) -> Path:
        return self.root / "clave"

    @property
    def admin_password(self) -> Path:
        return self.root / "clave-administrador"

    def password_of(self, papel: str) -> Path:
        """The file with the password of one of the other roles."""
        return self.root / f"clave-{papel.removeprefix('recaudo_')}"

    @property
    def lock(self) -> Path:
        return self.root / "cerrojo"

    @property
    def users(self) -> Path:
        """What each process that uses the server holds locked while it lives."""
        return self.root / "en-uso"

    @property
    def log(self) -> Path:
        return self.root / "servidor.log"

    @property
    def _moved_socket(self) -> Path:
        return self.root / "socket-en"

    @property
    def socket(self) -> Path:
        """The directory of the socket: inside ``root``, or a short private one elsewhere."""
        inside = self.root / "socket"
        if len(os.fsencode(inside)) <= _LONGEST_SOCKET_DIRECTORY:
            return inside
        try:
            return Path(self._moved_socket.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return inside

    def prepare_socket(self, account: Account) -> Path:
        """Create the socket's directory, private to ``account``, and return it."""
        directory = self.socket
        if len(os.fsencode(directory)) > _LONGEST_SOCKET_DIRECTORY or not (
            directory.parent == self.root or _is_private(directory, account)
        ):
            directory = Path(tempfile.mkdtemp(prefix="recaudo-"))
            self._moved_socket.write_text(str(directory), encoding="utf-8")
        directory.mkdir(mode=0o700, exist_ok=True)
        account.own(directory)
        return directory


def _is_private(directory: Path, account: Account) -> bool:
    """Whether ``directory`` is a real directory that only ``account`` can enter."""
    try:
        found = directory.lstat()
    except FileNotFoundError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == account.uid
        and stat.S_IMODE(found.st_mode) == 0o700
    )


def checkout_root() -> Path | None:
    """Return the root of the source tree this code runs from; ``None`` when installed."""
    root = Path(__file__).resolve().parents[4]
    is_checkout = (root / "pyproject.toml").is_file() and (root / "src" / "recaudo").is_dir()
    return root if is_checkout else None


def default_root() -> Path:
    """Return ``var/postgres`` of the source tree, else the user's own state directory."""
    checkout = checkout_root()
    if checkout is not None:
        return checkout / "var" / "postgres"
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "recaudo" / "postgres"


def locate(data: Path | None) -> tuple[Places, Account]:
    """Return where the server's files go, creating the directory, and who runs it.

    When root lends an account that cannot reach the wanted directory (a private home), the
    files go under ``/var/lib/recaudo`` instead, in a directory named after the wanted one;
    parents keep the permissions they had.
    Refuses with ``ServidorNoDisponible`` when the directory cannot be written.
    """
    wanted = (data or default_root()).absolute()
    try:
        account = account_for(wanted)
        wanted.parent.mkdir(parents=True, exist_ok=True)
        if account.drops_root and not account.can("-x", wanted.parent):
            digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
            if not _SHARED_ROOT.is_dir():
                _SHARED_ROOT.mkdir(parents=True)
                _SHARED_ROOT.chmod(0o755)
            wanted = _SHARED_ROOT / f"{wanted.name}-{digest}"
            account = account_for(wanted)
        if not wanted.is_dir():
            wanted.mkdir(mode=0o700, exist_ok=True)
            account.own(wanted)
        if not os.access(wanted, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(wanted)
    except (PermissionError, NotADirectoryError, FileExistsError) as cause:
        message = (
            f"No se puede escribir en {wanted}, la carpeta de PostgreSQL. Puede ser de otro "
            "usuario: ejecute el programa con él, borre la carpeta si son datos de "
            "demostración, o indique un servidor en DATABASE_URL."
        )
        raise ServidorNoDisponible(message) from cause
    return Places(wanted), account


def write_secret(path: Path, secret: str, account: Account) -> None:
    """Write ``secret`` into a file that only ``account`` and root can read."""
    draft = path.with_name(f"{path.name}.parcial")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret)
    account.own(draft)
    draft.replace(path)


def discard(directory: Path) -> None:
    """Remove a half-made directory of ours, if it is there."""
    shutil.rmtree(directory, ignore_errors=True)
