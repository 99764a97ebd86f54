"""How our SQL and our verbs speak with a PostgreSQL server."""
