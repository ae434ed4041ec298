"""Freeze the content of a document at its act. Its bytes are drawn from it (`dibujo`)."""

import secrets
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from psycopg import sql

from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.documents.blancos import Blanco
from recaudo.infra.documents.bloques import Bloques, Encabezado, Texto, TotalNoCuadra
from recaudo.infra.documents.canonico import huella
from recaudo.infra.documents.en_masa import diferencias, expresion
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.numeracion import numero_de_documento, siguiente_numero
from recaudo.infra.documents.plano import comprobaciones, contenido_de, modelo_de
from recaudo.infra.documents.tipos import Numeracion, TipoDeDocumento
from recaudo.kernel.text import contar
from recaudo.norma.catalogos.dpa import cantones

IDENTIDAD: Final = {"institucion": "Seguridad social del Ecuador"}
PAIS: Final = "Ecuador"
LARGO_TITULAR: Final = 200
#: 32 signs that nobody confuses when reading aloud: no 0, 1, I, O.
ALFABETO: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LARGO_CODIGO: Final = 12
TAREA_GUARDAR: Final = "documentos.guardar"
COLA: Final = "documentos"


@dataclass(frozen=True, slots=True)
class DocumentoAnulado:
    """A document stopped being valid; its bytes and its verification page remain."""

    tipo: ClassVar[str] = "documento_anulado"
    objeto_tipo: ClassVar[str] = "documento"
    documento_id: int
    titulo: str
    numero: str
    motivo: str
    empleador_id: int | None = None

    @property
    def objeto_id(self) -> int:
        """The document."""
        return self.documento_id

    def frase(self) -> str:
        """One sentence for the history tab."""
        return f"Se anuló {self.titulo} {self.numero}: {self.motivo}"


def codigo_nuevo() -> str:
    """Return a verification code: 12 signs, 60 random bits, nothing of the document in it."""
    return "".join(secrets.choice(ALFABETO) for _ in range(LARGO_CODIGO))


def congelar(
    *,
    acto: ActoAbierto,
    tipo: TipoDeDocumento,
    provincia: str,
    titular: str,
    bloques: Bloques,
    empleador_id: int | None = None,
    lugar: str = "",
    valido_hasta: date | None = None,
    numero: str | None = None,
) -> Documento:
    """Freeze `bloques` as a document of the institution, dated on the act's business date.

    The heading is made here: kind, number, holder, place (`lugar`; the province without it), date.
    A kind numbered by its act brings `numero`; any other takes the next one of its series. Its
    bytes are kept by a job of this same transaction (`guardar_bytes`). Call it inside
    `acto(...)`. Raises ContenidoNoAdmitido.
    """
    numero = numero or _numero(tipo, provincia, acto.fecha)
    contenido = contenido_completo(
        tipo,
        bloques,
        numero=numero,
        titular=titular,
        provincia=provincia,
        lugar=lugar,
        fecha=acto.fecha,
    )
    documento = Documento.objects.create(
        tipo=tipo.codigo,
        numero=numero,
        titulo=tipo.titulo,
        provincia=provincia,
        empleador_id=empleador_id,
        titular=titular[:LARGO_TITULAR],
        contenido=contenido,
        contenido_sha256=huella(contenido),
        codigo=codigo_nuevo(),
        emitido_en=Now(),
        fecha_emision=acto.fecha,
        valido_hasta=valido_hasta,
    )
    guardar_bytes(documento.pk)
    return documento


def guardar_bytes(documento_id: int) -> None:
    """Have the worker keep the bytes of a document that this act gives to somebody.

    A job of the same transaction: undone with the act, done after it. Until then whoever reads
    receives the same bytes, drawn on the spot.
    """
    app.configure_task(TAREA_GUARDAR, queue=COLA).defer(documento_id=documento_id)


def contenido_completo(
    tipo: TipoDeDocumento,
    bloques: Bloques,
    *,
    numero: str,
    titular: str,
    provincia: str,
    fecha: date,
    lugar: str = "",
) -> dict[str, Any]:
    """Return what is frozen of one document: its heading and its blocks, as plain JSON."""
    encabezado = _encabezado(
        tipo,
        numero=numero,
        titular=titular,
        provincia=nombre_de_provincia(provincia),
        lugar=lugar or nombre_de_provincia(provincia) or PAIS,
        fecha=fecha,
    )
    return contenido_de((encabezado, *bloques))


def congelar_muchos(
    *, acto: ActoAbierto, tipo: TipoDeDocumento, modelo: Bloques, tabla: str
) -> int:
    """Freeze every row of the temporary table `tabla` as a document, with one statement.

    `modelo` are the blocks with blanks for the columns of `tabla`, which also has: numero,
    provincia, empleador_id, titular, lugar, valido_hasta; it fills `documento_id` (bigint).
    Numbers come from `reservar_numeros`. No job is deferred: nobody was given them yet, and the
    act that gives one (its reception) keeps it. Returns how many. Raises TotalNoCuadra when the
    table of some document does not add up: then none is issued.
    """
    nombre = sql.Identifier(tabla)
    encabezado = _encabezado(
        tipo,
        numero=Blanco("numero"),
        titular=Blanco("titular"),
        provincia=Blanco("nombre_de_provincia"),
        lugar=Blanco("lugar"),
        fecha=acto.fecha,
    )
    with connection.cursor() as cursor:
        _exigir_que_cuadren(cursor, modelo, nombre)
        cursor.execute(
            sql.SQL(
                "UPDATE {} SET documento_id ="
                " nextval(pg_get_serial_sequence('documents_documento', 'id'))"
            ).format(nombre)
        )
        cursor.execute(
            sql.SQL(_CONGELAR).format(
                tipo=tipo.codigo,
                titulo=tipo.titulo,
                contenido=expresion(modelo_de((encabezado, *modelo))),
                alfabeto=ALFABETO,
                largo=LARGO_CODIGO,
                fecha=acto.fecha,
                largo_titular=LARGO_TITULAR,
                tabla=nombre,
                provincias=_provincias_en_sql(),
            )
        )
        return int(cursor.rowcount)


_CONGELAR = """
INSERT INTO documents_documento (id, tipo, numero, titulo, provincia, empleador_id, titular,
    contenido, contenido_sha256, codigo, estado, emitido_en, fecha_emision, valido_hasta)
SELECT t.documento_id, {tipo}, t.numero, {titulo}, t.provincia, t.empleador_id,
       left(t.titular, {largo_titular}), {contenido}, '',
       recaudo_codigo_de_verificacion({alfabeto}, {largo}), 'vigente', clock_timestamp(), {fecha},
       t.valido_hasta
  FROM (SELECT f.*, coalesce(p.nombre, '') AS nombre_de_provincia
          FROM {tabla} f LEFT JOIN (VALUES {provincias}) AS p (codigo, nombre)
            ON p.codigo = f.provincia) t
"""


def _exigir_que_cuadren(cursor: Any, modelo: Bloques, tabla: sql.Identifier) -> None:
    """Compare, in one pass, every sum of every document with what it must be."""
    condicion = diferencias(comprobaciones(modelo))
    if condicion is None:
        return
    consulta = sql.SQL("SELECT count(*), min(t.numero) FROM {} t WHERE {}")
    cursor.execute(consulta.format(tabla, condicion))
    cuantos, primero = cursor.fetchone()
    if cuantos:
        malos = contar(cuantos, "documento no suma lo que debe", "documentos no suman lo que deben")
        mensaje = f"{malos}; el primero es el {primero}."
        raise TotalNoCuadra(mensaje)


def _encabezado(
    tipo: TipoDeDocumento,
    *,
    numero: Texto,
    titular: Texto,
    provincia: Texto,
    lugar: Texto,
    fecha: date,
) -> Encabezado:
    identidad = {**IDENTIDAD, **getattr(settings, "RECAUDO_IDENTIDAD", {})}
    return Encabezado(
        institucion=identidad["institucion"],
        unidad=tipo.unidad,
        provincia=provincia,
        titulo=tipo.titulo,
        numero=numero,
        titular=titular,
        lugar=lugar,
        fecha=fecha,
    )


@lru_cache(maxsize=1)
def _provincias() -> dict[str, str]:
    return {c.codigo_provincia: c.provincia for c in cantones().values()}


def nombre_de_provincia(codigo: str) -> str:
    """Return the name of a province; empty when it has none."""
    return _provincias().get(codigo, "")


def _provincias_en_sql() -> sql.Composable:
    return sql.SQL(", ").join(
        sql.SQL("({}, {})").format(codigo, nombre) for codigo, nombre in _provincias().items()
    )


def anular_documento(*, acto: ActoAbierto, documento_id: int, motivo: str) -> Documento:
    """Annul a document in force, saying why. Its content and bytes stay.

    Its number is never reused. Annulling it again changes nothing.
    """
    documento = Documento.objects.select_for_update().get(pk=documento_id)
    if documento.estado == Documento.EstadoDocumento.VIGENTE:
        Documento.objects.filter(pk=documento_id).update(
            estado=Documento.EstadoDocumento.ANULADO, dejo_de_valer_el=acto.fecha
        )
        documento.estado, documento.dejo_de_valer_el = Documento.EstadoDocumento.ANULADO, acto.fecha
        acto.declarar(
            DocumentoAnulado(
                documento_id=documento.pk,
                titulo=documento.titulo,
                numero=documento.numero,
                motivo=motivo,
                empleador_id=documento.empleador_id,
            ),
            provincia=documento.provincia,
        )
    return documento


def _numero(tipo: TipoDeDocumento, provincia: str, fecha: date) -> str:
    if tipo.numeracion is Numeracion.DEL_ACTO:
        mensaje = f"The act that issues {tipo.codigo} gives its number"
        raise ValueError(mensaje)
    de = provincia if tipo.numeracion is Numeracion.POR_PROVINCIA else ""
    n = siguiente_numero(tipo=tipo.serie, provincia=de, anio=fecha.year)
    return numero_de_documento(de, fecha.year, n)


__all__ = [
    "DocumentoAnulado", "anular_documento", "congelar", "congelar_muchos", "guardar_bytes",
]  # fmt: skip
