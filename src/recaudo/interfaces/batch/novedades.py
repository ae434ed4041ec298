"""`recaudo novedades`: process a batch file of payroll events from the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import (
    ResultadoArchivo,
    cargar_archivo_novedades,
)
from recaudo.domain.afiliacion.queries import empleador_por_ruc
from recaudo.infra.clock import hoy
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.text import contar

app = Programa(help="Carga archivos de novedades del empleador.")
MAXIMO_EN_PANTALLA = 50


@app.callback()
def _grupo() -> None:
    """Keep it a group, whatever it holds."""


@app.command("cargar")
@salida.responde_errores
def cargar(
    archivo: Annotated[
        Path,
        typer.Argument(metavar="ARCHIVO", help="Archivo .txt o .dat con el formato del portal."),
    ],
    ruc: Annotated[str, typer.Option("--ruc", help="RUC del empleador, 13 dígitos.")],
    ejecutar: Annotated[
        bool, typer.Option("--ejecutar", help="Registra las novedades; sin esto, solo ensaya.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Imprime un objeto JSON.")] = False,
) -> None:
    """Revisa un archivo ENT, SAL, MSU, INS o MND línea por línea y registra las que están bien."""
    contenido = _leer(archivo)
    with salida.progreso(f"Procesando {archivo.name}"):
        resultado = _procesar(contenido, archivo.name, ruc, ejecutar=ejecutar)
    if json:
        salida.emitir_json(_como_json(resultado))
    else:
        _mostrar(resultado)
    salida.avisar_ensayo(ejecutar=ejecutar)


def _leer(archivo: Path) -> bytes:
    try:
        return archivo.read_bytes()
    except OSError as error:
        msg = f"No se puede leer el archivo {archivo}: revise el nombre y los permisos."
        raise salida.UsoIncorrecto(msg) from error


def _procesar(contenido: bytes, nombre: str, ruc: str, *, ejecutar: bool) -> ResultadoArchivo:
    """Process the file as the system; a rehearsal judges all of it and writes nothing."""
    operador = Actor.sistema("Operador de consola")
    empleador = empleador_por_ruc(ruc, alcance=TODA_LA_NACION)
    return cargar_archivo_novedades(
        contenido=contenido,
        nombre=nombre,
        empleador_id=empleador.id,
        por=operador,
        hoy=hoy(),
        ensayo=not ejecutar,
    )


def _como_json(resultado: ResultadoArchivo) -> dict[str, object]:
    return {
        "aceptadas": resultado.aceptadas,
        "rechazadas": resultado.rechazadas,
        "filas": [
            {"numero": f.numero, "estado": f.estado, "codigo": f.codigo, "mensaje": f.mensaje}
            for f in resultado.filas
        ],
    }


def _mostrar(resultado: ResultadoArchivo) -> None:
    salida.mostrar_ficha(
        "Archivo de novedades",
        {"Líneas aceptadas": resultado.aceptadas, "Líneas devueltas": resultado.rechazadas},
    )
    con_algo = [fila for fila in resultado.filas if fila.codigo]
    if con_algo:
        salida.mostrar_filas(
            "Líneas devueltas o con aviso",
            ("Línea", "Estado", "Código", "Qué hacer"),
            [(f.numero, f.estado, f.codigo, f.mensaje) for f in con_algo[:MAXIMO_EN_PANTALLA]],
        )
    if len(con_algo) > MAXIMO_EN_PANTALLA:
        salida.avisar(
            f"Hay {contar(len(con_algo) - MAXIMO_EN_PANTALLA, 'línea', 'líneas')} más: use --json."
        )
