"""The floor of machinery: audit, documents, files, security, jobs, clock, the embedded PostgreSQL.

It knows Django and PostgreSQL and nothing of planillas or glosas.
"""
