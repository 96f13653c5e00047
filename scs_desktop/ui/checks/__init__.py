"""Checks: every doubt with its evidence, decided by the officer with a reason."""
