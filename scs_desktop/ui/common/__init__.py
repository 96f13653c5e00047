"""What the pages share: painting, tables, background work, messages."""
