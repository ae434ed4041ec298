"""Entering, in the database: the rule is asked as it is written, and nothing is told apart."""

import random
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from recaudo.infra.security import cupos, entrada
from recaudo.infra.security.cupos import Cupo
from recaudo.infra.security.entrada import (
    APARATOS,
    MEMORIA,
    Quien,
    mirar,
    olvidar_aparatos,
    probar_entrada,
)
from recaudo.infra.security.models import Aparato, IntentoDeEntrada, LugarConocido, Usuario
from recaudo.infra.security.origen_de_red import red_de
from tests.infra.security.test_cupos import Puerta

AHORA = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
CASA, LEJOS = "192.0.2.1", "203.0.113.9"
CUENTA, CLAVE = "2050000013", "una-clave-de-prueba"
SEGUNDO = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> Usuario:
    return Usuario.objects.create_user(CUENTA, "Rosa Prueba", CLAVE)


def probar(
    clave: str = "mala", *, cuenta: str = CUENTA, origen: str = LEJOS, despues: float = 0,
    aparato: str = "",
) -> entrada.ResultadoDeEntrada:  # fmt: skip
    return probar_entrada(
        identificacion=cuenta, clave=clave, origen=origen, aparato=aparato,
        ahora=AHORA + despues * SEGUNDO,
    )  # fmt: skip


def fallar_en_muchas_redes(cuantas: int, *, despues: float = 0) -> int:
    """Try the account from so many networks, one second apart; return how many were looked at."""
    return sum(
        probar(origen=f"198.51.{n}.9", despues=despues + n).espera == 0 for n in range(cuantas)
    )


def test_the_database_is_asked_what_the_rule_says(rosa: Usuario) -> None:
    azar, puerta, en = random.Random(7), Puerta(), AHORA
    for n in range(250):
        en += timedelta(seconds=azar.choice([0, 1, 5, 40, 900]))
        cuenta = f"205{azar.randrange(4)}"
        origen = f"198.51.{azar.randrange(6)}.{n % 250}"
        dicho = puerta.probar(cuenta, red_de(origen), en)
        assert mirar(Quien(cuenta, origen), en) == dicho, n
        hecho = probar_entrada(identificacion=cuenta, clave="x", origen=origen, ahora=en)
        assert hecho.espera == dicho.espera
    assert IntentoDeEntrada.objects.count() == sum(map(len, puerta.cuentas.values()))
    assert IntentoDeEntrada.objects.count() < 200, "some waited"


def test_the_owner_enters_at_home_while_the_account_is_guessed_from_everywhere(
    rosa: Usuario,
) -> None:
    primera = probar(CLAVE, origen=CASA)
    assert primera.usuario == rosa
    assert fallar_en_muchas_redes(100, despues=60) <= cupos.POR_HORA
    en_casa = probar(CLAVE, origen=CASA, despues=200)
    assert en_casa.usuario == rosa, "from a place where she entered"
    de_viaje = probar(CLAVE, origen="2001:db8::1", despues=201, aparato=primera.aparato)
    assert de_viaje.usuario == rosa, "in the browser where she entered"
    otra = probar(CLAVE, origen="2001:db8:9::1", despues=202)
    assert (otra.usuario, otra.espera > 0) == (None, True), "a new place in a new browser waits"
    otro_dia = 26 * 3600
    assert fallar_en_muchas_redes(100, despues=otro_dia) <= cupos.POR_HORA


def test_a_key_opens_its_own_account_only_and_only_if_the_house_gave_it(rosa: Usuario) -> None:
    luis = Usuario.objects.create_user("2050000021", "Luis Prueba", CLAVE)
    dada = probar(CLAVE, origen=CASA).aparato
    assert mirar(Quien(CUENTA, LEJOS, dada), AHORA).cupo == Cupo.APARATO
    assert mirar(Quien("2050000021", LEJOS, dada), AHORA).cupo == Cupo.RED_LIMPIA
    suya = probar(CLAVE, cuenta="2050000021", aparato=dada)
    assert suya.aparato == dada, "one browser, two accounts"
    assert mirar(Quien("2050000021", LEJOS, dada), AHORA).cupo == Cupo.APARATO
    assert probar(CLAVE, aparato="plantada").aparato != "plantada"
    assert dada not in {a.huella for a in Aparato.objects.all()}, "a digest of it is kept"
    olvidar_aparatos(rosa.pk)
    assert mirar(Quien(CUENTA, CASA, dada), AHORA).cupo == Cupo.RED_LIMPIA
    assert Aparato.objects.filter(usuario=luis).count() == 1


def test_a_browser_is_forgotten_after_its_time_and_the_oldest_make_room(rosa: Usuario) -> None:
    dada = probar(CLAVE, origen=CASA).aparato
    luego = AHORA + MEMORIA
    assert mirar(Quien(CUENTA, CASA, dada), luego - SEGUNDO).cupo == Cupo.APARATO
    assert mirar(Quien(CUENTA, CASA, dada), luego).cupo == Cupo.RED_LIMPIA
    for n in range(APARATOS):
        assert probar(CLAVE, origen=CASA, despues=n + 1).usuario
    assert Aparato.objects.filter(usuario=rosa).count() == APARATOS
    assert mirar(Quien(CUENTA, LEJOS, dada), AHORA).cupo == Cupo.RED_LIMPIA


def test_a_refused_attempt_costs_no_hashing_and_is_not_kept(
    rosa: Usuario, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2):
        probar(despues=n)
    assert probar(CLAVE, despues=2).usuario == rosa
    probar(origen="198.51.100.9", despues=3)
    monkeypatch.setattr(entrada, "authenticate", None)
    antes = IntentoDeEntrada.objects.count()
    dado = probar(CLAVE, origen="198.51.100.8", despues=3.5)
    assert (dado.usuario, dado.espera > 0) == (None, True)
    assert IntentoDeEntrada.objects.count() == antes


def test_an_attempt_is_counted_before_its_password_is_looked_at(
    rosa: Usuario, monkeypatch: pytest.MonkeyPatch
) -> None:
    vistos: list[int] = []

    def mirando(**_: str) -> None:
        vistos.append(IntentoDeEntrada.objects.count())

    monkeypatch.setattr(entrada, "authenticate", mirando)
    for n in range(3):
        probar(despues=n)
    assert vistos == [1, 2, 3]


def test_a_good_one_leaves_no_failure(rosa: Usuario) -> None:
    assert probar(CLAVE).usuario == rosa
    assert IntentoDeEntrada.objects.count() == 0
    assert LugarConocido.objects.get().lugar == "203.0.113.0/24"


def test_what_was_typed_is_kept_nowhere(rosa: Usuario) -> None:
    probar(cuenta=CLAVE)
    assert not IntentoDeEntrada.objects.filter(cuenta__icontains=CLAVE[:8]).exists()


def test_one_statement_asks_and_50_000_rows_do_not_slow_it(rosa: Usuario, capsys: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO security_intentodeentrada (cuenta, red, cupo, en)"
            " SELECT md5((n / 5)::text), '198.' || n %% 200 || '.0.0/24', 3,"
            " %s - n * interval '70 milliseconds' FROM generate_series(1, 50000) n",
            [AHORA],
        )
        cursor.execute("ANALYZE security_intentodeentrada")
    tiempos = []
    for n in range(40):
        empezo = time.perf_counter()
        mirar(Quien(CUENTA, f"198.{n}.0.1"), AHORA)
        tiempos.append(time.perf_counter() - empezo)
    with capsys.disabled():
        print(f"\nrule asked over 50 000 rows: median {median(tiempos) * 1000:.2f} ms")
    assert median(tiempos) < 0.02


def test_the_time_of_an_answer_tells_no_account_apart(
    rosa: Usuario, settings: Any, capsys: Any
) -> None:
    """T31: an unknown account, a wrong password, a closed account, one without a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    rosa.set_password(CLAVE)
    rosa.save()
    cerrada = Usuario.objects.create_user("2050000021", "Cerrada", CLAVE)
    Usuario.objects.filter(pk=cerrada.pk).update(is_active=False)
    Usuario.objects.create_user("2050000047", "Sin clave")
    assert rosa.password.startswith(Argon2PasswordHasher.algorithm)
    clases = {"wrong": CUENTA, "unknown": "2050000039", "closed": "2050000021",
              "no password": "2050000047"}  # fmt: skip
    tiempos: dict[str, list[float]] = {clase: [] for clase in clases}
    for n in range(12):
        for clase, cuenta in random.Random(n).sample(sorted(clases.items()), len(clases)):
            IntentoDeEntrada.objects.all().delete()
            clave = CLAVE if clase == "closed" else "mala"
            empezo = time.process_time()
            dado = probar(clave, cuenta=cuenta, despues=n)
            tiempos[clase].append(time.process_time() - empezo)
            assert (dado.usuario, dado.espera) == (None, 0)
    medianas = {clase: round(median(t) * 1000, 1) for clase, t in tiempos.items()}
    with capsys.disabled():
        print(f"\nms of processor by kind of refusal: {medianas}")
    assert max(medianas.values()) - min(medianas.values()) < 0.1 * min(medianas.values()) + 5
