"""Fills a new shop with the shipped sample articles and orders, in a child process."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from counter_app import resources
from counter_app.ui.jobs import ChildJob, verb_command

#: Files that belong together are one import; articles first, so that orders find them.
BATCHES: tuple[tuple[str, ...], ...] = (
    ("products.csv",),
    ("plain_orders.csv",),
    ("shopify_orders.csv",),
    ("taobao_orders.csv", "taobao_items.csv"),
)


class SampleFill(QObject):
    """One import after the other.

    Signals:
        filled(): everything is in.
        failed(object): the CounterError of the import that did not work; what came before stays.
    """

    filled = Signal()
    failed = Signal(object)

    def __init__(self, folder: Path, staff_id: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._staff_id = folder, staff_id
        self._left = list(BATCHES)
        self._job: ChildJob | None = None

    def start(self) -> None:
        """Begin with the first batch."""
        self._next()

    def stop(self) -> None:
        """The window closes: what came in stays, the rest is not begun."""
        self._left = []
        if self._job is not None:
            self._job.cancel()
            self._job.wait()

    def _next(self) -> None:
        if not self._left:
            self.filled.emit()
            return
        files = [str(resources.path("samples", name)) for name in self._left.pop(0)]
        command = verb_command(
            self._folder, "import", *files, "--sample-days", "--staff", str(self._staff_id)
        )
        job = ChildJob(command, self)
        job.finished.connect(lambda _result: self._next())
        job.failed.connect(self.failed)
        job.ended.connect(lambda: self._ended(job))
        self._job = job
        job.start()

    def _ended(self, job: ChildJob) -> None:
        if self._job is job:  # the last one, or one that failed
            self._job = None
        job.deleteLater()
