"""Refusals carry a code, a sentence and a norm; traces carry the steps."""

import pytest

from recaudo.kernel.reasons import PasoTraza, Traza
from recaudo.kernel.refusals import Rechazo


class PlazoVencido(Rechazo):
    mensaje = "El plazo terminó."
    norma = "LSS art. 73"


class ConCodigoPropio(Rechazo):
    codigo = "OTRO"


def test_a_refusal_is_named_after_its_class_and_can_be_made_precise():
    assert PlazoVencido().como_dict() == {
        "codigo": "PLAZO_VENCIDO",
        "mensaje": "El plazo terminó.",
        "norma": "LSS art. 73",
    }
    preciso = PlazoVencido("El plazo terminó el 15/06/2026.", norma="COA art. 158", codigo="X")
    assert preciso.como_dict() == {
        "codigo": "X",
        "mensaje": "El plazo terminó el 15/06/2026.",
        "norma": "COA art. 158",
    }
    assert PlazoVencido().codigo == "PLAZO_VENCIDO"  # making one precise does not touch the class
    assert ConCodigoPropio().codigo == "OTRO"
    with pytest.raises(Rechazo, match=r"El plazo terminó\."):
        raise PlazoVencido


def test_a_trace_grows_by_copies_and_prints_as_plain_rows():
    vacia = Traza()
    una = vacia.mas("Base", 482, "LSS art. 15")
    dos = una.mas("Total", "99.29")
    assert (len(vacia), len(una), len(dos)) == (0, 1, 2)
    assert dos[0] == PasoTraza("Base", "482", "LSS art. 15")
    assert dos.como_lista() == [
        {"paso": "Base", "valor": "482", "norma": "LSS art. 15"},
        {"paso": "Total", "valor": "99.29", "norma": ""},
    ]
    assert una.unida(dos) == Traza((*una, *dos))
    assert isinstance(una.unida(dos), Traza)
