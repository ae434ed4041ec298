"""Pages that an auditor reads: who may do what, what causes what, what must always hold."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

from herramientas.actos import actos
from herramientas.paginas_de_norma import AVISO, tabla
from recaudo import domain, infra, reports
from recaudo.infra.audit.cierre import efectos_de_plazo, pasos_de_cierre
from recaudo.infra.audit.hechos import Acto, reacciones
from recaudo.infra.documents.tipos import catalogo
from recaudo.infra.security.matriz import COLUMNAS, MATRIZ, Ambito, Celda
from recaudo.infra.security.origen import LEER, ORIGEN, FueraDeLaMatriz, fila_de
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import PERMISOS_DEL_SISTEMA, ROLES, Rol
from recaudo.project import wiring
from recaudo.project.wiring import MAQUINAS
from recaudo.reports.auditoria.invariantes import INVARIANTES
from tests.reports.auditoria.manipulaciones import MANIPULACIONES


def paginas() -> dict[str, str]:
    """Return these pages by their path from the root."""
    return {
        "docs/permisos.md": permisos(),
        "docs/reacciones.md": pares(),
        "docs/actos.md": pagina_de_actos(),
        "docs/documentos.md": documentos(),
        "docs/auditoria.md": auditoria(),
    }


def permisos() -> str:
    """Return roles × permissions with their reach, the origin of each, and the whole matrix."""
    roles = list(ROLES.values())
    return _pagina(
        "Permisos",
        "Quién puede hacer qué, y hasta dónde: **n** todo el país, **p** sus provincias, **c** sus",
        "causas, **o** lo propio. Un permiso alcanza hasta donde llega la asignación que lo da,",
        "nunca hasta donde llega otra.",
        "Sin permiso, la página no existe. «Sistema» es lo que el reloj hace sin una persona.",
        "",
        *tabla(("permiso", *(rol.codigo for rol in roles), "sistema"), _permisos_por_rol(roles)),
        "De dónde viene cada uno: la fila y las letras de la matriz, o por qué no está en ella.",
        "",
        *tabla(("permiso", "origen"), ((f"`{p}`", _origen(p)) for p in Permiso)),
        *tabla(
            ("rol", "nombre", "para qué", "alcance", "asignación"),
            ((r.codigo, r.nombre, r.descripcion, r.ambito, r.territorio) for r in roles),
        ),
        "La matriz entera (reglamento de cartera, 8.3): C crea o propone, V revisa, A aprueba o",
        "firma, X ejecuta, L lee. Una fila sin actos espera a su cuarto y no se ofrece a nadie.",
        "",
        *tabla(("acción", *(c for c in COLUMNAS), "actos"), _matriz()),
    )


_LETRAS = {
    Ambito.NACIONAL: "n",
    Ambito.PROVINCIAL: "p",
    Ambito.CAUSAS: "c",
    Ambito.PROPIO: "o",
}


def _permisos_por_rol(roles: Sequence[Rol]) -> Iterator[tuple[str, ...]]:
    for permiso in Permiso:
        letras = (_LETRAS[r.alcances[permiso]] if permiso in r.alcances else "" for r in roles)
        yield (f"`{permiso}`", *letras, "sí" if permiso in PERMISOS_DEL_SISTEMA else "")


def _origen(permiso: Permiso) -> str:
    origen = ORIGEN[permiso]
    if isinstance(origen, FueraDeLaMatriz):
        return origen.razon
    return f"«{MATRIZ[origen.fila].accion}», {', '.join(origen.letras)}. {origen.razon}".strip()


def _matriz() -> Iterator[tuple[str, ...]]:
    con_actos = {fila_de(permiso) for permiso in Permiso}
    for fila in MATRIZ.values():
        celdas = (
            " / ".join(dict.fromkeys(_celda(fila.celdas[rol]) for rol in columna.split("/")))
            for columna in COLUMNAS
        )
        yield (fila.accion, *celdas, "sí" if fila.clave in con_actos else "pendiente")


def _celda(celda: Celda) -> str:
    letras = ",".join(letra for letra in LEER if letra in celda.letras)
    return f"{letras} {_LETRAS[celda.alcance] if celda.alcance else ''} {celda.nota}".strip()


def pares() -> str:
    """Return the facts with what each one causes, in the same transaction."""
    wiring.conectar()
    conectadas = reacciones()
    hechos = sorted(hechos_declarables(), key=lambda hecho: (hecho.__module__, hecho.__name__))
    filas = [
        (
            f"`{hecho.__module__.removeprefix('recaudo.')}.{hecho.__name__}`",
            _primera_linea(hecho),
            "<br>".join(_reaccion(r) for r in conectadas.get(hecho.tipo, ())),
        )
        for hecho in hechos
    ]
    return _pagina(
        "Facts and reactions",
        "What the house can state, and what happens in the same transaction because of it",
        "(`project/wiring.py`). What leaves the system afterwards is a job of `infra/jobs`.",
        "",
        *tabla(("fact", "meaning", "causes"), filas),
    )


def pagina_de_actos() -> str:
    """Return every act with its permission, its facts and the steps it makes."""
    filas = [
        (
            f"`{acto.nombre}`",
            f"`{donde.rsplit('.', 1)[0].removeprefix('domain.')}`",
            f"`{acto.permiso}`" if acto.permiso else "el de su causa",
            "<br>".join(f"`{h.__name__}`" for h in acto.hechos),
            "<br>".join(_pasos_de(acto)),
        )
        for donde, acto in sorted(actos().items())
    ]
    cierre = (
        (f"`{p.evento}`", f"`{getattr(p.hacer, '__name__', p.hacer)}`") for p in pasos_de_cierre()
    )
    efectos = ((f"`{nombre}`", _reaccion(e)) for nombre, e in efectos_de_plazo().items())
    return _pagina(
        "Acts",
        "One vocabulary: the file of the act, the permission it asks, the facts it states and the",
        "steps of the machines that only it makes. An act without permission is a consequence: it",
        "happens inside another, with that one's permission and role.",
        "",
        *tabla(("act", "where", "permission", "facts", "steps"), filas),
        "What a business date brings when it closes, in this order (`project/wiring.py`):",
        "",
        *tabla(("event", "act"), cierre),
        "What happens when a deadline ends, by the name it was opened with:",
        "",
        *tabla(("effect", "act"), efectos),
    )


def _pasos_de(acto: Acto) -> Iterator[str]:
    for maquina in MAQUINAS:
        for paso in maquina.pasos:
            if paso.acto == acto.nombre:
                yield f"{maquina.nombre}: {paso.desde or '∅'} → {paso.hacia}"


def documentos() -> str:
    """Return the catalogue of documents: what each is called, numbered, signed, kept and shown."""
    wiring.conectar()
    filas = (
        (
            f"`{r.tipo.codigo}`", r.tipo.titulo, f"{r.tipo.serie}: {r.tipo.numeracion}",
            f"{r.tipo.firma} {r.tipo.cargo}".strip(), r.tipo.norma, r.tipo.conservacion,
            ", ".join(sorted(r.tipo.publico)), r.tipo.anulado, f"`{r.estado_de.__name__}`",
        )
        for r in catalogo().values()
    )  # fmt: skip
    return _pagina(
        "Documentos",
        "Lo que la institución emite. Cada tipo se declara en un archivo de su cuarto",
        "(`domain/<cuarto>/documents/`) y se registra en `project/wiring.py`; cómo se agrega uno:",
        "[agregar un documento](guias/agregar-un-documento.md).",
        "",
        *tabla(
            (
                "código", "título", "numeración", "firma", "norma", "conservación",
                "la página pública muestra", "anulado dice", "quién dice su estado",
            ),
            filas,
        ),
    )  # fmt: skip


def auditoria() -> str:
    """Return the invariants of `recaudo auditoria`."""
    filas = (
        (i.id, i.titulo, i.severidad, "consulta" if isinstance(i.consulta, str) else "calculado")
        for i in INVARIANTES
    )
    return _pagina(
        "Auditoría",
        "Lo que `recaudo auditoria` comprueba sobre una misma fotografía de la base: cada línea es",
        "una pregunta que debe volver vacía. ALTO detiene el trabajo afectado; ALARMA abre un",
        "incidente. Las calculadas vuelven a preguntar a la norma.",
        "",
        *tabla(("id", "qué dice", "severidad", "cómo"), filas),
        *_manipulaciones(),
    )


def _manipulaciones() -> Iterator[str]:
    """Yield the tampering list with its outcomes, which the tests prove one by one."""
    filas = [
        (
            m.grupo,
            m.que,
            "la rechazan" if m.se_rechaza else f"pasa; {_quien_la_ve(m.ve)}",
            f"puede; {_quien_la_ve(m.ve)}" if m.la_web_puede else "no puede",
            _quien_la_ve(m.ve),
            m.razon,
        )
        for m in MANIPULACIONES
    ]
    rechazadas = sum(m.se_rechaza for m in MANIPULACIONES)
    vistas = sum(1 for m in MANIPULACIONES if m.ve)
    de_la_web = sum(m.la_web_puede for m in MANIPULACIONES)
    vistas_de_la_web = sum(1 for m in MANIPULACIONES if m.la_web_puede and m.ve)
    yield from (
        "",
        "## Lo que alguien podría cambiar a mano",
        "",
        f"{len(MANIPULACIONES)} manipulaciones, cada una probada tres veces: con las guardas",
        "despiertas, por el dueño de todo; por el papel que sirve las páginas (`recaudo_web`); y",
        "por el dueño que duerme las guardas, cambia la fila y las despierta. Con las guardas",
        f"despiertas se rechazan al dueño {rechazadas}; a `recaudo_web` se le niegan o rechazan",
        f"{len(MANIPULACIONES) - de_la_web} y la auditoría ve {vistas_de_la_web} de las que",
        f"quedan; detrás de las guardas, la auditoría nombra {vistas}.",
        "",
    )
    yield from tabla(
        (
            "qué",
            "cuál",
            "con las guardas despiertas",
            "`recaudo_web`",
            "detrás de ellas",
            "por qué nadie la ve",
        ),
        filas,
    )
    yield from (
        "",
        "Un superusuario que duerme todo disparador de su sesión (`session_replication_role`) no",
        "deja rastro en lo instalado: lo que cambia en lo sellado lo ve D32.",
        "",
        "Lo que el dueño todavía puede hacer sin que la auditoría lo vea:",
        "",
        "- Lo escrito desde el último cierre de un día no está sellado: hasta el siguiente, solo",
        "  lo guardan los invariantes que lo cruzan con otras filas.",
        "- Quien además escribe en la carpeta de `RECAUDO_FIRMAS` y tiene la clave puede firmar lo",
        "  que quiera; quien devuelve a la vez la base, la libreta y su bitácora a un día anterior",
        "  no se distingue de ese día: la bitácora se envía fuera de la máquina.",
        "- Una función del propio PostgreSQL (`pg_catalog`) o sus archivos, cambiados por su",
        "  administrador: nada dentro del servidor puede juzgar al servidor.",
        "- Las columnas de la tabla de arriba que dicen por qué.",
    )


def _quien_la_ve(invariante: str) -> str:
    return f"la ve {invariante}" if invariante else "nadie la ve"


def hechos_declarables() -> Iterator[type[Any]]:
    """Yield every class of fact of the rooms, of `infra` and of `reports`."""
    for paquete in (domain, infra, reports):
        for modulo in _modulos(paquete):
            for clase in vars(modulo).values():
                propia = inspect.isclass(clase) and clase.__module__ == modulo.__name__
                if propia and isinstance(vars(clase).get("tipo"), str):
                    yield clase


def _modulos(paquete: ModuleType) -> Iterator[ModuleType]:
    for modulo in pkgutil.walk_packages(paquete.__path__, f"{paquete.__name__}."):
        if ".migrations" not in modulo.name:
            yield importlib.import_module(modulo.name)


def _reaccion(reaccion: Callable[..., object]) -> str:
    lugar = f"{reaccion.__module__}.{getattr(reaccion, '__name__', reaccion)}"
    return f"`{lugar.removeprefix('recaudo.')}`: {_primera_linea(reaccion)}"


def _primera_linea(cosa: object) -> str:
    return (inspect.getdoc(cosa) or "").partition("\n")[0]


def _pagina(titulo: str, *lineas: str) -> str:
    return "\n".join([AVISO, "", f"# {titulo}", "", *lineas]).rstrip() + "\n"
