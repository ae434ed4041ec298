"""`recaudo cuentas`: the accounts of officers and representatives, from the machine's console."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
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
from recaudo.domain.organizacion.actions.asignar_rol import CuentaDesconocida, asignar_rol
from recaudo.domain.organizacion.actions.terminar_asignacion import terminar_asignacion
from recaudo.domain.organizacion.policy import Nombramiento
from recaudo.domain.organizacion.queries import FichaCuenta, cuenta_de
from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.lectura import leer_clave, leer_fecha
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.ids import Cedula, Ruc
from recaudo.kernel.refusals import Rechazo

app = Programa(help="Abre cuentas de funcionarios y de representantes.")


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
    nombramiento: Nombramiento


@app.callback()
def _raiz() -> None:
    """Keep it a group, whatever it holds."""


Documento = Annotated[
    str,
    typer.Option("--documento", help="Acto de nombramiento: acción de personal, contrato…"),
]
Numero = Annotated[str, typer.Option("--numero", help="Número de ese documento.")]
FechaDelDocumento = Annotated[
    str, typer.Option("--fecha-documento", help="Fecha de ese documento, AAAA-MM-DD.")
]
UltimoDia = Annotated[
    str, typer.Option("--ultimo-dia", help="Último día con acceso, AAAA-MM-DD. Vacío: sin fin.")
]
Identificacion = Annotated[
    str, typer.Option("--identificacion", help="Cédula de la persona, 10 dígitos.")
]
UN_DIA = timedelta(days=1)


@app.command("abrir")
@salida.responde_errores
def abrir(
    *,
    identificacion: Identificacion,
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
    documento: Documento = "",
    numero: Numero = "",
    fecha_documento: FechaDelDocumento = "",
    ultimo_dia: UltimoDia = "",
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
        nombramiento=_nombramiento(documento, numero, fecha_documento, ultimo_dia),
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


@app.command("asignar")
@salida.responde_errores
def asignar(
    *,
    identificacion: Identificacion,
    rol: Annotated[str, typer.Option("--rol", help="Código del rol de oficina.")],
    provincia: Annotated[
        list[str] | None,
        typer.Option("--provincia", help="Código de 2 dígitos; se repite. Solo rol provincial."),
    ] = None,
    desde: Annotated[str, typer.Option("--desde", help="Primer día, AAAA-MM-DD; si no, hoy.")] = "",
    documento: Documento = "",
    numero: Numero = "",
    fecha_documento: FechaDelDocumento = "",
    ultimo_dia: UltimoDia = "",
    calidad: Annotated[
        str, typer.Option("--calidad", help="TITULAR, ENCARGADO o DELEGADO.")
    ] = "TITULAR",
    delegante: Annotated[
        str, typer.Option("--delegante", help="Cédula de quien delega (COA art. 73).")
    ] = "",
    norma: Annotated[str, typer.Option("--norma", help="Norma que permite delegar.")] = "",
    ejecutar: Annotated[bool, typer.Option("--ejecutar", help="Sin esto solo se ensaya.")] = False,
) -> None:
    """Da un cargo a quien ya tiene cuenta, por su acto de nombramiento."""
    hoy = clock.hoy()
    inicio = leer_fecha(desde, "--desde") if desde else hoy
    nombramiento = replace(
        _nombramiento(documento, numero, fecha_documento, ultimo_dia),
        calidad=calidad.strip().upper(),
        delegante_id=_usuario(delegante, hoy) if delegante else None,
        norma=norma.strip(),
    )
    with transaction.atomic():
        asignar_rol(
            usuario_id=_usuario(identificacion, hoy),
            rol=rol.strip().upper(),
            provincias=tuple(sorted({p.strip() for p in provincia or ()})),
            desde=inicio,
            nombramiento=nombramiento,
            por=Actor.sistema("Orden de cuentas"),
            hoy=hoy,
        )
        transaction.set_rollback(not ejecutar)
    salida.avisar("El cargo queda asignado con esas fechas.")
    salida.avisar_ensayo(ejecutar=ejecutar)


@app.command("terminar")
@salida.responde_errores
def terminar(
    *,
    identificacion: Identificacion,
    rol: Annotated[str, typer.Option("--rol", help="Código del rol de oficina.")],
    razon: Annotated[str, typer.Option("--razon", help="Por qué termina. Queda en la historia.")],
    provincia: Annotated[str, typer.Option("--provincia", help="Código de 2 dígitos.")] = "",
    ultimo_dia: UltimoDia = "",
    ejecutar: Annotated[bool, typer.Option("--ejecutar", help="Sin esto solo se ensaya.")] = False,
) -> None:
    """Termina un cargo: sin último día, deja de dar acceso desde hoy."""
    hoy = clock.hoy()
    hasta = leer_fecha(ultimo_dia, "--ultimo-dia") + UN_DIA if ultimo_dia else hoy
    with transaction.atomic():
        terminar_asignacion(
            usuario_id=_usuario(identificacion, hoy),
            rol=rol.strip().upper(),
            provincia=provincia.strip(),
            hasta=hasta,
            razon=razon,
            por=Actor.sistema("Orden de cuentas"),
            hoy=hoy,
        )
        transaction.set_rollback(not ejecutar)
    salida.avisar(f"El cargo deja de dar acceso el {hasta:%d/%m/%Y}.")
    salida.avisar_ensayo(ejecutar=ejecutar)


def _usuario(identificacion: str, hoy: date) -> int:
    """Return whose account that is; CuentaDesconocida when nobody's."""
    cuenta = cuenta_de(Cedula(identificacion).numero, en=hoy)
    if cuenta is None:
        raise CuentaDesconocida
    return cuenta.usuario_id


def _nombramiento(documento: str, numero: str, fecha: str, ultimo_dia: str) -> Nombramiento:
    """Return the act of appointment that was typed; an empty option is not told."""
    return Nombramiento(
        documento=documento.strip(),
        numero=numero.strip(),
        fecha=leer_fecha(fecha, "--fecha-documento") if fecha else None,
        hasta=leer_fecha(ultimo_dia, "--ultimo-dia") + UN_DIA if ultimo_dia else None,
    )


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
            nombramiento=pedido.nombramiento,
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
