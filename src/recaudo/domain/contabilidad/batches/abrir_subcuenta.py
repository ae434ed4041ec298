"""Open an account under another of the chart."""

from recaudo.domain.contabilidad.models import Cuenta


def abrir_subcuenta(*, codigo: str, de: str, nombre: str) -> int:
    """Open an account of the nature of `de`, under it (C.D. 497 DG 7.ª).

    Needs an open act of the room that owns what the account is for. The same code again changes
    nothing. Returns the id of the account; `Cuenta.DoesNotExist` when there is no `de`.
    """
    madre = Cuenta.objects.get(codigo=de)
    cuenta, _ = Cuenta.objects.get_or_create(
        codigo=codigo, defaults={"nombre": nombre[:120], "naturaleza": madre.naturaleza}
    )
    return cuenta.pk
