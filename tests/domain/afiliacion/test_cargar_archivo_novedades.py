"""When a whole batch file is refused, and what is kept of it (R-NOV-06, Q15)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaudo.domain.afiliacion.actions import cargar_archivo_novedades as accion
from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import cargar_archivo_novedades
from recaudo.domain.afiliacion.models import ArchivoNovedades, FilaNovedades, Novedad
from recaudo.infra.audit.models import Hecho
from recaudo.infra.files.almacen import abrir_contenido
from recaudo.infra.files.envoltorios import ArchivoComprimido
from recaudo.infra.files.models import Archivo
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from tests.domain.afiliacion.archivos import HOY, archivo, codigos, entrada, enviar, linea
from tests.factories.afiliacion import (
    actor_de_afiliacion,
    actor_empleador,
    actor_provincial,
    cedula_sintetica,
    hacer_empleador,
    hacer_nomina,
)

pytestmark = pytest.mark.django_db
UNA, DOS = cedula_sintetica(810_001), cedula_sintetica(810_002)


def _nada_quedo() -> bool:
    tablas = (ArchivoNovedades, FilaNovedades, Novedad, Archivo)
    return not any(tabla.objects.exists() for tabla in tablas)  # type: ignore[attr-defined]


def test_an_empty_file_is_refused_and_only_the_reason_is_kept() -> None:
    empleador = hacer_empleador()
    with pytest.raises(accion.ArchivoVacio):
        enviar(empleador)
    assert _nada_quedo()
    hecho = Hecho.objects.get(tipo="archivo_de_novedades_rechazado")
    assert hecho.despues["codigo"] == "ARCHIVO_VACIO"
    assert hecho.empleador_id == empleador.pk
    assert "vacío" in hecho.frase


def test_a_file_with_two_types_is_refused() -> None:
    nomina = hacer_nomina(1)
    cedula = nomina.relaciones[0].persona.identificacion
    with pytest.raises(accion.VariosTipos, match="ENT, MSU"):
        enviar(
            nomina.empleador,
            entrada(nomina.empleador, UNA),
            linea(nomina.empleador, "MSU", cedula, "700.00"),
        )
    assert _nada_quedo()


def test_a_file_for_another_employer_is_refused_naming_the_line() -> None:
    empleador, otro = hacer_empleador(), hacer_empleador()
    with pytest.raises(accion.RucAjeno, match="línea 2"):
        enviar(empleador, entrada(empleador, UNA), entrada(otro, DOS))
    assert _nada_quedo()


@pytest.mark.parametrize("texto", ["cualquier cosa", "1;2;3;4;ZZZ;6"])
def test_a_file_without_any_known_type_is_refused(texto: str) -> None:
    with pytest.raises(accion.TipoNoReconocido):
        enviar(hacer_empleador(), texto)


def test_a_known_type_that_is_not_entered_here_is_refused_whole() -> None:
    empleador = hacer_empleador()
    with pytest.raises(accion.TipoNoReconocido, match="ENT, SAL, MSU, INS, MND"):
        enviar(empleador, linea(empleador, "PFM", UNA, "700.00", "2026-05 A 2026-05", "1", "G"))


def test_files_are_received_until_72_hours_before_the_last_business_day() -> None:
    # June 2026 ends on Tuesday 30, a business day: Saturday 27 is the last day.
    empleador = hacer_empleador()
    with pytest.raises(accion.FueraDeVentana, match="27/06/2026"):
        enviar(empleador, entrada(empleador, UNA, fecha="20260620"), hoy=date(2026, 6, 28))
    ultimo = enviar(empleador, entrada(empleador, UNA, fecha="20260620"), hoy=date(2026, 6, 27))
    assert ultimo.aceptadas == 1


def test_one_whole_file_of_each_type_enters_per_month_and_the_same_again_changes_nothing() -> None:
    empleador = hacer_empleador()
    primera = enviar(empleador, entrada(empleador, UNA))
    antes = Novedad.objects.count(), ArchivoNovedades.objects.count()
    otra_vez = enviar(empleador, entrada(empleador, UNA))
    assert codigos(otra_vez) == [("REPETIDA", "YA_REGISTRADA")]
    assert otra_vez.archivo_id == primera.archivo_id
    with pytest.raises(accion.TipoYaProcesado, match="líneas aceptadas: 1"):
        enviar(empleador, entrada(empleador, DOS))
    assert (Novedad.objects.count(), ArchivoNovedades.objects.count()) == antes
    otro_tipo = enviar(empleador, linea(empleador, "MSU", UNA, "700.00"))
    assert otro_tipo.aceptadas == 1


def test_one_bad_line_of_three_is_mended_and_sent_alone_and_then_all_again() -> None:
    """Case N01: a file may continue."""
    nomina = hacer_nomina(3)
    quien = nomina.empleador
    a, b, c = (r.persona.identificacion for r in nomina.relaciones)
    buenas = (linea(quien, "MSU", a, "700.00"), linea(quien, "MSU", c, "640.00"))
    corregida = linea(quien, "MSU", b, "812.50")
    envio = enviar(quien, buenas[0], linea(quien, "MSU", b, "812,50"), buenas[1])
    assert (envio.aceptadas, envio.rechazadas) == (2, 1)
    assert enviar(quien, corregida).aceptadas == 1
    antes = Novedad.objects.count()
    todas = enviar(quien, *buenas, corregida)
    assert (todas.aceptadas, todas.rechazadas, todas.repetidas) == (0, 0, 3)
    assert {f.mensaje for f in todas.filas} == {
        "Ya registrada el 16/06/2026: no cambia nada. No la envíe otra vez."
    }
    assert Novedad.objects.count() == antes
    assert list(
        ArchivoNovedades.objects.order_by("id").values_list("aceptadas", "es_continuacion")
    ) == [(2, False), (1, True), (0, True)]


def test_several_bad_lines_may_come_back_one_by_one() -> None:
    nomina = hacer_nomina(3)
    quien = nomina.empleador
    a, b, c = (r.persona.identificacion for r in nomina.relaciones)
    enviar(quien, *(linea(quien, "MSU", x, v) for x, v in ((a, "700.00"), (b, "x"), (c, "y"))))
    assert enviar(quien, linea(quien, "MSU", b, "701.00")).aceptadas == 1
    assert enviar(quien, linea(quien, "MSU", c, "702.00")).aceptadas == 1


def test_a_salary_that_was_changed_since_may_be_asked_for_again() -> None:
    nomina = hacer_nomina(2)
    quien = nomina.empleador
    a, b = (r.persona.identificacion for r in nomina.relaciones)
    for sueldo in ("700.00", "800.00", "700.00"):
        entro = enviar(quien, linea(quien, "MSU", a, sueldo), linea(quien, "MSU", b, "x"))
        assert entro.aceptadas == 1, sueldo
    assert enviar(quien, linea(quien, "MSU", a, "700.00")).repetidas == 1


def test_another_value_of_what_is_already_entered_is_no_repetition() -> None:
    nomina = hacer_nomina(2)
    quien = nomina.empleador
    a, b = (r.persona.identificacion for r in nomina.relaciones)
    enviar(quien, linea(quien, "INS", a, "50.00", "O"), linea(quien, "INS", b, "x", "O"))
    otro = enviar(quien, linea(quien, "INS", a, "60.00", "O"), linea(quien, "INS", b, "9.00", "O"))
    assert codigos(otro) == [("RECHAZADA", "NOVEDAD_YA_REGISTRADA"), ("ACEPTADA", "")]


def test_a_rehearsal_says_the_same_as_the_act_and_writes_nothing() -> None:
    nomina = hacer_nomina(2)
    quien = nomina.empleador
    a, b = (r.persona.identificacion for r in nomina.relaciones)
    lineas = (linea(quien, "MSU", a, "700.00"), linea(quien, "MSU", b, "8,5"), "basura")
    hechos = Hecho.objects.count()
    ensayo = enviar(quien, *lineas, ensayo=True)
    assert _nada_quedo()
    assert Hecho.objects.count() == hechos
    assert ensayo.archivo_id == 0
    de_veras = enviar(quien, *lineas)
    assert (ensayo.filas, ensayo.aceptadas) == (de_veras.filas, de_veras.aceptadas)
    with pytest.raises(accion.ArchivoVacio):
        enviar(quien, ensayo=True)
    assert Hecho.objects.count() == hechos + 1


def test_only_who_may_send_may_rehearse() -> None:
    empleador = hacer_empleador()
    with pytest.raises(SinPermiso):
        accion.cargar_archivo_novedades(
            contenido=b"x", nombre="a.txt", empleador_id=empleador.pk,
            por=actor_empleador(hacer_empleador()), hoy=HOY, ensayo=True,
        )  # fmt: skip


def test_a_file_whose_lines_all_came_back_does_not_use_up_the_month() -> None:
    empleador = hacer_empleador()
    assert enviar(empleador, entrada(empleador, UNA, sueldo="1.00")).aceptadas == 0
    assert enviar(empleador, entrada(empleador, UNA)).aceptadas == 1


def test_the_bytes_the_fact_and_the_counts_of_a_processed_file_are_kept() -> None:
    empleador = hacer_empleador()
    texto = entrada(empleador, UNA)
    resultado = enviar(empleador, texto, "x", nombre="junio.txt")
    guardado = ArchivoNovedades.objects.get(pk=resultado.archivo_id)
    with abrir_contenido(guardado.archivo_id) as abierto:
        assert abierto.read() == archivo(texto, "x")
    assert (guardado.tipo, guardado.periodo) == ("ENT", Periodo(2026, 6))
    assert (guardado.aceptadas, guardado.rechazadas) == (1, 1)
    hecho = Hecho.objects.get(pk=guardado.hecho_id)
    assert hecho.frase == (
        "Se procesó el archivo junio.txt (aviso de entrada, junio de 2026): "
        "líneas aceptadas 1, devueltas 1."
    )
    assert hecho.documento_sha256 == guardado.sha256
    assert set(Novedad.objects.values_list("hecho_id", flat=True)) == {hecho.pk}


@pytest.mark.parametrize("actor", ["otro_empleador", "provincial", "sin_permiso"])
def test_only_the_employer_or_staff_with_permission_may_send(actor: str) -> None:
    empleador = hacer_empleador()
    quien = {
        "otro_empleador": actor_empleador(hacer_empleador()),
        "provincial": actor_provincial("17"),
        "sin_permiso": Actor(id=9, nombre="Auditora", roles=frozenset({"AUD"})),
    }[actor]
    with pytest.raises(SinPermiso):
        accion.cargar_archivo_novedades(
            contenido=archivo(entrada(empleador, UNA)),
            nombre="a.txt",
            empleador_id=empleador.pk,
            por=quien,
            hoy=HOY,
        )
    assert not Hecho.objects.filter(empleador_id=empleador.pk).exists()


def test_the_office_of_affiliation_may_send_for_any_employer() -> None:
    empleador = hacer_empleador()
    resultado = accion.cargar_archivo_novedades(
        contenido=archivo(entrada(empleador, UNA)),
        nombre="a.txt",
        empleador_id=empleador.pk,
        por=actor_de_afiliacion(),
        hoy=HOY,
    )
    assert resultado.aceptadas == 1


def test_an_employer_that_does_not_exist_answers_as_a_forbidden_one() -> None:
    with pytest.raises(SinPermiso):
        accion.cargar_archivo_novedades(
            contenido=b"x", nombre="a", empleador_id=10**9, por=Actor.sistema(), hoy=HOY
        )


def test_a_year_whose_salario_basico_is_not_known_refuses_the_file() -> None:
    empleador = hacer_empleador()
    with pytest.raises(Rechazo, match="Salario básico"):
        enviar(
            empleador,
            entrada(empleador, UNA, fecha="20350610", anio="2035"),
            hoy=date(2035, 6, 14),
        )
    assert _nada_quedo()


def test_the_statements_do_not_grow_with_the_lines(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    empleador = hacer_empleador()
    lineas = [entrada(empleador, cedula_sintetica(820_000 + n)) for n in range(200)]
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        assert enviar(empleador, *lineas).aceptadas == 200


@pytest.mark.parametrize("fin", ["\r", "\n", "\r\n"])
def test_a_file_bigger_than_what_is_read_at_once_is_refused(
    monkeypatch: pytest.MonkeyPatch, fin: str
) -> None:
    empleador = hacer_empleador()
    monkeypatch.setattr(accion, "MAXIMO_DE_LINEAS", 1)
    with pytest.raises(accion.ArchivoMuyGrande):
        cargar_archivo_novedades(
            contenido=f"{entrada(empleador, UNA)}{fin}{entrada(empleador, DOS)}\n".encode(),
            nombre="n.txt", empleador_id=empleador.pk, por=actor_empleador(empleador), hoy=HOY,
        )  # fmt: skip


_CAMPOS = st.sampled_from(
    ["0001", "2026", "06", "ENT", "20260610", "1", "R", "2", "X", "600.00", "P", "", "Ñ", "\x00"]
)
_DEFECTOS = st.lists(st.tuples(st.integers(0, 15), _CAMPOS), max_size=3)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 3), _DEFECTOS), min_size=1, max_size=6),
    st.text(max_size=30),
)
def test_whatever_is_sent_each_line_enters_or_comes_back_and_the_counts_agree(
    lineas: list[tuple[int, list[tuple[int, str]]]], nombre: str
) -> None:
    empleador = hacer_empleador()
    textos = []
    for persona, defectos in lineas:
        campos = entrada(empleador, cedula_sintetica(815_000 + persona)).split(";")
        for lugar, valor in defectos:
            campos[lugar] = valor
        textos.append(";".join(campos))
    try:
        resultado = enviar(empleador, *textos, nombre=nombre)
    except Rechazo:
        assert not Novedad.objects.filter(empleador=empleador).exists()
        return
    assert [fila.numero for fila in resultado.filas] == list(range(1, len(textos) + 1))
    assert resultado.aceptadas + resultado.rechazadas == len(textos)
    assert Novedad.objects.filter(empleador=empleador).count() == resultado.aceptadas
    assert FilaNovedades.objects.filter(archivo_id=resultado.archivo_id).count() == len(textos)


@pytest.mark.parametrize(
    ("comienzo", "que"), [(b"PK\x03\x04", "ZIP"), (b"\x1f\x8b", "GZIP"), (b"Rar!", "RAR")]
)
def test_a_compressed_file_whatever_its_name_is_asked_unpacked(comienzo: bytes, que: str) -> None:
    empleador = hacer_empleador()
    with pytest.raises(ArchivoComprimido, match=rf"\({que}\)\. Descomprímalo"):
        accion.cargar_archivo_novedades(
            contenido=comienzo + b"\x00" * 40, nombre="novedades.txt", empleador_id=empleador.pk,
            por=actor_empleador(empleador), hoy=HOY,
        )  # fmt: skip
