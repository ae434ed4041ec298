"""`recaudo`: the one script. Pure commands load at once; those of the database, when called."""

import importlib
import importlib.util
import io
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

from recaudo.infra.papeles import Papel
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.calcular import aportes, identificacion, mora, plazos
from recaudo.interfaces.batch.programa import Grupo, Orden, Programa

CALCULOS: Final = "Cálculos"
IDENTIFICACIONES: Final = "Identificaciones"
TRABAJO: Final = "Trabajo"
SERVICIO: Final = "Servicio"
CONTROL: Final = "Control"


@dataclass(frozen=True, slots=True)
class EnLaBase:
    """A command that needs the database: its module exposes `app`, an `Programa`.

    The module is `recaudo.interfaces.batch.NAME`, or `recaudo.project.NAME` for the ones that wire
    the whole house, unless `lugar` names another. With `django` the settings are loaded before the
    module is imported. A command whose module does not exist is not offered. `papel` is the role
    of the database that it is (ADR 0018); without it, the owner.
    """

    nombre: str
    panel: str
    ayuda: str
    es_grupo: bool = False
    django: bool = True
    lugar: str = ""
    papel: Papel | None = None

    @property
    def modulo(self) -> str | None:
        """Name of the module that holds it, or None when there is none."""
        propios = (f"{piso}.{self.nombre}" for piso in ("interfaces.batch", "project"))
        candidatos = (f"recaudo.{lugar}" for lugar in ((self.lugar,) if self.lugar else propios))
        return next((m for m in candidatos if importlib.util.find_spec(m)), None)

    def resumen(self) -> TyperCommand:
        """Return a stand-in that only knows what `recaudo --help` prints."""
        return Orden(name=self.nombre, help=self.ayuda, rich_help_panel=self.panel)

    def cargar(self) -> Any:
        """Import the module and return the real command."""
        if self.django:
            from recaudo.interfaces.batch.arranque import preparar_django  # noqa: PLC0415

            preparar_django(self.papel)
        app: typer.Typer = importlib.import_module(str(self.modulo)).app
        orden = typer.main.get_group(app) if self.es_grupo else typer.main.get_command(app)
        orden.name = self.nombre
        return orden


def _por_lotes(nombre: str, ayuda: str) -> EnLaBase:
    return EnLaBase(nombre, TRABAJO, ayuda, es_grupo=True, papel=Papel.LOTES)


EN_LA_BASE: Final = {
    orden.nombre: orden
    for orden in (
        _por_lotes("empleadores", "Registra empleadores."),
        _por_lotes("novedades", "Carga archivos de novedades."),
        _por_lotes("planillas", "Emite las planillas de un período."),
        _por_lotes("recaudacion", "Importa los pagos de los bancos."),
        _por_lotes("cartera", "Cierra los días: mora, glosas y términos."),
        EnLaBase(
            "informe", TRABAJO, "Produce un informe a una fecha de corte.", papel=Papel.INFORMES
        ),
        EnLaBase("demo", SERVICIO, "Prepara y muestra un ciclo completo.", django=False),
        EnLaBase("servir", SERVICIO, "Sirve el portal y la oficina.", django=False),
        EnLaBase("detener", SERVICIO, "Detiene la base de datos propia.", django=False),
        EnLaBase(
            "trabajador",
            SERVICIO,
            "Atiende los trabajos en segundo plano.",
            django=False,
            papel=Papel.LOTES,
        ),
        EnLaBase(
            "cuentas", SERVICIO, "Abre cuentas de funcionarios y de representantes.", es_grupo=True
        ),
        EnLaBase(
            "base",
            CONTROL,
            "Crea, prepara y revisa la base de datos.",
            es_grupo=True,
            lugar="project.base_instalada",
        ),
        EnLaBase(
            "auditoria", CONTROL, "Comprueba los invariantes de los libros.", papel=Papel.AUDITOR
        ),
        EnLaBase(
            "medir", CONTROL, "Mide una operación junto a su piso físico.", lugar="ensayo.medicion"
        ),
        EnLaBase(
            "caidas",
            CONTROL,
            "Mata procesos a propósito y compara las cuentas.",
            django=False,
            lugar="ensayo.caidas",
        ),
    )
}


class GrupoPrincipal(Grupo):
    """The root: lists every command without importing it, imports the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of the help page."""
        return [*super().list_commands(ctx), *(n for n, o in EN_LA_BASE.items() if o.modulo)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command, or the stand-in of one that lives in the database's world."""
        perezosa = EN_LA_BASE.get(cmd_name)
        if perezosa is not None and perezosa.modulo:
            return perezosa.resumen()
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command to run, loading it if it was a stand-in."""
        nombre, orden, resto = super().resolve_command(ctx, args)
        if nombre in EN_LA_BASE:
            orden = EN_LA_BASE[nombre].cargar()
        return nombre, orden, resto


app = Programa(
    name="recaudo",
    cls=GrupoPrincipal,
    help="Sistema Integrado de Recaudación y Gestión de Cartera.",
)
_calcular = Programa(help="Calcula valores y plazos con la norma vigente, sin base de datos.")
_validar = Programa(help="Revisa cédulas y RUC.")
for _modulo in (aportes, mora, plazos):
    _modulo.registrar(_calcular)
identificacion.registrar(_validar)
app.add_typer(_calcular, name="calcular", rich_help_panel=CALCULOS)
app.add_typer(_validar, name="validar", rich_help_panel=IDENTIFICACIONES)


@app.callback()
def _raiz() -> None:
    """Keep the root a group, whatever it holds."""


def _frase_de_uso(error: TyperException) -> str:
    """Say in Spanish, in one line, what is wrong with the words typed."""
    clase = type(error).__name__
    parametro = getattr(error, "param", None)
    nombre = "/".join(parametro.opts) if parametro is not None else ""
    contexto = getattr(error, "ctx", None)
    orden = contexto.command_path if contexto is not None else "recaudo"
    if clase == "MissingParameter":
        frase = f"Falta {nombre if nombre.startswith('-') else nombre.upper()}"
    elif clase == "NoSuchOption":
        frase = f"No existe la opción {getattr(error, 'option_name', '')}"
    elif clase == "BadOptionUsage":
        opcion = getattr(error, "option_name", "")
        frase = f"Revise la opción {opcion}: falta su valor o no lleva valor"
    elif clase == "BadParameter":
        frase = f"Revise {nombre}: no se entiende el valor"
    elif error.message.startswith("No such command"):
        frase = f"No existe la orden {error.message.split(chr(39))[1]}"
    elif error.message.startswith("Missing command"):
        frase = "Falta decir qué orden"
    else:
        frase = "Sobran palabras o falta alguna"
    return f"{frase}. Vea «{orden} --help»."


def ejecutar(argumentos: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing is ever raised to the terminal."""
    try:
        resultado = typer.main.get_command(app).main(
            list(argumentos), prog_name="recaudo", standalone_mode=False
        )
    except typer.Exit as fin:
        return fin.exit_code
    except typer.Abort:
        return salida.INTERRUMPIDO
    except TyperException as error:
        return _uso_incorrecto(error, argumentos)
    except (Exception, KeyboardInterrupt) as error:
        return salida.responder_a_error(error, como_json="--json" in argumentos)
    return resultado if isinstance(resultado, int) else salida.HECHO


def _uso_incorrecto(error: TyperException, argumentos: Sequence[str]) -> int:
    if type(error).__name__ != "NoArgsIsHelpError":
        salida.avisar(_frase_de_uso(error))
    elif argumentos:  # the help page of the group is already printed
        salida.avisar("Falta decir qué orden: vea la lista.")
    else:
        return salida.HECHO
    return salida.USO_INCORRECTO


def main() -> None:
    """Entry point of the script `recaudo`."""
    for corriente in (sys.stdout, sys.stderr):
        if isinstance(corriente, io.TextIOWrapper):
            corriente.reconfigure(encoding="utf-8", errors="replace")
    if os.environ.get(salida.DEPURAR) == "1":
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    sys.exit(ejecutar(sys.argv[1:]))


if __name__ == "__main__":
    main()
