"""One SQLite file: named questions in, domain objects out."""
