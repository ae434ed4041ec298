"""`recaudo recaudacion`: import a bank statement from the terminal."""

from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction

from recaudo.domain.recaudacion.actions.importar_extracto import (
    ResultadoImportacion,
    importar_extracto,
)
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.queries import RETENCIONES
from recaudo.infra.clock import hoy
from recaudo.infra.files.formatos.camt import ExtractoIlegible
from recaudo.infra.security.actor import Actor
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa

app = Programa(help="Importa extractos bancarios y reparte lo recaudado.")
CUENTAS = (
    "lineas", "aplicadas", "credito_a_favor", "por_identificar", "duplicadas", "rechazadas",
    "retenidas",
)  # fmt: skip


@app.callback()
def _grupo() -> None:
    """Keep it a group, whatever it holds."""


@app.command("registrar-cuenta")
@salida.responde_errores
def registrar_cuenta(
    cuenta: Annotated[str, typer.Option("--cuenta", help="Número de la cuenta propia.")],
    banco: Annotated[str, typer.Option("--banco", help="Nombre del banco que la lleva.")],
    canal: Annotated[str, typer.Option("--canal", help="Canal por el que llega su dinero.")],
    ejecutar: Annotated[
        bool, typer.Option("--ejecutar", help="Registra la cuenta; sin esto, solo ensaya.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Imprime un objeto JSON.")] = False,
) -> None:
    """Registra una cuenta bancaria propia y su canal: desde entonces se creen sus extractos."""
    with transaction.atomic():
        fila, es_nueva = registrar_cuenta_bancaria(
            numero=cuenta, banco=banco, canal=canal, por=Actor.sistema("Operador de consola"),
            hoy=hoy(),
        )  # fmt: skip
        if not ejecutar:
            transaction.set_rollback(True)
    if json:
        salida.emitir_json(
            {"cuenta": fila.numero, "canal": fila.canal, "registrada": ejecutar or not es_nueva}
        )
    else:
        nueva = "sí" if es_nueva else "no: ya estaba"
        datos = {"Cuenta": fila.numero, "Banco": fila.banco, "Canal": fila.canal, "Nueva": nueva}
        salida.mostrar_ficha("Cuenta bancaria", datos)
    salida.avisar_ensayo(ejecutar=ejecutar)


@app.command("importar")
@salida.responde_errores
def importar(
    archivo: Annotated[Path, typer.Argument(help="Extracto del banco, en XML ISO 20022.")],
    formato: Annotated[str, typer.Option("--formato", help="camt053 o camt054.")],
    canal: Annotated[
        str, typer.Option("--canal", help="Canal de la cuenta; solo lo confirma, si se escribe.")
    ] = "",
    ejecutar: Annotated[
        bool, typer.Option("--ejecutar", help="Registra los pagos; sin esto, solo ensaya.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Imprime un objeto JSON.")] = False,
) -> None:
    """Lee el extracto, aplica cada pago a su comprobante y deja en cola lo que no se identifica."""
    if not archivo.is_file():
        msg = f"No existe el archivo {archivo}. Revise el nombre y la carpeta."
        raise salida.UsoIncorrecto(msg)
    with salida.progreso(f"Importando {archivo.name}"):
        resultado = _importar(archivo, formato, canal, ejecutar=ejecutar)
    if json:
        salida.emitir_json(_como_json(resultado))
    else:
        _mostrar(resultado)
    salida.avisar_ensayo(ejecutar=ejecutar)


def _importar(archivo: Path, formato: str, canal: str, *, ejecutar: bool) -> ResultadoImportacion:
    """Import as the system; a rehearsal does all of it and undoes it."""
    try:
        with transaction.atomic():
            resultado = importar_extracto(
                ruta=archivo,
                nombre=archivo.name,
                formato=formato.strip().lower().replace(".", ""),
                canal=canal,
                por=Actor.sistema("Operador de consola"),
                hoy=hoy(),
            )
            if not ejecutar:
                transaction.set_rollback(True)
    except ExtractoIlegible as ilegible:
        raise salida.UsoIncorrecto(ilegible.mensaje) from ilegible
    return resultado


def _como_json(resultado: ResultadoImportacion) -> dict[str, object]:
    return {
        **{nombre: getattr(resultado, nombre) for nombre in CUENTAS},
        "total": str(resultado.total),
        "cuadra": resultado.cuadra,
    }


def _mostrar(resultado: ResultadoImportacion) -> None:
    if resultado.ya_importado:
        salida.avisar("Ese archivo ya se había importado: no cambió nada. Esto fue lo que hizo:")
    salida.mostrar_ficha(
        "Extracto bancario",
        {
            "Líneas": resultado.lineas,
            "Aplicadas": resultado.aplicadas,
            "Aplicadas con crédito a favor": resultado.credito_a_favor,
            "Por identificar": resultado.por_identificar,
            "Ya vistas": resultado.duplicadas,
            "Apartadas": resultado.rechazadas - resultado.cargos,
            "Débitos del banco": resultado.cargos,
            "Retenidas": resultado.retenidas,
            "Total que entró": resultado.total.formato(),
            "Cuadra": "sí" if resultado.cuadra else "no: revise la conciliación",
        },
    )
    for motivo in resultado.retenciones:
        salida.avisar(f"Un extracto quedó retenido. {RETENCIONES.get(motivo, motivo)}.")
