"""The window: one package a page, and what pages share in ``common``."""
