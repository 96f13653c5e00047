"""Tests, in folders as the packages are, with the builders that they share."""
