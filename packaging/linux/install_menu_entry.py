"""Put Counter into the current user's menu: `python3 packaging/linux/install_menu_entry.py`. `--remove` takes it out.

The entry starts this folder's program: the frozen one when it stands beside, otherwise main.py.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main():
    menu = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "applications"
    entry = menu / "counter.desktop"
    if "--remove" in sys.argv[1:]:
        entry.unlink()
        print(f"{entry}: removed")
        return
    frozen = ROOT / "dist" / "Counter" / "Counter"
    command = [str(frozen)] if frozen.exists() else [sys.executable, str(ROOT / "main.py")]
    text = (HERE / "counter.desktop.in").read_text(encoding="utf-8")
    text = text.replace("@EXEC@", " ".join(map(quoted, command))).replace("@ICON@", str(HERE / "counter.svg"))
    menu.mkdir(parents=True, exist_ok=True)
    entry.write_text(text, encoding="utf-8")
    print(f"{entry}: written")


def quoted(word):
    """One argument as the Desktop Entry Specification quotes it: for the Exec key, then for the file's strings."""
    for special in ("\\", '"', "`", "$"):
        word = word.replace(special, "\\" + special)
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


if __name__ == "__main__":
    main()
