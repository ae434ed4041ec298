"""`recaudo empleadores`: the registry from the machine's console, while it has no screen."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from django.db import transaction

from recaudo.domain.afiliacion.actions.registrar_empleador import registrar_empleador
from recaudo.domain.afiliacion.queries import (
    EmpleadorDesconocido,
    FichaEmpleador,
    empleador_por_ruc,
)
from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.ids import Ruc
from recaudo.kernel.refusals import Rechazo

app = Programa(help="Registra empleadores.")


class EmpleadorConOtrosDatos(Rechazo):
    """The RUC is registered, and not as it is asked for."""


@app.callback()
def _raiz() -> None:
    """Keep it a group, whatever it holds."""


@app.command("registrar")
@salida.responde_errores
def registrar(
    *,
    ruc: Annotated[str, typer.Option("--ruc", help="RUC del empleador, 13 dígitos.")],
    razon_social: Annotated[
        str, typer.Option("--razon-social", help="Razón social, o apellidos y nombres.")
    ],
    tipo: Annotated[
        str, typer.Option("--tipo", help="Código del tipo de empleador, por ejemplo PRIV_SOCIEDAD.")
    ],
    canton: Annotated[str, typer.Option("--canton", help="Cantón de la matriz, 4 dígitos.")],
    correo: Annotated[str, typer.Option("--correo", help="Correo electrónico.")] = "",
    telefono: Annotated[str, typer.Option("--telefono", help="Teléfono.")] = "",
    direccion: Annotated[str, typer.Option("--direccion", help="Dirección de la matriz.")] = "",
    representante: Annotated[
        str, typer.Option("--representante", help="Quién lo representa, por su nombre.")
    ] = "",
    ejecutar: Annotated[
        bool, typer.Option("--ejecutar", help="Registra de verdad; sin esto solo se ensaya.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Registra un empleador con su matriz (LSS art. 73)."""
    pedidos: dict[str, Any] = {
        "razon_social": " ".join(razon_social.split()),
        "tipo_empleador": tipo.strip().upper(),
        "canton": canton.strip(),
        "correo": correo.strip(),
        "telefono": telefono.strip(),
        "direccion": direccion.strip(),
        "representante": representante.strip(),
    }
    por = Actor.sistema("Orden de empleadores")
    previo = _registrado(ruc, por)
    if previo is None:
        with transaction.atomic():
            registrar_empleador(ruc=ruc, por=por, hoy=clock.hoy(), **pedidos)
            ficha = empleador_por_ruc(Ruc(ruc).numero, alcance=TODA_LA_NACION)
            transaction.set_rollback(not ejecutar)
    else:
        ficha = previo
        _exigir_lo_mismo(ficha, pedidos)
    _mostrar(ficha, como_json=json)
    if previo is None:
        salida.avisar_ensayo(ejecutar=ejecutar)
    else:
        salida.avisar("El empleador ya estaba registrado con esos datos: no se cambió nada.")


def _registrado(ruc: str, por: Actor) -> FichaEmpleador | None:
    try:
        return empleador_por_ruc(Ruc(ruc).numero, alcance=TODA_LA_NACION)
    except EmpleadorDesconocido:
        return None


def _exigir_lo_mismo(ficha: FichaEmpleador, pedidos: Mapping[str, str]) -> None:
    distintos = [
        f"{dato.replace('_', ' ')}: {getattr(ficha, dato) or 'ninguno'}"
        for dato, pedido in pedidos.items()
        if getattr(ficha, dato) != pedido
    ]
    if distintos:
        msg = (
            f"El RUC {ficha.ruc} ya está registrado con otros datos: {'; '.join(distintos)}. "
            "No se cambió nada."
        )
        raise EmpleadorConOtrosDatos(msg)


def _mostrar(ficha: FichaEmpleador, *, como_json: bool) -> None:
    plano: dict[str, Any] = {
        "ruc": ficha.ruc,
        "razon_social": ficha.razon_social,
        "tipo_empleador": ficha.tipo_empleador,
        "sucursales": [{"codigo": s.codigo, "canton": s.canton} for s in ficha.sucursales],
    }
    if como_json:
        salida.emitir_json(plano)
        return
    salida.mostrar_ficha(
        "Empleador",
        {
            "RUC": ficha.ruc,
            "Razón social": ficha.razon_social,
            "Tipo": ficha.tipo_empleador,
            "Matriz": ", ".join(f"{s.codigo} (cantón {s.canton})" for s in ficha.sucursales),
        },
    )
