"""Workbooks: the month's archive and the readers of sale imports."""
