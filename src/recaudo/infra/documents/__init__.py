"""Documents frozen once: content as data, bytes rendered a single time, SHA-256, number, code.

`congelar` gives a document its gap-free number and its verification code inside the act;
`bytes_de` renders it the first time it is asked for and never again.
"""
