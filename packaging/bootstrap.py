"""Make the program runnable on a machine that has nothing but Python: a private environment, made once.

Standard library only, and written so that Python 3.6 can still read it: a machine with an unsupported
version must get a sentence, not a syntax error. (Hence no `from __future__ import annotations` here.)

The environment lies in `.venv/` beside main.py, or in the user's cache when that folder is read-only. Its name
holds the Python version, the kind of machine and the hash of the lock file, so a new lock file means a new
environment and a finished one is never touched again. It counts only once its `complete` file exists, which is
written last; a file lock keeps two first starts from building at the same time.
"""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import system_libraries
from system_libraries import StartError

SUPPORTED = ((3, 11), (3, 12), (3, 13))
ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"runtime": "requirements", "tests": "requirements-dev", "build": "requirements-build"}
GLIBC_OF_QT = (2, 34)  # Linux systems with an older C library get the last Qt that was built for them
SPACE_NEEDED = {
    "runtime": 600 * 2**20,
    "tests": 800 * 2**20,
    "build": 700 * 2**20,
}  # bytes, measured with some room to spare
UNUSED_DAYS = 30  # environments of older lock files are removed after this long without a start
COMPLETE = "complete"
QT_FOUND = "system-libraries-found"


def enter(purpose, needs_qt):
    """Return inside the environment for `purpose` ("runtime", "tests" or "build"), making it first if need be.

    `needs_qt()` tells whether this start opens windows; it is asked only when that is not yet known to work.
    The running script is started again with the environment's Python, so on the first pass this does not
    return. What cannot be mended is said in Chinese and English, and the process exits with 2.
    `COUNTER_ENVIRONMENT=own` uses the Python it was started with, libraries and all.
    """
    try:
        check_version(sys.version_info[:2])
        own = os.environ.get("COUNTER_ENVIRONMENT") == "own"
        if purpose == "tests" and sys.platform.startswith("linux") and (own or not _inside(purpose)):
            system_libraries.provide_print_server()
        if own or _inside(purpose):
            return
        _restart_in(prepared(purpose, needs_qt))
    except StartError as reason:
        reason.tell()
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def check_version(running):
    """Raise StartError unless `running` = (major, minor) is a Python that the lock file was made for."""
    if running not in SUPPORTED:
        told = ".".join(map(str, running))
        raise StartError(
            f"需要 Python 3.11、3.12 或 3.13,现在运行的是 {told}。请安装其中一个版本,再用它启动。",
            f"Python 3.11, 3.12 or 3.13 is needed; this is {told}. Install one of them and start with it.",
        )


def environment_name(purpose, lock_text):
    """Folder name of an environment: purpose, Python, machine, and 12 digits of the lock file's hash."""
    python = "cp{}{}".format(*sys.version_info[:2])
    machine = f"{sys.platform}-{platform.machine().lower()}"
    return "-".join((purpose, python, machine, hashlib.sha256(lock_text).hexdigest()[:12]))


def prepared(purpose, needs_qt):
    """The finished environment's folder for `purpose`. Raises StartError when it cannot be made."""
    name = environment_name(purpose, lock_file(purpose).read_bytes())
    found = next((store / name for store in stores() if (store / name / COMPLETE).exists()), None)
    qt = not (found and (found / QT_FOUND).exists()) and needs_qt()
    if sys.platform.startswith("linux") and (qt or not found):
        system_libraries.provide(needs_qt=qt, needs_venv=not found)
    environment = found or _made(name, purpose)
    # An environment of another user cannot be marked: then it is looked at again next time.
    with contextlib.suppress(OSError):
        os.utime(environment / COMPLETE)
        if qt:
            (environment / QT_FOUND).touch()
    return environment


def lock_file(purpose):
    """The lock file for `purpose` on this machine."""
    return ROOT / "packaging" / (LOCKS[purpose] + ("-old-glibc.lock" if has_old_glibc() else ".lock"))


def has_old_glibc():
    """Whether the C library is older than current Qt needs, as on UOS 20, Kylin V10 and Debian 11."""
    if not sys.platform.startswith("linux"):
        return False
    name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    return name == "glibc" and tuple(map(int, version.split(".")[:2])) < GLIBC_OF_QT


def stores():
    """Where environments may lie, the preferred place first."""
    if sys.platform == "win32":
        cache = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (ROOT / ".venv", cache / "counter" / "environments")


def environment_python(environment):
    """The environment's interpreter; without a console where we were started without one."""
    if sys.platform == "win32":
        console_less = Path(sys.executable).stem.lower() == "pythonw"
        return environment / "Scripts" / ("pythonw.exe" if console_less else "python.exe")
    return environment / "bin" / "python"


def explain(output):
    """The StartError for a failed installation, told from what pip printed."""
    if re.search(r"No space left on device|Errno 28|not enough space on the disk|WinError 112", output):
        return StartError(
            "磁盘已满,运行环境没有装完。请腾出约 1 GB 空间后再启动。",
            "The disk is full and the environment is not complete. Free about 1 GB and start again.",
        )
    if re.search(r"DO NOT MATCH THE HASHES|Hash mismatch|hashes are required", output):
        return StartError(
            "下载的程序库与锁定的校验值不符,已停止安装。可能是下载被改动或不完整;请换一个网络再试。",
            "A downloaded library does not match its locked hash, so nothing of it was used. "
            "The download was altered or cut short; try again on another network.",
        )
    if re.search(
        r"connection broken|NewConnectionError|name resolution|timed out|ProxyError|SSLError", output
    ):
        return StartError(
            "第一次启动需要网络来下载程序库,现在连不上。请检查网络(或 pip 的镜像与代理设置)后再启动。",
            "The first start needs the network to download libraries, and it cannot be reached. "
            "Check the connection (or pip's mirror and proxy settings) and start again.",
        )
    if "No matching distribution found" in output or "not a supported wheel" in output:
        return StartError(
            f"某个程序库没有适合本机系统({platform.platform()})的版本。docs/install.md 列出了支持的系统。",
            f"A library has no build for this system ({platform.platform()}). docs/install.md lists what is supported.",
        )
    return None


def _inside(purpose):
    """Whether this Python already is an environment that serves `purpose`: the one for tests serves both."""
    prefix = Path(sys.prefix)
    serving = {environment_name(kind, lock_file(kind).read_bytes()) for kind in {purpose, "tests"}}
    return prefix.name in serving and prefix.parent in stores()


def _restart_in(environment):
    python = str(environment_python(environment))
    # UTF-8 mode: on Windows the console and pipes speak UTF-8 like everywhere else.
    command = [python, "-X", "utf8", *sys.argv]
    _keep_compiled(environment)
    if sys.platform != "win32":
        sys.stdout.flush()
        os.execv(python, command)
    # os.execv on Windows neither quotes nor waits.
    child = subprocess.Popen(command)
    while True:
        try:
            raise SystemExit(child.wait())
        except KeyboardInterrupt:
            continue  # Ctrl+C went to the child as well; it decides


def _keep_compiled(environment):
    """Python keeps what it compiled beside the program; where it may not, it would compile anew at every start."""
    if not os.access(str(ROOT), os.W_OK):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(environment / "compiled"))


def _made(name, purpose):
    store = _writable_store()
    environment = store / name
    with _Lock(store / "lock"):
        if not (environment / COMPLETE).exists():
            _build(environment, purpose)
            _remove_unused(store, environment)
    return environment


def _writable_store():
    for store in stores():
        try:
            store.mkdir(parents=True, exist_ok=True)
            with (store / "lock").open("a"):
                return store
        except OSError:
            continue
    raise StartError(
        "程序文件夹和用户缓存都不能写入({}),无法准备运行环境。".format("、".join(map(str, stores()))),
        "Neither the program's folder nor the user's cache can be written ({}), so there is no place for "
        "the environment.".format(", ".join(map(str, stores()))),
    )


def _build(environment, purpose):
    free = shutil.disk_usage(environment.parent).free
    if free < SPACE_NEEDED[purpose]:
        raise explain("No space left on device")
    _say(
        "正在准备运行环境,只在第一次启动时进行,需要几分钟 … / Preparing the environment, once; a few minutes …"
    )
    _remove(environment)
    log = environment.parent / "install.log"
    output = _run([sys.executable, "-m", "venv", str(environment)], log)
    if output is None:
        output = _run(_pip(environment, purpose), log)
    if output is not None:
        _remove(environment)
        raise explain(output) or StartError(
            f"准备运行环境失败,详情见 {log}。",
            f"The environment could not be prepared; details are in {log}.",
        )
    (environment / COMPLETE).write_text(platform.python_version())


def _pip(environment, purpose):
    python = environment_python(environment).with_name("python.exe" if sys.platform == "win32" else "python")
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--no-input",
    ]
    command += ["--disable-pip-version-check", "--no-warn-script-location", "-r", str(lock_file(purpose))]
    wheels = ROOT / "packaging" / "wheels"  # libraries brought along for a shop without network
    if wheels.is_dir():
        command += ["--no-index", "--find-links", str(wheels)]
    return command


def _run(command, log):
    """Run a step, its output to `log` as well. Returns None when it worked, else what it printed."""
    try:
        with log.open("w", encoding="utf-8", errors="replace") as written:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=written, stderr=subprocess.STDOUT)
        return None if done.returncode == 0 else log.read_text(encoding="utf-8", errors="replace")
    except OSError as cause:
        return str(cause)


def _remove(environment):
    if environment.exists():
        with contextlib.suppress(FileNotFoundError):
            (environment / COMPLETE).unlink()
        shutil.rmtree(environment)


def _remove_unused(store, kept):
    """Drop environments of older lock files that nobody has started for a month."""
    for marker in store.glob("*/" + COMPLETE):
        unused = time.time() - marker.stat().st_mtime > UNUSED_DAYS * 86_400
        if marker.parent != kept and unused:
            _remove(marker.parent)


def _say(line):
    if sys.stderr is not None:  # pythonw has none
        print(line, file=sys.stderr, flush=True)


class _Lock:
    """An exclusive lock on a file, held for the `with` block; waits for whoever holds it."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.file = self.path.open("a+b")
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    self.file.seek(0)
                    msvcrt.locking(self.file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    continue  # LK_LOCK gives up after ten seconds; the other start may need minutes
        else:
            import fcntl

            fcntl.flock(self.file, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_):
        # Closing releases it, also when this process is killed.
        self.file.close()
