"""Words a shop may not print: an owner's own text is checked before it reaches a slip.

消法 26 and 侵害消费者权益行为处罚办法 12: notices that take rights away, or keep the last word to the
shop, are void. A finding tells the owner the words found and the source; nothing is changed silently.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_GOODS = r"(?:特价|打折|折扣|促销|优惠|清仓|处理|活动|样机|样品|展示|二手|试用|礼|赠送?|秒杀|换购)(?:的)?(?:商|物|产|样|机|赠|礼)?(?:品|货|机|券)?"
_TURN = r"(?:退|换|調换|调换)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "terms.final_word",
        r"最终(?:的)?(?:解释|决定|裁定|裁决)(?:之|的)?(?:权|归|为准)|解释(?:的)?权(?:利)?.{0,10}(?:归|属|由|在|为)"
        r"|(?:保留|拥有|享有).{0,8}解释(?:之|的)?权|(?:以|由).{0,8}(?:本店|商家|我店|本公司)(?:的)?(?:最终)?解释为准"
        r"|(?:解释|争议|纠纷|异议|分歧)[^。；;]{0,8}(?:以|由|按|凭)(?:本店|商家|我店|本公司|店方|店家)[^。；;]{0,8}(?:为准|决定|裁定|判定|说了算)"
        r"|(?:final|sole)\s+(?:right\s+(?:of|to)\s+)?interpret|right\s+(?:of|to)\s+(?:final|sole)\s+interpret"
        r"|(?:our|shop'?s|store'?s|management'?s)\s+decision\s+(?:is|shall\s+be)\s+final|final\s+say",
    ),
    (
        "terms.no_guarantee",
        _GOODS
        + r".{0,8}(?:不(?:再)?(?:予|享受|提供|参与|适用|支持|包|给)?(?:任何)?(?:保|三包|保修|质保|保换|售后)|无(?:任何)?(?:保修|质保|三包|售后))"
        r"|(?:gifts?|sale\s+items?|discounted\s+(?:goods|items?)|display\s+(?:goods|items?|models?)).{0,24}"
        r"(?:no|not|without|excluded\s+from)\s+(?:any\s+|be\s+|under\s+|covered\s+by\s+)*(?:guarantee|warranty|guaranteed|covered)",
    ),
    (
        "terms.no_return",
        r"(?:概|一律|恕|均|谢绝|拒绝|绝)(?:不)?(?:予|接受|支持|办理|受理)?(?:退|换)|(?:概|一律|恕|均)不(?:负责|认账|受理|办理)"
        r"|不(?:予|得|可|可以|能|能够|支持|接受|办理|受理|提供|允许|给)?(?:任何)?退(?:货|款|还)?(?:不|、|和|或|与|及|/)?(?:予|得)?换"
        r"|(?:不(?:接受|支持|办理|受理|提供|允许|予)|无法|不能|不可)(?:任何)?(?:理由的?)?(?:退货|退款|退换|换货|调换)"
        + r"|"
        + _GOODS
        + r"[^。；;]{0,8}不(?:能|可|得|予|给|办理|接受|支持)?"
        + _TURN
        + r"|一经(?:售出|出售|开封|拆封|激活|付款|签收).{0,10}(?:不|无)"
        r"|(?:售出|出售|卖出|离店|离柜|出门|拆封|开封|激活|过期|逾期|签收)[^。；;]{0,6}不(?:予|得|可|能|给|再|支持|接受|办理)?(?:退|换|认)"
        r"|不退(?:货|款)?[不、也]{1,2}换|[只仅]换不退|[只仅]修不(?:退|换)|只(?:能|可)?换货|钱货两清"
        r"|(?:押金|定金|订金|预付款)(?:一律|概)?不(?:予)?退|(?:离柜|出门|离店).{0,6}(?:概不|不予|不认|不)"
        r"|non-?\s?(?:refundable|returnable|exchangeable)|not\s+(?:be\s+)?(?:returnable|refundable|returned|refunded|exchanged)"
        r"|(?:cannot|can't|can\s+not|may\s+not|will\s+not)\s+be\s+(?:returned|refunded|exchanged)"
        r"|(?:do|does|will)\s+not\s+(?:accept|give|take|offer|provide)\s+(?:any\s+)?(?:returns?|refunds?|exchanges?)"
        r"|(?:returns?|refunds?|exchanges?)\s+(?:are\s+|is\s+|will\s+)?not\s+(?:be\s+)?(?:accepted|given|possible|allowed)"
        r"|no[\s-]+(?:cash\s+)?(?:returns?|refunds?|exchanges?|money\s+back)\b|(?:all\s+)?sales?\s+(?:(?:are|is)\s+)?final|final\s+sale"
        r"|exchange\s+only",
    ),
    (
        "terms.waiver",
        r"(?:自愿|视为|视同|即)?放弃.{0,12}(?:权利|权益|追究|索赔|投诉|诉讼|索取|要求)|(?:不再|不得|不予|不)追究"
        r"|不得(?:再|以任何理由|以任何形式|向.{1,8})?(?:再)?(?:投诉|起诉|索赔|举报|主张|要求|提出)|不再提出任何|逾期.{0,10}(?:视为放弃|自行处理|概不保管)"
        r"|视为(?:自动)?放弃|不(?:来)?(?:取|领|提货)[^。；;]{0,8}归(?:本店|商家|我店|本公司|店方|店家)"
        r"|waives?\s+(?:all|any|the|their|his)\b|(?:gives?\s+up|forfeits?)\s+(?:all|any|the|their)\s+(?:right|claim)s?"
        r"|releases?\s+(?:the\s+)?(?:shop|store|seller|us)\s+from",
    ),
    (
        "terms.no_liability",
        r"(?:本店|商家|我店|本公司|店方|卖方|店家)[^。；;]{0,16}(?:概不|不)(?:予)?(?:承担|负|担)(?!额外).{0,6}(?:责|赔)"
        r"|(?:本店|商家|我店|本公司|店方)(?:一概|概|均)?不(?:对.{0,14})?负责|(?:概|恕|一律|均)不(?:承担|负|赔)"
        r"|与(?:本店|本公司|商家|我店)(?:一概)?无关|(?:后果|责任|风险|损失)(?:由)?(?:顾客|客户|消费者|买家|用户)?(?:自负|自担|自行承担|自理)"
        r"|(?:后果|风险|损失|责任)(?:均|全部|一律)?由(?:顾客|客户|消费者|买家)(?:自行)?(?:承担|负责)"
        r"|not\s+(?:be\s+)?(?:liable|responsible|accountable)\s+for|(?:accepts?|takes?|bears?)\s+no\s+(?:liability|responsibility)"
        r"|at\s+(?:your|the\s+customer'?s|the\s+buyer'?s)\s+own\s+risk"
        r"|(?<!人为)(?<!不当)(?<!不当造成的)(?<!不善)(?:损坏|破损|毁损|灭失|丢失|遗失|被盗)(?:的|均|一律|概|等)*"
        r"由(?:顾客|客户|消费者|买家|您)(?:自行|自己)?(?:承担|负责|负担)(?![^。；;，,]{0,6}费)"
        r"|(?:损坏|破损|毁损|灭失|丢失|遗失|被盗)[^。；;，,]{0,4}(?:自负|自担|(?:顾客|客户|消费者|买家)自理)"
        r"|(?:最高|最多|至多|顶多|仅|只|上限)(?:只|仅|可|能|会)?(?:予以|给予)?(?:赔偿|赔付|赔)(?:[^。；;，,]{0,10}[\d元价款额倍费]|$)"
        r"|赔(?:偿|付)?[^。；;，,]{0,12}(?:不超过|不高于|最高|最多|至多|顶多)[^。；;，,]{0,10}(?:元|价|倍|款|额|%)"
        r"|赔[^。；;，,]{0,14}(?:元|价|价款|货款|金额)(?:为限|为上限|封顶)"
        r"|(?:赔偿|赔付|责任)(?:金额|总额|额|限额)?(?:最高|最多|上限|不超过|不高于|仅限|以[^。；;]{1,12}为(?:限|上限))"
        r"|liability[^.;]{0,16}(?:limited\s+to|not\s+exceed)",
    ),
    (
        "terms.one_sided",
        r"(?:本店|商家|我店|本公司|店方)(?:有权|可以|可|保留)(?:随时|单方(?:面)?|任意|自行)[^。；;]{0,8}(?:更改|变更|修改|调整|取消|解除|终止|涨价|加价)"
        r"|reserves?\s+the\s+right\s+to\s+(?:change|alter|cancel|amend|modify)\b.{0,40}(?:without\s+notice|at\s+any\s+time)",
    ),
    (
        "terms.charge",
        r"(?:退货|退款|退换|退换货|换货|退|换)(?:的|时|须|需|应|要|均|一律)*(?:支付|缴纳|交纳|收取|加收|扣除|扣)[^。；;不免]{0,12}(?:违约金|罚金|罚款|手续费|折旧费)"
        r"|(?:偷|盗)一(?:罚|赔)|(?:restocking|cancellation|return)\s+fee\s+(?:of|applies|will)",
    ),
    (
        "terms.forced",
        # A coupon may say from which sum on it is taken; a table may not have to be eaten empty.
        r"(?:^|(?<=[。；;，,\n]))(?![^。；;，,\n]{0,20}(?:券|红包|优惠|满减|不设|不收|不限|无最低|没有最低|未设|取消|免))[^。；;，,\n]{0,20}最低消费"
        r"|(?:禁止|谢绝|拒绝|不得|不准|不可|不能|不许|不允许|严禁|请勿)[^。；;，,]{0,4}(?:自带|外带|外来)[^。；;，,]{0,4}(?:酒|饮料|饮品)"
        r"|(?:自带|外带|外来)(?:的)?(?:酒水|酒类|饮料|饮品)[^。；;]{0,6}(?:不得|禁止|不准|谢绝|不予|不可|不能|不许|恕不)"
        r"|(?:自带|外带|外来)(?:的)?(?:酒水|酒类|饮料|饮品)[^。；;不免]{0,6}(?:收取?|加收|须付|需付)[^。；;不免]{0,8}(?:费|元)"
        r"|(?<!no )minimum\s+(?:charge|spend|consumption)\b|(?:not?|without)\s+bring(?:ing)?\s+your\s+own\s+(?:drinks?|alcohol|beverages?)"
        r"|no\s+outside\s+(?:drinks?|alcohol|beverages?)",
    ),
    (
        "terms.search",
        r"(?<!不)(?<!不得)(?<!不会)(?<!不可)(?<!不能)(?<!禁止)(?<!无权)搜身"
        r"|(?:有权|可以|可|须|需|必须|要求|配合|接受)[^。；;，,]{0,8}(?:检查|查验|搜查|翻查|开包)[^。；;，,]{0,8}(?:身体|随身|包袋|背包|提包|挎包|携带|包裹物品)"
        r"|(?<!no )(?:body|bag)\s+(?:search|check)(?:es)?\b|right\s+to\s+(?:search|inspect)\s+(?:your\s+|customers?'?\s+)?(?:bags?|belongings|person)",
    ),
    (
        "terms.no_invoice",
        r"发票(?:一律|概|均|恕)?不(?:予)?开|不(?:予|再|能|另)?(?:开具?|提供|出具|给)(?:任何)?(?:发票|票)|(?:开票|发票|开具发票)[^。；;]{0,6}(?:另加|加收|另收|另付|需付|须付|自付|加\d)"
        r"|(?:收据|小票)(?:代替|可代|代)发票|无发票|no\s+(?:tax\s+)?invoices?\b",
    ),
)
_COMPILED = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _PATTERNS)
_SPACE = re.compile(
    r"(?<=[\u3400-\u9fff])[\s·.,，、*_~|\-—/\\#+“”\"'\u200b-\u200f\ufeff]+(?=[\u3400-\u9fff])"
)
_SPELLED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][\s.·,*_~|\-—/\\+'’]+){2,}[A-Za-z](?![A-Za-z])")
"""Letters set apart one by one: `N o  r e f u n d s`."""
_CLOSE = tuple(
    (
        code,
        re.compile(
            pattern.replace(r"[\s-]+", r"[\s-]*").replace(r"\s+", r"\s*").replace(r"\b", ""), re.IGNORECASE
        ),
    )
    for code, pattern in _PATTERNS
)
"""The same patterns for letters that were set apart and have no blanks between their words any more."""
_SIMPLE = str.maketrans(
    "換終釋權貨責負歸開發賠價贈務賣離櫃棄訴無與後損壞質營業費訂單據顧險擔負處樣機絕認賬經裝槪謝辦僅買產過應條約購現視為動請檢還罰違異議紛決於舉報會項調變隨時單額優銷發須雖爭準",
    "换终释权货责负归开发赔价赠务卖离柜弃诉无与后损坏质营业费订单据顾险担负处样机绝认账经装概谢办仅买产过应条约购现视为动请检还罚违异议纷决于举报会项调变随时单额优销发须虽争准",
)
"""Traditional signs of the words looked for: a notice in them says the same."""


@dataclass(frozen=True, slots=True)
class UnfairTerm:
    """`code` names the sentence that explains it, `words` the text that gave it away."""

    code: str
    words: str


def unfair_terms(text: str) -> tuple[UnfairTerm, ...]:
    """Every kind of void term in the text, once each, in the order of the law's list; empty when fair.

    Signs put between Chinese characters or between letters to dodge a filter are looked through.
    """
    found: list[UnfairTerm] = []
    told = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
    looked = [(told, _COMPILED), (_SPACE.sub("", told), _COMPILED)]
    joined = _SPELLED.sub(lambda run: "".join(filter(str.isalpha, run[0])), told)
    if joined != told:
        looked += [(joined, _COMPILED), (joined, _CLOSE)]
    for shown, patterns in looked:
        for code, pattern in patterns:
            match = pattern.search(shown)
            if match and all(code != term.code for term in found):
                found.append(UnfairTerm(code, match.group()))
    return tuple(sorted(found, key=lambda term: [code for code, _ in _PATTERNS].index(term.code)))
