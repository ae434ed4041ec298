"""The ground the tests stand on: nothing leaves the machine, nothing committed stays behind."""

import os
import socket

import pytest
from django.contrib.contenttypes.models import ContentType

from recaudo.infra.postgres import launcher, soltar_servidor
from tests import servidor

_WRITTEN = {"app_label": "prueba", "model": "confirmada"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_before_the_next(turn: int) -> None:
    assert not ContentType.objects.filter(**_WRITTEN).exists()
    assert ContentType.objects.exists(), "and what the migrations loaded is still there"

    ContentType.objects.create(**_WRITTEN)


def test_a_connection_out_of_the_machine_is_refused() -> None:
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError, match="this machine"):
        probe.connect(("192.0.2.1", 80))


def test_a_connection_to_this_machine_is_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as probe:
        probe.connect(server.getsockname())


def test_no_name_of_postgres_reaches_a_test() -> None:
    assert [name for name in os.environ if name.startswith("PG")] == []


@pytest.mark.django_db
def test_a_command_that_ends_leaves_the_server_of_the_run_on() -> None:
    """In one process too, where the run and the command are the same one."""
    assert soltar_servidor() is False
    assert not launcher._IN_USE
    assert ContentType.objects.exists()


def test_names_of_postgres_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "ajena")

    servidor.forget_outer_environment()

    assert "PGPASSWORD" not in os.environ
