"""The page of cohorts."""
