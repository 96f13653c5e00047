"""The first start: where to begin when there is no store yet."""
