"""Money as whole 分: reading, writing, sharing out, part refunds and 人民币大写.

Everywhere else money is an `int` whose name ends in `_fen`; only this file knows decimals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from counter_app.domain.errors import UserError

MOST_FEN = 99_999_999_99
"""The largest amount one entry may hold, ￥99,999,999.99; anything larger is a slip of the finger."""
MOST_CAPITALS_FEN = 99_999_999_999_99
"""The largest amount written in capitals, ￥99,999,999,999.99."""
_LONGEST_ENTRY = 40

_NUMBER = re.compile(r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
_SEPARATED = re.compile(r"[0-9,]+(?:\.[0-9]+)?")


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_ENTRY else text[:_LONGEST_ENTRY] + "…"


def parse_yuan(text: str) -> int:
    """分 of an amount in yuan as a person types it: `199`, `199.5`, `￥1,234.00`, `１９９．００`.

    Raises UserError `money.empty`, `money.negative`, `money.not_a_number`, `money.thousands`,
    `money.precision` (more than two places), `money.too_large` (above `MOST_FEN`).
    """
    if len(text) > _LONGEST_ENTRY:
        raise UserError("money.not_a_number", text=_shown(text))
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = plain.removeprefix("¥").lstrip()
    if not plain:
        raise UserError("money.empty")
    if plain[0] in "-−" and _SEPARATED.fullmatch(plain[1:].removeprefix("¥").strip()):
        raise UserError("money.negative", text=_shown(text))
    match = _NUMBER.fullmatch(plain)
    if match is None:
        code = "money.thousands" if _SEPARATED.fullmatch(plain) else "money.not_a_number"
        raise UserError(code, text=_shown(text))
    part = match["part"] or ""
    if len(part) > 2:
        raise UserError("money.precision", text=_shown(text))
    fen = int(match["whole"].replace(",", "")) * 100 + int(part.ljust(2, "0"))
    if fen > MOST_FEN:
        raise UserError("money.too_large", text=_shown(text), most=format_yuan(MOST_FEN, grouped=True))
    return fen


def parse_plain_yuan(text: str) -> int:
    """分 of a plain decimal string, as files carry it: no sign, separator, exponent; at most two places."""
    if not _PLAIN.fullmatch(text):
        parse_yuan(text)
        raise UserError("money.not_a_number", text=_shown(text))
    return parse_yuan(text)


def format_yuan(fen: int, *, grouped: bool = False, mark: bool = False) -> str:
    """`19900` → `199.00`; `grouped` adds thousands separators, `mark` puts ￥ directly before the digits."""
    yuan, part = divmod(abs(fen), 100)
    digits = f"{yuan:,}" if grouped else str(yuan)
    return f"{'-' if fen < 0 else ''}{'￥' if mark else ''}{digits}.{part:02d}"


def allocate(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Share `total_fen` by `weights` so that the shares add up to it exactly (largest remainder).

    Equal remainders: the earlier line first. A weight of zero gets nothing, unless all are zero, when the
    shares are equal. With `total_fen` ≤ Σ weights no share exceeds its weight.
    Raises UserError `money.allocate.negative`, `money.allocate.nothing` (no line to put the money on).
    """
    if total_fen < 0 or any(weight < 0 for weight in weights):
        raise UserError("money.allocate.negative")
    if not weights:
        if total_fen:
            raise UserError("money.allocate.nothing", amount=format_yuan(total_fen))
        return []
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    shares = [total_fen * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(total_fen * weights[n] % whole), n))
    for n in by_remainder[: total_fen - sum(shares)]:
        shares[n] += 1
    return shares


def part_refund(paid_fen: int, sold_milli: int, already_milli: int, now_milli: int) -> int:
    """分 of `paid_fen` that belong to the next `now_milli` units after `already_milli` came back.

    Telescoping: each return takes the share of all units so far, rounded down, less what earlier ones took, so
    any sequence of returns adds up to what one return of them all gives, and the last unit takes the rest.
    Quantities in thousandths. Raises UserError `money.part.quantity` when more would come back than was sold.
    """
    if paid_fen < 0 or sold_milli <= 0 or already_milli < 0 or now_milli < 0:
        raise UserError("money.part.quantity")
    after_milli = already_milli + now_milli
    if after_milli > sold_milli:
        raise UserError("money.part.quantity")
    return paid_fen * after_milli // sold_milli - paid_fen * already_milli // sold_milli


def unit_amounts(paid_fen: int, quantity: int) -> list[int]:
    """What each of `quantity` whole pieces gives back when they come back one by one."""
    return [part_refund(paid_fen, quantity * 1000, n * 1000, 1000) for n in range(quantity)]


def round_cash_jiao(fen: int, *, customer_pays: bool) -> int:
    """抹零: cash to the 角 in the customer's favour, down when the customer pays, up when they receive."""
    if fen < 0:
        raise UserError("money.negative", text=format_yuan(fen))
    return fen // 10 * 10 if customer_pays else -(-fen // 10) * 10


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")


def _group(number: int) -> str:
    """Four digits in capitals: one 零 per inner run of zeros, none at either end."""
    text, zero = "", False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit == "0":
            zero = bool(text)
            continue
        text += ("零" if zero else "") + _DIGITS[int(digit)] + place
        zero = False
    return text


def _yuan_capitals(yuan: int, zero_after_wan: bool) -> str:
    text, skipped, before = "", False, 0
    for name, size in zip(_GROUPS, (10**8, 10**4, 1), strict=True):
        number = yuan // size if size == 10**8 else yuan // size % 10_000
        if not number:
            skipped = bool(text)
            continue
        if text and (skipped or number < 1000 or (zero_after_wan and before % 10 == 0)):
            text += "零"
        text += _group(number) + name
        skipped, before = False, number
    return text


def capitals(
    fen: int,
    *,
    prefix: str = "人民币",
    zheng_after_jiao: bool = True,
    zero_after_yuan: bool = True,
    zero_after_wan: bool = False,
) -> str:
    """人民币大写 of an amount from 0 to `MOST_CAPITALS_FEN` (会计基础工作规范; cheque rules of the PBoC).

    Ends at 元 or 角 → 整; `zheng_after_jiao=False` drops it after 角. One 零 per inner run of zeros; 角 = 0 with
    分 ≠ 0 always has 零 after 元. Where the rules leave 零 open: `zero_after_yuan` writes it when 元 is 0 and 角 is
    not (壹拾元零伍角), `zero_after_wan` when the 万 (or 亿) digit is 0 and the 仟 digit is not (壹拾万零柒仟).
    Raises UserError `money.capitals.negative` (print the positive amount under a 退款 heading), `.too_large`.
    """
    if fen < 0:
        raise UserError("money.capitals.negative", amount=format_yuan(fen))
    if fen > MOST_CAPITALS_FEN:
        raise UserError("money.capitals.too_large", amount=format_yuan(fen, grouped=True))
    yuan, part = divmod(fen, 100)
    jiao, last = divmod(part, 10)
    text = _yuan_capitals(yuan, zero_after_wan)
    if text:
        text += "元"
    elif not part:
        text = "零元"
    if jiao:
        if yuan and yuan % 10 == 0 and zero_after_yuan:
            text += "零"
        text += _DIGITS[jiao] + "角"
    elif last and yuan:
        text += "零"
    if last:
        text += _DIGITS[last] + "分"
    elif not jiao or zheng_after_jiao:
        text += "整"
    return prefix + text
