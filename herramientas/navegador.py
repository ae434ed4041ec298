"""Find a browser for the tests, or get one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "Falta un navegador: instale chromium (en Debian: sudo apt install chromium libatomic1; en "
    "otros: .venv/bin/playwright install --with-deps chromium) o indíquelo en CHROMIUM."
)


def find_browser() -> Path | None:
    """Return the browser to use: ``$CHROMIUM``, then the system's, then Playwright's own.

    ``None`` also when what drives the browser cannot run on this machine.
    """
    if not _driver_runs():
        return None
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if shutil.which(named) else None
    return _system_browser() or _playwrights_own()


def _system_browser() -> Path | None:
    for name in _NAMES:
        found = shutil.which(name)
        if found and _starts(Path(found)):
            return Path(found)
    return None


def _starts(path: Path) -> bool:
    """Whether the program runs at all: a half-installed package or an empty snap does not."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _driver_runs() -> bool:
    """Whether Playwright's own program runs: it wants a library that a bare Debian lacks."""
    return _starts(Path(compute_driver_executable()[0]))


def _playwrights_own() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def get_browser() -> Path | None:
    """Return a browser, installing one where this user can; ``None`` where it cannot."""
    found = find_browser()
    if found:
        return found
    as_root = os.geteuid() == 0
    if as_root and shutil.which("apt-get"):
        wanted = [] if _driver_runs() else ["libatomic1"]
        if _is_debian() and not _system_browser():
            wanted.append("chromium")
        if wanted:
            apt_install(*wanted)
    if _driver_runs() and find_browser() is None and not os.environ.get("CHROMIUM"):
        with_libraries = ["--with-deps"] if as_root else []
        run_quietly([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"])
    return find_browser()


def _is_debian() -> bool:
    """Ubuntu's chromium package is an empty shell around a snap: there Playwright's serves."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return "ID=debian" in lines


def apt_install(*packages: str) -> bool:
    """Install Debian packages without asking anything; return whether it worked."""
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    return run_quietly(["apt-get", "update", "-q"]) and run_quietly(install)


def run_quietly(words: list[str]) -> bool:
    """Run a command with no input, showing what it said only if it failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print("→", " ".join(words), flush=True)
    done = subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=environment,
    )
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-5:]), flush=True)
    return done.returncode == 0
