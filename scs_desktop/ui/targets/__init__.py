"""The page of targets: by indicator, the annual review, and how priorities are rolled up."""
