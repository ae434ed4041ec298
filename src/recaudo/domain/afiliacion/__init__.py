"""Employers, sucursales, the persons who work for them and what is reported of them (LSS art. 73).

Owns the registry, the employment relations (no overlap, by constraint), the novedades and their
batch files, and who may act for whom. States employers and representations registered,
novedades entered, files processed.
"""
