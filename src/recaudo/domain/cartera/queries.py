"""Reads of glosas and closed days; what the debtor can do today and what will come."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Replace

from recaudo.domain.cartera.models import DiaCerrado, Glosa
from recaudo.domain.cartera.states import VIVAS, EstadoGlosa
from recaudo.domain.notificaciones.queries import (
    NotificacionVista,
    con_aviso,
    el_que_cuenta,
    estado_del_aviso,
    intentos_de,
)
from recaudo.domain.obligaciones.queries import ObligacionVista, obligacion
from recaudo.domain.plazos.queries import PlazoVisto, plazo_de, ultimo_dia_del_plazo
from recaudo.infra.orm import DineroField
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import NADA, Alcance
from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class GlosaVista:
    """A glosa as a list shows it; amounts in USD, at its emission."""

    id: int
    numero: str
    obligacion_id: int
    empleador_id: int | None
    persona_id: int | None
    provincia: str
    fecha_emision: date
    capital: Dinero
    interes: Dinero
    estado: str
    documento_id: int | None
    estado_verificacion: str

    @property
    def total(self) -> Dinero:
        """Capital and interest at the emission."""
        return self.capital + self.interes

    @property
    def esta_viva(self) -> bool:
        """Say whether it still asks for money."""
        return self.estado in VIVAS


@dataclass(frozen=True, slots=True)
class Opcion:
    """Something the debtor may do, or will be able to do; why not yet, when not."""

    clave: str
    texto: str
    explicacion: str


@dataclass(frozen=True, slots=True)
class FichaGlosa:
    """One glosa whole: its debt, its reasons, its notice, its término day by day, what to do.

    `notificacion` is the one of its `intentos` that took effect, else the last.
    """

    glosa: GlosaVista
    obligacion: ObligacionVista
    traza_interes: Sequence[Mapping[str, str]]
    notificacion: NotificacionVista | None
    intentos: tuple[NotificacionVista, ...]
    termino: PlazoVisto | None
    puede_hoy: tuple[Opcion, ...]
    vendra: tuple[Opcion, ...]


PAGAR = Opcion(
    "pagar",
    "Pagar",
    "Genere un comprobante con esta obligación. El interés se calcula hasta el día del pago.",
)
ACUSAR_RECIBO = Opcion(
    "acusar_recibo",
    "Acusar recibo",
    "Al abrir la notificación empieza a correr, desde el siguiente día hábil, su término.",
)
VENDRA = (
    Opcion(
        "impugnar",
        "Impugnar",
        "Hoy se presenta por escrito en cualquier oficina provincial de Gestión de Cartera. "
        "En este portal llegará en una próxima versión.",
    ),
    Opcion(
        "acuerdo",
        "Pedir facilidades de pago",
        "Hoy se pide en la oficina provincial. En este portal llegará en una próxima versión.",
    ),
)
BOLETAS = Opcion(
    "boletas",
    "Notificación en persona o por boletas",
    "La notificación no se abrió a tiempo. Su registro en este sistema llegará en una próxima "
    "versión; mientras tanto, puede abrirla en el casillero.",
)


#: What a notice is besides the states of its glosa (`con_la_glosa_del_aviso`).
SIN_ABRIR: Final = "sin_abrir"
RECIBIDA: Final = "recibida"


def visible_to(alcance: Alcance) -> QuerySet[Glosa]:
    """Return the glosas within reach."""
    return Glosa.objects.filter(alcance.q())


_DE_EMPLEADOR = Preparada(
    lambda empleador: Glosa.objects.filter(empleador_id=empleador).order_by("-id")
)
_DE_OBLIGACIONES = Preparada(
    lambda empleador, obligaciones: Glosa.objects.filter(
        empleador_id=empleador, obligacion_id=obligaciones.alguno
    ).order_by("-id")
)
_POR_NUMERO = Preparada(lambda numero: Glosa.objects.filter(numero=numero))
_DE_DOCUMENTO = Preparada(lambda documento: Glosa.objects.filter(documento_id=documento))


def glosas_de(alcance: Alcance, *, empleador_id: int, solo_vivas: bool = False) -> list[GlosaVista]:
    """Return the glosas of an employer within reach, newest first."""
    if not solo_vivas and alcance.contiene(empleador_id=empleador_id):
        return vistas(_DE_EMPLEADOR.filas(empleador=empleador_id))  # as visible_to
    filas = visible_to(alcance).filter(empleador_id=empleador_id)
    if solo_vivas:
        filas = filas.filter(estado__in=VIVAS)
    return vistas(filas.order_by("-id"))


def glosas_de_obligaciones(
    alcance: Alcance, *, empleador_id: int, obligaciones: Collection[int]
) -> list[GlosaVista]:
    """Return the glosas over some debts of one employer, newest first; none out of reach."""
    if not (obligaciones and alcance.contiene(empleador_id=empleador_id)):
        return []
    return vistas(_DE_OBLIGACIONES.filas(empleador=empleador_id, obligaciones=list(obligaciones)))


def glosas_de_una_deuda(alcance: Alcance, *, obligacion_id: int) -> list[GlosaVista]:
    """Return the glosas over one debt, of whoever owes it, newest first; none out of reach."""
    return vistas(visible_to(alcance).filter(obligacion_id=obligacion_id).order_by("-id"))


def con_la_glosa_del_aviso(avisos: QuerySet[Any]) -> QuerySet[Any]:
    """Add to notices, for a list, `glosa` (its number), `situacion`, `valor` and `pide`.

    `valor` is in USD at its emission; `pide`, whether its matter still asks: a paid one does not.

    Of one that nobody received only its number, as its subject tells it: `situacion` is then
    `sin_abrir`; of a notice of another matter, `recibida`.
    """
    suya = Glosa.objects.filter(pk=OuterRef("materia_id"))
    es_glosa = When(materia_tipo="glosa", then=Subquery(suya.values("numero")))
    recibida = Q(recibida_el__isnull=False, materia_tipo="glosa")
    total = suya.values(total=F("capital") + F("interes"))
    filas: QuerySet[Any] = avisos.annotate(
        glosa=Case(es_glosa, default=Value("")),
        situacion=Case(
            When(recibida_el__isnull=True, then=Value(SIN_ABRIR)),
            When(recibida, then=Subquery(suya.values("estado"))),
            default=Value(RECIBIDA),
        ),
        valor=Case(When(recibida, then=Subquery(total, output_field=DineroField()))),
        pide=Case(
            When(materia_tipo="glosa", then=Exists(suya.filter(estado__in=VIVAS))),
            default=Value(True),  # noqa: FBT003 - Django's own signature
        ),
    )
    return filas


def con_la_glosa_de_la_deuda(deudas: QuerySet[Any]) -> QuerySet[Any]:
    """Add to debts, for a list, the number of the last glosa that an inbox shows; else empty."""
    suyas = Glosa.objects.filter(con_aviso("glosa"), obligacion_id=OuterRef("pk")).order_by("-id")
    numero = Coalesce(Subquery(suyas.values("numero")[:1]), Value(""))
    filas: QuerySet[Any] = deudas.annotate(glosa=numero)
    return filas


#: What the notice of a glosa can be (code, words, condition over `lista_de_glosas`).
AVISOS = (
    ("sin_abrir", "Nadie la abrió a tiempo", Q(aviso="no_abierta")),
    ("no_enviada", "El deudor no tiene casillero", Q(aviso="fallida")),
    ("depositada", "En el casillero, sin acuse", Q(aviso="depositada")),
    ("recibida", "Recibida", Q(aviso="recibida")),
    ("sin_notificar", "Sin notificar", Q(aviso__isnull=True)),
)


_POR_TURNO = (
    EstadoGlosa.EN_ESPERA_DE_NOTIFICACION,
    EstadoGlosa.NO_NOTIFICADA_ELECTRONICAMENTE,
    EstadoGlosa.NOTIFICADA_VENCIDA,
)
#: The order of urgency in parts (which rows, how they go), so that no page sorts a whole country.
TRAMOS_DE_GLOSAS = (
    (Q(estado=EstadoGlosa.NOTIFICADA), (F("vence").asc(nulls_last=True), "-id")),
    *((Q(estado=estado), ("-id",)) for estado in _POR_TURNO),
    (~Q(estado__in=(EstadoGlosa.NOTIFICADA, *_POR_TURNO)), ("-id",)),
)


def lista_de_glosas(alcance: Alcance) -> QuerySet[Glosa]:
    """Return the glosas within reach, the most urgent first, with `aviso` and `vence` of each.

    First those whose término runs, by its last day; then those nobody has received, then those
    whose término ended, then the rest; the newest first among equals (`TRAMOS_DE_GLOSAS`).
    """
    vence = Case(When(estado__in=VIVAS, then=ultimo_dia_del_plazo("glosa")))  # a paid one has none
    turno = Case(
        *(When(donde, then=Value(n)) for n, (donde, _) in enumerate(TRAMOS_DE_GLOSAS)),
        output_field=IntegerField(),
    )
    filas = visible_to(alcance).annotate(aviso=estado_del_aviso("glosa"), vence=vence)
    corre = Case(When(estado=EstadoGlosa.NOTIFICADA, then=vence))
    return filas.order_by(turno, corre.asc(nulls_last=True), "-id")


def glosas_por_numero(numero: str, *, alcance: Alcance) -> QuerySet[Glosa]:
    """Return the glosas within reach whose number has those digits, hyphens apart; newest first."""
    sin_guiones = Replace("numero", Value("-"), Value(""))
    filas = visible_to(alcance).alias(digitos=sin_guiones)
    return filas.filter(digitos__contains=numero).order_by("-id")


def vistas(filas: Iterable[Glosa]) -> list[GlosaVista]:
    """Return rows for a screen."""
    return [_vista(g) for g in filas]


def glosa(alcance: Alcance, *, numero: str, hoy: date, paga: Alcance = NADA) -> FichaGlosa | None:
    """Return one glosa whole, or None when it does not exist or is out of reach.

    `paga` is for whom the one who looks may make the comprobante that pays it.
    """
    fila = _POR_NUMERO.primera(numero=numero)
    if fila is None or not alcance.contiene(
        provincia=fila.provincia, empleador_id=fila.empleador_id
    ):
        return None
    intentos = tuple(intentos_de("glosa", fila.pk))
    notificacion = el_que_cuenta(intentos)
    vista = _vista(fila)
    return FichaGlosa(
        glosa=vista,
        obligacion=obligacion(fila.obligacion_id, alcance=alcance),
        traza_interes=fila.traza_interes,
        notificacion=notificacion,
        intentos=intentos,
        termino=plazo_de("glosa", fila.pk, hoy=hoy),
        puede_hoy=_puede_hoy(paga, vista, notificacion),
        vendra=_vendra(vista, notificacion),
    )


def glosa_de_documento(documento_id: int) -> GlosaVista | None:
    """Return the glosa a document notifies, for the public page, which asks nobody who he is."""
    fila = _DE_DOCUMENTO.primera(documento=documento_id)
    return None if fila is None else _vista(fila)


def ultimo_dia_cerrado() -> date | None:
    """Return the last closed business date, or None before the first close."""
    return DiaCerrado.objects.order_by("-fecha").values_list("fecha", flat=True).first()


#: What closing a day causes, by the name of its count in `dias_cerrados`.
EVENTOS_DEL_DIA = {
    "caducados": "COMPROBANTE_CADUCADO",
    "mora": "MORA",
    "glosas": "GLOSA_EMITIDA",
    "sin_tasa": "GLOSA_SIN_TASA",
    "sin_abrir": "NOTIFICACION_SIN_ABRIR",
    "terminos": "TERMINO_VENCIDO",
}
CON_EVENTOS = ~Q(eventos={})


def dias_cerrados() -> QuerySet[DiaCerrado]:
    """Return the closed dates, newest first, with how many events of each kind each caused."""
    cuentas = {
        nombre: Coalesce(Cast(KeyTextTransform(codigo, "eventos"), IntegerField()), Value(0))
        for nombre, codigo in EVENTOS_DEL_DIA.items()
    }
    return DiaCerrado.objects.annotate(**cuentas).order_by("-fecha")


def _puede_hoy(
    paga: Alcance, vista: GlosaVista, notificacion: NotificacionVista | None
) -> tuple[Opcion, ...]:
    if not (vista.esta_viva and paga.contiene(empleador_id=vista.empleador_id)):
        return ()
    sin_recibir = notificacion is not None and notificacion.recibida_el is None
    return (ACUSAR_RECIBO, PAGAR) if sin_recibir else (PAGAR,)


def _vendra(vista: GlosaVista, notificacion: NotificacionVista | None) -> tuple[Opcion, ...]:
    if not vista.esta_viva:
        return ()
    if notificacion is not None and notificacion.estado in {"no_abierta", "fallida"}:
        return (BOLETAS, *VENDRA)
    return VENDRA


def _vista(g: Glosa) -> GlosaVista:
    return GlosaVista(
        id=g.pk,
        numero=g.numero,
        obligacion_id=g.obligacion_id,
        empleador_id=g.empleador_id,
        persona_id=g.persona_id,
        provincia=g.provincia,
        fecha_emision=g.fecha_emision,
        capital=g.capital,
        interes=g.interes,
        estado=g.estado,
        documento_id=g.documento_id,
        estado_verificacion=g.estado_verificacion,
    )
