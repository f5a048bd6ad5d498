"""Reading what other programs export: order lists, item lists, plain sheets."""
