"""The ledger, to read: nothing here writes."""

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from recaudo.domain.contabilidad.queries import SaldoDeCuenta, libro_cuadra, saldos_por_cuenta
from recaudo.domain.obligaciones.queries import conceptos_de
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.historia import hecho
from recaudo.interfaces.oficina.libro.forms import FormularioDeCorte
from recaudo.interfaces.oficina.libro.tablas import TablaDiario, TablaSellos, origen_en_palabras
from recaudo.interfaces.oficina.marco import de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.vista import hojas
from recaudo.interfaces.vista.hojas import Fila
from recaudo.interfaces.vista.listas import FORMATO, direccion_con, lista
from recaudo.interfaces.vista.piezas import Enlace, Entrada, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.tablas import Tabla
from recaudo.kernel.money import Dinero
from recaudo.reports import libro as diario_del_libro

GRUPOS = {
    "11": "Bancos",
    "12": "Por cobrar, según el estado de cartera",
    "21": "Emitido por recaudar, por fondo",
    "22": "Recaudado, por fondo",
    "23": "Valores y créditos",
    "31": "Saldos de apertura de los bancos",
    "41": "Intereses",
    "51": "Comisiones y gastos de los bancos",
}


@exige(Permiso.LIBRO_VER)
@require_safe
def balance(request: HttpRequest) -> HttpResponseBase:
    """Ficha: trial balance by account and fund up to a date, and whether the ledger balances."""
    form = FormularioDeCorte(request.GET or None)
    hasta = form.cleaned_data.get("hasta") if form.is_bound and form.is_valid() else None
    saldos = saldos_por_cuenta(hasta=hasta)
    formato = request.GET.get(FORMATO, "")
    if formato in hojas.FORMATOS:
        return hojas.archivo(
            request, formato, TITULOS, _filas(saldos), nombre="balance-de-comprobacion"
        )
    contexto = {
        "form": form,
        "hasta": hasta,
        "grupos": _grupos(saldos),
        "debe": sum((s.debe for s in saldos), Dinero.CERO),
        "haber": sum((s.haber for s in saldos), Dinero.CERO),
        "cuadra": libro_cuadra(),
        "sello": diario_del_libro.estado_del_sello(),
        "pestanas": pestanas("libro"),
        "exportar": [
            Enlace(texto, direccion_con(request, formato=f)) for f, texto in hojas.FORMATOS.items()
        ],
        "cuantas": len(saldos),
    }
    return pagina(request, "libro/balance.html", contexto, seccion="libro")


@exige(Permiso.LIBRO_VER)
@require_safe
def diario(request: HttpRequest) -> HttpResponseBase:
    """Lista: the journal."""
    return _lista(request, TablaDiario, diario_del_libro.asientos(), "diario")


@exige(Permiso.LIBRO_VER)
@require_safe
def sellos(request: HttpRequest) -> HttpResponseBase:
    """Lista: the seals, each chained to the one before."""
    return _lista(request, TablaSellos, diario_del_libro.sellos(), "sellos")


@exige(Permiso.LIBRO_VER)
@require_safe
def asiento(request: HttpRequest, lote: int, asiento_id: int) -> HttpResponse:
    """Ficha: one entry with its legs, the act that wrote it and the seal that covers it."""
    visto = o_no_existe(
        lambda: diario_del_libro.asiento(lote=lote, asiento_id=asiento_id),
        de=request,
        que="el asiento",
        buscado=asiento_id,
        lista="diario",
    )
    migas = (Miga("Libro diario", direccion("diario")), Miga(f"Asiento {visto.id}"))
    origen = hecho(visto.hecho_id)
    deudas = {p.obligacion_id for p in visto.partidas if p.obligacion_id}
    alcance = de_la_puerta(request).actor.alcance(Permiso.LIBRO_VER)
    conceptos = conceptos_de(deudas, alcance=alcance)
    contexto = {
        "asiento": visto,
        "origen": origen_en_palabras(f"{visto.origen_tipo} {visto.origen_id}"),
        "sucesos": [origen] if origen else [],
        "partidas": [(p, conceptos.get(p.obligacion_id or 0)) for p in visto.partidas],
    }
    return pagina(request, "libro/asiento.html", contexto, seccion="libro", migas=migas)


def _lista(
    request: HttpRequest, tabla: type[Tabla], filas: QuerySet[Any], cara: str
) -> HttpResponseBase:
    return lista(
        request,
        tabla,
        filas,
        pintar=pagina,
        plantilla="libro/lista.html",
        contexto={"pestanas": pestanas(cara)},
        seccion="libro",
    )


def pestanas(actual: str) -> list[Entrada]:
    """Return the three faces of the ledger."""
    caras = (("libro", "Balance"), ("diario", "Diario"), ("sellos", "Sellos"))
    return [Entrada(texto, direccion(nombre), nombre == actual) for nombre, texto in caras]


def _grupos(saldos: list[SaldoDeCuenta]) -> list[dict[str, object]]:
    return [
        {
            "codigo": codigo,
            "titulo": GRUPOS.get(codigo, f"Grupo {codigo}"),
            "cuentas": (cuentas := list(grupo)),
            "saldo": sum((c.saldo for c in cuentas), Dinero.CERO),
        }
        for codigo, grupo in groupby(saldos, key=lambda s: s.codigo[:2])
    ]


TITULOS = ("Cuenta", "Nombre", "Fondo", "Debe", "Haber", "Saldo")


def _filas(saldos: list[SaldoDeCuenta]) -> list[Fila]:
    return [(s.codigo, s.nombre, s.fondo, s.debe, s.haber, s.saldo) for s in saldos]
