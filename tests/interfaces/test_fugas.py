"""Every address × role × province × method, with the objects of another's: nothing leaks.

One scene has two employers, in Quito and in Guayaquil, each with one object of each kind. Everybody
walks the whole site with the objects of Guayaquil: who does not reach them is answered as if they
were not there, and no answer of any kind (page, list, file, finder, paper, home) carries a word of
them. The method changes nothing of that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db.models import Q
from django.db.models.functions import Now
from django.test import Client
from django.urls import get_resolver

from recaudo.domain.afiliacion.models import Empleador, RelacionLaboral
from recaudo.domain.afiliacion.queries import ficha_de_empleador
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.models import DiaCerrado, Glosa
from recaudo.domain.contabilidad.models import Asiento
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.planillas.models import Planilla
from recaudo.domain.recaudacion.models import CuentaBancaria, LineaExtracto, ValorPorAplicar
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.alcance import TODA_LA_NACION, Alcance
from recaudo.infra.security.matriz import Ambito
from recaudo.infra.security.models import Asignacion, Sesion, Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES, Territorio
from recaudo.interfaces.portal.novedades.revision import Enviado, guardar
from recaudo.interfaces.vista.puertas import es_publica, permiso_de
from recaudo.kernel.period import Periodo
from tests.architecture.test_urls import _recorrer
from tests.domain.afiliacion.archivos import entrada, enviar
from tests.factories.afiliacion import (
    GUAYAQUIL,
    QUITO,
    actor_empleador,
    hacer_empleador,
    hacer_nomina,
)
from tests.factories.cartera import PRUEBA, SISTEMA, poner_tasa
from tests.factories.planillas import emitir
from tests.factories.recaudacion import Linea, hacer_comprobante, importar, pago_de
from tests.interfaces.portal.conftest import representar

P = Permiso
EMITIDAS = (Periodo(2026, 8), Periodo(2026, 9))
HOY = date(2026, 11, 20)
DIA = timedelta(days=1)
METODOS = ("get", "put", "post", "head", "delete")
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Cosas:
    """One object of each kind of one employer."""

    empleador: Empleador
    planilla_id: int
    obligacion_id: int
    relacion_id: int
    comprobante: str
    glosa: str
    archivo_id: int
    notificacion_id: int
    vale: str
    palabras: tuple[str, ...]

    def llenar(self, ruta: str, comunes: dict[str, object]) -> str:
        """Return an address with its holes filled with these objects."""
        numero = self.glosa if "glosas/" in ruta else self.comprobante
        suyos = {
            "ruc": self.empleador.ruc,
            "planilla_id": self.planilla_id,
            "obligacion_id": self.obligacion_id,
            "identificacion": self.palabras[-1],
            "relacion_id": self.relacion_id,
            "numero": numero,
            "archivo_id": self.archivo_id,
            "notificacion_id": self.notificacion_id,
            "vale": self.vale,
            **comunes,
        }

        def llenar(hueco: re.Match[str]) -> str:
            assert hueco[1] in suyos, f"teach this walk what goes in <{hueco[1]}> of {ruta}"
            return str(suyos[hueco[1]])

        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", llenar, ruta)


@dataclass(frozen=True)
class Escena:
    """Two employers with the same things, and what belongs to nobody."""

    quito: Cosas
    guayaquil: Cosas
    comunes: dict[str, object]


@pytest.fixture
def escena() -> Escena:
    """Everything that a page may show, by the real acts."""
    patronos = [
        hacer_empleador(razon_social="Ñandú y Cóndor Cía. Ltda.", canton=QUITO),
        hacer_empleador(razon_social="Astilleros del Guayas S.A.", canton=GUAYAQUIL),
    ]
    nominas = [hacer_nomina(2, empleador=patrono) for patrono in patronos]
    for mes in ("2026-10", "2026-11", "2026-12"):
        poner_tasa(mes, "8.99")
    clock.fijar_fecha_simulada(HOY)
    for periodo in EMITIDAS:
        emitir(periodo=periodo)
    archivos = [
        enviar(p, entrada(p, "2050009900"), hoy=HOY, nombre=f"{p.ruc}.txt") for p in patronos
    ]
    DiaCerrado.objects.create(fecha=HOY - DIA, cerrado_el=HOY, cerrado_en=Now(), hecho_id=0)
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY)
    comprobantes = [
        hacer_comprobante(
            Planilla.objects.get(empleador_id=p.pk, periodo=EMITIDAS[0]).obligacion, hoy=HOY
        )
        for p in patronos
    ]
    suelta = Linea(12345, referencia="R-SUELTA", texto=f"DEPOSITO {patronos[1].ruc}", fecha=HOY)
    importado = importar(pago_de(comprobantes[0], fecha=HOY), suelta, hoy=HOY)
    cosas = [
        _cosas(patrono, nomina.relaciones, comprobante.numero, archivo.archivo_id)
        for patrono, nomina, comprobante, archivo in zip(
            patronos, nominas, comprobantes, archivos, strict=True
        )
    ]
    asiento = Asiento.objects.order_by("id").first()
    assert asiento is not None
    comunes: dict[str, object] = {
        "sesion_id": sesion_ajena(),
        "extracto_id": importado.extracto_id,
        "valor_id": ValorPorAplicar.objects.get().pk,
        "linea_id": LineaExtracto.objects.order_by("id").values_list("pk", flat=True)[0],
        "lote": asiento.lote,
        "asiento_id": asiento.pk,
        "tasa_id": 1,
        "cuenta_id": CuentaBancaria.objects.get().pk,
        "credito_id": 1,
        "cargo_id": 1,
        "codigo": "K7QM2XHRW9TD",
        "clave": "mora",
    }
    return Escena(*cosas, comunes)


def _cosas(
    empleador: Empleador, relaciones: list[RelacionLaboral], comprobante: str, archivo: int
) -> Cosas:
    planilla = Planilla.objects.get(empleador_id=empleador.pk, periodo=EMITIDAS[1])
    glosa = Glosa.objects.filter(empleador_id=empleador.pk).order_by("id").first()
    assert glosa is not None
    aviso = Notificacion.objects.filter(empleador_id=empleador.pk).order_by("id").first()
    assert aviso is not None
    acusar_recibo(notificacion_id=aviso.pk, por=actor_empleador(empleador), hoy=HOY, prueba=PRUEBA)
    personas = [r.persona for r in relaciones]
    ficha = ficha_de_empleador(empleador.pk, alcance=TODA_LA_NACION)
    return Cosas(
        empleador=empleador,
        planilla_id=planilla.pk,
        obligacion_id=planilla.pk,
        relacion_id=relaciones[0].pk,
        comprobante=comprobante,
        glosa=glosa.numero,
        archivo_id=archivo,
        notificacion_id=aviso.pk,
        vale=guardar(Enviado("revisar.txt", f"linea de {empleador.ruc}".encode()), ficha, hoy=HOY),
        palabras=(
            empleador.ruc, empleador.razon_social, comprobante, glosa.numero,
            *(p.nombre for p in personas), *(p.identificacion for p in personas),
        ),
    )  # fmt: skip


def direcciones() -> Iterator[tuple[str, Any]]:
    for ruta, vista in _recorrer(get_resolver().url_patterns):
        if not ruta.startswith(("vista/", "estaticos/", "static/")):
            yield ruta, vista


def entrar(
    rol: str,
    provincia: str,
    *,
    mas: tuple[str, str] | None = None,
    representa: Empleador | None = None,
) -> Client:
    """Log in somebody who holds a role in a province (`""`: the nation), and perhaps another."""
    usuario = Usuario.objects.create_user(f"99{Usuario.objects.count():08d}", "Persona Prueba")
    for cual, donde in filter(None, ((rol, provincia), mas)):
        Asignacion.objects.create(usuario=usuario, rol=cual, provincia=donde, desde=HOY - DIA)
    if representa is not None:
        representar(usuario, representa)
    navegador = Client()
    navegador.force_login(usuario)
    return navegador


def representante(empleador: Empleador) -> Client:
    usuario = Usuario.objects.create_user(f"88{Usuario.objects.count():08d}", "Representante")
    representar(usuario, empleador)
    navegador = Client()
    navegador.force_login(usuario)
    return navegador


def cuerpo(respuesta: Any) -> str:
    """Return what an answer carries, whole, also when it comes little by little."""
    partes = b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
    return str(partes.decode("utf-8", "replace"))


def dicho(respuesta: Any, direccion: str, cosas: Cosas) -> list[str]:
    """Return the words of those objects that an answer carries, not counting what was asked."""
    texto = cuerpo(respuesta)
    return [palabra for palabra in cosas.palabras if palabra in texto and palabra not in direccion]


#: Ways of asking for more than the plain page: files, filters, the finder.
def variantes(direccion: str, cosas: Cosas) -> Iterator[str]:
    yield direccion
    for consulta in (
        "formato=csv",
        f"q={cosas.empleador.ruc}",
        "q=Astilleros",
        "provincia=09",
        f"ruc={cosas.empleador.ruc}",
        f"comprobante={cosas.comprobante}",
        f"obligacion={cosas.planilla_id}",
        f"buscar={cosas.palabras[4]}",
        "por_pagina=100",
    ):
        yield f"{direccion}?{consulta}"


#: Who leaves or enters by asking is somebody else afterwards.
DE_SESION = ("entrar/", "salir/")
NOMBRA_ALGO_AJENO = re.compile(r"<(?:\w+:)?(ruc|planilla_id|numero|archivo_id|notificacion_id)>")


def sesion_ajena() -> int:
    """Somebody else is inside."""
    navegador = Client()
    navegador.force_login(Usuario.objects.create_user("2050000815", "Otra Persona"))
    return Sesion.objects.latest("pk").pk


def clases(territorio: Territorio) -> list[str]:
    """One role of each kind that may do the same things as far: the others answer alike."""
    de_cada = {frozenset(r.alcances.items()): r.codigo for r in ROLES.values() if not r.es_externo
               and r.territorio is territorio}  # fmt: skip
    return sorted(de_cada.values())


def recorrer(
    navegador: Client,
    ajeno: Cosas,
    comunes: dict[str, object],
    *,
    metodos: Sequence[str] = METODOS,
) -> list[str]:
    """Walk every address with another's objects, by every method; return what should not be."""
    faltas = []
    for ruta, vista in direcciones():
        direccion = ajeno.llenar(ruta, comunes)
        for metodo in metodos:
            if ruta in DE_SESION and metodo == "post":
                continue
            respuesta = getattr(navegador, metodo)(direccion)
            es_ajena = bool(NOMBRA_ALGO_AJENO.search(ruta)) and not es_publica(vista)
            if es_ajena and respuesta.status_code not in {404, 405}:
                faltas.append(f"{metodo} {ruta}: {respuesta.status_code}")
            faltas += [f"{metodo} {ruta}: {p}" for p in dicho(respuesta, direccion, ajeno)]
    return faltas


def rebuscar(navegador: Client, ajeno: Cosas, comunes: dict[str, object]) -> list[str]:
    """Ask every page that opens for more than it shows, with another's words; return what it gives.

    Where a page leads is followed.
    """
    abiertas = {
        ajeno.llenar(ruta, comunes) for ruta, _ in direcciones() if not ruta.startswith("api/")
    } - {f"/{ruta}" for ruta in DE_SESION}
    return [
        f"{direccion}: {palabra}"
        for plana in sorted(abiertas)
        if navegador.get(plana).status_code in {200, 302, 422}
        for direccion in variantes(plana, ajeno)
        for palabra in dicho(navegador.get(direccion, follow=True), direccion, ajeno)
    ]


@pytest.mark.alcance("glosa")
def test_whoever_does_not_reach_it_finds_nothing_by_any_address_or_method(
    escena: Escena,
) -> None:
    """Offices of Quito, and who represents the employer of Quito, with what is of Guayaquil."""
    ajeno, comunes = escena.guayaquil, escena.comunes
    visitantes = {rol: entrar(rol, "17") for rol in clases(Territorio.EXIGE_PROVINCIA)}
    assert {"AC", "JC"} <= set(visitantes)
    visitantes["EMP"] = representante(escena.quito.empleador)
    for quien, navegador in visitantes.items():
        metodos = METODOS if quien in {"AC", "EMP"} else METODOS[::2]
        assert recorrer(navegador, ajeno, comunes, metodos=metodos) == [], quien
    for quien in ("AC", "EMP"):
        assert rebuscar(visitantes[quien], ajeno, comunes) == [], quien
    for cosas, quien in ((escena.quito, "AC"), (escena.quito, "EMP")):
        assert rebuscar(visitantes[quien], cosas, comunes) != [], "what is one's own is seen"


def test_a_permission_of_one_role_never_reaches_as_far_as_another(escena: Escena) -> None:
    """Every national role with an office of Quito: what only the second gives stays in Quito."""
    ajeno, comunes = escena.guayaquil, escena.comunes
    for nacional, provincial in product(clases(Territorio.SIN_PROVINCIA), ("AC", "JC")):
        navegador = entrar(nacional, "", mas=(provincial, "17"))
        for ruta, vista in direcciones():
            if es_publica(vista) or not NOMBRA_ALGO_AJENO.search(ruta):
                continue
            permiso = permiso_de(vista)
            assert permiso is not None, ruta
            direccion = ajeno.llenar(ruta, comunes)
            respuesta = navegador.get(direccion)
            if ROLES[nacional].alcances.get(permiso) is Ambito.NACIONAL:
                continue
            # Who sees the employer opens its page, and finds in it only what is within reach.
            if "<str:ruc>" not in ruta or P.EMPLEADOR_VER not in ROLES[nacional].alcances:
                assert respuesta.status_code == 404, (nacional, provincial, ruta)
            assert ajeno.glosa in direccion or ajeno.glosa not in cuerpo(respuesta), ruta


def test_an_administrator_who_is_also_an_analyst_of_quito_sees_quito_only(escena: Escena) -> None:
    navegador = entrar("ADM", "", mas=("AC", "17"))
    assert recorrer(navegador, escena.guayaquil, escena.comunes, metodos=("get",)) == []
    assert rebuscar(navegador, escena.guayaquil, escena.comunes) == []
    propia = navegador.get("/oficina/cartera/glosas/").content.decode()
    assert escena.quito.glosa in propia
    assert escena.guayaquil.glosa not in propia


def test_an_officer_who_represents_an_employer_sees_it_in_the_portal_and_not_in_the_office(
    escena: Escena,
) -> None:
    ajeno, comunes = escena.guayaquil, escena.comunes
    navegador = entrar("AC", "17", representa=ajeno.empleador)
    for ruta, vista in direcciones():
        if es_publica(vista) or not NOMBRA_ALGO_AJENO.search(ruta):
            continue
        estado = navegador.get(ajeno.llenar(ruta, comunes)).status_code
        if ruta.startswith("oficina/"):
            assert estado == 404, ruta
        else:
            assert estado in {200, 302, 405, 422}, ruta


def test_twin_without_the_predicate_everything_is_found(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Alcance, "contiene", lambda *_, **__: True)
    monkeypatch.setattr(Alcance, "q", lambda *_, **__: Q())
    navegador = entrar("AC", "17")
    faltas = recorrer(navegador, escena.guayaquil, escena.comunes, metodos=("get",))
    assert any(falta.startswith("get oficina/cartera/glosas/") for falta in faltas)
    assert len(faltas) > 20


def test_a_history_tells_each_one_what_its_own_permissions_read(escena: Escena) -> None:
    """A province is never told the figures of a statement or of a close of the whole country."""
    suya = f"/oficina/empleadores/{escena.quito.empleador.ruc}/historia/"
    pagada = Planilla.objects.get(empleador_id=escena.quito.empleador.pk, periodo=EMITIDAS[0]).pk
    paginas = {
        rol: [
            entrar(rol, donde).get(direccion).content.decode()
            for direccion in (
                suya,
                f"/oficina/deudas/{pagada}/",
                f"/oficina/cartera/glosas/{escena.quito.glosa}/",
            )
        ]
        for rol, donde in (("AC", "17"), ("AUD", ""))
    }
    historia, planilla, glosa = paginas["AC"]
    nacional = paginas["AUD"]
    de_comprobante = f"comprobante {escena.quito.comprobante}"
    assert de_comprobante in nacional[0]
    assert de_comprobante not in historia, "no cell of AC reads collection"
    de_todos = {
        tipo: escapada(frase)
        for tipo, frase in Hecho.objects.filter(empleador_id=None).values_list("tipo", "frase")
    }
    assert de_todos["extracto_importado"] in nacional[1]
    for tipo, frase in de_todos.items():
        assert not any(frase in pagina for pagina in paginas["AC"]), tipo
    assert all("Historia" in pagina for pagina in (planilla, glosa))


def escapada(frase: str) -> str:
    """Return the words of a fact up to its first date, as a page writes them."""
    junta = frase.replace("$ ", "$\xa0")  # an amount is never parted from its sign
    return re.split(r"\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4}", junta)[0].strip()
