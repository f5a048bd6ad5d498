"""Use cases: one file per desk job, one function per act."""
