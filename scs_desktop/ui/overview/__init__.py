"""Overview: the three headline measures and one row a priority, on one screen."""
