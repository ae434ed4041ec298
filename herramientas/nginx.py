"""Find nginx for the tests, or get Debian's without installing it."""

import os
import shutil
import subprocess
from pathlib import Path

from herramientas.navegador import run_quietly

_OWN = Path(__file__).resolve().parents[1] / "var" / "nginx"
MISSING = (
    "Falta nginx: instálelo (en Debian: sudo apt install nginx) o indíquelo en NGINX; sin él no se "
    "prueba la configuración de docs/operacion/nginx."
)


def find_nginx() -> Path | None:
    """Return the nginx to use: ``$NGINX``, the system's, or Debian's package unpacked in ``var``.

    The package is only downloaded and unpacked: that needs no privileges, and starts nothing.
    """
    named = os.environ.get("NGINX")
    for candidate in (named, shutil.which("nginx"), "/usr/sbin/nginx", str(_unpacked())):
        if candidate and _starts(candidate):
            return Path(candidate)
    return _unpacked() if _download() and _starts(str(_unpacked())) else None


def _unpacked() -> Path:
    return _OWN / "usr" / "sbin" / "nginx"


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "-v"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _download() -> bool:
    """Download Debian's package and unpack it; say whether it could be done."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return False
    _OWN.mkdir(parents=True, exist_ok=True)
    get = ["sh", "-c", f"cd '{_OWN}' && apt-get -q download nginx"]
    if not run_quietly(get) and not (
        os.geteuid() == 0 and run_quietly(["apt-get", "update", "-q"]) and run_quietly(get)
    ):
        return False
    packages = sorted(_OWN.glob("nginx_*.deb"))
    return bool(packages) and run_quietly(["dpkg", "-x", str(packages[-1]), str(_OWN)])
