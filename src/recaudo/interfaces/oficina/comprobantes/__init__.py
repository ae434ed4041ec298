"""One comprobante in the office."""
