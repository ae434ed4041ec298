"""The shapes of files other systems send: bytes in, plain values out. They know no tables."""
