"""The page of the cost of crime."""
