"""What the books say, to be compared with what an undisturbed run leaves."""

from typing import Final

from django.db import connection

from recaudo.ensayo.caidas.registro import Resultado
from recaudo.reports.auditoria.ejecutar import auditar
from recaudo.reports.auditoria.invariantes import INVARIANTES
from recaudo.reports.resumen.totales import totales

#: Each figure, in cents where it is money; planillas also by what each says, not by its key.
_LIBROS: Final = {
    "planillas": """
SELECT count(*), sum(personal + patronal),
       md5(string_agg(concat_ws(' ', e.ruc, p.periodo, p.personal, p.patronal, p.trabajadores), ','
                      ORDER BY e.ruc, p.periodo))
  FROM planillas_planilla p JOIN afiliacion_empleador e ON e.id = p.empleador_id""",
    "lineas": "SELECT count(*), sum(total), sum(base) FROM planillas_planillalinea",
    "deudas": """
SELECT estado, count(*), sum(saldo_personal + saldo_patronal + saldo_ccc)
  FROM obligaciones_obligacion GROUP BY 1 ORDER BY 1""",
    "libro": """
SELECT c.codigo, sum(p.debe), sum(p.haber)
  FROM contabilidad_partida p JOIN contabilidad_cuenta c ON c.id = p.cuenta_id
 GROUP BY 1 ORDER BY 1""",
    "comprobantes": """
SELECT estado, count(*), sum(importe), sum(abonado)
  FROM recaudacion_comprobante GROUP BY 1 ORDER BY 1""",
    "extractos": """
SELECT estado, count(*), sum(lineas), sum(total_creditos)
  FROM recaudacion_extracto GROUP BY 1 ORDER BY 1""",
    "movimientos": """
SELECT resultado, count(*), sum(importe) FROM recaudacion_lineaextracto GROUP BY 1 ORDER BY 1""",
    "pagos": "SELECT count(*), sum(importe) FROM recaudacion_pago",
}

#: All but S12: a base that is made to be thrown away has no signed installation.
_SE_COMPRUEBAN: Final = tuple(i.id for i in INVARIANTES if i.id != "S12")
Libros = dict[str, list[tuple[object, ...]]]


def leer_libros() -> Libros:
    """Return every figure of the books of the database in use."""
    leidos = {}
    with connection.cursor() as cursor:
        for nombre, consulta in _LIBROS.items():
            cursor.execute(consulta)
            leidos[nombre] = cursor.fetchall()
    return leidos


def comparar(resultado: Resultado, esperado: Libros) -> None:
    """Note what of the books is not as expected, and which invariants are broken."""
    vistos = leer_libros()
    resultado.distintas += [
        f"{nombre}: {vistos[nombre]} y no {filas}"
        for nombre, filas in esperado.items()
        if vistos[nombre] != filas
    ]
    revisar(resultado)


def revisar(resultado: Resultado) -> None:
    """Note which invariants are broken, and whether tables and ledger tell the same totals."""
    resultado.distintas += [f"el libro da otra cifra: {cual}" for cual in totales().diferencias]
    resultado.rotas += [
        f"{r.id}: {r.violaciones}" for r in auditar(ids=_SE_COMPRUEBAN).resultados if r.violaciones
    ]
