"""Reports: the page as it will be printed, and its PDF."""
