"""Slips and forms, drawn with ReportLab."""
