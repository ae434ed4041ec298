"""The judgement of an event is total, and what it lets in can live with what there was."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.novedades.aceptacion import (
    Dictamen,
    Empleo,
    Registrada,
    Reglas,
    Situacion,
    juzgar,
)
from recaudo.norma.novedades.avisos import Aviso, Contrato, TipoNovedad
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario

HOY = date(2026, 6, 16)
JUNIO = Periodo(2026, 6)
REGLAS = Reglas(
    hoy=HOY,
    periodos=(JUNIO,),
    cantones={"0001": "1701", "0002": "0901"},
    parametros=cargar_parametros(),
    calendario=cargar_calendario(),
)
_CERCA = st.dates(min_value=date(2026, 4, 1), max_value=date(2026, 8, 1))
_JUNIO = st.dates(min_value=date(2026, 6, 1), max_value=date(2026, 6, 30))
_DIAS = st.one_of(_JUNIO, _JUNIO, _CERCA, st.dates())


@st.composite
def avisos(dibujar: st.DrawFn) -> Aviso:
    tipo = dibujar(st.sampled_from(TipoNovedad))
    con_fecha = tipo in {TipoNovedad.ENT, TipoNovedad.SAL, TipoNovedad.MND}
    return Aviso(
        tipo=tipo,
        sucursal=dibujar(st.sampled_from(["0001", "0001", "0001", "0003"])),
        identificacion="2050019872",
        periodo=dibujar(st.sampled_from([JUNIO] * 6 + [JUNIO.anterior(), Periodo(1900, 1)])),
        fecha=dibujar(_DIAS) if con_fecha else None,
        valor=Dinero.de_centavos(dibujar(st.integers(0, 10**13))),
        dias=dibujar(st.integers(0, 33)),
        causa=dibujar(st.sampled_from("VVVOF")),
        fallecimiento=dibujar(st.one_of(st.none(), st.none(), st.none(), _DIAS)),
        motivo_cedula=dibujar(st.sampled_from(["", "", "", "Revise la cédula."])),
    )


@st.composite
def situaciones(dibujar: st.DrawFn) -> Situacion:
    empleos: list[Empleo] = []
    desde = dibujar(st.dates(min_value=date(2026, 3, 1), max_value=date(2026, 6, 20)))
    for numero in range(dibujar(st.integers(0, 3))):
        largo = dibujar(st.integers(1, 60))
        abierto = dibujar(st.booleans())
        hasta = None if abierto else desde + timedelta(days=largo)
        mes = Periodo.de_fecha(desde)
        empleos.insert(0, Empleo(numero + 1, desde, hasta, Dinero("600.00"), mes))
        if hasta is None:
            break
        desde = hasta + timedelta(days=dibujar(st.integers(0, 10)))
    ya = {e.id: (Registrada(JUNIO, date(2026, 6, 10), 5),) for e in empleos if e.id % 2}
    return Situacion(
        empleos=tuple(empleos), registradas=ya, persona_conocida=dibujar(st.booleans())
    )


def _revisar_admitida(aviso: Aviso, situacion: Situacion, dictamen: Dictamen) -> None:
    assert aviso.sucursal in REGLAS.cantones
    assert aviso.periodo == JUNIO
    assert dictamen.hecho is not None
    assert REGLAS.primer_hecho <= dictamen.hecho <= JUNIO.ultimo_dia
    assert dictamen.plazo is not None
    assert dictamen.es_tardia == (dictamen.plazo.fecha_limite < HOY)
    assert [a.codigo for a in dictamen.advertencias] == ["TARDIA"] * dictamen.es_tardia
    if aviso.tipo is TipoNovedad.ENT:
        assert dictamen.empleo is None
        assert aviso.fecha is not None
        assert all(e.hasta is not None and e.hasta <= aviso.fecha for e in situacion.empleos)
        return
    assert dictamen.empleo in situacion.empleos
    if aviso.tipo is TipoNovedad.SAL:
        assert dictamen.empleo is not None
        assert aviso.fecha is not None
        assert dictamen.empleo.hasta is None
        assert dictamen.empleo.desde <= aviso.fecha
        assert (aviso.causa == "F") == (aviso.fallecimiento is not None)


@given(avisos(), situaciones())
def test_every_event_is_either_refused_with_a_reason_or_fits_with_what_there_was(
    aviso: Aviso, situacion: Situacion
) -> None:
    dictamen = juzgar(aviso, situacion, REGLAS)
    if dictamen.rechazo is None:
        _revisar_admitida(aviso, situacion, dictamen)
        return
    assert dictamen.hecho is None
    assert dictamen.rechazo.codigo.replace("_", "").isupper()
    assert 10 < len(dictamen.rechazo.mensaje) <= 300


@pytest.mark.parametrize("tipo", TipoNovedad)
def test_the_property_above_meets_events_of_every_kind_that_enter(tipo: TipoNovedad) -> None:
    def entra(caso: tuple[Aviso, Situacion]) -> bool:
        aviso, situacion = caso
        return aviso.tipo is tipo and juzgar(aviso, situacion, REGLAS).rechazo is None

    encontrado = find(
        st.tuples(avisos(), situaciones()),
        entra,
        settings=settings(
            max_examples=5000,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert encontrado[0].tipo is tipo


@pytest.mark.parametrize(
    ("codigo", "avisa"), [("06", False), ("55", False), ("109", False), ("77", True)]
)
def test_a_relation_code_nobody_knows_warns_and_enters(codigo: str, avisa: bool) -> None:
    aviso = Aviso(
        tipo=TipoNovedad.ENT, sucursal="0001", identificacion="2050019872", periodo=JUNIO,
        fecha=date(2026, 6, 10), valor=Dinero("600.00"),
        contrato=Contrato(relacion_trabajo=codigo),
    )  # fmt: skip
    dictamen = juzgar(aviso, Situacion(persona_conocida=True), REGLAS)
    assert dictamen.rechazo is None
    assert ("RELACION_NO_CONOCIDA" in [a.codigo for a in dictamen.advertencias]) is avisa
