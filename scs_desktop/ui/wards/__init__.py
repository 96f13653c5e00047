"""The page of the wards."""
