"""One whole cycle, act by act, on the real files: from the registry to the first glosas.

Every step can be run again: what is done is recognised and left as it is, so a demonstration that
was killed continues and ends with the same totals. Each step is one transaction, or an act that is
idempotent by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from django.db import connection, transaction

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import cargar_archivo_novedades
from recaudo.domain.afiliacion.actions.registrar_empleador import registrar_empleador
from recaudo.domain.afiliacion.actions.registrar_representacion import registrar_representacion
from recaudo.domain.afiliacion.actions.registrar_sucursal import registrar_sucursal
from recaudo.domain.afiliacion.batches.inscribir_nombres import inscribir_nombres
from recaudo.domain.afiliacion.queries import archivos_visibles, visible_to
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.queries import ultimo_dia_cerrado
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.queries import bandeja
from recaudo.domain.obligaciones.queries import obligaciones_de
from recaudo.domain.parametros.actions.aprobar_tasa import aprobar_tasa
from recaudo.domain.parametros.actions.cargar_tasas_publicadas import cargar_tasas_publicadas
from recaudo.domain.parametros.actions.registrar_tasa import registrar_tasa
from recaudo.domain.parametros.queries import lista_de_tasas
from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.domain.recaudacion.actions.aprobar_aclaracion import aprobar_aclaracion
from recaudo.domain.recaudacion.actions.confirmar_extracto import confirmar_extracto
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.actions.proponer_aclaracion import proponer_aclaracion
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.queries import comprobante, comprobantes_de, lista_de_cargos
from recaudo.ensayo.demostracion import archivos
from recaudo.ensayo.demostracion.escenario import (
    ACUSES,
    ANA,
    MESES,
    PAGOS_DE_GLOSA,
    REENVIO,
    Conducta,
    Mes,
    conducta_de,
    paga_temprano,
)
from recaudo.ensayo.demostracion.extractos import (
    BANCO,
    CANAL,
    CUENTA,
    Abono,
    escribir_extracto,
    saldo_del_banco,
)
from recaudo.ensayo.demostracion.fechas import (
    DIA_DE_NOVEDADES,
    FECHA_DEMO,
    TASAS_DEMO,
)
from recaudo.ensayo.demostracion.novedades import archivo_de_entradas, archivos_del_mes
from recaudo.ensayo.demostracion.poblacion import Empleador
from recaudo.ensayo.demostracion.ruido import lineas_ajenas
from recaudo.ensayo.demostracion.usuarios import (
    DESDE,
    crear_usuarios,
    en_nombre_de,
    representantes,
)
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo

TASA_DEMO: Final = Tasa("8.25")
FUENTE_DEMO: Final = (
    "VALOR DE DEMOSTRACIÓN: el mes no está en la serie pública. No sirve para liquidar."
)
DE_MAS: Final = Dinero("25.00")
DE_MENOS: Final = Dinero("10.00")
_DIAS_SIN_ACLARAR: Final = 7  # the debits of the last days wait
PRUEBA: Final = {"ip": "192.0.2.10", "agente": "Navegador de la demostración"}
_AL_GENERAR: Final = frozenset(Conducta) - {Conducta.TARDE, Conducta.NO_PAGA}
_AL_PAGAR: Final = {Conducta.PUNTUAL, Conducta.EXCEDE, Conducta.CORTO}
Avisar = Callable[[str], None]


def esta_terminado() -> bool:
    """Say whether the cycle reached its end: the clock of the database is the one to tell."""
    return clock.fecha_simulada() == FECHA_DEMO


@dataclass(frozen=True, slots=True)
class Escena:
    """One step of the story: its business date, what it says while it runs, what it does."""

    fecha: date
    titulo: str
    hacer: Callable[[], None]


@dataclass(slots=True)
class Ciclo:
    """The demonstration in course: the population, who acts, and where the files come from."""

    poblacion: Sequence[Empleador]
    fuente: archivos.Fuente = archivos.incluidos
    oficina: dict[str, Actor] = field(default_factory=dict)
    portal: dict[int, Actor] = field(default_factory=dict)

    def correr(self, avisar: Avisar) -> None:
        """Run every step that is missing. `avisar(titulo)` is called as each one begins."""
        avisar("Usuarios y tasas")
        if clock.fecha_simulada() is None:
            clock.fijar_fecha_simulada(DESDE)
        self._preparar()
        avisar("Empleadores y trabajadores")
        self._registrar()
        for paso in self.agenda():
            avisar(f"{paso.fecha:%d/%m/%Y} · {paso.titulo}")
            if _se_hizo(paso):
                continue
            clock.fijar_fecha_simulada(paso.fecha)
            cerrar_dia(fecha=paso.fecha, por=self.oficina["elena"], hoy=paso.fecha)
            paso.hacer()
        avisar("Cierre de los últimos días")
        cerrar_dia(fecha=FECHA_DEMO, por=self.oficina["elena"], hoy=FECHA_DEMO)
        clock.fijar_fecha_simulada(FECHA_DEMO)

    def cuantos_pasos(self) -> int:
        """Return how many times `correr` says what it begins."""
        return len(self.agenda()) + 3

    def agenda(self) -> list[Escena]:
        """Return the steps in the order of their dates; in one date, in the order written here."""
        pasos = [
            paso for periodo, mes in MESES.items() for paso in self._pasos_del_mes(periodo, mes)
        ]
        pasos.append(Escena(DIA_DE_NOVEDADES, "Archivos de novedades", self._cargar_novedades))
        for (indice, _), fecha in ACUSES.items():
            pasos.append(Escena(fecha, "Acuse de recibo", partial(self._acusar, indice, fecha)))
        return sorted(pasos, key=lambda paso: paso.fecha)

    def _pasos_del_mes(self, periodo: Periodo, mes: Mes) -> Iterator[Escena]:
        de = periodo.en_palabras
        yield Escena(
            mes.emision,
            f"Emisión de {de}",
            partial(self._emitir, periodo, mes.emision),
        )
        for dia in (mes.temprano, mes.limite, mes.tarde):
            yield Escena(dia, f"Pagos de {de}", partial(self._cobrar, periodo, mes, dia))

    def _preparar(self) -> None:
        with transaction.atomic():
            self.oficina = crear_usuarios()
            self.portal = representantes(self.poblacion)
            registrar_cuenta_bancaria(
                numero=CUENTA, banco=BANCO, canal=CANAL, por=Actor.sistema("Demostración"),
                hoy=DESDE,
            )  # fmt: skip
            cargar_tasas_publicadas()
            ocupados = {(t.desde.year, t.desde.month) for t in lista_de_tasas()}
            for mes in TASAS_DEMO:
                if (mes.anio, mes.mes) not in ocupados:
                    self._publicar_tasa(mes)

    def _publicar_tasa(self, mes: Periodo) -> None:
        """Enter one demonstration rate with four eyes, as a published one would be."""
        fila = registrar_tasa(
            periodo=mes, tasa=TASA_DEMO, fuente=FUENTE_DEMO, por=self.oficina["diego"],
            hoy=mes.primer_dia, estado_verificacion="DEMO",
        )  # fmt: skip
        aprobar_tasa(tasa_id=fila.pk, por=self.oficina["elena"], hoy=mes.primer_dia)

    def _registrar(self) -> None:
        conocidos = dict(visible_to(TODA_LA_NACION).values_list("ruc", "pk"))
        for empleador in self.poblacion:
            numero = conocidos.get(empleador.ruc) or self._inscribir(empleador)
            self.portal[empleador.indice] = en_nombre_de(self.portal[empleador.indice], numero)

    @transaction.atomic
    def _inscribir(self, empleador: Empleador) -> int:
        """Register an employer with its sucursales, and let it report its workers by file."""
        hugo = self.oficina["hugo"]
        registrado = registrar_empleador(
            ruc=empleador.ruc, razon_social=empleador.razon_social, tipo_empleador=empleador.tipo,
            canton=empleador.canton, por=hugo, hoy=empleador.alta,
            correo=f"nomina{empleador.indice}@ejemplo.invalid",
            representante=empleador.representante, es_ficticio=True,
        )  # fmt: skip
        numero = int(registrado.pk)
        for codigo, canton in empleador.sucursales[1:]:
            registrar_sucursal(
                empleador_id=numero, codigo=codigo, canton=canton, por=hugo, hoy=empleador.alta
            )
        persona = self.portal[empleador.indice]
        registrar_representacion(
            usuario_id=persona.id or 0, empleador_id=numero, desde=DESDE, por=hugo,
            hoy=empleador.alta,
        )  # fmt: skip
        with connection.cursor() as cursor:
            inscribir_nombres(cursor, {t.cedula: t.nombre for t in empleador.trabajadores})
        cargar_archivo_novedades(
            contenido=archivo_de_entradas(empleador), nombre=f"{empleador.ruc}-ENT.txt",
            empleador_id=numero, por=en_nombre_de(persona, numero), hoy=empleador.alta,
        )  # fmt: skip
        return numero

    def _emitir(self, periodo: Periodo, hoy: date) -> None:
        emitir_planillas(periodo=periodo, por=self.oficina["hugo"], hoy=hoy)

    def _cargar_novedades(self) -> None:
        """Files of the month: one of each type for Ana's employer, extras for some others."""
        for empleador in self.poblacion:
            completos = empleador.indice == ANA
            if not completos and not archivos.trae_extras(empleador):
                continue
            actor = self.portal[empleador.indice]
            (numero,) = actor.representados
            recibidos = set(
                archivos_visibles(TODA_LA_NACION)
                .filter(empleador_id=numero)
                .values_list("nombre", flat=True)
            )
            for nombre, contenido in archivos_del_mes(empleador, completos=completos).items():
                if nombre not in recibidos:
                    cargar_archivo_novedades(
                        contenido=self.fuente(nombre, contenido), nombre=nombre,
                        empleador_id=numero, por=actor, hoy=DIA_DE_NOVEDADES,
                    )  # fmt: skip

    @transaction.atomic
    def _cobrar(self, periodo: Periodo, mes: Mes, dia: date) -> None:
        """One day of collection: comprobantes are made, the bank takes money, its file comes in."""
        if Hecho.objects.filter(tipo="extracto_importado", fecha=dia).exists():
            return
        abonos = [a for e in self.poblacion for a in self._abonos_de(e, periodo, mes, dia)]
        numerados = [_con_referencia(a, dia, n) for n, a in enumerate(abonos, 1)]
        saldo = saldo_del_banco()
        lineas = [*numerados, *lineas_ajenas(numerados, dia)]
        for envio in ("", "-REENVIO") if dia == REENVIO else ("",):  # its bank may send it twice
            contenido = escribir_extracto(
                nombre=f"{CANAL}-{dia:%Y%m%d}{envio}", fecha=dia, saldo_inicial=saldo,
                abonos=lineas,
            )  # fmt: skip
            self._asentar(f"extracto-{dia}{envio.lower()}.xml", contenido, dia)

    def _asentar(self, nombre: str, contenido: bytes, dia: date) -> None:
        """One person receives a statement of the bank and, four eyes, another confirms it."""
        recibidos = recibir_extracto(
            contenido=self.fuente(nombre, contenido), nombre=nombre, formato="camt053",
            por=self.oficina["bruno"], hoy=dia,
        )  # fmt: skip
        for recibido in recibidos.extractos:
            confirmar_extracto(extracto_id=recibido, por=self.oficina["irene"], hoy=dia)
        if (FECHA_DEMO - dia).days > _DIAS_SIN_ACLARAR:
            self._aclarar_comisiones(dia)

    def _aclarar_comisiones(self, dia: date) -> None:
        """The bank charged a fee: one says so and another approves it; the newest ones wait."""
        for debito in lista_de_cargos(hoy=dia):
            propuesta = proponer_aclaracion(
                cargo_id=debito.pk, destino="COMISION", por=self.oficina["bruno"], hoy=dia,
                razon="Comisión del día, según la nota de débito del banco",
            )  # fmt: skip
            aprobar_aclaracion(aclaracion_id=propuesta.pk, por=self.oficina["irene"], hoy=dia)

    def _abonos_de(
        self, empleador: Empleador, periodo: Periodo, mes: Mes, dia: date
    ) -> Iterator[Abono]:
        """What one employer does on one day about one month, and about its glosas."""
        conducta = conducta_de(empleador, periodo)
        suyo = mes.temprano if paga_temprano(empleador, periodo) else mes.limite
        if (conducta in _AL_GENERAR and dia == suyo) or (
            conducta is Conducta.TARDE and dia == mes.tarde
        ):
            yield from self._con_comprobante(empleador, periodo, dia, conducta)
        elif conducta is Conducta.CADUCADO and dia == mes.tarde:
            yield from self._con_el_caducado(empleador, periodo, dia)
        for (indice, glosado), (fecha, pago) in PAGOS_DE_GLOSA.items():
            if indice == empleador.indice and fecha == dia:
                yield from self._con_comprobante(empleador, glosado, dia, pago)

    def _con_comprobante(
        self, empleador: Empleador, periodo: Periodo, dia: date, conducta: Conducta
    ) -> Iterator[Abono]:
        actor = self.portal[empleador.indice]
        (numero,) = actor.representados
        vivas = [
            o.id
            for o in obligaciones_de(numero, alcance=TODA_LA_NACION, solo_vivas=True)
            if o.periodo == periodo
        ]
        if not vivas:
            return
        hecho = generar_comprobante(empleador_id=numero, obligaciones=vivas, por=actor, hoy=dia)
        importe = hecho.importe
        if conducta is Conducta.EXCEDE:
            importe += DE_MAS
        elif conducta is Conducta.CORTO:
            importe = max(importe - DE_MENOS, Dinero("0.01"))
        if conducta in _AL_PAGAR or conducta is Conducta.TARDE:
            yield Abono(
                importe=importe, fecha=dia, referencia="", ordenante=empleador.razon_social,
                cita=hecho.numero,
            )  # fmt: skip

    def _con_el_caducado(
        self, empleador: Empleador, periodo: Periodo, dia: date
    ) -> Iterator[Abono]:
        """Pay with a comprobante whose last day went by."""
        (numero,) = self.portal[empleador.indice].representados
        obligaciones = {
            o.id for o in obligaciones_de(numero, alcance=TODA_LA_NACION) if o.periodo == periodo
        }
        for resumen in comprobantes_de(numero, alcance=TODA_LA_NACION):
            c = comprobante(resumen.numero, alcance=TODA_LA_NACION)
            if obligaciones & {d.obligacion_id for d in c.detalles}:
                yield Abono(
                    importe=c.importe, fecha=dia, referencia="",
                    ordenante=empleador.razon_social, cita=c.numero,
                )  # fmt: skip

    def _acusar(self, indice: int, fecha: date) -> None:
        """The employer opens what is in its inbox."""
        actor = self.portal.get(indice)
        if actor is None:
            return
        (numero,) = actor.representados
        for aviso in bandeja(TODA_LA_NACION, empleador_id=numero):
            if aviso.recibida_el is None and aviso.depositada_el <= fecha:
                acusar_recibo(notificacion_id=aviso.id, por=actor, hoy=fecha, prueba=PRUEBA)


def _se_hizo(paso: Escena) -> bool:
    """Say whether a later date is closed: each step begins by closing its own, in order."""
    cerrado = ultimo_dia_cerrado()
    return cerrado is not None and cerrado > paso.fecha


def _con_referencia(abono: Abono, dia: date, numero: int) -> Abono:
    return Abono(
        importe=abono.importe, fecha=abono.fecha, referencia=f"BE{dia:%y%m%d}{numero:05d}",
        ordenante=abono.ordenante, cita=abono.cita,
    )  # fmt: skip
