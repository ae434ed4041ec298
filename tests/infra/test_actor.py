"""Who acts: what is one's own needs both the representation and the permission."""

import pytest

from recaudo.infra.security.actor import Actor


@pytest.mark.parametrize(
    ("roles", "empleadores", "ve"),
    [
        ({"EMP"}, {7}, True),
        ({"EMP"}, {8}, False),
        ({"EMP"}, set(), False),
        ({"UREC"}, {7}, False),
        (set(), {7}, False),
    ],
)
def test_what_is_of_an_employer_is_seen_by_who_represents_it_and_may(
    roles: set[str], empleadores: set[int], ve: bool
) -> None:
    actor = Actor(id=1, nombre="Ana", roles=frozenset(roles), empleadores=frozenset(empleadores))
    assert actor.ve_lo_propio_de(7) is ve


def test_the_system_represents_nobody() -> None:
    assert not Actor.sistema().ve_lo_propio_de(7)
