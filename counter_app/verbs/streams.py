"""Standard output and error whose reader may leave: `main.py verify | head -1`.

A reader that left wants no more lines; the work is done all the same, and the exit code says how it ended.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

LEFT = frozenset({errno.EPIPE, errno.ESHUTDOWN} | ({errno.EINVAL} if sys.platform == "win32" else set()))
"""What the system says of a pipe that nobody reads any more; Windows calls it an invalid argument."""


class Told:
    """A stream that goes on in silence when its reader has left. Everything else is the stream's own.

    Attributes:
        stream: the stream itself.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._left = False

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """As the stream's. Raises OSError for anything but a reader that left."""
        if not self._left:
            with self._unless_left():
                return self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        """As the stream's. Raises OSError for anything but a reader that left."""
        if not self._left:
            with self._unless_left():
                self.stream.flush()

    @contextmanager
    def _unless_left(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in LEFT:
                raise
            self._left = True
            # What is still in the stream's buffer would be complained of when Python ends.
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self.stream.fileno())
                os.close(nowhere)


def spoken(*, encoding: str | None = None, errors: str | None = None) -> None:
    """How standard output writes its words from here on, where it is a console, a file or a pipe at all."""
    stream = sys.stdout.stream if isinstance(sys.stdout, Told) else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors=errors)


@contextmanager
def told() -> Iterator[None]:
    """Inside, both standard streams may lose their reader. Where there are none (a window), nothing changes."""
    before = sys.stdout, sys.stderr
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None:
            setattr(sys, name, Told(stream))
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        sys.stdout, sys.stderr = before
