"""Documents of the institution: content frozen at the act, drawn once, verified by anybody.

Where things are: `congelado` (congelar, congelar_muchos, anular_documento), `numeracion`
(siguiente_numero, reservar_numeros), `dibujo` (bytes_de, direccion_de_verificacion),
`verificacion` (verificar_codigo, verificar_bytes, conectar_novedades).
"""
