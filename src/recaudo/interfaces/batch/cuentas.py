"""`recaudo cuentas`: the accounts of officers and representatives, from the machine's console."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer
from django.db import transaction

from recaudo.domain.afiliacion.actions.registrar_representacion import registrar_representacion
from recaudo.domain.afiliacion.queries import (
    empleador_por_ruc,
    empleadores_representados,
    visible_to,
)
from recaudo.domain.organizacion.actions.abrir_cuenta import abrir_cuenta
from recaudo.domain.organizacion.queries import FichaCuenta, cuenta_de
from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.aplicacion import Aplicacion
from recaudo.interfaces.batch.lectura import leer_clave
from recaudo.kernel.ids import Cedula, Ruc
from recaudo.kernel.refusals import Rechazo

app = Aplicacion(help="Abre cuentas de funcionarios y de representantes.")


class CuentaConOtrosDatos(Rechazo):
    """The person has an account, and it is not the one asked for."""


@dataclass(frozen=True, slots=True)
class _Pedido:
    """The account asked for; `empleadores` are (RUC, id), in the order of the RUC."""

    identificacion: str
    nombre: str
    rol: str
    provincias: tuple[str, ...]
    empleadores: tuple[tuple[str, int], ...]


@app.callback()
def _raiz() -> None:
    """Keep it a group, whatever it holds."""


@app.command("abrir")
@salida.responde_errores
def abrir(
    *,
    identificacion: Annotated[
        str, typer.Option("--identificacion", help="Cédula de la persona, 10 dígitos.")
    ],
    nombre: Annotated[str, typer.Option("--nombre", help="Apellidos y nombres.")],
    rol: Annotated[
        str, typer.Option("--rol", help="Código del rol de oficina, por ejemplo ADM o JC.")
    ] = "",
    provincia: Annotated[
        list[str] | None,
        typer.Option("--provincia", help="Código de 2 dígitos; se repite. Solo rol provincial."),
    ] = None,
    ruc: Annotated[
        list[str] | None,
        typer.Option("--ruc", help="RUC del empleador que representa como titular; se repite."),
    ] = None,
    ejecutar: Annotated[
        bool, typer.Option("--ejecutar", help="Abre la cuenta de verdad; sin esto solo se ensaya.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Abre la cuenta de una persona. Pide la clave dos veces, o la lee de la entrada estándar."""
    hoy = clock.hoy()
    pedido = _Pedido(
        identificacion=Cedula(identificacion).numero,
        nombre=" ".join(nombre.split()),
        rol=rol.strip().upper(),
        provincias=tuple(sorted({p.strip() for p in provincia or ()})),
        empleadores=tuple(sorted({_empleador(r) for r in ruc or ()})),
    )
    cuenta = cuenta_de(pedido.identificacion, en=hoy)
    if cuenta is None:
        usuario_id = _abrir(pedido, clave=leer_clave(), hoy=hoy, ejecutar=ejecutar)
    else:
        _exigir_la_misma(cuenta, pedido, hoy)
        usuario_id = cuenta.usuario_id
    _mostrar(pedido, usuario_id, como_json=json)
    if cuenta is None:
        salida.avisar_ensayo(ejecutar=ejecutar)
    else:
        salida.avisar("La cuenta ya estaba abierta con esos datos: no se cambió nada, ni la clave.")


def _empleador(ruc: str) -> tuple[str, int]:
    ficha = empleador_por_ruc(Ruc(ruc).numero, alcance=TODA_LA_NACION)
    return ficha.ruc, ficha.id


def _abrir(pedido: _Pedido, *, clave: str, hoy: date, ejecutar: bool) -> int | None:
    """Open it whole or not at all and return its number; a rehearsal undoes it and has none."""
    por = Actor.sistema("Orden de cuentas")
    with transaction.atomic():
        usuario = abrir_cuenta(
            identificacion=pedido.identificacion,
            nombre=pedido.nombre,
            clave=clave,
            rol=pedido.rol,
            provincias=pedido.provincias,
            por=por,
            hoy=hoy,
        )
        for _, empleador_id in pedido.empleadores:
            registrar_representacion(
                usuario_id=usuario.pk, empleador_id=empleador_id, desde=hoy, por=por, hoy=hoy
            )
        transaction.set_rollback(not ejecutar)
    return usuario.pk if ejecutar else None


def _exigir_la_misma(cuenta: FichaCuenta, pedido: _Pedido, hoy: date) -> None:
    """Refuse (CuentaConOtrosDatos) unless the account that exists is the one asked for."""
    representados = empleadores_representados(usuario_id=cuenta.usuario_id, en=hoy)
    pedidas = {(pedido.rol, p) for p in pedido.provincias or ("",)} if pedido.rol else set()
    distintos = [
        dato
        for dato, es_igual in (
            ("la cuenta está cerrada", cuenta.esta_activa),
            (f"el nombre registrado es {cuenta.nombre}", cuenta.nombre == pedido.nombre),
            (f"el rol es {_roles(cuenta)}", cuenta.asignaciones == pedidas),
            (
                f"representa a {_rucs(representados)}",
                representados == {numero for _, numero in pedido.empleadores},
            ),
        )
        if not es_igual
    ]
    if distintos:
        msg = (
            f"La persona {cuenta.identificacion} ya tiene una cuenta con otros datos: "
            f"{'; '.join(distintos)}. No se cambió nada."
        )
        raise CuentaConOtrosDatos(msg)


def _roles(cuenta: FichaCuenta) -> str:
    textos = (f"{rol} {provincia}".strip() for rol, provincia in sorted(cuenta.asignaciones))
    return ", ".join(textos) or "ninguno"


def _rucs(empleadores: frozenset[int]) -> str:
    suyos = visible_to(TODA_LA_NACION).filter(pk__in=empleadores).order_by("ruc")
    return ", ".join(suyos.values_list("ruc", flat=True)) or "ningún empleador"


def _mostrar(pedido: _Pedido, usuario_id: int | None, *, como_json: bool) -> None:
    plano: dict[str, Any] = {
        "usuario": usuario_id,
        "identificacion": pedido.identificacion,
        "rol": pedido.rol,
        "provincias": list(pedido.provincias),
        "representa": [ruc for ruc, _ in pedido.empleadores],
    }
    if como_json:
        salida.emitir_json(plano)
        return
    ficha = {
        "Cédula": pedido.identificacion,
        "Nombre": pedido.nombre,
        "Rol": pedido.rol or "ninguno",
        "Provincias": ", ".join(plano["provincias"]) or "–",
        "Representa a": ", ".join(plano["representa"]) or "–",
    }
    salida.mostrar_ficha("Cuenta", ficha)
