"""A bank statement of 300 000 payments: imported, and sent again."""

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from inspect import getsource
from itertools import count
from pathlib import Path
from sys import modules

import psycopg
from django.db import connection, transaction
from lxml import etree

from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.domain.recaudacion.actions.importar_extracto import (
    ResultadoImportacion,
    importar_extracto,
)
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.batches.cargar_comprobantes import cargar_comprobantes
from recaudo.ensayo.medicion.base_de_medida import base_de_medida, clave_de
from recaudo.ensayo.medicion.observador import observar
from recaudo.ensayo.medicion.poblacion import PERIODO, clave_de_poblacion, poblar_iguales
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from recaudo.kernel.numbering import numero_con_control

PAGOS = 300_000
EMITIDO = PERIODO.ultimo_dia + timedelta(days=5)
PAGADO = EMITIDO + timedelta(days=3)  # before it is due: no interest
CANAL = "OTRO-BANCO"
CUENTA = "0010"


@medicion("extracto")
def medir_extracto(escala: float) -> Medida:
    """Extracto bancario: 300 000 pagos en escala 1, y el mismo archivo otra vez.

    One in a hundred comes twice, one cites nothing, one pays less, one pays more. Floor: the
    XML read without looking at it, and COPY of the same lines into a bare table.
    """
    pagos = max(100, round(PAGOS * escala))
    with (
        base_de_medida(clave_de_pagos(pagos), lambda: poblar_con_comprobantes(pagos)) as url,
        tempfile.TemporaryDirectory() as carpeta,
    ):
        archivo = Path(carpeta) / "extracto.xml"
        archivo.write_text("".join(texto_del_extracto()), encoding="utf-8")
        with observar(url) as visto:
            primera, resultado = importar_medido(archivo)
        segunda, _ = importar_medido(archivo)
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


def importar_medido(archivo: Path) -> tuple[float, ResultadoImportacion]:
    """Import the statement of `texto_del_extracto`; return the seconds and what it did."""
    inicio = time.perf_counter()
    resultado = importar_extracto(
        ruta=archivo, nombre=archivo.name, formato="camt053", canal=CANAL,
        por=Actor.sistema("Medición"), hoy=PAGADO + timedelta(days=1),
    )  # fmt: skip
    return time.perf_counter() - inicio, resultado


def clave_de_pagos(pagos: int) -> str:
    """Name what `poblar_con_comprobantes` makes."""
    return f"extracto:{clave_de_poblacion(pagos)}:{clave_de('', getsource(modules[__name__]))}"


def poblar_con_comprobantes(pagos: int) -> None:
    """Employers of one worker, their planillas really emitted, and a comprobante of each."""
    poblar_iguales(1, empleadores=pagos)
    sistema = Actor.sistema("Medición")
    hecho = emitir_planillas(periodo=PERIODO, por=sistema, hoy=EMITIDO)
    registrar_cuenta_bancaria(
        numero=CUENTA, banco="Banco de la medición", canal=CANAL, por=sistema, hoy=EMITIDO
    )
    with transaction.atomic(), connection.cursor() as cursor:
        numeros = (numero_con_control(EMITIDO.year, n) for n in count(1))
        for lote in hecho.lotes:
            cargar_comprobantes(cursor, lote=lote, fecha=EMITIDO, numeros=numeros)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def texto_del_extracto() -> Iterator[str]:
    """Write the statement that pays the comprobantes of the base: some twice, some wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numero, importe FROM recaudacion_comprobante ORDER BY id")
        comprobantes = cursor.fetchall()
    lineas = [linea for i, (n, c) in enumerate(comprobantes) for linea in _lineas(i, n, c)]
    total = sum(centavos for _, centavos, _ in lineas)
    yield cabeza_del_extracto("MEDICION", len(lineas), total)
    for linea in lineas:
        yield entrada_del_extracto(*linea)
    yield COLA


COLA = "</Stmt></BkToCstmrStmt></Document>\n"


def cabeza_del_extracto(mensaje: str, lineas: int, centavos: int) -> str:
    """Write how a statement of the account of the measure begins, with what it declares."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr>'
        f"<MsgId>{mensaje}</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><Othr><Id>{CUENTA}</Id></Othr>"
        f"</Id><Ccy>USD</Ccy></Acct><TxsSummry><TtlCdtNtries><NbOfNtries>{lineas}</NbOfNtries>"
        f"<Sum>{Dinero.de_centavos(centavos)}</Sum></TtlCdtNtries></TxsSummry>\n"
    )


def entrada_del_extracto(referencia: str, centavos: int, cita: str) -> str:
    """Write one payment of a statement."""
    importe = f'<Amt Ccy="USD">{Dinero.de_centavos(centavos)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    return (
        f"<Ntry><NtryRef>{referencia}</NtryRef>{importe}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{PAGADO}</Dt></BookgDt><ValDt><Dt>{PAGADO}</Dt></ValDt>"
        f"<AcctSvcrRef>{referencia}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
        "<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs>"
        f"<EndToEndId>E{referencia}</EndToEndId></Refs>{importe}<RltdPties><Dbtr><Pty>"
        f"<Nm>Empleador {referencia}</Nm></Pty></Dbtr></RltdPties><RmtInf>"
        f"<Ustrd>PAGO PLANILLA {cita}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


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
