"""Figures to paper and page."""
