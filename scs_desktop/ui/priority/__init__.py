"""A priority: its indicators, and the chosen one with its trend, table, guidance and source."""
