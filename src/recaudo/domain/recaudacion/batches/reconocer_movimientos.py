"""Which entries of a statement the account knew already: by key, by balances, by pieces."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Sum

from recaudo.domain.recaudacion.batches.agrupadas import Entera, Pieza, repartir_piezas
from recaudo.domain.recaudacion.batches.identidad import Cabecera, emparentar
from recaudo.domain.recaudacion.models import (
    CuentaBancaria,
    DesmentidoDeAviso,
    DineroDeclarado,
    Extracto,
    LoteReconocido,
)
from recaudo.domain.recaudacion.states import EstadoAclaracion, EstadoExtracto
from recaudo.infra.carga import PasosSql, copiar
from recaudo.infra.files.formatos.camt import ExtractoLeido
from recaudo.kernel.money import Dinero

_BOOKED = "camt053"
Fila = tuple[Any, ...]


def reconocer_movimientos(
    pasos: PasosSql, leido: ExtractoLeido, *, formato: str, cuenta: CuentaBancaria
) -> tuple[date | None, date | None]:
    """Leave in `e_anterior`, `e_pieza`, `e_confirmada` and `e_detalle` what was known before.

    The lines are in `e_linea`. Return the first and the last booking date of the statement.
    """
    primera, ultima = pasos.fila("fechas")
    pasos.valores |= {"desde": primera, "hasta": ultima}
    pasos("repetidas")
    if pasos.cursor.rowcount:
        pasos.analizar("e_repetida")  # few: the planner looks for them, and not for all
        pasos("lugares")
    _emparentar(pasos, leido, formato, cuenta)
    pasos("conocidas")
    pasos.analizar("e_conocida")
    pasos("anteriores")
    pasos.analizar("e_anterior")
    pasos.valores["con_lotes"] = _con_lotes(cuenta)
    if pasos.fila("hay_contadas")[0]:
        pasos("otra_vez")
    pasos("pendientes", "piezas_de_la_entera")
    if _hay(pasos, "e_pendiente"):
        pasos("sin_referencia", "otra_fecha", "mismo_extracto", "en_partes", "sus_piezas", "piezas")
        _repartir(pasos)
    pasos("confirmadas", "detalles")
    pasos.analizar("e_anterior", "e_confirmada", "e_detalle")
    return primera, ultima


def _con_lotes(cuenta: CuentaBancaria) -> list[int]:
    """Return the statements with entries that a person said are told in pieces: few."""
    lotes = LoteReconocido.objects.filter(salio__cuenta=cuenta, revertido_en=None)
    return sorted(set(lotes.values_list("salio__extracto_id", flat=True)))


def _hay(pasos: PasosSql, tabla: str) -> bool:
    pasos.cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {tabla})")  # noqa: S608 - our table
    return bool(pasos.cursor.fetchone()[0])


def _emparentar(
    pasos: PasosSql, leido: ExtractoLeido, formato: str, cuenta: CuentaBancaria
) -> None:
    """Find which known statements of the account can have no entry in common with this one."""
    primera, ultima = pasos.valores["desde"], pasos.valores["hasta"]
    conocidos = []
    if formato == _BOOKED and primera is not None:
        conocidos = [
            _cabecera(e)
            for e in Extracto.objects.filter(
                cuenta=cuenta, estado=EstadoExtracto.CONFIRMADO, formato=_BOOKED,
                ultima_fecha__gte=primera, primera_fecha__lte=ultima,
            )
        ]  # fmt: skip
    nuevo = Cabecera(
        neto=leido.total_creditos - leido.total_debitos, saldo_inicial=leido.saldo_inicial,
        saldo_final=leido.saldo_final, desde=leido.desde_instante, hasta=leido.hasta_instante,
        primera=primera, ultima=ultima, secuencia=leido.secuencia, lineas=leido.lineas,
    )  # fmt: skip
    saldo = _saldo(pasos, cuenta) if conocidos and not _hay_de_despues(cuenta, ultima) else None
    parentesco = emparentar(nuevo, conocidos, saldo=saldo)
    pasos.valores |= {
        "prueba": formato == _BOOKED and leido.prueba_sus_movimientos,
        "disjuntos": sorted(parentesco.disjuntos), "mismos": sorted(parentesco.mismos),
    }  # fmt: skip


def _hay_de_despues(cuenta: CuentaBancaria, ultima: date | None) -> bool:
    """Tell whether the books have statements of later days: their balance is not that of this one.

    It might be the same by chance, and prove that an entry told again is new.
    """
    return Extracto.objects.filter(
        cuenta=cuenta, estado=EstadoExtracto.CONFIRMADO, formato=_BOOKED, ultima_fecha__gt=ultima
    ).exists()


def _saldo(pasos: PasosSql, cuenta: CuentaBancaria) -> int | None:
    """Our balance of the account by its statements, in cents; None before its opening.

    Notices that no statement has told yet are not in it.
    """
    confirmados = Extracto.objects.filter(cuenta=cuenta, estado=EstadoExtracto.CONFIRMADO)
    if not confirmados.filter(es_apertura=True).exists():
        return None
    sumas = confirmados.aggregate(m=Sum("movido"), a=Sum("apertura"))
    (avisado,) = pasos.fila("avisado")
    declarado = DineroDeclarado.objects.filter(
        linea__cuenta=cuenta, declaracionrevertida=None
    ).aggregate(s=Sum("linea__entrada"))["s"]
    desmentido = DesmentidoDeAviso.objects.filter(
        linea__cuenta=cuenta, estado=EstadoAclaracion.APROBADA
    ).aggregate(s=Sum("importe"))["s"]
    lotes = LoteReconocido.objects.filter(salio__cuenta=cuenta, revertido_en=None).aggregate(
        s=Sum("importe")
    )["s"]
    suma = sumas["m"] + sumas["a"] + (declarado or Dinero.CERO)
    suma -= (desmentido or Dinero.CERO) + (lotes or Dinero.CERO)
    return int(suma.centavos - avisado)


def _repartir(pasos: PasosSql) -> None:
    """Match what no rule did: entries told whole by one message and in pieces by the other."""
    pasos("sueltas")
    anteriores: list[Fila] = []
    piezas: list[Fila] = []
    for _, grupo in groupby(pasos.cursor.fetchall(), key=lambda f: (f[2], f[3] > 0)):
        filas = list(grupo)
        aqui, alla = [f for f in filas if f[0]], [f for f in filas if not f[0]]
        enteras = repartir_piezas(_enteras(aqui), _piezas(alla))
        for numero, suyas in enteras.ciertas.items():
            anteriores.append((numero, suyas[0], "EN_PARTES"))
            piezas += [(numero, pieza) for pieza in suyas]
        anteriores += [(n, s[0], "AGRUPADA_DUDOSA") for n, s in enteras.dudosas.items()]
        vistas = {a[0] for a in anteriores}
        contadas = {p[1] for p in piezas}
        libres = [f for f in aqui if f[1] not in vistas]
        sueltas = repartir_piezas(
            _enteras([f for f in alla if f[1] not in contadas]), _piezas(libres)
        )
        for entera, suyas in sueltas.ciertas.items():
            anteriores += [(numero, entera, "PIEZA") for numero in suyas]
        dudosas = {n: entera for entera, suyas in sueltas.dudosas.items() for n in suyas}
        anteriores += [(n, entera, "AGRUPADA_DUDOSA") for n, entera in dudosas.items()]
    copiar(pasos.cursor, "e_anterior", ("numero", "linea_id", "como"), anteriores)
    copiar(pasos.cursor, "e_pieza", ("numero", "linea_id"), piezas)


def _enteras(filas: Sequence[Fila]) -> list[Entera]:
    """Return what may be told elsewhere in pieces: not what says that it pays one comprobante."""
    return [
        Entera(id=f[1], centavos=abs(f[3]), transacciones=f[4])
        for f in filas
        if f[4] > 1 or not f[6]
    ]


def _piezas(filas: Sequence[Fila]) -> list[Pieza]:
    return [
        Pieza(id=f[1], centavos=abs(f[3]), transacciones=max(f[4], 1), mensaje=f[5]) for f in filas
    ]


def _cabecera(e: Extracto) -> Cabecera:
    def centavos(valor: Dinero | None) -> int | None:
        return None if valor is None else valor.centavos

    return Cabecera(
        id=e.pk, neto=e.total_creditos.centavos - e.total_debitos.centavos,
        saldo_inicial=centavos(e.saldo_inicial), saldo_final=centavos(e.saldo_final),
        desde=e.desde_instante, hasta=e.hasta_instante, primera=e.primera_fecha,
        ultima=e.ultima_fecha, secuencia=e.secuencia, lineas=e.lineas,
    )  # fmt: skip
