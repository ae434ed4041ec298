"""Load the rooms' transition tables where the database's triggers read them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from recaudo.infra.audit.models import EstadoPaso
from recaudo.kernel.states import Maquina, Paso

Clave = tuple[str, str, str, str, date]
_DECLARADAS: dict[str, Maquina] = {}


def declarar_maquinas(maquinas: Iterable[Maquina]) -> None:
    """Say which machines the house has. Only `project.wiring` does."""
    _DECLARADAS.clear()
    _DECLARADAS.update((m.nombre, m) for m in maquinas)


def maquinas_declaradas() -> tuple[str, ...]:
    """Return the name of each machine that the house declares."""
    return tuple(_DECLARADAS)


def pasos_declarados() -> dict[Clave, tuple[date | None, str]]:
    """Return each step that the code declares: until when, and by which article."""
    return {
        _clave(m, paso): (paso.hasta_fecha, paso.norma)
        for m in _DECLARADAS.values()
        for paso in m.pasos
    }


def cargar_maquinas(maquinas: Iterable[Maquina], *, hoy: date) -> int:
    """Store the steps of `maquinas`; return how many are in force on `hoy`. Idempotent.

    A stored step that its machine no longer has is not deleted: it ends on `hoy`, and what it did
    before remains legal. Machines that are not given are left as they are.
    """
    tablas = {m.nombre: m for m in maquinas}
    declarados = {_clave(m, p): p for m in tablas.values() for p in m.pasos}
    with transaction.atomic():
        guardados = {
            (e.maquina, e.acto, e.desde, e.hacia, e.desde_fecha): e
            for e in EstadoPaso.objects.select_for_update().filter(maquina__in=tablas)
        }
        for clave, guardado in guardados.items():
            if clave not in declarados and (guardado.hasta_fecha or date.max) > hoy:
                guardado.hasta_fecha = max(hoy, guardado.desde_fecha)
                guardado.save(update_fields=["hasta_fecha"])
        EstadoPaso.objects.bulk_create(
            (_fila(clave, paso) for clave, paso in sorted(declarados.items(), key=lambda x: x[0])),
            update_conflicts=True,
            unique_fields=["maquina", "acto", "desde", "hacia", "desde_fecha"],
            update_fields=["hasta_fecha", "norma"],
        )
    return sum(1 for paso in declarados.values() if paso.rige(hoy))


def _clave(maquina: Maquina, paso: Paso) -> Clave:
    return (maquina.nombre, paso.acto, str(paso.desde or ""), str(paso.hacia), paso.desde_fecha)


def _fila(clave: Clave, paso: Paso) -> EstadoPaso:
    maquina, acto, desde, hacia, desde_fecha = clave
    return EstadoPaso(
        maquina=maquina,
        acto=acto,
        desde=desde,
        hacia=hacia,
        desde_fecha=desde_fecha,
        hasta_fecha=paso.hasta_fecha,
        norma=paso.norma,
    )
