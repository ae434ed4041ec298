"""The offices: 24 provinces and their cantons, with their coactiva unit (C.D. 497 art. 1 and 3).

Owns provinces and cantons, loaded from the official division (INEC DPA), and who works in those
offices: the accounts themselves are of `infra.security`. States accounts opened, roles given and
assignments ended.
"""
