"""The launcher on a machine that is not ready: what it decides and what it says, without touching the machine."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import bootstrap  # noqa: E402  it lies in a folder that is no package, so that Python 3.6 can start it
import system_libraries  # noqa: E402
from system_libraries import StartError  # noqa: E402

sys.path.remove(str(ROOT / "packaging"))


@pytest.mark.parametrize("running", [(2, 7), (3, 6), (3, 10), (3, 14)])
def test_an_unsupported_python_is_named_in_both_languages(running: tuple[int, int]) -> None:
    with pytest.raises(StartError) as refused:
        bootstrap.check_version(running)
    version = "{}.{}".format(*running)
    assert version in refused.value.chinese
    assert version in refused.value.english
    assert "3.11" in refused.value.english


@pytest.mark.parametrize("running", [(3, 11), (3, 12), (3, 13)])
def test_a_supported_python_is_let_through(running: tuple[int, int]) -> None:
    assert bootstrap.check_version(running) is None


@pytest.mark.parametrize(
    "file", ["main.py", "tests/run.py", "packaging/bootstrap.py", "packaging/system_libraries.py"]
)
def test_an_old_python_can_still_read_what_refuses_it(file: str) -> None:
    # ast knows no grammar before 3.7; what that lacks and 3.6 has not either is the postponed annotations.
    source = (ROOT / file).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    assert "from __future__ import annotations" not in source.replace(
        "`from __future__ import annotations`", ""
    )


def test_a_new_lock_file_means_a_new_environment() -> None:
    one = bootstrap.environment_name("runtime", b"a==1")
    other = bootstrap.environment_name("runtime", b"a==2")
    assert one != other
    assert "cp{}{}".format(*sys.version_info[:2]) in one
    assert bootstrap.environment_name("tests", b"a==1") != one


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("OSError: [WinError 112] There is not enough space on the disk", "disk is full"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "does not match its locked",
        ),
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...)'\n"
            "ERROR: No matching distribution found for peewee==4.5.3",
            "needs the network",
        ),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "no build for this system"),
    ],
)
def test_what_pip_printed_becomes_a_sentence(printed: str, told: str) -> None:
    reason = bootstrap.explain(printed)
    assert told in reason.english
    assert any("一" <= char <= "鿿" for char in reason.chinese)


def test_an_unknown_failure_is_not_given_a_wrong_reason() -> None:
    assert bootstrap.explain("Segmentation fault") is None


def test_missing_libraries_give_one_line_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    system_libraries.missing(["libegl1", "libxcb-cursor0"], apt_known=True).tell()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[-1].endswith("apt-get install -y --no-install-recommends libegl1 libxcb-cursor0'")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CUPS")
@pytest.mark.parametrize(("user", "installs"), [(0, ["cups-daemon", "cups-client"]), (1000, [])])
def test_the_tests_get_their_print_server_or_the_line_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user: int, installs: list[str]
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(
        system_libraries.shutil,
        "which",
        lambda name, path=None: name if name == "apt-get" or installed else None,
    )
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: user)
    monkeypatch.setattr(system_libraries, "_install", lambda _apt, packages: installed.extend(packages))
    system_libraries.provide_print_server()
    assert installed == installs
    assert (
        "apt-get install -y --no-install-recommends cups-daemon cups-client" in capsys.readouterr().err
    ) is not bool(installs)


def test_a_system_without_apt_is_told_the_names() -> None:
    reason = system_libraries.missing(["libegl1"], apt_known=False)
    assert reason.line is None
    assert "libegl1" in reason.english


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian packages")
def test_a_library_that_cannot_be_loaded_is_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        system_libraries,
        "QT_LIBRARIES",
        {"libc.so.6": "libc6", "libnot-in-this-shop.so.1": "libnot-in-this-shop1"},
    )
    assert system_libraries.missing_packages(needs_qt=True, needs_venv=False) == ["libnot-in-this-shop1"]
    assert system_libraries.missing_packages(needs_qt=False, needs_venv=False) == []


def test_a_python_without_venv_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries.importlib.util, "find_spec", lambda name: None)
    assert system_libraries.missing_packages(needs_qt=False, needs_venv=True) == ["python3-venv"]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program folder with spaces and Chinese, whose lock file asks for nothing."""
    folder = tmp_path / "柜台 程序"
    (folder / "packaging").mkdir(parents=True)
    (folder / "packaging" / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", folder)
    monkeypatch.setattr(bootstrap, "has_old_glibc", lambda: False)
    monkeypatch.setattr(bootstrap, "SPACE_NEEDED", {"runtime": 0})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return folder


def test_an_environment_is_made_once_used_again_and_made_anew_when_half_made(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = bootstrap.prepared("runtime", needs_qt=lambda: False)
    assert made.parent == shop / ".venv"
    python = bootstrap.environment_python(made)
    prefix = subprocess.run(
        [python, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True
    )
    assert Path(prefix.stdout.strip()) == made
    assert "Preparing" in capsys.readouterr().err
    assert bootstrap.prepared("runtime", needs_qt=lambda: False) == made
    assert capsys.readouterr().err == ""
    # Half-made: the start that was making it was switched off.
    (made / "complete").unlink()
    python.unlink()
    assert bootstrap.prepared("runtime", needs_qt=lambda: False) == made
    assert python.exists()


def test_two_starts_at_once_make_one_environment(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds: list[Path] = []
    both_here = threading.Barrier(2)
    build = bootstrap._build
    store = bootstrap._writable_store

    def counted(environment: Path, purpose: str) -> None:
        builds.append(environment)
        build(environment, purpose)

    def together() -> Path:
        both_here.wait()
        return store()

    monkeypatch.setattr(bootstrap, "_build", counted)
    monkeypatch.setattr(bootstrap, "_writable_store", together)
    found: list[Path] = []
    starts = [
        threading.Thread(target=lambda: found.append(bootstrap.prepared("runtime", needs_qt=lambda: False)))
        for _ in range(2)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(builds) == 1
    assert found == [builds[0], builds[0]]


def test_a_read_only_program_folder_uses_the_users_cache(shop: Path, tmp_path: Path) -> None:
    (shop / ".venv").write_text("a file stands where the folder would be", encoding="utf-8")
    made = bootstrap.prepared("runtime", needs_qt=lambda: False)
    assert tmp_path / "cache" in made.parents


@pytest.mark.parametrize(("writable", "kept_at"), [(True, None), (False, "compiled")])
def test_a_read_only_program_is_not_compiled_at_every_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, writable: bool, kept_at: str | None
) -> None:
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(os, "access", lambda _path, _mode: writable)
    bootstrap._keep_compiled(tmp_path)
    wanted = None if kept_at is None else str(tmp_path / kept_at)
    assert os.environ.get("PYTHONPYCACHEPREFIX") == wanted


def test_nowhere_to_write_is_told(shop: Path, tmp_path: Path) -> None:
    (shop / ".venv").write_text("", encoding="utf-8")
    (tmp_path / "cache").write_text("", encoding="utf-8")
    with pytest.raises(StartError) as refused:
        bootstrap.prepared("runtime", needs_qt=lambda: False)
    assert str(shop / ".venv") in refused.value.english


def test_a_full_disk_is_told_before_anything_is_downloaded(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "SPACE_NEEDED", {"runtime": 2**80})
    with pytest.raises(StartError, match="disk is full"):
        bootstrap.prepared("runtime", needs_qt=lambda: False)


def test_an_altered_library_is_refused_and_nothing_of_it_stays(shop: Path) -> None:
    wheels = shop / "packaging" / "wheels"
    wheels.mkdir()
    (wheels / "altered-1.0-py3-none-any.whl").write_bytes(b"not what was locked")
    (shop / "packaging" / "requirements.lock").write_text(
        "altered==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8"
    )
    with pytest.raises(StartError, match="locked hash"):
        bootstrap.prepared("runtime", needs_qt=lambda: False)
    assert not [found for found in (shop / ".venv").iterdir() if found.is_dir()]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc")
@pytest.mark.parametrize(
    ("version", "lock"),
    [
        ("glibc 2.28", "requirements-old-glibc.lock"),
        ("glibc 2.31", "requirements-old-glibc.lock"),
        ("glibc 2.34", "requirements.lock"),
        ("glibc 2.41", "requirements.lock"),
    ],
)
def test_an_older_linux_gets_the_qt_that_was_built_for_it(
    version: str, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.os, "confstr", lambda name: version)
    assert bootstrap.lock_file("runtime").name == lock
    assert bootstrap.lock_file("runtime").exists()


@pytest.mark.parametrize("name", sorted(file.name for file in (ROOT / "packaging").glob("*.lock")))
def test_every_locked_library_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    pinned = [
        entry for entry in text.replace("\\\n", " ").splitlines() if entry and not entry.startswith("#")
    ]
    assert len(pinned) > 10
    for entry in pinned:
        assert "==" in entry.split()[0], entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]
    assert "://" not in text
    assert "--index" not in text


def test_the_tests_use_the_same_versions_as_the_program() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        return {line.split()[0] for line in text.splitlines() if "==" in line.split(" ")[0]}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_started_program_keeps_its_own_environment_when_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTER_ENVIRONMENT", "own")
    monkeypatch.setattr(bootstrap, "prepared", lambda *_: pytest.fail("made an environment"))
    before = os.getpid()
    bootstrap.enter("runtime", needs_qt=lambda: True)
    assert os.getpid() == before
