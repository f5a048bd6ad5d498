"""Counter: an offline program for a retail after-sales counter."""

__version__ = "0.1.0"
