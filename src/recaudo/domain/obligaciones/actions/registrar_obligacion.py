"""Register one debt of any class: born with its rubros, its split by fund and its receivable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.obligaciones.catalogo import RUBROS_ANCHOS, clase_de, rubro_de
from recaudo.domain.obligaciones.facts import ObligacionRegistrada
from recaudo.domain.obligaciones.models import Obligacion, SaldoRubro
from recaudo.domain.obligaciones.plan_contable import CONCEPTO, ORIGEN, patas_de_alta
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion
from recaudo.norma.parametros import EstadoVerificacion, peor_estado

ACTO = Acto("registrar_obligacion", None, ObligacionRegistrada)
NORMA = "C.D. 497 DG 7.ª y 8.ª"
_ANCHOS = dict(RUBROS_ANCHOS)
_DE_LA_MASA = ("sucursal", "periodo", "version")


class DeudaMalFormada(Rechazo):
    """The debt has no amount, a rubro that its class does not have, or a fund it may not go to."""

    norma = NORMA


class DeudaRepetida(Rechazo):
    """Its class already has that debt (its uniqueness belongs to the class)."""

    mensaje = "Esa deuda ya está registrada: busque la que existe antes de crear otra."
    norma = NORMA


@dataclass(frozen=True, slots=True, kw_only=True)
class NuevaDeuda:
    """A debt to register; amounts in USD. Debtor: an employer or a person, one of the two.

    `partes` is the capital by (rubro, fund): the split by fund is born with the debt.
    """

    clase: str
    provincia: str
    materia_tipo: str
    materia_id: int
    fecha_emision: date
    fecha_vencimiento: date
    partes: Mapping[tuple[str, str], Dinero]
    empleador_id: int | None = None
    persona_id: int | None = None
    sucursal_id: int | None = None
    periodo: Periodo | None = None
    version: int = 1
    estado_verificacion: EstadoVerificacion = EstadoVerificacion.VERIFICADO


def registrar_obligacion(*, causa: ActoAbierto, nueva: NuevaDeuda) -> int:
    """This act will register a debt inside the act of the room that causes it, `causa` (DG 8.ª).

    Writes the debt, its rubros by fund and its receivable entry, and states the fact; returns its
    number. The act of the upper room checks who may. Refuses ClaseDesconocida, RubroDesconocido,
    DeudaMalFormada, DeudaRepetida.
    """
    clase = clase_de(nueva.clase)
    _revisar(clase, nueva)
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
        fila = _escribir_una_vez(clase, nueva)
        asentar(
            acto=a, concepto=CONCEPTO, origen=(ORIGEN, fila.pk), provincia=nueva.provincia,
            patas=patas_de_alta(
                obligacion_id=fila.pk, clase=clase.id, estado=EstadoObligacion.EMITIDA,
                partes=nueva.partes,
            ),
        )  # fmt: skip
        a.declarar(
            ObligacionRegistrada(
                fila.pk, clase.id, clase.nombre, nueva.empleador_id, nueva.persona_id,
                nueva.provincia, nueva.materia_tipo, nueva.materia_id,
                sum(nueva.partes.values(), Dinero.CERO),
            )
        )  # fmt: skip
    return int(fila.pk)


def _escribir_una_vez(clase: ClaseDeObligacion, nueva: NuevaDeuda) -> Obligacion:
    try:
        with transaction.atomic():
            return _escribir(clase, nueva)
    except IntegrityError as choque:
        if "obligacion_unica" in str(choque):
            raise DeudaRepetida from choque
        raise


def _revisar(clase: ClaseDeObligacion, nueva: NuevaDeuda) -> None:
    if (nueva.empleador_id is None) == (nueva.persona_id is None):
        msg = "Una deuda es de un empleador o de una persona: indique uno de los dos."
        raise DeudaMalFormada(msg)
    if not nueva.partes or min(nueva.partes.values()) <= Dinero.CERO:
        msg = "Una deuda tiene al menos un rubro, y cada uno vale más de cero."
        raise DeudaMalFormada(msg)
    for codigo, fondo in nueva.partes:
        rubro = rubro_de(codigo)
        if codigo not in clase.rubros:
            msg = f"{clase.nombre} no tiene el rubro «{rubro.nombre}»."
            raise DeudaMalFormada(msg)
        if rubro.fondos and fondo not in rubro.fondos:
            msg = f"El rubro «{rubro.nombre}» no es del fondo {fondo}."
            raise DeudaMalFormada(msg)


def _escribir(clase: ClaseDeObligacion, nueva: NuevaDeuda) -> Obligacion:
    anchos = dict.fromkeys(_ANCHOS.values(), Dinero.CERO)
    fondos: dict[str, Dinero] = {}
    otros: list[tuple[str, str, Dinero]] = []
    for (codigo, fondo), importe in nueva.partes.items():
        columna = _ANCHOS.get(codigo)
        if columna is None:
            otros.append((codigo, fondo, importe))
            continue
        anchos[columna] += importe
        if columna != fondo.lower():  # the third-party CCC is its own column
            fondos[fondo.lower()] = fondos.get(fondo.lower(), Dinero.CERO) + importe
    suma = sum((importe for _, _, importe in otros), Dinero.CERO)
    fila = Obligacion.objects.create(
        empleador_id=nueva.empleador_id, persona_id=nueva.persona_id,
        sucursal_id=nueva.sucursal_id, provincia=nueva.provincia, clase=clase.id,
        naturaleza=_naturaleza(nueva), materia_tipo=nueva.materia_tipo,
        materia_id=nueva.materia_id, clave=_clave(clase, nueva), periodo=nueva.periodo,
        version=nueva.version, fecha_emision=nueva.fecha_emision,
        fecha_vencimiento=nueva.fecha_vencimiento, capital_otros=suma, saldo_otros=suma,
        estado=EstadoObligacion.EMITIDA,
        estado_verificacion=peor_estado(clase.estado_verificacion, nueva.estado_verificacion),
        **{f"capital_{c}": v for c, v in anchos.items()},
        **{f"saldo_{c}": v for c, v in anchos.items()},
        **fondos,
    )  # fmt: skip
    SaldoRubro.objects.bulk_create(
        SaldoRubro(obligacion=fila, rubro=r, fondo=f, capital=v, saldo=v) for r, f, v in otros
    )
    return fila


def _naturaleza(nueva: NuevaDeuda) -> str:
    """A debt is a sanction when all of it is."""
    todas = {rubro_de(rubro).naturaleza for rubro, _ in nueva.partes}
    return todas.pop() if len(todas) == 1 else "CONTRIBUCION"


def _clave(clase: ClaseDeObligacion, nueva: NuevaDeuda) -> str | None:
    """What makes it unique, as its class says; None when that is its place in the mass."""
    partes = clase.unicidad
    if partes == _DE_LA_MASA:
        if nueva.sucursal_id is not None and nueva.periodo is not None:
            return None
        partes = ("materia", "version")  # one by one, of no sucursal or month
    valores = {
        "materia": f"{nueva.materia_tipo}:{nueva.materia_id}",
        "sucursal": nueva.sucursal_id,
        "periodo": nueva.periodo,
        "version": nueva.version,
        "deudor": f"{nueva.empleador_id or ''}:{nueva.persona_id or ''}",
    }
    return "/".join(str(valores[parte]) for parte in partes)
