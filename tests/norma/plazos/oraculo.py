"""A second, slower reading of the holiday law, written apart from the product's."""

import csv
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from recaudo.norma import parametros

CARPETA = Path(parametros.__file__).parent / "feriados"
LEY_DE_2016 = date(2016, 12, 20)


def _leer(nombre: str) -> list[dict[str, str]]:
    with (CARPETA / nombre).open(encoding="utf-8") as archivo:
        return list(csv.DictReader(archivo))


def pascua(y: int) -> date:
    """Easter by the table of golden numbers, day by day from the paschal full moon."""
    a, b, c = y % 19, y // 100, y % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ele = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ele) // 451
    mes, dia = divmod(h + ele - 7 * m + 114, 31)
    return date(y, mes, dia + 1)


def nominales(y: int) -> dict[date, bool]:
    """Nominal national days of the year, and whether the article exempts them on weekdays."""
    p = pascua(y)
    return {
        date(y, 1, 1): True,
        p - timedelta(48): False,
        p - timedelta(47): True,
        p - timedelta(2): False,
        date(y, 5, 1): False,
        date(y, 5, 24): False,
        date(y, 8, 10): False,
        date(y, 10, 9): False,
        date(y, 11, 2): False,
        date(y, 11, 3): False,
        date(y, 12, 25): True,
    }


def descanso(dia: date, otros: set[date], exento: bool) -> date:
    """Where the day goes, said with names of days as the law says it."""
    if dia < LEY_DE_2016:
        return dia
    nombre = dia.strftime("%a")
    antes, despues = dia - timedelta(1), dia + timedelta(1)
    if antes in otros:
        pareja = antes.strftime("%a") + "+" + nombre
        destino = {"Tue+Wed": "Mon", "Fri+Sat": "Thu", "Sat+Sun": "Mon"}.get(pareja, nombre)
    elif despues in otros:
        pareja = nombre + "+" + despues.strftime("%a")
        destino = {"Wed+Thu": "Fri", "Sun+Mon": "Tue", "Sat+Sun": "Fri"}.get(pareja, nombre)
    else:
        general = {"Tue": "Mon", "Wed": "Fri", "Thu": "Fri", "Sat": "Fri", "Sun": "Mon"}
        destino = general.get(nombre, nombre)
        if exento and nombre in {"Tue", "Wed", "Thu"}:
            destino = nombre
    cerca = [dia + timedelta(n) for n in range(-3, 4)]
    return min((d for d in cerca if d.strftime("%a") == destino), key=lambda d: abs(d - dia))


@cache
def publicados() -> tuple[dict[date, date], frozenset[date]]:
    """Nominal day → day taken, and suspensions, straight from the files."""
    filas = _leer("nacionales.csv") + _leer("decretos.csv")
    tomados = {
        date.fromisoformat(f["fecha_nominal"]): date.fromisoformat(f["fecha_descanso"])
        for f in filas
        if f["fecha_nominal"]
    }
    sueltos = frozenset(
        date.fromisoformat(f["fecha_descanso"]) for f in filas if not f["fecha_nominal"]
    )
    return tomados, sueltos


@cache
def dias_de_descanso(canton: str) -> frozenset[date]:
    """Every day of rest of the country and one canton (empty = country only), 1999 to 2061."""
    tomados, sueltos = publicados()
    dias = set(sueltos)
    locales = _leer("locales.csv")
    for y in range(1999, 2063):
        nac = nominales(y)
        dias |= {tomados.get(d, descanso(d, set(nac), ex)) for d, ex in nac.items()}
        provincia = {
            date(y, int(f["mes_dia_nominal"][:2]), int(f["mes_dia_nominal"][3:]))
            for f in locales
            if canton and f["codigo_dpa"] == canton[:2]
        }
        propios = {
            date(y, int(f["mes_dia_nominal"][:2]), int(f["mes_dia_nominal"][3:]))
            for f in locales
            if canton and f["codigo_dpa"] == canton
        }
        dias |= {descanso(d, set(nac) | provincia, False) for d in provincia}
        dias |= {descanso(d, set(nac) | provincia | propios, False) for d in provincia | propios}
    return frozenset(dias)


@cache
def habiles(cantones: frozenset[str]) -> tuple[date, ...]:
    """Every business day from 1999 to 2061 in the union of the cantons."""
    descansos = frozenset().union(*(dias_de_descanso(c) for c in cantones), dias_de_descanso(""))
    dia, fin, todos = date(1999, 12, 1), date(2061, 12, 31), []
    while dia <= fin:
        if dia.strftime("%a") not in {"Sat", "Sun"} and dia not in descansos:
            todos.append(dia)
        dia += timedelta(1)
    return tuple(todos)


def vence(notificado: date, dias: int, cantones: frozenset[str]) -> date:
    """Last day of the término, by position in the list of business days."""
    lista = habiles(cantones)
    return lista[bisect_right(lista, notificado) + dias - 1]
