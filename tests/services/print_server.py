"""A CUPS of the tests' own: its folders, its socket, and a printer that keeps what it is given as files.

The printer does as a file `mode` beside its papers says: `print` (the default), `break` (takes half a job, then its
cable is pulled), `empty` (says that its tray is empty and waits until somebody writes to the pipe `gate`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
MISSING = (
    "The print queue can only be tested against a real CUPS, and this machine has none. Install it:\n"
    "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends cups-daemon cups-client'"
)
_PRINTER = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct papers "papers" "papers"'; exit 0; }
dir=${DEVICE_URI#papers:}
mode=$(cat "$dir/mode" 2>/dev/null || echo print)
if [ "$mode" = empty ]; then
    echo 'STATE: +media-empty-error' >&2
    read -r _ < "$dir/gate"
    echo 'STATE: -media-empty-error' >&2
fi
[ $# -ge 6 ] && exec < "$6"
if [ "$mode" = break ]; then head -c 900 > "$dir/$1.half"; exit 1; fi
echo "$5" > "$dir/$1.options"
cat > "$dir/$1.part" && mv "$dir/$1.part" "$dir/$1.pdf"
"""
_CUPSD_CONF = """
Listen {socket}
LogLevel warn
Browsing No
WebInterface No
DefaultAuthType None
JobRetryInterval 1
MaxJobTime 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_FILES_CONF = """
ServerRoot {root}/etc
ServerBin {root}/bin
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
Sandboxing relaxed
"""


@dataclass(frozen=True)
class PrintServer:
    """A running CUPS."""

    root: Path
    socket: Path

    def do(self, command: str, *arguments: str) -> str:
        """One of CUPS's own commands, e.g. `lpadmin`, on this server; what it printed."""
        path = f"{os.environ.get('PATH', '')}:/usr/sbin"
        environment = dict(os.environ, CUPS_SERVER=str(self.socket), PATH=path, LC_ALL="C")
        program = shutil.which(command, path=path)
        assert program is not None, MISSING
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def queue(self, name: str, on_error: str = "abort-job") -> Queue:
        """A new printer of this name."""
        papers = self.root / "papers" / name
        papers.mkdir(parents=True)
        papers.chmod(0o777)
        self.do(
            "lpadmin", "-p", name, "-E", "-v", f"papers:{papers}", "-o", f"printer-error-policy={on_error}"
        )
        return Queue(self, name, papers)


@dataclass(frozen=True)
class Queue:
    """One printer of it."""

    server: PrintServer
    name: str
    papers: Path

    def printed(self) -> list[Path]:
        """What came out, in order."""
        return sorted(self.papers.glob("*.pdf"), key=lambda file: int(file.stem))

    def options(self) -> str:
        """The options of the last job."""
        return max(self.papers.glob("*.options"), key=lambda file: int(file.stem)).read_text("utf-8")

    def mode(self, mode: str) -> None:
        """What the printer does from now on."""
        if mode == "empty" and not (self.papers / "gate").exists():
            os.mkfifo(self.papers / "gate")
            (self.papers / "gate").chmod(0o666)
        (self.papers / "mode").write_text(mode, "utf-8")

    def put_paper_in(self) -> None:
        """The printer that waits goes on."""
        (self.papers / "gate").write_text("paper\n", "utf-8")


@contextmanager
def print_server() -> Iterator[PrintServer]:
    """A CUPS that runs meanwhile. Fails, and says what to type, where CUPS is not installed."""
    assert CUPSD is not None, MISSING
    # A short path: that of a socket has 107 signs at most.
    with tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as held:
        root = Path(held)
        for name in ("etc", "bin/backend", "bin/filter", "cache", "state", "spool/tmp", "log", "papers"):
            (root / name).mkdir(parents=True)
        for name in ("daemon", "notifier"):
            there = next(place / name for place in _SERVER_BINS if (place / name).is_dir())
            (root / "bin" / name).symlink_to(there)
        printer = root / "bin" / "backend" / "papers"
        printer.write_text(_PRINTER, "utf-8")
        root.chmod(0o755)
        printer.chmod(0o755)
        socket = root / "cups.sock"
        (root / "etc" / "cupsd.conf").write_text(_CUPSD_CONF.format(socket=socket), "utf-8")
        (root / "etc" / "cups-files.conf").write_text(_FILES_CONF.format(root=root), "utf-8")
        running = subprocess.Popen(
            [
                CUPSD,
                "-f",
                "-c",
                str(root / "etc" / "cupsd.conf"),
                "-s",
                str(root / "etc" / "cups-files.conf"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            _answers(running, socket, root / "log" / "error")
            yield PrintServer(root, socket)
        finally:
            running.terminate()
            running.wait()
            if running.stderr is not None:
                running.stderr.close()


_SERVER_BINS = (Path("/usr/lib/cups"), Path("/usr/libexec/cups"), Path("/usr/lib64/cups"))


def _answers(running: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    """Back as soon as it takes connections."""
    import socket as sockets
    import time

    end = time.monotonic() + 60
    while time.monotonic() < end and running.poll() is None:
        with sockets.socket(sockets.AF_UNIX) as line:
            line.settimeout(1)
            if line.connect_ex(str(socket)) == 0:
                return
        os.sched_yield()
    raise AssertionError(f"CUPS did not start: {log.read_text('utf-8') if log.exists() else running.poll()}")
