"""Files as a fault, a clumsy hand or an attacker leaves them: mutants of a good one."""

import codecs
import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from random import Random

from recaudo.kernel.refusals import Rechazo

Forma = Callable[[bytes, Random], bytes]
#: What nobody types in a field, or in the place of one.
VALORES = (
    b"", b" ", b"\x00", b"\x1a", b"\x7f", b"\xff", b"\xc3", b"\xed\xa0\x80", "\u0663".encode(),
    "\u200b\u202e".encode(), "\U0001f600".encode(), b"-1", b"-0.00", b"+5.00", b"1e400", b"1E2",
    b"NaN", b"Infinity", b"0x10", b"9" * 18, b"9" * 4_400, b"0." + b"1" * 300, b"0" * 5_000 + b"7",
    b"92233720368547758.08", b"99999999999999.99", b"0001-01-01", b"9999-12-31", b"2026-02-30",
    b"10000-01-01", b"2026-10-08T24:00:00Z", b"2026-10-08T00:00:00+99:99", b"00000000", b"20260230",
    b"99999999", b"\\N", b"\\.", b"%s%n{0}", b"'; DROP TABLE x; --", b"\t\t", b"A" * 3_000,
    b"2026" * 700,
)  # fmt: skip
#: Pieces of XML where there were none.
DE_XML = (
    b"&", b"&a;", b"&#0;", b"&#x1F600;", b"&lt;" * 2_000, b"<!--", b"<!-- -- -->", b"]]>",
    b"<![CDATA[</Ntry>]]>", b"<?a b?>", b"<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    b"<Ntry/>", b"<Ntry>", b"</Ntry>", b"</Stmt><Stmt>", b"<Stmt><Stmt>", b"<a xmlns='b'>",
    b"<x:a/>", b"<TxDtls/>" * 300, b"<Amt>" * 300, b"<Amt Ccy='USD'>1</Amt>", b"<", b">", b'"',
)  # fmt: skip
_TEXTO = re.compile(rb">([^<>]+)<")
_CAMPO = re.compile(rb"(?:^|(?<=[;\n]))[^;\r\n]*")
_ELEMENTO = re.compile(rb"<(\w+)[^<>]*>[^<>]*</\1>")


def mutantes(bueno: bytes, *, semilla: str, cuantos: int) -> Iterator[bytes]:
    """Yield so many mutants of a file, the same ones for the same seed, after those of it whole."""
    yield from enteros(bueno)
    azar = Random(semilla)
    formas = (*_DE_BYTES, *(_DE_ELEMENTOS if bueno.lstrip().startswith(b"<") else _DE_CAMPOS))
    for _ in range(cuantos):
        mutante = bueno
        for _ in range(azar.choice((1, 1, 1, 2, 4))):
            mutante = azar.choice(formas)(mutante, azar)
        yield mutante


def enteros(bueno: bytes) -> Iterator[bytes]:
    """Yield the file in other letters, other ends of line, other wrappings."""
    texto = bueno.decode()
    for letras in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp500", "utf-7"):
        yield texto.encode(letras)
    for marca in (codecs.BOM_UTF8 * 2, codecs.BOM_UTF16, codecs.BOM_UTF32_BE, b"\x00", b"\n\n  "):
        yield marca + bueno
    for fin in (b"\r\n", b"\r", b"\n\r", b"\x85", b"\x00\n"):
        yield bueno.replace(b"\r\n", b"\n").replace(b"\n", fin)
    yield from (b"", b"\n", b"\x00" * 9, b"<", b"%PDF-1.7\n", bueno * 2, bueno[::-1])
    yield gzip.compress(bytes(20 << 20))
    caja = io.BytesIO()
    with zipfile.ZipFile(caja, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("extracto.xml", bytes(20 << 20))
    yield caja.getvalue()


def _cortar(datos: bytes, azar: Random) -> bytes:
    return datos[: azar.randrange(len(datos) + 1)]


def _voltear(datos: bytes, azar: Random) -> bytes:
    quedan = bytearray(datos)
    for _ in range(min(len(quedan), azar.choice((1, 1, 3)))):
        quedan[azar.randrange(len(quedan))] ^= 1 << azar.randrange(8)
    return bytes(quedan)


def _quitar(datos: bytes, azar: Random) -> bytes:
    desde = azar.randrange(len(datos) + 1)
    return datos[:desde] + datos[desde + azar.choice((1, 7, 90)) :]


def _repetir(datos: bytes, azar: Random) -> bytes:
    desde = azar.randrange(len(datos) + 1)
    trozo = datos[desde : desde + azar.choice((1, 40, 400))]
    return datos[:desde] + trozo * azar.choice((2, 50)) + datos[desde:]


def _meter(datos: bytes, azar: Random) -> bytes:
    en = azar.randrange(len(datos) + 1)
    return datos[:en] + azar.choice(VALORES + DE_XML) + datos[en:]


def _cambiar(que: re.Pattern[bytes], grupo: int, por: Callable[[bytes, Random], bytes]) -> Forma:
    def forma(datos: bytes, azar: Random) -> bytes:
        hallados = list(que.finditer(datos))
        if not hallados:
            return datos
        uno = azar.choice(hallados)
        return datos[: uno.start(grupo)] + por(uno[grupo], azar) + datos[uno.end(grupo) :]

    return forma


def _otro_valor(_: bytes, azar: Random) -> bytes:
    return azar.choice(VALORES)


def _otro_xml(_: bytes, azar: Random) -> bytes:
    return azar.choice(DE_XML)


def _muchas_veces(valor: bytes, azar: Random) -> bytes:
    return valor * azar.choice((0, 2, 300))


def _dentro_de_si(elemento: bytes, azar: Random) -> bytes:
    """Nest an element in others of its name."""
    nombre = elemento[1:].split(b">", 1)[0].split()[0]
    hondo = azar.choice((1, 200, 400))
    return (b"<" + nombre + b">") * hondo + elemento + (b"</" + nombre + b">") * hondo


_DE_BYTES: tuple[Forma, ...] = (_cortar, _voltear, _quitar, _repetir, _meter)
_DE_ELEMENTOS: tuple[Forma, ...] = (
    _cambiar(_TEXTO, 1, _otro_valor), _cambiar(_TEXTO, 1, _otro_valor),
    _cambiar(_TEXTO, 1, _otro_xml), _cambiar(_ELEMENTO, 0, _muchas_veces),
    _cambiar(_ELEMENTO, 0, _dentro_de_si),
)  # fmt: skip
_DE_CAMPOS: tuple[Forma, ...] = (
    _cambiar(_CAMPO, 0, _otro_valor), _cambiar(_CAMPO, 0, _otro_valor),
    _cambiar(_CAMPO, 0, _muchas_veces),
)  # fmt: skip


_NO_ES_PALABRA = re.compile(
    r"\b[a-z]+_[a-z_]+\b|\b(?:the|not|error|invalid|byte|codec|line|expected)\b|Traceback|Exception"
)


def se_entiende(frase: str) -> bool:
    """Tell whether a refusal is a sentence that a person reads, and not too long."""
    return (
        frase[:1].isupper()
        and frase.endswith(".")
        and len(frase) <= 400
        and (_NO_ES_PALABRA.search(re.sub(r"«[^»]*»|\([^)]*\)", "", frase)) is None)
    )


def frase(rechazo: Rechazo) -> str:
    """Return what a refusal says, which a person must be able to read."""
    assert se_entiende(rechazo.mensaje), rechazo.mensaje
    return rechazo.mensaje
