# Builds .venv with the locked versions. Needs python3 (3.11 or newer) and a package index.
set -eu

# The distribution's own Python first: it is built with profiles of its use, and one compiled by hand
# is often a fifth slower. PYTHON=... chooses another, and then no other is tried.
candidates="${PYTHON:-/usr/bin/python3 python3}"

stop() {
    echo "$1" >&2
    exit 1
}

works() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

pythons=""
for python in $candidates; do
    if works "$python"; then pythons="$pythons $python"; fi
done
if [ -z "$pythons" ]; then
    command -v "${PYTHON:-python3}" >/dev/null 2>&1 ||
        stop "Falta Python 3.11 o posterior: instálelo (en Debian o Ubuntu: sudo apt install python3 python3-venv) y repita."
    stop "Se necesita Python 3.11 o posterior y «${PYTHON:-python3}» es anterior: indique otro con PYTHON=..., por ejemplo: make PYTHON=python3.12 test"
fi

# Three ways to a virtual environment that can install; the first that works is taken.
with_venv() { "$python" -c 'import ensurepip' 2>/dev/null && "$python" -m venv --clear .venv; }
with_pip() {
    "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --clear --without-pip .venv
}
with_uv() { command -v uv >/dev/null 2>&1 && uv venv -q --clear -p "$python" .venv; }

create_with() {
    python="$1"
    if with_venv; then
        installer=".venv/bin/python -m pip"
    elif with_pip; then
        installer="$python -m pip --python .venv/bin/python"
    elif with_uv; then
        installer="uv pip"
        VIRTUAL_ENV="$PWD/.venv"
        export VIRTUAL_ENV
    else
        return 1
    fi
}

create() {
    for candidate in $pythons; do
        if create_with "$candidate"; then return 0; fi
    done
    return 1
}

# As root, the distribution's Python gets what it lacks before another Python is taken.
complete() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 &&
        ! "$1" -c 'import ensurepip' 2>/dev/null; then
        echo "Instalando python3-venv" >&2
        export DEBIAN_FRONTEND=noninteractive
        { apt-get update -q && apt-get install -q -y --no-install-recommends python3-venv; } \
            </dev/null >&2 || true
    fi
}

# The installer itself comes from the lock too: its lines are taken from there.
locked_uv() { sed -n '/^uv==/,/[^\\]$/p' requirements/dev.txt; }

if ! .venv/bin/uv --version >/dev/null 2>&1 || ! .venv/bin/python -c '' 2>/dev/null; then
    echo "Preparando el entorno de Python en .venv" >&2
    case "$pythons" in *" /usr/bin/python3"*) complete /usr/bin/python3 ;; esac
    create || stop "Falta el paquete python3-venv: instálelo (en Debian o Ubuntu: sudo apt install python3-venv) y repita."
    locked_uv >.venv/uv.txt
    $installer install -q --require-hashes -r .venv/uv.txt ||
        stop "No se pudo instalar «uv» en .venv: revise la conexión al índice de paquetes de Python y repita."
fi

# uv trusts its own list of authorities; behind an inspecting proxy the system's list is needed.
sync() { .venv/bin/uv pip sync -q -p .venv/bin/python --require-hashes requirements/dev.txt "$@"; }
{ sync 2>/dev/null || sync --system-certs; } ||
    stop "No se pudieron instalar las dependencias: revise la conexión al índice de paquetes de Python y repita."
.venv/bin/uv pip install -q -p .venv/bin/python --offline --no-deps --no-build-isolation -e . ||
    stop "No se pudo instalar el programa en .venv."
