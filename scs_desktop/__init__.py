"""Safer Communities Desktop: where a community safety strategy stands, and by which rule."""
