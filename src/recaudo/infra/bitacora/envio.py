"""A handler that never makes a page wait: a bounded queue, and one thread that sends.

While the destination is away the queue fills; what does not fit is counted, and the count is the
first thing sent when it is back.
"""

import atexit
import logging
import queue
import threading
import time
from typing import Final

from recaudo.infra.bitacora.destino import Destino, destino_de
from recaudo.infra.bitacora.formato import en_una_linea

CABEN: Final = 10_000
_ENTRE_INTENTOS: Final = 1.0
_DESPEDIDA: Final = 2.0
_registro = logging.getLogger("recaudo.bitacora")


class EnvioSinEspera(logging.Handler):
    """Sends records to an address of `destino.py` from a thread of its own."""

    def __init__(self, direccion: str, caben: int = CABEN) -> None:
        """Understand the address; the thread begins with the first record of each process."""
        super().__init__()
        self.destino: Destino = destino_de(direccion)
        self.perdidas = 0
        self._cola: queue.Queue[str | None] = queue.Queue(caben)
        self._hilo: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Queue a record; when there is no room it is lost and counted."""
        try:
            self._cola.put_nowait(self.format(record))
        except queue.Full:
            self.perdidas += 1
        except Exception:
            self.handleError(record)
        if self._hilo is None:
            self._empezar()

    def close(self) -> None:
        """Send what is left, for a moment, and end."""
        if self._hilo is not None and self._hilo.is_alive():
            limite = time.monotonic() + _DESPEDIDA
            while not self._cola.empty() and time.monotonic() < limite:
                time.sleep(0.01)
            self._terminar.set()
            self._hilo.join(_DESPEDIDA)
        super().close()

    def _empezar(self) -> None:
        with self.lock or threading.Lock():
            if self._hilo is None:
                self._terminar = threading.Event()
                self._hilo = threading.Thread(target=self._enviar, name="bitacora", daemon=True)
                self._hilo.start()
                atexit.register(self.close)

    def _enviar(self) -> None:
        """Send line after line until told to end; one that does not arrive is sent again."""
        while not self._terminar.is_set():
            try:
                linea = self._cola.get(timeout=0.1)
            except queue.Empty:
                continue
            while linea is not None and not self._entregar(linea):
                if self._terminar.wait(_ENTRE_INTENTOS):
                    break
        self.destino.cerrar()

    def _entregar(self, linea: str) -> bool:
        try:
            if self.perdidas:
                cuantas, self.perdidas = self.perdidas, 0
                self.destino.escribir(en_una_linea({"evento": "perdidas", "cuantas": cuantas}))
            self.destino.escribir(linea)
        except OSError as error:
            _registro.warning("La bitácora de seguridad no llega: %s", type(error).__name__)
            return False
        return True
