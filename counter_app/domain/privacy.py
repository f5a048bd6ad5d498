"""Masks for personal data in lists, prints and posted rows (个人信息保护法 51; conventions §5)."""

from __future__ import annotations

import re

_TWO_CHARACTER_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "长孙",
        "宇文",
        "司徒",
        "司空",
        "夏侯",
        "端木",
        "南宫",
        "独孤",
        "申屠",
        "轩辕",
        "百里",
        "呼延",
        "闻人",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "太史",
        "公羊",
        "赫连",
        "钟离",
        "鲜于",
        "闾丘",
        "仲孙",
        "拓跋",
        "第五",
    ]
)
_COUNTY = re.compile(r"^(?P<kept>.*?(?:自治县|区|县|旗))(?P<rest>.+)$")
_CITY = re.compile(r"^(?P<kept>.*?(?:自治州|地区|盟|市))(?P<rest>.+)$")


def mask_phone(phone: str) -> str:
    """`13812345678` → `138****5678`; any other number `****1234`."""
    if "****" in phone:
        return phone
    if len(phone) == 11 and phone.isdigit() and phone.isascii() and phone[0] == "1" and phone[1] >= "3":
        return f"{phone[:3]}****{phone[-4:]}"
    digits = re.sub(r"\D", "", phone)
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-4:]}" if len(digits) > 4 else "****"


def mask_name(name: str) -> str:
    """Keeps the surname: `张三` → `张*`, `张小三` → `张**`, `欧阳修` → `欧阳*`, `Smith` → `S***`."""
    name = name.strip()
    if not name:
        return ""
    if name[0].isascii():
        return f"{name[0]}***"
    kept = 2 if len(name) > 2 and name[:2] in _TWO_CHARACTER_SURNAMES else 1
    return name[:kept] + "*" * min(max(len(name) - kept, 1), 2)


def mask_id(number: str, *, strict: bool = False) -> str:
    """First 6 and last 4 of an identity number; `strict` keeps the first and the last 2 only."""
    number = number.strip()
    head, tail = (1, 2) if strict else (6, 4)
    if len(number) <= head + tail:
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def mask_card(number: str) -> str:
    """First 4 and last 4 digits of a bank card or account."""
    digits = re.sub(r"\D", "", number)
    return f"{digits[:4]} **** {digits[-4:]}" if len(digits) > 8 else "*" * len(digits)


def mask_address(address: str) -> str:
    """An address down to its district, or to its city when it names none: `上海市浦东新区****`."""
    address = address.strip()
    found = _COUNTY.match(address) or _CITY.match(address)
    if found:
        return f"{found['kept']}****"
    return f"{address[:2]}****" if len(address) > 2 else "****" if address else ""


def mask_email(address: str) -> str:
    """First letter and domain: `z***@example.com`."""
    name, at, domain = address.strip().rpartition("@")
    return f"{name[0]}***@{domain}" if name and at and domain else "***"


_IN_TEXT = re.compile(
    r"(?<![\w.])(?:(?P<id>\d{17}[\dXx])|(?P<phone>(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})|(?P<card>\d{16,19}))(?![\w.])"
    r"|(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
    re.ASCII,
)


def mask_in_text(text: str) -> str:
    """A note with the mobile numbers, identity numbers, cards and e-mail addresses in it masked."""
    return _IN_TEXT.sub(_masked, text) if any(map(str.isdigit, text)) or "@" in text else text


def _masked(found: re.Match[str]) -> str:
    told = found.group()
    if found["phone"]:
        return mask_phone(re.sub(r"\D", "", told)[-11:])
    if found["id"]:
        return mask_id(told)
    return mask_email(told) if found["email"] else mask_card(told)


def personal_hash(salt: bytes, value: str) -> str:
    """Lowercase HMAC-SHA256 of a normalised personal value: posted rows can be matched but not read back."""
    import hmac  # not for the first picture

    return hmac.digest(salt, value.encode("utf-8"), "sha256").hex()
