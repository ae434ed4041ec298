"""A small office at work: people who log in, debts, money and glosas made by the real acts."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.db.models.functions import Now
from django.test import Client

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.models import DiaCerrado, Glosa
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.recaudacion.models import Comprobante, Extracto, LineaExtracto, ValorPorAplicar
from recaudo.infra import clock
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.kernel.period import Periodo
from tests.factories.afiliacion import GUAYAQUIL, QUITO, hacer_empleador
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.cargos import traer
from tests.factories.cartera import SISTEMA, poner_tasa
from tests.factories.recaudacion import (
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_deuda,
    importar,
    pago_de,
)

HOY = date(2026, 10, 16)  # the 31st day of arrears of an ordinary debt
_CUENTA = count(1)


def entrar(rol: str, *provincias: str, hoy: date = HOY) -> Client:
    """Log in a new person who holds a role (in those provinces) and return the browser."""
    clock.fijar_fecha_simulada(hoy)
    persona = Usuario.objects.create_user(f"99{next(_CUENTA):08d}", f"Persona {rol}")
    for provincia in provincias or ("",):
        Asignacion.objects.create(
            usuario=persona, rol=rol, provincia=provincia, desde=date(2025, 1, 1)
        )
    navegador = Client()
    navegador.force_login(persona)
    return navegador


@dataclass(frozen=True)
class Escena:
    """What there is to see: an employer in each city, one debt of each kind."""

    quito: Empleador
    guayaquil: Empleador
    pagada: Obligacion
    comprobante: Comprobante
    en_glosa: Obligacion
    glosa: Glosa
    glosa_de_guayaquil: Glosa
    extracto_id: int
    valor: ValorPorAplicar
    cargo: LineaExtracto

    @property
    def fichas(self) -> dict[str, str]:
        """Each kind of page of one object, with its address."""
        quito = self.quito.ruc
        return {
            "extracto": f"/oficina/recaudacion/extractos/{self.extracto_id}/",
            "lineas": f"/oficina/recaudacion/extractos/{self.extracto_id}/lineas/",
            "valor": f"/oficina/recaudacion/valores/{self.valor.pk}/",
            "cargo": f"/oficina/recaudacion/debitos/{self.cargo.pk}/",
            "cuenta": f"/oficina/recaudacion/cuentas/{self.cargo.cuenta_id}/",
            "empleador": f"/oficina/empleadores/{quito}/",
            "deudas": f"/oficina/empleadores/{quito}/deudas/",
            "deuda": f"/oficina/deudas/{self.en_glosa.pk}/",
            "comprobantes": f"/oficina/empleadores/{quito}/comprobantes/",
            "glosas_suyas": f"/oficina/empleadores/{quito}/glosas/",
            "historia": f"/oficina/empleadores/{quito}/historia/",
            "planilla_pagada": f"/oficina/deudas/{self.pagada.pk}/",
            "comprobante": f"/oficina/comprobantes/{self.comprobante.numero}/",
            "glosa": f"/oficina/cartera/glosas/{self.glosa.numero}/",
        }


#: The pages that list or begin something, whatever there is to see.
LISTAS = {
    "inicio": "/oficina/",
    "extractos": "/oficina/recaudacion/extractos/",
    "aclarar": "/oficina/recaudacion/extractos/por-aclarar/",
    "cuentas": "/oficina/recaudacion/cuentas/",
    "cargos": "/oficina/recaudacion/debitos/",
    "valores": "/oficina/recaudacion/valores/",
    "empleadores": "/oficina/empleadores/",
    "libro": "/oficina/libro/",
    "diario": "/oficina/libro/diario/",
    "sellos": "/oficina/libro/sellos/",
    "glosas": "/oficina/cartera/glosas/",
    "dias": "/oficina/cartera/dias/",
    "tasas": "/oficina/tasas/",
}


def montar() -> Escena:
    """One paid debt, one in glosa in each city, one statement with money nobody can place."""
    quito = hacer_empleador(razon_social="Ñandú y Cóndor Cía. Ltda.", canton=QUITO)
    guayaquil = hacer_empleador(razon_social="Astilleros del Guayas S.A.", canton=GUAYAQUIL)
    pagada = hacer_deuda(quito, periodo="2026-07")
    comprobante = hacer_comprobante(pagada)
    sin_dueno = Linea(12345, referencia="R-SUELTA", texto=f"DEPOSITO {quito.ruc}")
    importar(pago_de(comprobante), sin_dueno)
    ilegible = extracto_xml(Linea(5000, referencia="R-ROTA"), mensaje="M2")
    importar(contenido=ilegible.replace(b'"USD">50.00', b'"USD">5O.00'))
    traer(LibroDelBanco("0020", 100_000, (Apunte(0, -777, "C-1"),)))
    hacer_deuda(quito, periodo="2026-08")
    hacer_deuda(guayaquil, periodo="2026-08")
    for mes, tasa in (("2026-09", "8.99"), ("2026-10", "8.99")):
        poner_tasa(mes, tasa)
    # As if every day before had been closed: one day does what forty-six would.
    DiaCerrado.objects.create(
        fecha=HOY - timedelta(days=1), cerrado_el=HOY, cerrado_en=Now(), hecho_id=0
    )
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY)
    return encontrar()


def encontrar() -> Escena:
    """Return what `montar` left in the connected database, which may be a copy."""
    quito = Empleador.objects.get(razon_social="Ñandú y Cóndor Cía. Ltda.")
    guayaquil = Empleador.objects.get(razon_social="Astilleros del Guayas S.A.")
    pagada = Obligacion.objects.get(empleador_id=quito.pk, periodo=Periodo(2026, 7))
    comprobante = Comprobante.objects.get(detalles__obligacion_id=pagada.pk)
    valor = ValorPorAplicar.objects.get()
    glosa = Glosa.objects.get(empleador_id=quito.pk)
    return Escena(
        quito=quito,
        guayaquil=guayaquil,
        pagada=pagada,
        comprobante=comprobante,
        en_glosa=Obligacion.objects.get(pk=glosa.obligacion_id),
        glosa=glosa,
        glosa_de_guayaquil=Glosa.objects.get(empleador_id=guayaquil.pk),
        extracto_id=Extracto.objects.earliest("pk").pk,
        valor=valor,
        cargo=LineaExtracto.objects.get(resultado="CARGO"),
    )
