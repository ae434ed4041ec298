"""Reads of the registry."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from recaudo.domain.afiliacion.models import (
    ArchivoNovedades,
    Empleador,
    FilaNovedades,
    Persona,
    RelacionLaboral,
    Representacion,
    Sucursal,
)
from recaudo.infra.audit.models import Hecho
from recaudo.infra.files.formatos.iess_batch import lineas_de_resultado
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.ids import limpiar
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import clave_de_orden


class EmpleadorDesconocido(Rechazo):
    """No employer has that RUC, or it is out of the actor's reach: both answer the same."""

    mensaje = "No hay un empleador registrado con ese RUC. Revise los 13 dígitos."


@dataclass(frozen=True, slots=True, kw_only=True)
class FichaSucursal:
    """A sucursal for screens."""

    id: int
    codigo: str
    nombre: str
    canton: str
    provincia: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FichaEmpleador:
    """An employer for screens."""

    id: int
    ruc: str
    razon_social: str
    tipo_empleador: str
    canton: str
    correo: str
    telefono: str
    direccion: str
    representante: str
    es_ficticio: bool
    sucursales: tuple[FichaSucursal, ...]


@dataclass(frozen=True, slots=True)
class ResultadoFila:
    """What became of one line of a batch file."""

    numero: int
    estado: str
    codigo: str
    mensaje: str


def empleadores_representados(*, usuario_id: int, en: date) -> frozenset[int]:
    """Return the ids of the employers a user may act for on `en`."""
    return frozenset(
        Representacion.objects.filter(usuario_id=usuario_id, desde__lte=en)
        .filter(Q(hasta__isnull=True) | Q(hasta__gt=en))
        .order_by("empleador_id")
        .values_list("empleador_id", flat=True)
    )


def visible_to(alcance: Alcance) -> QuerySet[Empleador]:
    """Return the employers within reach: all, those of the provinces, those represented.

    An employer is of a province by its domicile or by any of its sucursales there: its debts are
    emitted in the province of the sucursal, and that office must be able to open them.
    """
    return Empleador.objects.filter(alcance.q(provincia=_en_provincias, empleador="pk"))


def _en_provincias(provincias: frozenset[str]) -> Q:
    con_sucursal = Sucursal.objects.filter(provincia__in=provincias)
    vistos = Q(pk__in=con_sucursal.values("empleador_id"))
    for provincia in sorted(provincias):
        vistos |= Q(canton__startswith=provincia)
    return vistos


def que_coinciden(texto: str) -> QuerySet[Empleador]:
    """Return the employers whose RUC begins with the digits typed, or whose name contains them.

    Blanks, dots and hyphens of a number, and accents of a name, do not matter. It says nothing of
    reach: it narrows rows that are already scoped.
    """
    numero = limpiar(texto)
    if numero.isascii() and numero.isdigit():
        return Empleador.objects.filter(ruc__startswith=numero)
    return Empleador.objects.filter(clave_orden__contains=clave_de_orden(texto))


def id_de_ruc(campo: str) -> Subquery:
    """Return, for each row, the id of the employer whose RUC is in a column; null without one."""
    return Subquery(Empleador.objects.filter(ruc=OuterRef(campo)).values("pk")[:1])


def codigo_de_sucursal(campo: str) -> Coalesce:
    """Return, for each row, the code of the sucursal whose id is in a column; empty without one."""
    suya = Sucursal.objects.filter(pk=OuterRef(campo))
    return Coalesce(Subquery(suya.values("codigo")), Value(""))


@dataclass(frozen=True, slots=True)
class FichaPersona:
    """A person for screens; `nombre` is its identification when nobody has written its name."""

    id: int
    identificacion: str
    nombre: str


def persona_por_identificacion(identificacion: str) -> FichaPersona | None:
    """Return who has that identification. Show nothing of it before what it owes is in reach."""
    return _persona(Persona.objects.filter(identificacion=identificacion).first())


def ficha_de_persona(persona_id: int) -> FichaPersona | None:
    """Return a person named by a debt or a credit that was read within reach."""
    return _persona(Persona.objects.filter(pk=persona_id).first())


def _persona(fila: Persona | None) -> FichaPersona | None:
    if fila is None:
        return None
    return FichaPersona(fila.pk, fila.identificacion, fila.nombre or fila.identificacion)


def persona_de(campo: str, que: str) -> Subquery:
    """Return, for each row read within reach, a column of the person whose key it has."""
    return Subquery(Persona.objects.filter(pk=OuterRef(campo)).values(que)[:1])


_DE_LA_FICHA = (
    "id", "ruc", "razon_social", "tipo_empleador", "canton", "correo", "telefono", "direccion",
    "representante", "es_ficticio",
)  # fmt: skip
_DE_LA_SUCURSAL = ("id", "codigo", "nombre", "canton", "provincia")
_FICHA = (
    f"SELECT {', '.join(f'e.{c}' for c in _DE_LA_FICHA)}, "  # noqa: S608 - our own columns
    f"{', '.join(f's.{c}' for c in _DE_LA_SUCURSAL)} FROM afiliacion_empleador e "
    "LEFT JOIN afiliacion_sucursal s ON s.empleador_id = e.id WHERE e.id = %s ORDER BY s.codigo"
)
_FICHA_POR_RUC = _FICHA.replace("e.id = %s", "e.ruc = %s")


def empleador_por_ruc(ruc: str, *, alcance: Alcance) -> FichaEmpleador:
    """Return an employer by RUC; EmpleadorDesconocido when missing or out of reach."""
    return _ficha(visible_to(alcance).filter(ruc=ruc.strip()).values_list("pk", flat=True).first())


def ficha_de_empleador(empleador_id: int, *, alcance: Alcance) -> FichaEmpleador:
    """Return an employer by id; EmpleadorDesconocido when missing or out of reach."""
    if alcance.contiene(empleador_id=empleador_id):
        return _ficha(empleador_id)  # as visible_to, without asking it
    return _ficha(visible_to(alcance).filter(pk=empleador_id).values_list("pk", flat=True).first())


def ficha_propia(ruc: str, *, alcance: Alcance) -> FichaEmpleador:
    """Return the employer of a RUC among those reached one by one; EmpleadorDesconocido else."""
    ficha = _ficha(ruc, sentencia=_FICHA_POR_RUC)
    if not alcance.contiene(empleador_id=ficha.id):
        raise EmpleadorDesconocido
    return ficha


def _ficha(cual: int | str | None, *, sentencia: str = _FICHA) -> FichaEmpleador:
    with connection.cursor() as cursor:
        cursor.execute(sentencia, [cual])
        filas = cursor.fetchall()
    if not filas:
        raise EmpleadorDesconocido
    n = len(_DE_LA_FICHA)
    sucursales = (fila[n:] for fila in filas if fila[n] is not None)
    return FichaEmpleador(
        **dict(zip(_DE_LA_FICHA, filas[0], strict=False)),
        sucursales=tuple(
            FichaSucursal(**dict(zip(_DE_LA_SUCURSAL, s, strict=True))) for s in sucursales
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EmpleoDePersona:
    """Where a person works or worked, for a search; `ultimo_dia` is None while it lasts."""

    identificacion: str
    nombre: str
    ruc: str
    razon_social: str
    desde: date
    ultimo_dia: date | None


def empleos_de_la_persona(identificacion: str, *, alcance: Alcance) -> list[EmpleoDePersona]:
    """Return the employments within reach of who has that identification, the newest first."""
    relaciones = (
        RelacionLaboral.objects.filter(alcance.q(provincia="sucursal__provincia"))
        .filter(persona__identificacion=identificacion)
        .select_related("persona", "empleador")
        .order_by("-vigencia")
    )
    return [
        EmpleoDePersona(
            identificacion=r.persona.identificacion,
            nombre=r.persona.nombre or r.persona.identificacion,
            ruc=r.empleador.ruc,
            razon_social=r.empleador.razon_social,
            desde=r.vigencia.lower,
            ultimo_dia=None if r.vigencia.upper is None else r.vigencia.upper - timedelta(days=1),
        )
        for r in relaciones
    ]


def archivos_visibles(alcance: Alcance) -> QuerySet[ArchivoNovedades]:
    """Return the processed files of the employers within reach, newest first.

    Each with `recibido_el`: the business date of its act, not the machine's.
    """
    suyo = Hecho.objects.filter(pk=OuterRef("hecho_id"))
    visibles = ArchivoNovedades.objects.filter(
        alcance.q(provincia=lambda p: Q(empleador__in=Empleador.objects.filter(_en_provincias(p))))
    )
    return visibles.annotate(recibido_el=Subquery(suyo.values("fecha"))).order_by("-id")


def filas_de(archivo_id: int, *, alcance: Alcance) -> list[ResultadoFila]:
    """Return what became of each line of a processed file within reach, in order."""
    filas = FilaNovedades.objects.filter(
        archivo__in=archivos_visibles(alcance).filter(pk=archivo_id)
    ).order_by("numero")
    return [ResultadoFila(f.numero, f.estado, f.codigo, f.mensaje) for f in filas.iterator()]


def lineas_devueltas(archivo_id: int, *, alcance: Alcance) -> list[str]:
    """Return the lines that a processed file gave back, as they came, in order."""
    filas = FilaNovedades.objects.filter(
        archivo__in=archivos_visibles(alcance).filter(pk=archivo_id), estado="RECHAZADA"
    ).order_by("numero")
    return list(filas.values_list("texto", flat=True))


def archivo_de_resultado(archivo_id: int, *, alcance: Alcance) -> bytes:
    """Return the result file of a processed file: its lines plus `;ESTADO;CODIGO;MENSAJE`.

    CRLF, UTF-8; empty when the file is out of reach.
    """
    filas = FilaNovedades.objects.filter(
        archivo__in=archivos_visibles(alcance).filter(pk=archivo_id)
    ).order_by("numero")
    return lineas_de_resultado(
        filas.values_list("texto", "estado", "codigo", "mensaje").iterator(chunk_size=5000)
    )
