"""The libraries of the operating system that Qt needs and a bare Debian, Ubuntu, UOS or Kylin lacks.

Checked by loading each one, in a child process, before anything is downloaded. As root they are installed;
anybody else gets the one line to type. Read by Python 3.6 too, see bootstrap.py.
"""

import importlib.util
import os
import shutil
import subprocess
import sys

# What to load → the Debian package that holds it. Found by reading what the Qt modules and plug-ins that the
# program uses ask for (`readelf -d`, followed through Qt's own libraries), less what the packages here bring along.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libcups.so.2": "libcups2",  # without it Qt finds no printer
}

# What the tests print on: they start a CUPS of their own. Three packages, 7 s; without recommended ones.
PRINT_SERVER = {"cupsd": "cups-daemon", "lpadmin": "cups-client"}
_ADMIN = "/usr/sbin:/usr/local/sbin"

_TRY = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


class StartError(Exception):
    """Something the person at the machine must do first: told in Chinese and English, and one line to type."""

    def __init__(self, chinese, english, line=None):
        super().__init__(english)
        self.chinese = chinese
        self.english = english
        self.line = line

    def tell(self):
        lines = [self.chinese, self.english] + ([self.line] if self.line else [])
        if sys.stderr is not None:
            print("\n".join(lines), file=sys.stderr, flush=True)
        elif sys.platform == "win32":  # started by pythonw: no console, so a message box
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, "\n\n".join(lines), "Counter", 0x10)


def provide(needs_qt, needs_venv):
    """Make sure that Python can make environments and, if asked, that Qt can load. Raises StartError if not."""
    packages = missing_packages(needs_qt, needs_venv)
    if not packages:
        return
    apt = shutil.which("apt-get")
    if apt is None:
        raise missing(packages, apt_known=False)
    if os.geteuid() == 0:
        print("正在安装系统组件 / Installing: " + " ".join(packages), file=sys.stderr, flush=True)
        _install(apt, packages)
        packages = missing_packages(needs_qt, needs_venv)
    if packages:
        raise missing(packages, apt_known=True)


def provide_print_server():
    """Make sure that the tests find a CUPS. As root it is installed; otherwise the line to type is said, and the run
    goes on: the tests that need one then fail and say the same."""
    path = os.pathsep.join([os.environ.get("PATH", ""), _ADMIN])
    packages = [
        package for program, package in PRINT_SERVER.items() if shutil.which(program, path=path) is None
    ]
    if not packages:
        return
    apt = shutil.which("apt-get")
    if apt is not None and os.geteuid() == 0:
        print("正在安装打印测试所需的组件 / Installing: " + " ".join(packages), file=sys.stderr, flush=True)
        _install(apt, packages)
        packages = [
            package for program, package in PRINT_SERVER.items() if shutil.which(program, path=path) is None
        ]
    if packages:
        missing(packages, apt_known=apt is not None).tell()


def missing_packages(needs_qt, needs_venv):
    """Debian packages that this machine lacks, in a fixed order; empty when it can run everything asked."""
    packages = []
    if needs_venv and not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        packages.append("python3-venv")
    if needs_qt:
        done = subprocess.run(
            [sys.executable, "-c", _TRY, *QT_LIBRARIES],
            stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
        packages += [QT_LIBRARIES[name] for name in done.stdout.split()]
    return packages


def missing(packages, apt_known):
    """The StartError that names what is missing, with the one line to type where that is known."""
    if not apt_known:
        return StartError(
            "系统缺少图形界面所需的组件,请用本系统的软件管理器安装与这些 Debian 软件包相当的组件:{}".format(
                " ".join(packages)
            ),
            "System libraries are missing. Install what your system calls these Debian packages: {}".format(
                " ".join(packages)
            ),
        )
    return StartError(
        "系统缺少必要的组件。请输入下面这一行(需要管理员密码),然后重新启动:",
        "System libraries are missing. Type this one line (it asks for the administrator), then start again:",
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends {}'".format(
            " ".join(packages)
        ),
    )


def _install(apt, packages):
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (
        [apt, "-q", "update"],
        [apt, "-q", "install", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            # Not the end: what is still missing afterwards is told together with the line to type.
            told = [line for line in done.stdout.splitlines() if line.startswith("E:")] or [
                done.stdout[-300:]
            ]
            print("apt-get: " + told[0], file=sys.stderr, flush=True)
