"""Typer with its fixed words in Spanish: every command of `recaudo` is built with these classes."""

from collections.abc import Callable
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

Funcion = Callable[..., Any]
CLASE_DE_VALOR: Final = {"int": "NÚMERO", "Path": "ARCHIVO", "float": "NÚMERO"}


def _traducir_paneles() -> None:
    """Put the titles that Typer writes in English into Spanish, when a help page is asked for."""
    from typer import rich_utils  # noqa: PLC0415 - rich is slow to load and only help needs it

    rich_utils.ARGUMENTS_PANEL_TITLE = "Argumentos"
    rich_utils.OPTIONS_PANEL_TITLE = "Opciones"
    rich_utils.COMMANDS_PANEL_TITLE = "Órdenes"
    rich_utils.REQUIRED_LONG_STRING = "[obligatorio]"
    rich_utils.DEFAULT_STRING = "[si no se indica: {}]"


class _EnEspanol:
    """What a command and a group share: usage line, help option and panel titles in Spanish."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        uso: str = super().get_usage(ctx)  # type: ignore[misc]
        return uso.replace("Usage:", "Uso:", 1)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the `--help` option with its explanation in Spanish."""
        opcion = super().get_help_option(ctx)  # type: ignore[misc]
        if opcion is not None:
            opcion.help = "Muestra esta ayuda y termina."
        return opcion

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, with Spanish words for the kind of value each one takes."""
        parametros = super().get_params(ctx)  # type: ignore[misc]
        for parametro in parametros:
            if parametro.metavar is None and parametro.param_type_name == "option":
                parametro.metavar = (
                    "" if parametro.is_flag else CLASE_DE_VALOR.get(parametro.bare_type(), "TEXTO")
                )
        return parametros

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _traducir_paneles()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Orden(_EnEspanol, TyperCommand):
    """One command."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build it with a Spanish placeholder for its options."""
        kwargs["options_metavar"] = "[OPCIONES]"
        super().__init__(*args, **kwargs)


class Grupo(_EnEspanol, TyperGroup):
    """A group of commands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build it with Spanish placeholders."""
        kwargs["options_metavar"] = "[OPCIONES]"
        kwargs["subcommand_metavar"] = "ORDEN [OPCIONES]..."
        super().__init__(*args, **kwargs)


class Programa(typer.Typer):
    """A Typer application whose groups and commands speak Spanish and never print a traceback."""

    def __init__(self, *, cls: type[TyperGroup] = Grupo, **kwargs: Any) -> None:
        """Build it without shell completion: it would add options that nobody explained."""
        kwargs.setdefault("no_args_is_help", True)
        super().__init__(
            cls=cls,
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode="rich",
            **kwargs,
        )

    def command(  # type: ignore[override]
        self, name: str | None = None, **kwargs: Any
    ) -> Callable[[Funcion], Funcion]:
        """Register a command."""
        kwargs.setdefault("cls", Orden)
        return super().command(name, **kwargs)
