"""The one refusal of the launcher."""


class ServidorNoDisponible(RuntimeError):
    """There is no PostgreSQL to be had; the Spanish message says why and what to do."""
