"""Notices told twice, in any order and in any two ways, then the bank: once it is all decided, the
books are the bank's and each comprobante is paid once (§1).
"""

import os
from collections.abc import Sequence

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recaudo.domain.recaudacion.models import Comprobante, LineaExtracto, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.queries import cuentas_bancarias
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_aprobar_desmentido import deshacer, negadas, rojos, trae
from tests.domain.recaudacion.test_banco_propiedades import FASES
from tests.ejemplos import ejemplos
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.recaudacion import CUENTA, hacer_comprobante, hacer_cuenta, hacer_deuda

pytestmark = pytest.mark.django_db
EJEMPLOS = int(os.environ.get("RECAUDO_EJEMPLOS_DEL_BANCO", str(ejemplos(6))))
#: How a notice tells an entry: with the reference of its statement, without, or with another.
MANERAS = ("suya", "ninguna", "otra")


@pytest.fixture
def vivos() -> Sequence[Comprobante]:
    hacer_cuenta(CUENTA)
    return [hacer_comprobante(hacer_deuda(personal=f"{100 + 3**n}.{n:02d}")) for n in range(4)]


def contado(a: Apunte, manera: str, n: int) -> Apunte:
    """The entry as a notice tells it."""
    refs = {"suya": a.referencia, "ninguna": "", "otra": f"OTRA{n}"}
    return Apunte(a.dia, a.centavos, refs[manera], a.cita, comision=a.comision)


def decidir_todo() -> int:
    """What the bank denies is proposed and approved until nothing is denied; how many."""
    for hechos in range(30):
        if not (unas := negadas()):
            return hechos
        deshacer(unas[0])
    pytest.fail("it never ends")


def test_what_notices_tell_twice_is_money_once_when_all_is_decided(
    vivos: Sequence[Comprobante],
) -> None:
    @settings(
        max_examples=EJEMPLOS, deadline=None, phases=FASES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(
        dias=st.lists(st.integers(0, 1), min_size=4, max_size=4),
        con_comision=st.lists(st.booleans(), min_size=4, max_size=4),
        cuantos=st.integers(1, 4), avisos=st.data(), cargo=st.booleans(),
    )  # fmt: skip
    def propiedad(
        dias: list[int], con_comision: list[bool], cuantos: int, avisos: st.DataObject,
        cargo: bool,
    ) -> None:  # fmt: skip
        apuntes = [
            Apunte(d, c.importe.centavos - 25 * fee, f"K{n}", c.numero, comision=25 * fee)
            for n, (c, d, fee) in enumerate(zip(vivos[:cuantos], dias, con_comision, strict=False))
        ]
        if cargo:
            apuntes.append(Apunte(1, -777, "D0"))
        libro = LibroDelBanco(CUENTA, 10_000, tuple(sorted(apuntes, key=lambda a: a.dia)))
        dichos = [
            contado(a, manera, 10 * n + m)
            for n, a in enumerate(libro.apuntes)
            for m, manera in enumerate(
                avisos.draw(st.lists(st.sampled_from(MANERAS), max_size=2, unique=True))
            )
        ]
        with transaction.atomic():
            for n, uno in enumerate(avisos.draw(st.permutations(dichos))):
                trae(libro.aviso([uno]), f"N{n}")
            for dia in libro.dias:
                trae(libro.extracto([dia]), f"E{dia}")
            decidir_todo()
            _todo_en_su_sitio(libro, vivos[:cuantos])
            transaction.set_rollback(True)

    propiedad()


def _todo_en_su_sitio(libro: LibroDelBanco, pagados: Sequence[Comprobante]) -> None:
    (cuenta,) = cuentas_bancarias()
    assert (cuenta.diferencia, cuenta.saldo_libro.centavos) == (Dinero.CERO, libro.final)
    assert rojos() == set()
    estados = list(
        Comprobante.objects.filter(pk__in=[c.pk for c in pagados]).values_list("estado", flat=True)
    )
    assert estados == ["depositado"] * len(pagados)
    pagado = sum(p.importe.centavos for p in Pago.objects.all())
    assert pagado == sum(c.importe.centavos for c in pagados)
    assert not ValorPorAplicar.objects.filter(estado="abierto").exists()
    movido = sum(x.entrada.centavos for x in LineaExtracto.objects.filter(ocurrencia__gt=0))
    assert movido == libro.final - libro.inicial


def test_twin_without_the_acts_the_same_notices_are_money_twice(
    vivos: Sequence[Comprobante],
) -> None:
    """What the property looks with can fail: before anybody decides, D26 is red."""
    a = Apunte(0, vivos[0].importe.centavos, "K0", vivos[0].numero)
    libro = LibroDelBanco(CUENTA, 10_000, (a,))
    for n, manera in enumerate(("otra", "suya")):
        trae(libro.aviso([contado(a, manera, n)]), f"N{n}")
    trae(libro.extracto([0]), "E0")
    assert rojos() == {"D26"}
    with pytest.raises(AssertionError):
        _todo_en_su_sitio(libro, vivos[:1])
    assert decidir_todo() == 1
    _todo_en_su_sitio(libro, vivos[:1])
