"""Safer Communities Desktop: where a community safety strategy stands, and by which rule."""

__version__ = "0.1.0"
