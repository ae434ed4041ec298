"""Comprobantes de pago: choose, review, generate, download, annul."""
