"""Freeze the content of a document at its act. Its bytes are drawn once, later (`dibujo`)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.db import connection
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from psycopg import sql

from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.documents.canonico import huella, simplificar
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.numeracion import numero_de_documento, siguiente_numero

#: 32 signs that nobody confuses when reading aloud: no 0, 1, I, O.
ALFABETO: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LARGO_CODIGO: Final = 12
TAREA_DIBUJAR: Final = "documentos.dibujar"
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
    tipo: str,
    titulo: str,
    provincia: str,
    empleador_id: int | None,
    titular: str,
    contenido: Mapping[str, object],
    plantilla: str,
    valido_hasta: date | None = None,
    numero: str | None = None,
) -> Documento:
    """Freeze `contenido` as a document of the institution, dated on the act's business date.

    `plantilla` is "room/name" (domain/room/documents/name.typ). Without `numero` it takes the next
    one of the series (tipo, provincia, year). Money in `contenido` goes as `Dinero` or text, never
    float. The drawing is a job of this same transaction: the worker does it after commit, unless
    somebody asks for the bytes before. Call it inside `acto(...)`.
    """
    plano = simplificar(contenido)
    documento = Documento.objects.create(
        tipo=tipo,
        numero=numero or _numero(tipo, provincia, acto.fecha),
        titulo=titulo,
        provincia=provincia,
        empleador_id=empleador_id,
        titular=titular,
        contenido=plano,
        contenido_sha256=huella(plano),
        plantilla=plantilla,
        codigo=codigo_nuevo(),
        emitido_en=Now(),
        fecha_emision=acto.fecha,
        valido_hasta=valido_hasta,
    )
    app.configure_task(TAREA_DIBUJAR, queue=COLA).defer(documento_id=documento.pk)
    return documento


def congelar_muchos(*, acto: ActoAbierto, tipo: str, plantilla: str, tabla: str) -> int:
    """Freeze every row of the temporary table `tabla` as a document, with one statement.

    Columns it reads: numero, titulo, provincia, empleador_id, titular, contenido (jsonb),
    valido_hasta; it fills `documento_id` (bigint). Numbers come from `reservar_numeros`.
    No job is deferred: each is drawn when somebody first opens it. Returns how many.
    """
    nombre = sql.Identifier(tabla)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "UPDATE {} SET documento_id ="
                " nextval(pg_get_serial_sequence('documents_documento', 'id'))"
            ).format(nombre)
        )
        valores: list[str | int | date] = [tipo, plantilla, ALFABETO, LARGO_CODIGO, acto.fecha]
        cursor.execute(sql.SQL(_CONGELAR).format(nombre), valores)
        return int(cursor.rowcount)


_CONGELAR = """
INSERT INTO documents_documento (id, tipo, numero, titulo, provincia, empleador_id, titular,
    contenido, contenido_sha256, plantilla, plantilla_sha256, codigo, estado, emitido_en,
    fecha_emision, valido_hasta, sha256)
SELECT t.documento_id, %s, t.numero, t.titulo, t.provincia, t.empleador_id, t.titular, t.contenido,
       '', %s, '',
       recaudo_codigo_de_verificacion(%s, %s), 'vigente', clock_timestamp(), %s, t.valido_hasta, ''
  FROM {} t
"""


def anular_documento(*, acto: ActoAbierto, documento_id: int, motivo: str) -> Documento:
    """Annul a document in force, saying why. Its content and bytes stay.

    Its number is never reused. Annulling it again changes nothing.
    """
    documento = Documento.objects.select_for_update().defer("bytes").get(pk=documento_id)
    if documento.estado == Documento.Estado.VIGENTE:
        Documento.objects.filter(pk=documento_id).update(estado=Documento.Estado.ANULADO)
        documento.estado = Documento.Estado.ANULADO
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


def _numero(tipo: str, provincia: str, fecha: date) -> str:
    n = siguiente_numero(tipo=tipo, provincia=provincia, anio=fecha.year)
    return numero_de_documento(provincia, fecha.year, n)


__all__ = ["DocumentoAnulado", "anular_documento", "congelar", "congelar_muchos"]
