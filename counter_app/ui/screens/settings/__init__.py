"""Settings: one file per page."""
