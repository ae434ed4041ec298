"""The ways a notice travels: one folder each, behind the protocol of `protocolo`."""
