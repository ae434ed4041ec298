"""Fetch again the third-party look (CSS, JS, icons, document font) that the project ships.

A maintainer runs this by hand; neither the site nor its tests need it. It needs `npm` (any
registry), `pip` and the `fonttools` package:

    uv run --with fonttools python herramientas/traer_activos.py

What it changes on the way, so that nobody edits the outputs by hand:

* `@font-face` rules and source maps are dropped, and every font family becomes `var(--fuente)`;
* rules that point to files we do not ship (the crest of the United Kingdom) are dropped;
* each sheet is wrapped in its own cascade layer (`govuk`, `moj`), below our `sitio`;
* woff fonts become ttf, the only form the document engine reads.

The outputs are committed with `VERSIONES.json` (package, version, sha256 of each output).
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
ESTATICOS = RAIZ / "src/recaudo/interfaces/vista/static/vista"
FUENTES = RAIZ / "src/recaudo/infra/documents/plantillas/fuentes"

GOVUK = "govuk-frontend@6.6.0"
MOJ = "@ministryofjustice/frontend@11.1.0"
FUENTE = "@fontsource/atkinson-hyperlegible-next@5.3.0"
RESPALDO = "fontpkg-noto-sans==2.15"
#: What `kernel/letras.py` admits in a name, and the punctuation around it.
LETRAS_DE_RESPALDO = (
    (0x20, 0x7E), (0xA0, 0x377), (0x37A, 0x37F), (0x384, 0x52F), (0x1E00, 0x1FFF),
    (0x2000, 0x206F), (0x20A0, 0x20C0), (0x2100, 0x215F), (0x2212, 0x2212), (0x25CC, 0x25CC),
    (0x2C60, 0x2C7F), (0xA720, 0xA7CA), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
)  # fmt: skip

PESOS = ("400-normal", "400-italic", "600-normal", "700-normal")
ICONOS_MOJ = ("close-cross-black", "document", "progress-tick", "tag-remove-cross",
              "tag-remove-cross-white", "toggle-plus-minus")  # fmt: skip
FAMILIA = re.compile(r"font-family:(?:GDS Transport,arial,sans-serif|sans-serif)")
REGLA_SIN_ARCHIVO = re.compile(r"[^{}]*\{[^{}]*url\([^)]*(?:govuk-crest|icon-wysiwyg)[^{}]*\}")


def traer(paquete: str, carpeta: Path) -> Path:
    """Download one package with npm and return the folder with its files."""
    salida = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(carpeta), paquete],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    destino = carpeta / salida.removesuffix(".tgz")
    with tarfile.open(carpeta / salida) as archivo:
        archivo.extractall(destino, filter="data")
    return destino / "package"


def limpiar_hoja(css: str, capa: str) -> str:
    """Return the sheet without fonts, maps or missing files, inside the cascade layer `capa`."""
    css = css.replace('@charset "UTF-8";', "")
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = FAMILIA.sub("font-family:var(--fuente)", css)
    css = REGLA_SIN_ARCHIVO.sub("", css)
    css = re.sub(r"url\(/assets/images/([\w-]+\.svg)\)", r"url(iconos/\1)", css)
    for resto in ("GDS Transport", "/assets/", "sourceMappingURL"):
        if resto in css:
            sys.exit(f"{capa}: todavía queda «{resto}» en la hoja")
    return f"@layer {capa}{{{css.strip()}}}\n"


def escribir(ruta: Path, contenido: bytes) -> None:
    """Write one output, making its folder."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    ruta.write_bytes(contenido)


def convertir_fuentes(paquete: Path) -> list[Path]:
    """Turn the Latin woff files into ttf and copy their licence; return the outputs."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only the maintainer has it

    FUENTES.mkdir(parents=True, exist_ok=True)
    hechas = []
    for peso in PESOS:
        origen = paquete / f"files/atkinson-hyperlegible-next-latin-{peso}.woff"
        destino = FUENTES / f"AtkinsonHyperlegibleNext-{peso}.ttf"
        fuente = TTFont(origen, recalcTimestamp=False)
        fuente.flavor = None
        fuente.save(destino)
        hechas.append(destino)
    escribir(FUENTES / "OFL.txt", (paquete / "LICENSE").read_bytes())
    return [*hechas, FUENTES / "OFL.txt"]


def hacer_respaldo(carpeta: Path) -> list[Path]:
    """Make the second font of the documents: Latin with every accent, Greek and Cyrillic.

    Two static weights of the variable font, without hints, with what places an accent on a letter.
    """
    from fontTools import subset  # noqa: PLC0415 - only the maintainer has it
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    orden = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(carpeta), RESPALDO]
    subprocess.run(orden, check=True)
    (rueda,) = carpeta.glob("fontpkg_noto_sans-*.whl")
    with zipfile.ZipFile(rueda) as archivo:
        for parte in ("files/NotoSans[wdth,wght].ttf", "LICENSE"):
            archivo.extract(f"fontpkg_noto_sans/{parte}", carpeta / "noto")
    paquete = carpeta / "noto/fontpkg_noto_sans"
    letras = [c for primera, ultima in LETRAS_DE_RESPALDO for c in range(primera, ultima + 1)]
    hechas = []
    for peso in (400, 700):
        fuente = TTFont(paquete / "files/NotoSans[wdth,wght].ttf", recalcTimestamp=False)
        fuente = instancer.instantiateVariableFont(
            fuente, {"wght": peso, "wdth": 100}, updateFontNames=True
        )
        opciones = subset.Options(
            layout_features=["ccmp", "mark", "mkmk", "kern", "locl"], hinting=False,
            name_IDs=["*"], notdef_outline=True, recalc_timestamp=False,
        )  # fmt: skip
        recorte = subset.Subsetter(opciones)
        recorte.populate(unicodes=letras)
        recorte.subset(fuente)
        destino = FUENTES / f"NotoSans-{peso}-normal.ttf"
        fuente.save(destino)
        hechas.append(destino)
    escribir(FUENTES / "OFL-NotoSans.txt", (paquete / "LICENSE").read_bytes())
    return [*hechas, FUENTES / "OFL-NotoSans.txt"]


def main() -> None:
    """Rebuild every output and the list of versions."""
    with tempfile.TemporaryDirectory() as carpeta:
        govuk = traer(GOVUK, Path(carpeta)) / "dist/govuk"
        moj = traer(MOJ, Path(carpeta)) / "moj"
        hojas = {
            "govuk.css": limpiar_hoja((govuk / "govuk-frontend.min.css").read_text(), "govuk"),
            "moj.css": limpiar_hoja((moj / "moj-frontend.min.css").read_text(), "moj"),
            "govuk.js": re.sub(
                r"//# sourceMappingURL=.*", "", (govuk / "govuk-frontend.min.js").read_text()
            )
            + "\n",
        }
        salidas = []
        for nombre, texto in hojas.items():
            escribir(ESTATICOS / nombre, texto.encode())
            salidas.append(ESTATICOS / nombre)
        for icono in ICONOS_MOJ:
            origen = moj / f"assets/images/icon-{icono}.svg"
            destino = ESTATICOS / f"iconos/icon-{icono}.svg"
            escribir(destino, origen.read_bytes())
            salidas.append(destino)
        salidas += convertir_fuentes(traer(FUENTE, Path(carpeta)))
        salidas += hacer_respaldo(Path(carpeta))
    versiones = {
        "paquetes": [GOVUK, MOJ, FUENTE, RESPALDO],
        "sha256": {
            str(ruta.relative_to(RAIZ)): hashlib.sha256(ruta.read_bytes()).hexdigest()
            for ruta in sorted(salidas)
        },
    }
    texto = json.dumps(versiones, indent=2, ensure_ascii=False) + "\n"
    escribir(ESTATICOS / "VERSIONES.json", texto.encode())


if __name__ == "__main__":
    main()
