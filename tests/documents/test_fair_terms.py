"""Void terms in an owner's own text are found; our own sentences have none (消法 26)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import resources
from counter_app.domain.fair_terms import unfair_terms
from counter_app.wording import catalogue


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本店拥有最终解释权", "terms.final_word"),
        ("活动解释权归本店所有", "terms.final_word"),
        ("最 终 解 释 权归商家", "terms.final_word"),
        ("We keep the right of final interpretation and sole interpretation.", "terms.final_word"),
        ("特价商品，概不退换", "terms.no_return"),
        ("一经售出，概不退货", "terms.no_return"),
        ("商品离柜概不负责", "terms.no_return"),
        ("打折商品不退不换", "terms.no_return"),
        ("售出不退", "terms.no_return"),
        ("货物售出，不予退换", "terms.no_return"),
        ("拆封后恕不退货", "terms.no_return"),
        ("不退也不换", "terms.no_return"),
        ("本店商品只换不退", "terms.no_return"),
        ("Sale items are non-refundable", "terms.no_return"),
        ("All sales are final.", "terms.no_return"),
        ("No refunds or exchanges", "terms.no_return"),
        ("顾客自愿放弃追究本店责任的权利", "terms.waiver"),
        ("签字后不得再投诉", "terms.waiver"),
        ("The customer waives all claims", "terms.waiver"),
        ("使用损坏后果自负", "terms.no_liability"),
        ("本店概不承担任何责任", "terms.no_liability"),
        ("特价不开发票", "terms.no_invoice"),
        ("一切解释以本店为准", "terms.final_word"),
        ("如有爭議，以本店決定為準", "terms.final_word"),
        ("no-refund policy", "terms.no_return"),
        ("謝絕退換", "terms.no_return"),
        ("本店不辦理退換", "terms.no_return"),
        ("僅換不退", "terms.no_return"),
        ("三天不取，商品归本店所有", "terms.waiver"),
        ("赔偿最高不超过商品售价", "terms.no_liability"),
        ("如需退货须支付违约金30%", "terms.charge"),
        ("退貨須支付違約金", "terms.charge"),
        ("退货收取商品价款50%手续费", "terms.charge"),
        ("偷一罚十", "terms.charge"),
        ("发票不开", "terms.no_invoice"),
    ],
)
def test_terms_that_are_void_are_found_and_explained(text: str, code: str) -> None:
    found = unfair_terms(text)
    assert code in [term.code for term in found]
    wording = catalogue()[code]
    assert all("{words}" in wording[language] for language in ("zh", "en"))


@pytest.mark.parametrize(
    "text",
    [
        "感谢您的信任，祝您生活愉快。",
        "七日无理由退货，商品完好即可；质量问题运费由本店承担。",
        "退换货请携带本单，如有疑问请致电本店。",
        "请当面检验商品，人为损坏可提供收费维修。",
        "拆封试用不影响七日无理由退货。",
        "定制商品经购买时确认，不适用七日无理由退货；质量问题照常退换。",
        "Thank you. Returns within 7 days with this slip.",
        "",
    ],
)
def test_fair_words_are_left_alone(text: str) -> None:
    assert unfair_terms(text) == ()


VOID = {
    "terms.final_word": """
        本活动最终解释权归商家所有
        本店保留对活动的最终解释权
        最终解释权属于本公司
        解释权在店方
        以本店解释为准
        商家享有最终决定权
        一切以本店最终裁定为准
        最 終 解 釋 權 歸 本 店
        最-终-解-释-权归本店
        最终、解释、权归本店
        本店拥有该条款的解释权
        The shop reserves the right of final interpretation.
        Right to final interpretation belongs to us
        The store's decision is final
    """,
    "terms.no_guarantee": """
        赠品不保
        赠品不保修
        赠品不享受三包服务
        赠送商品无质保
        礼品不提供售后
        特价商品不保修
        处理品不享受三包
        样机无保修
        展示机不予保修
        促销品不再享受质保
        二手商品没有任何保障，不予保修
        Free gifts carry no warranty
        Sale items are not covered by any guarantee
    """,
    "terms.no_return": """
        特价不退
        特价商品不退不换
        特价商品，不予退换
        清仓商品售出概不退换
        样品不退换
        优惠券商品不予退款
        一经售出 概不退换
        一经拆封，不予退换
        一经激活不退
        离柜概不负责
        离店不认
        钱货两清，出门不认
        售后恕不退换
        本店不接受退货
        本店不支持任何退货
        不办理退换货
        谢绝退换
        拒绝退换
        概不受理退换
        无法退换
        不可退款
        只换不退
        只能换货
        押金一律不退
        定金不退
        小票丢失概不退换
        概-不-退-换
        概不退換
        概​不​退​换
        ＮＯ　ＲＥＦＵＮＤ
        No returns, no exchanges
        No money back
        Sale is final
        Final sale - exchange only
        Goods once sold cannot be returned
        Items may not be exchanged
        We do not accept returns
        Refunds will not be given
        Returns are not accepted
        Non refundable
        N o r e f u n d s
        N o  r e f u n d s
        N.o r-e-t-u-r-n-s
        No r e f u n d s
        A l l  s a l e s  f i n a l
    """,
    "terms.waiver": """
        签字后视为放弃其他权利
        签字即放弃追究本店责任
        逾期不取视为放弃
        逾期三个月未取本店有权自行处理
        顾客不得再提出任何要求
        不得以任何理由要求退款
        今后不再提出任何异议
        不得向消协投诉
        The customer waives their rights
        The buyer forfeits all claims
        I release the shop from liability
    """,
    "terms.no_liability": """
        遗失损坏，本店概不负责
        维修期间数据丢失，本店不承担任何责任
        寄存物品本店恕不负责
        质量问题与本店无关
        一切后果由顾客承担
        风险自负
        损失自行承担
        本店对此不负任何责任
        We accept no responsibility for lost data
        Not responsible for damage
        At your own risk
        假一赔三但最多赔偿100元
        丢失最多赔偿运费的三倍
        本店仅赔偿商品价款
        赔偿以不超过货款为限
        赔付金额封顶，赔偿以商品价为上限
        损坏由顾客自行承担
        寄修途中丢失由顾客自行承担
        寄存物品遗失均由顾客负责
    """,
    "terms.forced": """
        包间最低消费300元
        本店设有最低消费，每位50元
        每桌需达到最低消费
        禁止自带酒水
        谢绝自带酒水
        本店谢绝顾客自带酒水
        自带酒水不得入内
        自带酒水收取开瓶费
        自带酒水需付服务费20元
        禁 止 自 带 酒 水
        A minimum charge applies
    """,
    "terms.search": """
        本店有权对可疑顾客搜身
        出门须配合检查随身物品
        本店可以查验顾客的背包
        偷窃者搜身
        We reserve the right to search bags
    """,
    "terms.one_sided": """
        本店有权随时更改本协议
        商家可单方面取消订单
        本店有权任意调整价格
        The shop reserves the right to change these terms without notice
    """,
    "terms.no_invoice": """
        不开票
        不予开具发票
        特价商品不提供发票
        开票另加六个点
        发票需另付税款
        收据代替发票
        No invoice
    """,
}
FAIR = """
    退货不收取手续费
    退货免手续费
    退货免收任何违约金
    退货运费补偿最高12元
    有争议可由双方协商决定
    如有争议，以国家规定为准
    发票不慎遗失可凭小票办理
    三个月不取的商品，本店会电话联系您
    责任到人，首问负责
    质量问题包退包换，运费由本店承担。
    非人为损坏，一年内免费保修。
    人为损坏不在保修范围，可提供收费维修。
    超过保修期的商品可收费维修。
    退货时请将赠品一并退回，赠品同样享受三包。
    赠品有质量问题，同样给予更换。
    赠品未退回的，按标明的价格从退款中扣除。
    特价商品的瑕疵已在购买时说明。
    样机的使用痕迹已当面说明，其他质量问题照常三包。
    鲜活易腐商品不适用七日无理由退货；质量问题照常退换。
    定制商品经您购买时确认，不适用七日无理由退货。
    退款原路退回，一般三个工作日到账。
    发票可在购买后随时索取，电子发票与纸质发票效力相同。
    如有疑问，由本店负责解释，也可拨打 12315。
    请在取件前备份数据；维修前我们会征得您的同意。
    维修完成后我们会电话通知，请及时取回。
    退换不影响您依法享有的其他权利。
    本店承担检测费用。
    以旧换新活动详见店内说明。
    价格如有变动，以签单时的价格为准。
    退还商品请保持完好。
    换货后的商品重新计算三包期。
    假一赔三。
    假一赔十，最低赔偿五百元。
    赔偿申请一般不超过三个工作日办结。
    人为损坏由顾客承担维修费。
    人为损坏由顾客自行承担。
    使用不当造成的损坏由顾客自行承担。
    运输途中损坏由本店承担。
    本店不设最低消费。
    优惠券最低消费100元可用。
    可以自带酒水，不收开瓶费。
    欢迎自带酒水。
    请勿携带食品入内。
    本店绝不搜身。
    取货时请当面检查商品和配件。
    寄修前请取出随身物品。
    可当面查验包裹。
    Models A B C D and E are repaired free of charge.
    There is no minimum spend and no bag check.
    Faulty goods are repaired, exchanged or refunded free of charge.
    Please bring this slip when you return the goods.
    Your rights under the law are not affected.
    Gifts are guaranteed like every other article.
    Custom goods are excluded from the 7-day return as you confirmed; faults are handled as usual.
    We will call you before any paid repair.
"""


def lines(told: str) -> list[str]:
    return [line.strip(" ") for line in told.splitlines() if line.strip(" ")]


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, told in VOID.items() for text in lines(told)]
)
def test_what_shops_really_write_is_found_however_it_is_spelled(code: str, text: str) -> None:
    assert code in [term.code for term in unfair_terms(text)], unfair_terms(text)


@pytest.mark.parametrize("text", lines(FAIR))
def test_what_shops_may_write_is_left_alone(text: str) -> None:
    assert unfair_terms(text) == ()


def test_every_reason_names_its_source() -> None:
    for code in VOID:
        told = catalogue()[code]
        assert "法第" in told["zh"] or "办法第" in told["zh"], code
        assert "art. " in told["en"] and ("Law" in told["en"] or "Measures" in told["en"]), code


def test_no_sentence_of_ours_is_void() -> None:
    for room in resources.read_toml("i18n", "slips.toml").values():
        for name, entry in room.items():
            assert set(entry) == {"zh", "en"}, name
            for text in entry.values():
                assert unfair_terms(text) == (), text


@given(st.text(max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    assert len({term.code for term in unfair_terms(text)}) == len(unfair_terms(text))
