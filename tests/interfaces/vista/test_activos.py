"""What we ship is what the maintainer script made, small, hashed, and without foreign addresses."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines
from django.test import override_settings

from recaudo.interfaces import vista

STATIC = Path(vista.__file__).parent / "static" / "vista"
ROOT = Path(__file__).resolve().parents[3]


def compressed(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_every_vendored_file_is_the_one_the_script_recorded() -> None:
    recorded = json.loads((STATIC / "VERSIONES.json").read_text())["sha256"]
    assert len(recorded) >= 10
    for name, expected in recorded.items():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == expected, name


def test_our_sheet_fits_eight_kilobytes_and_a_public_page_sixty() -> None:
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    assert compressed("sitio.css") <= 8 * 1024
    page = compressed("govuk.css", "sitio.css", "govuk.js", "sitio.js")
    page += len(gzip.compress(htmx.read_bytes(), 9))
    assert page <= 60 * 1024
    assert page + compressed("moj.css") <= 75 * 1024


@pytest.mark.parametrize("name", ["govuk.css", "moj.css", "sitio.css", "sitio.js", "govuk.js"])
def test_no_sheet_or_script_asks_for_a_font_a_map_or_another_site(name: str) -> None:
    text = (STATIC / name).read_text()
    assert "@font-face" not in text
    assert "sourceMappingURL" not in text
    assert "GDS Transport" not in text
    assert "govuk-crest" not in text
    assert not re.search(r"url\((?:https?:)?//|@import|import\(", text)


def test_every_sheet_lives_in_its_layer_and_ours_is_the_last() -> None:
    assert (STATIC / "govuk.css").read_text().startswith("@layer govuk{")
    assert (STATIC / "moj.css").read_text().startswith("@layer moj{")
    assert "@layer govuk, moj, sitio;" in (STATIC / "sitio.css").read_text()


def test_production_files_are_hashed_down_to_the_module_that_another_imports(
    tmp_path: Path,
) -> None:
    from recaudo.interfaces.vista.ajustes import STORAGES

    with override_settings(STORAGES=STORAGES, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    module = (tmp_path / manifest["vista/sitio.js"]).read_text()
    hashed = Path(manifest["vista/govuk.js"]).name
    assert hashed != "govuk.js"
    assert f'"./{hashed}"' in module
    sheet = (tmp_path / manifest["vista/moj.css"]).read_text()
    assert not re.search(r"url\(iconos/icon-[a-z-]+\.svg\)", sheet)


def test_every_template_of_the_look_compiles() -> None:
    folder = Path(vista.__file__).parent / "templates"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]
    assert len(names) > 40
    for name in names:
        engines["django"].get_template(name)


def relative_luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tone", ["azul", "verde", "amarillo", "rojo", "morado"])
def test_every_tag_is_dark_on_light_with_seven_to_one(tone: str) -> None:
    text = (STATIC / "sitio.css").read_text()
    variables = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text))
    found = re.search(
        rf"\.etiqueta--{tone} \{{ color: (?:var\(--([\w-]+)\)|(#\w+)); background: (#\w+)", text
    )
    assert found
    colour = variables[found[1]] if found[1] else found[2]
    assert contrast(colour, found[3]) >= 7
