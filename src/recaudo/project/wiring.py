"""The only file that says "when this fact happens, call that reaction". Read it top to bottom."""

def conectar_reacciones() -> None:
    """Connect every pair. Same transaction; what leaves the system is a job of `infra.jobs`."""
