"""Words a shop may not print: an owner's own text is checked before it reaches a slip.

消法 26 and 侵害消费者权益行为处罚办法 12: notices that take rights away, or keep the last word to the
shop, are void. A finding is a warning to the owner, with the words found; nothing is changed silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("terms.final_word", r"最终解释权|解释权.{0,6}归|(?:final|sole)\s+(?:right\s+of\s+)?interpretation"),
    (
        "terms.no_return",
        r"(?:概|一律|恕|均)不(?:退|换|负责)|不(?:予|得|可|能|支持|接受)?退(?:货|款)?(?:不|、|和|或)?(?:予|得)?换"
        r"|(?:特价|打折|促销|处理)(?:商)?品.{0,6}不(?:退|换)|一经(?:售出|出售|开封|拆封).{0,10}不"
        r"|(?:售出|出售|卖出|离店|出门|拆封|开封|激活)[^。；;]{0,6}不(?:予|得|可|能|给|再|支持|接受)?(?:退|换)"
        r"|不退(?:货|款)?[不、也]{1,2}换|只换不退|只修不(?:退|换)|non-?refundable|not\s+returnable"
        r"|离柜.{0,6}(?:概不|不予|不)|no\s+(?:returns?|refunds?|exchanges?)\b|all\s+sales\s+(?:are\s+)?final",
    ),
    (
        "terms.waiver",
        r"(?:自愿)?放弃.{0,12}(?:权利|权益|追究|索赔|投诉|诉讼)|不再追究|不得(?:再)?(?:投诉|起诉|索赔|举报)"
        r"|waives?\s+(?:all|any|the)\b|gives?\s+up\s+(?:all|any|the)\s+(?:right|claim)s?",
    ),
    (
        "terms.no_liability",
        r"(?:本店|商家|我店|本公司).{0,8}(?:概不|不)(?:承担|负).{0,6}责任|与本(?:店|公司)无关|后果自负"
        r"|not\s+(?:be\s+)?(?:liable|responsible)\s+for\s+any",
    ),
    ("terms.no_invoice", r"不(?:开|提供|出具)发票|no\s+invoices?\s+(?:are\s+|will\s+be\s+)?(?:issued|given)"),
)
_COMPILED = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _PATTERNS)
_SPACE = re.compile(r"(?<=[\u3400-\u9fff])[\s·.,，、*]+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class UnfairTerm:
    """`code` names the sentence that explains it, `words` the text that gave it away."""

    code: str
    words: str


def unfair_terms(text: str) -> tuple[UnfairTerm, ...]:
    """Every kind of void term in the text, once each, in the order of the law's list; empty when fair.

    Signs put between Chinese characters to dodge a filter are looked through.
    """
    found: list[UnfairTerm] = []
    for shown in (text, _SPACE.sub("", text)):
        for code, pattern in _COMPILED:
            match = pattern.search(shown)
            if match and all(code != term.code for term in found):
                found.append(UnfairTerm(code, match.group()))
    return tuple(sorted(found, key=lambda term: [code for code, _ in _PATTERNS].index(term.code)))
