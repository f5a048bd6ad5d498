"""Widgets shared by the screens. None of them decides anything about the shop."""
