"""One planilla and one comprobante."""
