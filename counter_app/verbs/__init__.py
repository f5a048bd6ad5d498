"""Headless verbs, one module each: `declare(parser)` adds its arguments, `run(given) -> int` does it.

`given` is the parsed `argparse.Namespace`; besides the verb's own arguments it holds `data` (the data
folder, a Path) and `language` ("zh" or "en"). `run` returns 0, or 2 when some of its input was bad and it
has said so on standard error; it raises `CounterError` for the one sentence that `cli` prints.
"""
