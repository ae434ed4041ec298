"""A bank statement of 300 000 payments: imported, and sent again."""

import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from inspect import getsource
from pathlib import Path
from sys import modules

import psycopg
from django.core.management import call_command
from django.db import connection
from lxml import etree

from recaudo.domain.contabilidad.actions.cargar_plan_de_cuentas import cargar_plan_de_cuentas
from recaudo.domain.obligaciones.states import MAQUINA as OBLIGACION
from recaudo.domain.recaudacion.actions.importar_extracto import (
    ResultadoImportacion,
    importar_extracto,
)
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.states import MAQUINA, MAQUINA_EXTRACTO, MAQUINA_VALOR
from recaudo.ensayo.medicion.base_de_medida import base_de_medida, clave_de
from recaudo.ensayo.medicion.observador import observar
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.infra.audit.cargar_maquinas import cargar_maquinas
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from recaudo.kernel.numbering import numero_con_control

PAGOS = 300_000
_VENCE = date(2026, 6, 15)
_PAGADO = date(2026, 6, 10)
_CANAL = "MEDICION"
_CUENTA = "0010"

_SENTENCIAS = (
    """
INSERT INTO afiliacion_empleador (id, ruc, razon_social, clave_orden, tipo_empleador, correo,
       telefono, direccion, representante, canton, es_ficticio, registrado_en)
SELECT i, (2090000000 + i)::text || '001', 'Empleador ' || i, 'empleador ' || i, 'PRIV_SOCIEDAD',
       '', '', '', '', '1701', true, now() FROM generate_series(1, %(n)s) i
""",
    """
INSERT INTO afiliacion_sucursal (id, empleador_id, codigo, nombre, canton, provincia)
SELECT id, id, '0001', 'Matriz', canton, left(canton, 2) FROM afiliacion_empleador ORDER BY id
""",
    """
INSERT INTO planillas_tarifa (id, clave, regimen, paga_ccc, tasas, estado_verificacion, citas)
VALUES (1, 'MEDICION', 'PRIVADO', true, '{}', 'VERIFICADO', '[]')
""",
    """
INSERT INTO obligaciones_obligacion (id, empleador_id, sucursal_id, provincia, clase, naturaleza,
       materia_tipo, periodo, version, lote, fecha_emision, fecha_vencimiento, capital_personal,
       capital_patronal, capital_ccc, capital_otros, saldo_personal, saldo_patronal, saldo_ccc,
       saldo_otros, interes_abonado, estado, estado_verificacion, ivm, lod, salud, riesgos,
       cesantia, desempleo, ssc, gastos_adm)
SELECT i, i, i, '17', 'APORTES', 'CONTRIBUCION', '', 202605, 1, 1, %(vence)s::date - 10, %(vence)s,
       9450 + i %% 1000, 11150, 1000, 0, 9450 + i %% 1000, 11150, 1000, 0, 0, 'emitida',
       'VERIFICADO', 10000, 100, 5000, 500, 2000, 1000, 700, 9450 + i %% 1000 + 11150 - 19300
  FROM generate_series(1, %(n)s) i
""",
    """
INSERT INTO planillas_planilla (obligacion_id, empleador_id, sucursal_id, periodo, lote, tarifa_id,
       trabajadores, masa_salarial, personal, patronal, ccc)
SELECT id, empleador_id, sucursal_id, periodo, lote, 1, 1, 100000, capital_personal,
       capital_patronal, capital_ccc
  FROM obligaciones_obligacion ORDER BY id
""",
    """
INSERT INTO recaudacion_comprobante (id, numero, empleador_id, fecha_emision, valido_hasta,
       capital, interes, importe, abonado, estado, estado_verificacion, generado_en)
SELECT o.id, n.numero, o.empleador_id, %(vence)s::date - 9, %(vence)s,
       capital_personal + capital_patronal + capital_ccc, 0,
       capital_personal + capital_patronal + capital_ccc, 0, 'generado', 'VERIFICADO', now()
  FROM obligaciones_obligacion o JOIN numeros n USING (id) ORDER BY o.id
""",
    """
INSERT INTO recaudacion_comprobantedetalle (comprobante_id, obligacion_id, orden, interes, personal,
       patronal, ccc, otros, interes_hasta, traza)
SELECT id, id, 1, 0, capital_personal, capital_patronal, capital_ccc, 0, %(vence)s, '[]'
  FROM obligaciones_obligacion ORDER BY id
""",
)


@medicion("extracto")
def medir_extracto(escala: float) -> Medida:
    """Extracto bancario: 300 000 pagos en escala 1, y el mismo archivo otra vez.

    One in a hundred comes twice, one cites nothing, one pays less, one pays more. Floor: the
    XML read without looking at it, and COPY of the same lines into a bare table.
    """
    pagos = max(100, round(PAGOS * escala))
    with (
        base_de_medida(_clave(pagos), lambda: _poblar(pagos)) as url,
        tempfile.TemporaryDirectory() as carpeta,
    ):
        archivo = Path(carpeta) / "extracto.xml"
        archivo.write_text("".join(_extracto()), encoding="utf-8")
        with observar(url) as visto:
            primera, resultado = _importar(archivo)
        segunda, _ = _importar(archivo)
        connection.close()
        return Medida(
            filas=resultado.lineas,
            segundos=primera,
            piso_segundos=_piso(url, archivo),
            detalle={
                "otra_vez_segundos": f"{segunda:.3f}",
                "total": str(resultado.total),
                "aplicadas": resultado.aplicadas,
                "credito_a_favor": resultado.credito_a_favor,
                "por_identificar": resultado.por_identificar,
                "duplicadas": resultado.duplicadas,
                "cuadra": str(resultado.cuadra),
                **visto.detalle(),
            },
        )


def _importar(archivo: Path) -> tuple[float, ResultadoImportacion]:
    inicio = time.perf_counter()
    resultado = importar_extracto(
        ruta=archivo, nombre=archivo.name, formato="camt053", canal=_CANAL,
        por=Actor.sistema("Medición"), hoy=_PAGADO + timedelta(days=1),
    )  # fmt: skip
    return time.perf_counter() - inicio, resultado


def _clave(pagos: int) -> str:
    return clave_de(f"extracto:{pagos}", getsource(modules[__name__]))


def _poblar(pagos: int) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    cargar_maquinas((OBLIGACION, MAQUINA, MAQUINA_VALOR, MAQUINA_EXTRACTO), hoy=date.min)
    cargar_plan_de_cuentas()
    registrar_cuenta_bancaria(
        numero=_CUENTA, banco="Banco de la medición", canal=_CANAL, por=Actor.sistema("Medición"),
        hoy=_PAGADO,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE numeros (id bigint, numero text)")
        with cursor.copy("COPY numeros FROM STDIN") as copia:
            for i in range(1, pagos + 1):
                copia.write_row((i, numero_con_control(_VENCE.year, i)))
        for sentencia in _SENTENCIAS:
            cursor.execute(sentencia, {"n": pagos, "vence": _VENCE})
        cursor.execute("VACUUM ANALYZE")


def _extracto() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT numero, importe FROM recaudacion_comprobante ORDER BY id")
        comprobantes = cursor.fetchall()
    lineas = [linea for i, (n, c) in enumerate(comprobantes) for linea in _lineas(i, n, c)]
    total = Dinero.de_centavos(sum(centavos for _, centavos, _ in lineas))
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr>'
        f"<MsgId>MEDICION</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><Othr><Id>{_CUENTA}</Id></Othr></Id>"
        f"<Ccy>USD</Ccy></Acct><TxsSummry><TtlCdtNtries><NbOfNtries>{len(lineas)}</NbOfNtries>"
        f"<Sum>{total}</Sum></TtlCdtNtries></TxsSummry>\n"
    )
    for referencia, centavos, cita in lineas:
        importe = f'<Amt Ccy="USD">{Dinero.de_centavos(centavos)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        yield (
            f"<Ntry><NtryRef>{referencia}</NtryRef>{importe}<Sts><Cd>BOOK</Cd></Sts>"
            f"<BookgDt><Dt>{_PAGADO}</Dt></BookgDt><ValDt><Dt>{_PAGADO}</Dt></ValDt>"
            f"<AcctSvcrRef>{referencia}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
            "<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs>"
            f"<EndToEndId>E{referencia}</EndToEndId></Refs>{importe}<RltdPties><Dbtr><Pty>"
            f"<Nm>Empleador {referencia}</Nm></Pty></Dbtr></RltdPties><RmtInf>"
            f"<Ustrd>PAGO PLANILLA {cita}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
        )
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def _lineas(i: int, numero: str, centavos: int) -> list[tuple[str, int, str]]:
    """One payment, or its odd variants: (reference, cents, what it cites)."""
    referencia = f"R{i:010d}"
    match i % 100:
        case 1:
            return [(referencia, centavos, "SIN DATOS")]
        case 2:
            return [(referencia, centavos - 100, numero)]
        case 3:
            return [(referencia, centavos + 250, numero)]
        case 4:
            return [(referencia, centavos, numero)] * 2
    return [(referencia, centavos, numero)]


def _piso(url: str, archivo: Path) -> float:
    """Time the bare reading of the XML and the raw copy of the lines it made."""
    with psycopg.connect(url) as conexion, tempfile.TemporaryFile() as copia:
        cursor = conexion.cursor()
        with cursor.copy("COPY (SELECT * FROM recaudacion_lineaextracto) TO STDOUT BINARY") as sale:
            for trozo in sale:
                copia.write(trozo)
        conexion.execute("CREATE TABLE piso (LIKE recaudacion_lineaextracto)")
        copia.seek(0)
        inicio = time.perf_counter()
        for _, entrada in etree.iterparse(str(archivo), tag="{*}Ntry"):
            entrada.clear()
        with cursor.copy("COPY piso FROM STDIN BINARY") as entra:
            while trozo := copia.read(1 << 20):
                entra.write(trozo)
        conexion.commit()
        return time.perf_counter() - inicio
