"""Sales, articles and their import."""
