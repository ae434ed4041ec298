"""The `hecho` table: audit trail, outbox and history in one; and the guard of every state column.

An act opens `acto(...)`, writes its rows, and states at least one fact. Every change of a guarded
`estado` column inside it is checked against the transition table and recorded with that fact.
"""
