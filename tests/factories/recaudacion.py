"""Debts with their planilla, comprobantes and bank statements for tests. Ordinary defaults."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.planillas.models import Planilla, Tarifa
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.actions.importar_extracto import (
    ResultadoImportacion,
    importar_extracto,
)
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.models import Comprobante, CuentaBancaria
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import actor_empleador, hacer_empleador
from tests.factories.cartera import hacer_obligacion

#: Nobody who logs in has these numbers: they are given from one.
BRUNO = Actor(id=90_050, nombre="Bruno Recaudador", roles=frozenset({"UREC"}))
CARLA = Actor(id=60, nombre="Carla Ajena", roles=frozenset({"EMP"}), empleadores=frozenset({-1}))
FONDOS = ("ivm", "lod", "salud", "riesgos", "cesantia", "desempleo", "ssc", "gastos_adm")
GENERADO = date(2026, 9, 10)  # before the due date of the ordinary debt: no interest
PAGADO = date(2026, 9, 12)
_REFERENCIAS = count(1)


def hacer_deuda(empleador: Empleador | None = None, **otros: object) -> Obligacion:
    """Create an emitted planilla with its debt: 94.50 + 111.50 + 10.00, due 2026-09-15."""
    deuda = hacer_obligacion(empleador=empleador or hacer_empleador(), **otros)  # type: ignore[arg-type]
    tarifa, _ = Tarifa.objects.get_or_create(
        clave="PRUEBA",
        defaults={
            "regimen": "PRIVADO", "paga_ccc": True, "tasas": {}, "citas": [],
            "estado_verificacion": "VERIFICADO",
        },
    )  # fmt: skip
    assert deuda.empleador_id is not None
    assert deuda.sucursal_id is not None
    Planilla.objects.create(
        obligacion=deuda, empleador_id=deuda.empleador_id, sucursal_id=deuda.sucursal_id,
        periodo=deuda.periodo, tarifa=tarifa, trabajadores=1, masa_salarial=Dinero("1000.00"),
        personal=deuda.capital_personal, patronal=deuda.capital_patronal, ccc=deuda.capital_ccc,
    )  # fmt: skip
    return deuda


def ana_de(deuda: Obligacion) -> Actor:
    """Return Ana, who represents the debtor."""
    assert deuda.empleador_id is not None
    return actor_empleador(Empleador.objects.get(pk=deuda.empleador_id))


def hacer_comprobante(*deudas: Obligacion, hoy: date = GENERADO) -> Comprobante:
    """Generate a comprobante for the debts of one employer (one debt when none is given)."""
    elegidas = deudas or (hacer_deuda(),)
    assert elegidas[0].empleador_id is not None
    return generar_comprobante(
        empleador_id=elegidas[0].empleador_id,
        obligaciones=[d.pk for d in elegidas],
        por=ana_de(elegidas[0]),
        hoy=hoy,
    )


@dataclass(frozen=True)
class Linea:
    """One credit of a statement: cents, what it cites, its reference and dates."""

    centavos: int
    cita: str = ""
    referencia: str = ""
    fecha: date = PAGADO
    fecha_valor: date | None = None
    texto: str = ""


def pago_de(comprobante: Comprobante, *, de_mas: int = 0, **otros: object) -> Linea:
    """Return the line that pays a comprobante, with `de_mas` cents over (or under)."""
    datos: dict[str, object] = {"referencia": f"REF{next(_REFERENCIAS):08d}", **otros}
    return Linea(comprobante.importe.centavos + de_mas, comprobante.numero, **datos)  # type: ignore[arg-type]


def extracto_xml(*lineas: Linea, declarado: int | None = None, mensaje: str = "M1") -> bytes:
    """Write a camt.053.001.08 with those credits; `declarado` cents instead of their sum."""
    total = sum(linea.centavos for linea in lineas) if declarado is None else declarado
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>{mensaje}</MsgId><CreDtTm>2026-09-12T17:00:00-05:00</CreDtTm></GrpHdr>"
        "<Stmt><Id>S1</Id><Acct><Id><Othr><Id>0010</Id></Othr></Id><Ccy>USD</Ccy></Acct>"
        f"<TxsSummry><TtlCdtNtries><NbOfNtries>{len(lineas)}</NbOfNtries>"
        f"<Sum>{Dinero.de_centavos(total)}</Sum></TtlCdtNtries></TxsSummry>"
        f"{''.join(map(_entrada, lineas))}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entrada(linea: Linea) -> str:
    referencia = f"<AcctSvcrRef>{linea.referencia}</AcctSvcrRef>" if linea.referencia else ""
    cita = f"<Strd><CdtrRefInf><Ref>{linea.cita}</Ref></CdtrRefInf></Strd>" if linea.cita else ""
    texto = f"<Ustrd>{linea.texto}</Ustrd>" if linea.texto else ""
    return (
        f'<Ntry><Amt Ccy="USD">{Dinero.de_centavos(linea.centavos)}</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{linea.fecha}</Dt></BookgDt>"
        f"<ValDt><Dt>{linea.fecha_valor or linea.fecha}</Dt></ValDt>{referencia}"
        f"<NtryDtls><TxDtls><RmtInf>{texto}{cita}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )


CUENTA = "0010"
OPERADOR = Actor.sistema("Operador de consola")
TESORERA = Actor(id=90_051, nombre="Teresa Tesorera", roles=frozenset({"DNGF"}))


def hacer_cuenta(numero: str = CUENTA, canal: str = "OTRO-BANCO") -> CuentaBancaria:
    """Register an own bank account (that of the statements made here, by default)."""
    cuenta, _ = registrar_cuenta_bancaria(
        numero=numero, banco=f"Banco de {numero}", canal=canal, por=TESORERA, hoy=GENERADO
    )
    return cuenta


def como_aviso(extracto: bytes) -> bytes:
    """The same entries as a notice (camt.054): told, not booked."""
    return (
        extracto.replace(b"camt.053", b"camt.054")
        .replace(b"BkToCstmrStmt", b"BkToCstmrDbtCdtNtfctn")
        .replace(b"<Stmt>", b"<Ntfctn>")
        .replace(b"</Stmt>", b"</Ntfctn>")
    )


def importar(
    *lineas: Linea,
    hoy: date = PAGADO,
    contenido: bytes | None = None,
    formato: str = "camt053",
    con_cuenta: bool = True,
) -> ResultadoImportacion:
    """Import a statement with those lines, as the system; its account is registered before."""
    if con_cuenta and not CuentaBancaria.objects.filter(numero=CUENTA).exists():
        hacer_cuenta()
    return importar_extracto(
        contenido=contenido if contenido is not None else extracto_xml(*lineas),
        nombre="extracto.xml", formato=formato, por=OPERADOR, hoy=hoy,
    )  # fmt: skip
