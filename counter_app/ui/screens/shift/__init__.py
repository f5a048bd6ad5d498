"""The drawer: opened, counted, handed over."""
