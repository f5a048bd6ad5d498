"""What the system said when a file, a folder or a line failed, as a sentence part of ours in both languages.

The system's own words come in its language, so that English stood inside Chinese sentences. Here its number becomes
the code of a sentence in `resources/i18n/errors/system.toml`; a number that is not known keeps itself and its words.
"""

from __future__ import annotations

import errno
from typing import Final

_BY_NAME: Final = {
    "system.full": ("ENOSPC", "EDQUOT"),
    "system.no_right": ("EACCES", "EPERM"),
    "system.read_only": ("EROFS",),
    "system.in_use": ("EBUSY", "ETXTBSY", "EADDRINUSE"),
    "system.not_found": ("ENOENT",),
    "system.no_folder": ("ENOTDIR",),
    "system.is_folder": ("EISDIR",),
    "system.exists": ("EEXIST",),
    "system.not_empty": ("ENOTEMPTY",),
    "system.name_too_long": ("ENAMETOOLONG",),
    "system.refused_value": ("EINVAL",),
    "system.too_large": ("EFBIG", "EOVERFLOW"),
    "system.device_fault": ("EIO", "EREMOTEIO"),
    "system.device_gone": ("ENODEV", "ENXIO", "ENOMEDIUM"),
    "system.network_gone": (
        "ESTALE", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN", "ENONET", "ENOLINK", "EADDRNOTAVAIL",
    ),
    "system.refused": ("ECONNREFUSED",),
    "system.broken_off": ("ECONNRESET", "ECONNABORTED", "EPIPE", "ENETRESET", "ENOTCONN", "ESHUTDOWN"),
    "system.late": ("ETIMEDOUT", "ETIME"),
    "system.too_many_files": ("EMFILE", "ENFILE"),
    "system.no_memory": ("ENOMEM",),
    "system.loop": ("ELOOP",),
    "system.not_supported": ("ENOSYS", "EOPNOTSUPP", "ENOTSUP"),
}  # fmt: skip
_BY_NUMBER: Final = {
    number: code
    for code, names in _BY_NAME.items()
    for name in names
    if (number := getattr(errno, name, None)) is not None
}
_BY_WINDOWS: Final = {
    number: code
    for code, numbers in {
        "system.full": (39, 112, 1295),
        "system.no_right": (5, 65, 1314, 1326),
        "system.read_only": (19, 6009),
        "system.in_use": (32, 33, 170, 231, 1224),
        "system.not_found": (2, 3, 1168),
        "system.is_folder": (336,),
        "system.no_folder": (267,),
        "system.exists": (80, 183),
        "system.not_empty": (145,),
        "system.name_bad": (123, 161),
        "system.name_too_long": (111, 206),
        "system.too_large": (223,),
        "system.device_fault": (23, 27, 29, 30, 31, 483, 1117, 1392, 1393),
        "system.device_gone": (15, 20, 21, 55, 433, 1110, 1112, 1167, 2250),
        "system.network_gone": (51, 53, 54, 59, 64, 67, 1203, 1222, 1231, 1232, 10049, 10050, 10051, 10065, 11001),
        "system.refused": (1225, 10061),
        "system.broken_off": (109, 232, 233, 1236, 10053, 10054, 10057),
        "system.late": (121, 258, 1460, 10060),
        "system.too_many_files": (4, 10024),
        "system.no_memory": (8, 14, 1455),
        "system.not_supported": (1, 50),
        "system.virus": (225, 226),
        "system.cloud": (362, 363, 388, 389, 390, 395, 397, 404, 426),
    }.items()
    for number in numbers
}  # fmt: skip
_BY_SQLITE: Final = {
    "SQLITE_FULL": "system.full",
    "SQLITE_READONLY": "system.read_only",
    "SQLITE_PERM": "system.no_right",
    "SQLITE_AUTH": "system.no_right",
    "SQLITE_BUSY": "system.in_use",
    "SQLITE_LOCKED": "system.in_use",
    "SQLITE_CANTOPEN": "system.not_opened",
    "SQLITE_IOERR": "system.device_fault",
    "SQLITE_CORRUPT": "system.damaged",
    "SQLITE_NOTADB": "system.damaged",
    "SQLITE_NOMEM": "system.no_memory",
}
_BY_KIND: Final = {
    "BadZipFile": "system.damaged",
    "EOFError": "system.damaged",
    "UnicodeDecodeError": "system.not_text",
    "TimeoutError": "system.late",
}
"""Errors without a number, by the name of their class."""
CODES: Final = frozenset().union(*(told.values() for told in (_BY_NUMBER, _BY_WINDOWS, _BY_SQLITE, _BY_KIND)))
"""Codes of the sentences that stand for numbers."""

_MOST_TEXT: Final = 120

Told = dict[str, object]
"""`code` of the sentence, the system's `number` and its own `text`: plain values, which a stored row may keep."""


def system_reason(error: BaseException) -> Told:
    """What failed, to be put into the parameters of an error: `wording.sentence` tells it in its language.

    Windows' own number says more than the one that stands for it elsewhere (a file in use is no lack of permission).
    """
    windows = getattr(error, "winerror", None)
    number = getattr(error, "errno", None)
    said = str(getattr(error, "sqlite_errorname", "") or "")
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    text = " ".join(str(words).split())[:_MOST_TEXT]
    code = _BY_WINDOWS.get(windows) if isinstance(windows, int) else None
    if code is None and isinstance(number, int):
        code = _BY_NUMBER.get(number)
    # A fault's name goes on where SQLite knows more: SQLITE_IOERR_WRITE, SQLITE_CORRUPT_INDEX.
    code = code or _BY_SQLITE.get("_".join(said.split("_")[:2])) or _BY_KIND.get(type(error).__name__)
    told = (
        f"WinError {windows}"
        if isinstance(windows, int)
        else str(number)
        if isinstance(number, int)
        else said
    )
    return {"code": code or ("system.unknown" if told else "system.other"), "number": told, "text": text}
