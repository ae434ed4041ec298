"""Jobs: what leaves the system, queued in the same transaction as the act that causes it.

The queue is procrastinate in our own PostgreSQL: if the act is undone, so is its job. Every task
may run twice and the second time changes nothing. `tareas` holds the tasks of this floor;
`trabajador` runs the worker.
"""
