"""What Django itself can tell of the house: its templates, its migrations, its own checks."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db.migrations.loader import MigrationLoader
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template

from tests.servidor import ROOT


def _templates() -> list[str]:
    return sorted(
        path.relative_to(directory).as_posix()
        for directory in (ROOT / "src").rglob("templates")
        for path in directory.rglob("*")
        if path.suffix in {".html", ".txt"}
    )


@pytest.mark.parametrize("name", _templates())
def test_every_template_compiles(name: str) -> None:
    get_template(name)


def test_a_template_that_does_not_compile_is_caught() -> None:
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% if planilla %}")


def test_the_migrations_are_complete(db: None) -> None:
    answer = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=answer)
    except SystemExit:
        pytest.fail(answer.getvalue())


def test_each_app_has_one_last_migration(db: None) -> None:
    loader = MigrationLoader(None)
    ours = {key[0] for key in loader.disk_migrations}
    several = {app: loader.graph.leaf_nodes(app) for app in ours}
    assert {app: leaves for app, leaves in several.items() if len(leaves) != 1} == {}


def test_django_finds_nothing_to_complain_of() -> None:
    try:
        call_command("check", fail_level="WARNING", stdout=StringIO(), stderr=StringIO())
    except SystemCheckError as error:
        pytest.fail(str(error))
