"""A second, slower reading of the holiday law, written apart from the product's."""

import csv
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from recaudo.norma import parametros

CARPETA = Path(parametros.__file__).parent / "feriados"
LEY_DE_2016 = date(2016, 12, 20)


@cache
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
def dias_nacionales() -> frozenset[date]:
    """Every day of rest of the whole country, 1999 to 2062."""
    tomados, sueltos = publicados()
    dias = set(sueltos)
    for y in range(1999, 2063):
        nac = nominales(y)
        dias |= {tomados.get(d, descanso(d, set(nac), ex)) for d, ex in nac.items()}
    return frozenset(dias)


def _alcanza(fila: dict[str, str], canton: str) -> bool:
    return fila["codigo_dpa"] in (canton, canton[:2])


@cache
def _vistos_en(y: int) -> list[dict[str, str]]:
    return [f for f in _leer("observados.csv") if f["anio"] == str(y)]


def _observados(canton: str, y: int) -> list[dict[str, str]]:
    return [f for f in _vistos_en(y) if _alcanza(f, canton)]


@cache
def _posibles(mes_dia: str, y: int) -> tuple[frozenset[date], bool]:
    dias, una = _calculado({"mes_dia_nominal": mes_dia}, y)
    return frozenset(dias), una


def _calculado(fila: dict[str, str], y: int) -> tuple[set[date], bool]:
    """Days on which a local row may rest in a year, and whether the law leaves just one."""
    dia = date.fromisoformat(f"{y}-{fila['mes_dia_nominal']}")
    nac = nominales(y)
    solo, junto = descanso(dia, set(), False), descanso(dia, set(nac), False)
    easter = [pascua(y) - timedelta(n) for n in (48, 47, 2)]
    cerca = any(abs((d - p).days) < 2 for d in (dia, solo) for p in easter)
    feriados = dias_nacionales() - publicados()[1]
    if solo == junto and solo not in feriados and not cerca:
        return {solo}, True
    todos = {dia, solo, junto}
    if all(d.strftime("%a") in {"Sat", "Sun"} or d in feriados for d in todos):
        for paso in (-1, 1):
            d = dia
            while d.strftime("%a") in {"Sat", "Sun"} or d in feriados:
                d += timedelta(paso)
            todos.add(d)
    return todos, False


@cache
def dias_ciertos(canton: str) -> frozenset[date]:
    """Local days of rest nobody doubts: verified lists and acts, and the days they confirm."""
    return frozenset(d for y in range(1999, 2063) for d, cierto in _locales(canton, y) if cierto)


@cache
def dias_dudosos(canton: str) -> frozenset[date]:
    """Local days that may be of rest."""
    return frozenset(
        d for y in range(1999, 2063) for d, cierto in _locales(canton, y) if not cierto
    )


@cache
def _filas(y: int) -> list[dict[str, str]]:
    """Local rows that hold in a year and add a day of their own."""
    filas = [f for f in _leer("locales.csv") if f["descanso"] != "ya_nacional"]
    return [f for f in filas if int(f["anio_origen"] or 0) <= y]


@cache
def _locales(canton: str, y: int) -> frozenset[tuple[date, bool]]:
    dias: set[tuple[date, bool]] = set()
    vistos = _observados(canton, y)
    filas = _filas(y)
    for f in filas:
        propia = _alcanza(f, canton)
        alterna = f["ambito_alterno"] in (canton, canton[:2]) and bool(f["ambito_alterno"])
        if not (propia or alterna) or (vistos and _ya_visto(f, vistos)):
            continue
        posibles, una = _posibles(f["mes_dia_nominal"], y)
        cierto = propia and una and f["descanso"] == "si" and f["confianza"] == "VERIFICADO"
        dias |= {(d, cierto) for d in posibles}
    for v in vistos:
        tomado = date.fromisoformat(v["fecha_observada"])
        iguales = [
            f for f in filas
            if f["codigo_dpa"] == v["codigo_dpa"] and v["fecha_nominal"][5:] == f["mes_dia_nominal"]
            and f["descanso"] == "si" and f["confianza"] == "VERIFICADO"
            and _calculado(f, y) == ({tomado}, True)
        ]  # fmt: skip
        dias.add((tomado, v["confianza"] == "VERIFICADO" or bool(iguales)))
    dias |= {(d, False) for d in _seguidos(filas, canton, y)}
    return frozenset(dias)


def _ya_visto(fila: dict[str, str], vistos: list[dict[str, str]]) -> bool:
    """Whether that row, or another date of the same commemoration, was observed there."""
    rivales = {
        f["mes_dia_nominal"]
        for f in _leer("locales.csv")
        if f["codigo_dpa"] == fila["codigo_dpa"] and f["tipo"] == fila["tipo"] != "independencia"
    } | {fila["mes_dia_nominal"]}
    lugares = (fila["codigo_dpa"], fila["codigo_dpa"][:2], fila["ambito_alterno"])
    return any(v["fecha_nominal"][5:] in rivales and v["codigo_dpa"] in lugares for v in vistos)


def _seguidos(filas: list[dict[str, str]], canton: str, y: int) -> set[date]:
    def dia(f: dict[str, str]) -> date:
        return date.fromisoformat(f"{y}-{f['mes_dia_nominal']}")

    dias: set[date] = set()
    for uno in (f for f in filas if f["codigo_dpa"] == canton):
        for otro in (f for f in filas if f["codigo_dpa"] == canton[:2]):
            if abs((dia(uno) - dia(otro)).days) == 1:
                par = {dia(uno), dia(otro)}
                dias |= {descanso(d, par, False) for d in par}
    return dias


@cache
def _del_pais() -> tuple[date, ...]:
    """Every day from 1999 to 2061 that is no weekend nor a day of rest of the country."""
    dia, fin, todos = date(1999, 12, 1), date(2061, 12, 31), []
    while dia <= fin:
        if dia.strftime("%a") not in {"Sat", "Sun"} and dia not in dias_nacionales():
            todos.append(dia)
        dia += timedelta(1)
    return tuple(todos)


@cache
def habiles(cantones: frozenset[str], dudosos: bool = False) -> tuple[date, ...]:
    """Every business day from 1999 to 2061 in the union; ``dudosos`` takes out the doubtful too."""
    descansos = frozenset[date]().union(*(dias_ciertos(c) for c in cantones))
    if dudosos:
        descansos = descansos.union(*(dias_dudosos(c) for c in cantones))
    return tuple(dia for dia in _del_pais() if dia not in descansos)


def vence_min(notificado: date, dias: int, cantones: frozenset[str]) -> date:
    """Last day when only the certain days are of rest."""
    lista = habiles(cantones)
    return lista[bisect_right(lista, notificado) + dias - 1]


def vence(notificado: date, dias: int, cantones: frozenset[str]) -> date:
    """Last day of whoever owes: every doubtful day rests, and the unknown ones of each year."""
    lista = habiles(cantones, dudosos=True)
    desde = bisect_right(lista, notificado) + dias - 1
    primer_anio = (notificado + timedelta(1)).year
    extra = 0
    while True:
        fin = lista[desde + extra]
        faltan = sum(_sin_dia(cantones, y) for y in range(primer_anio, fin.year + 1))
        if faltan == extra:
            return fin
        extra = faltan


@cache
def _sin_dia(cantones: frozenset[str], y: int) -> int:
    conocidos = {f["codigo_dpa"] for f in _leer("locales.csv")} | {
        f["codigo_dpa"]
        for f in _leer("observados.csv")
        if f["anio"] == str(y) and f["clase"] == "feriado_local"
    }
    return len(cantones - conocidos)
