"""Documents of the institution: content frozen at the act, drawn from it, verified by anybody.

Where things are: `congelado` (congelar, congelar_muchos, guardar_bytes, anular_documento),
`numeracion` (siguiente_numero, reservar_numeros), `dibujo` (bytes_de, guardar_dibujo,
direccion_de_verificacion), `sello` (sellar, codigo_sellado), `verificacion`
(verificar_codigo, verificar_bytes).
"""
