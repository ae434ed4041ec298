"""Logging in: guessing gets slower, the owner is never locked out, nothing is told apart.

The rule is `cupos.py`. Here it is asked of the database in one statement, one attempt of an account
at a time, and the attempt is written before its password is looked at: those at once are counted
too, and what is refused costs no hashing. What an unknown or a closed account answers, and how long
it takes, is what a known one does.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.contrib.auth import authenticate
from django.db import connection, transaction

from recaudo.infra.bitacora.seguridad import anotar, marca_de
from recaudo.infra.security import cupos
from recaudo.infra.security.cupos import Cupo, Decision, Fallo, Situacion, decidir
from recaudo.infra.security.models import Aparato, IntentoDeEntrada, LugarConocido, Usuario
from recaudo.infra.security.origen_de_red import lugar_de, red_de
from recaudo.kernel.ids import limpiar

#: How long a browser or a place is remembered since the last time that the account entered there.
MEMORIA: Final = timedelta(days=180)
APARATOS: Final = 20
LARGO_IDENTIFICACION: Final = 20
LARGO_CLAVE: Final = 256
_CANDADO: Final = 73_002
_SITUACION: Final = """
SELECT EXISTS (SELECT FROM security_aparato a JOIN security_usuario u ON u.id = a.usuario_id
                WHERE u.identificacion = %(cuenta)s AND a.huella = %(huella)s
                  AND a.ultimo > %(ahora)s - %(memoria)s),
       EXISTS (SELECT FROM security_lugarconocido l JOIN security_usuario u ON u.id = l.usuario_id
                WHERE u.identificacion = %(cuenta)s AND l.lugar = %(lugar)s
                  AND l.ultimo > %(ahora)s - %(memoria)s),
       c.cupos, c.cuando, r.cuantos, r.ultimo,
       (SELECT count(*) FROM (SELECT FROM security_intentodeentrada i
         WHERE i.red = %(red)s AND i.en > %(ahora)s - %(dia)s LIMIT %(ensucian)s) d),
       (SELECT count(*) FROM (SELECT FROM security_intentodeentrada i
         WHERE i.en > %(ahora)s - %(de_todos)s AND i.cupo >= %(desconocidos)s
         LIMIT %(a_la_vez)s) t)
  FROM (SELECT coalesce(array_agg(i.cupo), '{}') AS cupos,
               coalesce(array_agg(i.en), '{}') AS cuando
          FROM security_intentodeentrada i
         WHERE i.cuenta = %(marca)s AND i.en > %(ahora)s - %(hora)s) c,
       (SELECT count(*) AS cuantos, max(i.en) AS ultimo FROM security_intentodeentrada i
         WHERE i.red = %(red)s AND i.en > %(ahora)s - %(hora)s) r
"""


@dataclass(frozen=True, slots=True)
class ResultadoDeEntrada:
    """Who entered, or None; `espera` is how many seconds to wait before the next attempt.

    `aparato` is the key to leave in the browser of who entered: with it, nobody else's guesses
    delay that account there.
    """

    usuario: Usuario | None
    espera: int = 0
    aparato: str = ""


@dataclass(frozen=True, slots=True)
class Quien:
    """Who tries: the account that was typed, from what address, in a browser with what key."""

    identificacion: str
    origen: str
    aparato: str = ""

    @property
    def cuenta(self) -> str:
        """The account, as it is kept."""
        return limpiar(self.identificacion)[:LARGO_IDENTIFICACION]


def probar_entrada(
    *, identificacion: str, clave: str, origen: str, ahora: datetime, aparato: str = ""
) -> ResultadoDeEntrada:
    """Look at an identification and a password, unless it is too soon after earlier failures.

    `origen` is an address, `aparato` the key that the browser kept, `ahora` the instant, aware. The
    same answer for an unknown account, a closed one and a wrong password. Too soon: the password is
    not even looked at.
    """
    quien = Quien(identificacion, origen, aparato)
    marca = marca_de(quien.cuenta)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_CANDADO, marca])
        decision = mirar(quien, ahora)
        if decision.cupo is None:
            anotar("entrada_demorada", cuenta=marca, origen=origen, espera=decision.espera)
            return ResultadoDeEntrada(None, decision.espera)
        intento = IntentoDeEntrada.objects.create(
            cuenta=marca, red=red_de(origen), cupo=decision.cupo, en=ahora
        )
    usuario = authenticate(username=quien.cuenta, password=clave)
    if not isinstance(usuario, Usuario):
        anotar("entrada_fallida", cuenta=marca, origen=origen, cupo=decision.cupo.name)
        return ResultadoDeEntrada(None)
    intento.delete()
    anotar("entrada", usuario=usuario.pk, cuenta=marca, origen=origen, cupo=decision.cupo.name)
    return ResultadoDeEntrada(usuario, aparato=_reconocer(usuario, quien, ahora))


def mirar(quien: Quien, ahora: datetime) -> Decision:
    """Return whether that attempt would be looked at, without trying."""
    datos: dict[str, Any] = {
        "cuenta": quien.cuenta, "marca": marca_de(quien.cuenta), "huella": _huella(quien.aparato),
        "lugar": lugar_de(quien.origen), "red": red_de(quien.origen), "ahora": ahora,
        "memoria": MEMORIA, "hora": cupos.HORA, "dia": cupos.DIA, "ensucian": cupos.ENSUCIAN,
        "de_todos": cupos.DE_TODOS, "a_la_vez": cupos.DE_TODOS_A_LA_VEZ,
        "desconocidos": Cupo.RED_LIMPIA,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SITUACION, datos)
        fila = cast("tuple[Any, ...]", cursor.fetchone())
    aparato, lugar, cuales, cuando, de_la_red, ultimo, en_un_dia, de_todos = fila
    fallos = [Fallo(Cupo(c), en) for c, en in zip(cuales, cuando, strict=True)]
    situacion = Situacion(aparato, lugar, fallos, de_la_red, ultimo, en_un_dia, de_todos)
    return decidir(situacion, ahora)


def olvidar_aparatos(usuario_id: int) -> int:
    """Forget the browsers and places of an account, which are new next time. Return how many.

    A new password does not: who changes it because it is guessed still wants to enter.
    """
    borrados, _ = Aparato.objects.filter(usuario_id=usuario_id).delete()
    LugarConocido.objects.filter(usuario_id=usuario_id).delete()
    anotar("aparatos_olvidados", usuario=usuario_id, cuantos=borrados)
    return borrados


def olvidar(ahora: datetime) -> int:
    """Delete what no wait looks at any more: failures of a day ago, what was not used since long.

    What is kept of a person is kept while it serves (Ley Orgánica de Protección de Datos).
    """
    viejos, _ = IntentoDeEntrada.objects.filter(en__lt=ahora - cupos.DIA).delete()
    for modelo in (Aparato, LugarConocido):
        borrados, _ = modelo.objects.filter(ultimo__lt=ahora - MEMORIA).delete()
        viejos += borrados
    return viejos


def _reconocer(usuario: Usuario, quien: Quien, ahora: datetime) -> str:
    """Remember the browser and the place where somebody entered; return the key of the browser.

    A key that the house did not give is never taken: somebody could have planted it.
    """
    LugarConocido.objects.update_or_create(
        usuario=usuario, lugar=lugar_de(quien.origen), defaults={"ultimo": ahora}
    )
    clave, huella = quien.aparato, _huella(quien.aparato)
    if not Aparato.objects.filter(huella=huella).exists():
        clave = secrets.token_urlsafe(32)
        huella = _huella(clave)
    Aparato.objects.update_or_create(usuario=usuario, huella=huella, defaults={"ultimo": ahora})
    suyos = Aparato.objects.filter(usuario=usuario).order_by("-ultimo", "-pk")
    sobran = list(suyos.values_list("pk", flat=True)[APARATOS:])
    if sobran:
        Aparato.objects.filter(pk__in=sobran).delete()
    return clave


def _huella(clave: str) -> str:
    """Return the digest under which the key of a browser is kept; who reads the base has no key."""
    return hashlib.sha256(clave.encode()).hexdigest()
