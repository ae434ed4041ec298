"""Logging in: guessing gets slower and slower, nobody is ever locked out, nothing is told apart.

Three waits, the longest wins, each counted from the last failure:

- this account from this origin: grows with each failure up to a minute;
- this account from anywhere: a few seconds after many failures, except where the account has
  already entered well (so a stranger who guesses cannot keep the owner out);
- this origin with any account: a few seconds after many failures.

The attempt is written before the password is looked at, so attempts at once are counted too.
What an unknown account answers, and how long it takes, is what a known one does: the waits count
what was typed, and the password hasher runs either way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Count, Max, QuerySet

from recaudo.infra.security.models import IntentoDeEntrada, Usuario
from recaudo.kernel.ids import limpiar

VENTANA: Final = timedelta(minutes=30)
MEMORIA_DE_ORIGEN: Final = timedelta(days=90)
SIN_ESPERA: Final = 3
ESPERA_MAXIMA: Final = 60
FALLOS_DE_CUENTA: Final = 20
FALLOS_DE_ORIGEN: Final = 60
ESPERA_GENERAL: Final = 10
LARGO_IDENTIFICACION: Final = 20
LARGO_ORIGEN: Final = 45
LARGO_CLAVE: Final = 256
_CANDADO: Final = 73_002


@dataclass(frozen=True, slots=True)
class ResultadoDeEntrada:
    """Who entered, or None; `espera` is how many seconds to wait before the next attempt."""

    usuario: Usuario | None
    espera: int = 0


def origen_de(meta: Mapping[str, str], *, proxies: int) -> str:
    """Return where a request comes from: the address that the last of our proxies saw.

    `proxies` is how many trusted ones stand in front; what is further left in `X-Forwarded-For`
    was written by the visitor and is not believed.
    """
    vistos = [p.strip() for p in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if p.strip()]
    if proxies > 0 and len(vistos) >= proxies:
        return vistos[-proxies][:LARGO_ORIGEN]
    return (meta.get("REMOTE_ADDR") or "local")[:LARGO_ORIGEN]


def probar_entrada(
    *, identificacion: str, clave: str, origen: str, ahora: datetime
) -> ResultadoDeEntrada:
    """Look at an identification and a password, unless it is too soon after earlier failures.

    `ahora` is the instant of the attempt, aware. The same answer for an unknown account, an
    inactive one and a wrong password. Too soon: the password is not even looked at.
    """
    cuenta = limpiar(identificacion)[:LARGO_IDENTIFICACION]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_CANDADO, cuenta])
        espera = segundos_de_espera(identificacion=cuenta, origen=origen, ahora=ahora)
        if espera:
            return ResultadoDeEntrada(None, espera)
        intento = IntentoDeEntrada.objects.create(
            identificacion=cuenta, origen=origen, en=ahora, exito=False
        )
    usuario = authenticate(username=cuenta, password=clave)
    if not isinstance(usuario, Usuario):
        return ResultadoDeEntrada(None)
    IntentoDeEntrada.objects.filter(pk=intento.pk).update(exito=True)
    return ResultadoDeEntrada(usuario)


def segundos_de_espera(*, identificacion: str, origen: str, ahora: datetime) -> int:
    """Return how many seconds that account must still wait from that origin; 0 is none."""
    desde = ahora - VENTANA
    propios = IntentoDeEntrada.objects.filter(identificacion=identificacion, origen=origen)
    buenos = propios.filter(exito=True, en__gte=ahora - MEMORIA_DE_ORIGEN)
    exito = buenos.aggregate(ultimo=Max("en"))["ultimo"]
    fallos = IntentoDeEntrada.objects.filter(exito=False, en__gte=desde)
    par = fallos.filter(identificacion=identificacion, origen=origen)
    esperas = [
        _falta(par.filter(en__gt=exito) if exito else par, ahora, _creciente),
        _falta(fallos.filter(origen=origen), ahora, _pasado(FALLOS_DE_ORIGEN)),
    ]
    if exito is None:
        cuenta = fallos.filter(identificacion=identificacion)
        esperas.append(_falta(cuenta, ahora, _pasado(FALLOS_DE_CUENTA)))
    return max(esperas)


def _creciente(fallos: int) -> int:
    """Two seconds after the third failure, then double each time, up to a minute."""
    if fallos < SIN_ESPERA:
        return 0
    return int(min(ESPERA_MAXIMA, 2 ** (fallos - SIN_ESPERA + 1)))


def _pasado(limite: int) -> Callable[[int], int]:
    """Return the rule of a fixed wait after `limite` failures."""
    return lambda fallos: ESPERA_GENERAL if fallos >= limite else 0


def olvidar(ahora: datetime) -> int:
    """Delete the attempts that no wait looks at any more; return how many.

    What is kept of a person is kept while it serves (Ley Orgánica de Protección de Datos).
    """
    borrados, _ = IntentoDeEntrada.objects.filter(en__lt=ahora - MEMORIA_DE_ORIGEN).delete()
    return borrados


def _falta(fallos: QuerySet[IntentoDeEntrada], ahora: datetime, regla: Callable[[int], int]) -> int:
    """Return the seconds left of the wait that so many failures cause."""
    resumen = fallos.aggregate(n=Count("pk"), ultimo=Max("en"))
    if resumen["ultimo"] is None:
        return 0
    falta: timedelta = resumen["ultimo"] + timedelta(seconds=regla(resumen["n"])) - ahora
    return max(0, -(-falta // timedelta(seconds=1)))
