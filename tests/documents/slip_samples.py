"""Invented slips that tests, pictures and the bench share: a plain one and a full one of every kind."""

from __future__ import annotations

import dataclasses
import math

from counter_app.domain import slips
from counter_app.domain.slips import (
    AcceptanceReceipt,
    AllowanceApplication,
    Check,
    DepositReceipt,
    Flow,
    GoodsLine,
    Hands,
    InternalPart,
    Invoice,
    InvoiceState,
    MoneyLine,
    MoneyReceipt,
    MoneyState,
    Party,
    PostedNumber,
    ProblemRecord,
    Promise,
    Receipt,
    RefundAcknowledgement,
    RefundApplication,
    RefusalNotice,
    ReturnForm,
    SaleRef,
    ShopHead,
    Signature,
    Slip,
    Subsidy,
    WorkingRow,
)

SHOP = ShopHead(
    name="青禾家居生活馆（人民路店）",
    address="杭州市上城区人民路 128 号一层",
    phone="0571-88880128",
    seal="售后专用章",
    footer="感谢您的信任，祝您生活愉快。",
)
CUSTOMER = Party(name="张小禾", phone="13800001234")
HANDS = Hands(clerk="李青", reviewer="周明")
SALE = SaleRef(
    number="XS01-20250301-0087",
    bought_on="2025-03-01",
    received_on="2025-03-03",
    channel="门店",
    tender="微信支付",
    proof="购物小票",
)
CUP = GoodsLine(
    name="不锈钢保温杯 500ml 曜石黑",
    model="QH-500B",
    barcode="6901234567892",
    serial="SN2412-008831",
    batch="B241203",
    quantity_milli=2000,
    unit="件",
    price_fen=9900,
    paid_fen=18800,
    refund_fen=9400,
    reason="外观瑕疵（杯口漆面脱落）",
    rule="消费者权益保护法第24条：七日内可退货",
    inspection="成色 K2 已拆封未使用；漆面脱落 3 mm",
    remedy="退货退款",
    checks=(
        Check(label="商品完好", state=False),
        Check(label="序列号相符", state=True),
        Check(label="包装齐全", state=True),
    ),
)
BRUSH = GoodsLine(
    name="长柄杯刷",
    barcode="6901234567915",
    quantity_milli=1000,
    unit="把",
    price_fen=1990,
    paid_fen=1890,
    refund_fen=1890,
    reason="随杯一同退回",
)
KETTLE = GoodsLine(
    name="恒温电热水壶 1.7L 珍珠白",
    model="QH-K17",
    barcode="6901234567939",
    serial="K17-2502-00412",
    unit="台",
    price_fen=25900,
    paid_fen=25900,
)
PARTS = (
    Check(label="说明书", state=True),
    Check(label="杯盖密封圈", state=True),
    Check(label="赠品杯套", state=False),
    Check(label="原包装盒", state=True),
    Check(label="保修卡"),
)
WORKING = (
    WorkingRow(label="保温杯实付（2 件中的 1 件）", amount_fen=9400, note="订单优惠已按最大余数分摊"),
    WorkingRow(label="杯刷实付", amount_fen=1890),
    WorkingRow(label="赠品杯套未退回", amount_fen=-500, note="按购买时标明的赠品价"),
    WorkingRow(label="应退合计", amount_fen=10790, total=True),
)
MONEY = (
    MoneyLine(way="原路退回 · 微信支付", amount_fen=10000, state=MoneyState.OWED),
    MoneyLine(way="现金", amount_fen=790, state=MoneyState.PAID, proof="XJ-0012"),
)
PROMISES = (
    Promise(what="微信退款到账", due="2025-03-12"),
    Promise(what="补发保修卡", due="2025-03-08"),
)
INVOICE = Invoice(
    state=InvoiceState.AWAITING, number="25332000000012345678", red_number="25332000000087654321"
)


def ink() -> Signature:
    """A made-up scribble of three strokes."""
    wave = tuple(
        (40 + step * 4, int(90 - 50 * math.sin(step / 5) * math.exp(-step / 60))) for step in range(60)
    )
    cross = tuple((70 + step * 3, 40 + step * 2) for step in range(45))
    tail = tuple((250 + step * 5, int(120 - 30 * math.sin(step / 3))) for step in range(50))
    return Signature(strokes=(wave, cross, tail), width=600, height=200, signed_at=1_741_156_320_000)


INTERNAL = InternalPart(
    costs=(
        WorkingRow(label="进货成本", amount_fen=5200),
        WorkingRow(
            label="换货成本估算", amount_fen=4600, note="运费 12.00 + 处理 8.00 + 新品 52.00 − 残值 26.00"
        ),
    ),
    notes="顾客同月第二次退杯，留意批次 B241203。",
    flags=("关注客户",),
    liability="生产厂家",
    disposition="V2 折价区",
    approvals=("周明 主管 同意：漆面问题属实",),
)

COMMON = {
    "number": "SH01-20250305-0001",
    "case_number": "SH01-20250305-0001",
    "on": "2025-03-05",
    "at": "14:32",
    "shop": SHOP,
    "customer": CUSTOMER,
    "hands": HANDS,
}


def common(prefix: str) -> dict[str, object]:
    """The shared fields with the document's own number."""
    return {**COMMON, "number": f"{prefix}01-20250305-0002"}


RETURN_FORM = ReturnForm(
    **COMMON,
    sale=SALE,
    lines=(CUP, BRUSH),
    parts=PARTS,
    inspection="两件商品当面检验：保温杯漆面脱落属实，杯刷完好。",
    reason="质量问题 · 外观瑕疵",
    rule="消费者权益保护法第24条；本店七日退货承诺",
    remedy="退货退款（R1）",
    working=WORKING,
    amount_fen=10790,
    money=MONEY,
    invoice=INVOICE,
    promises=PROMISES,
    note="顾客要求短信通知到账。",
    signature=ink(),
)
PLAIN_RETURN = ReturnForm(
    **COMMON,
    sale=SALE,
    lines=(dataclasses.replace(CUP, quantity_milli=1000, paid_fen=9400, reason="", rule="", remedy=""),),
    parts=PARTS,
    reason="质量问题 · 外观瑕疵",
    rule="消费者权益保护法第24条",
    remedy="退货退款（R1）",
    inspection="漆面脱落属实",
    working=(
        WorkingRow(label="单件实付", amount_fen=9400),
        WorkingRow(label="应退合计", amount_fen=9400, total=True),
    ),
    amount_fen=9400,
    money=(MoneyLine(way="原路退回 · 微信支付", amount_fen=9400),),
    promises=(Promise(what="微信退款到账", due="2025-03-12"),),
    invoice=Invoice(),
    signature=ink(),
)
SUBSIDY_RETURN = dataclasses.replace(
    PLAIN_RETURN,
    sale=dataclasses.replace(SALE, tender="微信支付 ¥2,550.00"),
    lines=(
        dataclasses.replace(
            KETTLE,
            name="一级能效变频冰箱 420L",
            price_fen=300000,
            paid_fen=255000,
            refund_fen=255000,
        ),
    ),
    parts=(),
    working=(
        WorkingRow(label="单件实付", amount_fen=255000),
        WorkingRow(label="应退合计", amount_fen=255000, total=True),
    ),
    amount_fen=255000,
    money=(MoneyLine(way="原路退回 · 微信支付", amount_fen=255000),),
    subsidy=Subsidy(paid_fen=90000, earlier_fen=20000, moved_fen=10000, back_fen=45000, due="2025-03-12"),
)
ENGLISH_RETURN = dataclasses.replace(
    RETURN_FORM,
    shop=dataclasses.replace(
        SHOP,
        name="Qinghe Home Store, Renmin Road",
        address="128 Renmin Road, ground floor, Shangcheng, Hangzhou",
        seal="After-sales seal",
        footer="Thank you for your trust.",
    ),
    sale=dataclasses.replace(SALE, channel="In the shop", tender="WeChat Pay ¥206.90", proof="Till receipt"),
    lines=(
        dataclasses.replace(
            CUP,
            name="Stainless steel mug 500 ml, obsidian black",
            unit=" pcs",
            reason="Flaw in appearance (paint flaking at the rim)",
            rule="Consumer Protection Law article 24: may be returned within seven days",
            inspection="K2 opened, unused; paint flaked off over 3 mm",
            remedy="Return and refund",
            checks=(
                Check(label="Goods in good order", state=False),
                Check(label="Serial number agrees", state=True),
                Check(label="Packaging complete", state=True),
            ),
        ),
        dataclasses.replace(
            BRUSH, name="Bottle brush, long handle", unit=" pc", reason="Comes back with the mug"
        ),
    ),
    parts=(
        Check(label="Manual", state=True),
        Check(label="Lid seal", state=True),
        Check(label="Gift sleeve", state=False),
        Check(label="Original box", state=True),
        Check(label="Warranty card"),
    ),
    inspection="Both articles were looked at in person: the mug's paint flakes as stated, the brush is sound.",
    reason="Quality · flaw in appearance",
    rule="Consumer Protection Law article 24; the shop's own seven-day promise",
    remedy="Return and refund (R1)",
    working=(
        WorkingRow(label="Paid for the mug (1 of 2)", amount_fen=9400, note="order discount shared out"),
        WorkingRow(label="Paid for the brush", amount_fen=1890),
        WorkingRow(label="Gift sleeve not returned", amount_fen=-500, note="at the price stated with it"),
        WorkingRow(label="Refund in all", amount_fen=10790, total=True),
    ),
    money=(
        MoneyLine(way="The way it was paid · WeChat Pay", amount_fen=10000, state=MoneyState.OWED),
        MoneyLine(way="Cash", amount_fen=790, state=MoneyState.PAID, proof="XJ-0012"),
    ),
    promises=(
        Promise(what="WeChat refund arrives", due="2025-03-12"),
        Promise(what="Warranty card sent", due="2025-03-08"),
    ),
    note="The customer wants a text message when the money arrives.",
)
EXCHANGE_FORM = ReturnForm(
    **COMMON,
    sale=SALE,
    lines=(CUP,),
    issued=(KETTLE,),
    inspection="保温杯漆面脱落属实。",
    reason="质量问题 · 外观瑕疵",
    rule="消费者权益保护法第24条",
    remedy="换货（异款补差，R4）",
    working=(
        WorkingRow(label="换出：恒温电热水壶", amount_fen=25900),
        WorkingRow(label="退回：保温杯 1 件", amount_fen=-9400),
        WorkingRow(label="顾客补差", amount_fen=16500, total=True),
    ),
    flow=Flow.COLLECT,
    amount_fen=16500,
    money=(MoneyLine(way="支付宝", amount_fen=16500, state=MoneyState.TO_COLLECT),),
    promises=(Promise(what="收到补差后当面交付"),),
)
REPAIR_FORM = ReturnForm(
    **COMMON,
    sale=SALE,
    lines=(dataclasses.replace(KETTLE, reason="质量问题 · 功能异常", remedy="保修（R6）"),),
    goods_left=True,
    inspection="通电后不加热，外观完好。",
    reason="质量问题 · 功能异常",
    rule="三包规定；保修期一年",
    remedy="保修（R6）",
    flow=Flow.NONE,
    promises=(Promise(what="修好后通知领取", due="2025-03-25"),),
    signature=ink(),
)
HANDLING_FORM = ReturnForm(
    **COMMON,
    sale=SALE,
    lines=(dataclasses.replace(CUP, remedy="折价留用（R3）", refund_fen=2820),),
    goods_stay=True,
    inspection="漆面脱落 3 mm，不影响使用。",
    reason="质量问题 · 外观瑕疵",
    rule="双方协商一致，顾客留用",
    remedy="折价留用（R3）",
    working=(
        WorkingRow(label="单件实付", amount_fen=9400),
        WorkingRow(label="折价 30%", amount_fen=2820, total=True),
    ),
    amount_fen=2820,
    money=(MoneyLine(way="原路退回 · 微信支付", amount_fen=2820),),
    signature=ink(),
)
RECEIPT = Receipt(
    **common("TK"),
    sale=SALE,
    lines=(CUP, BRUSH),
    reason="质量问题 · 外观瑕疵",
    rule="消费者权益保护法第24条",
    remedy="退货退款",
    working=WORKING,
    amount_fen=10790,
    money=MONEY,
    invoice=INVOICE,
    promises=PROMISES,
    posted=(PostedNumber(what="TH", number="TH01-20250305-0002"),),
)
ACKNOWLEDGEMENT = RefundAcknowledgement(
    **common("TK"),
    sale=SALE,
    lines=(CUP, BRUSH),
    reason="质量问题 · 外观瑕疵",
    rule="消费者权益保护法第24条",
    inspection="验收合格入库：保温杯折价区，杯刷良品库。",
    working=WORKING,
    amount_fen=10790,
    money=(MoneyLine(way="现金", amount_fen=10790, state=MoneyState.PAID, proof="XJ-0012"),),
    invoice=INVOICE,
    posted=(PostedNumber(what="TH", number="TH01-20250305-0002"),),
    signature=ink(),
)
MONEY_RECEIPT = MoneyReceipt(
    **common("SJ"),
    purpose="换货补差价：保温杯换恒温电热水壶",
    rule="换货（异款补差，R4）",
    lines=(KETTLE,),
    working=(
        WorkingRow(label="换出：恒温电热水壶", amount_fen=25900),
        WorkingRow(label="退回：保温杯 1 件", amount_fen=-9400),
        WorkingRow(label="应收", amount_fen=16500, total=True),
    ),
    amount_fen=16500,
    money=(MoneyLine(way="支付宝", amount_fen=16500, state=MoneyState.PAID, proof="2025030522001412345678"),),
)
ACCEPTANCE = AcceptanceReceipt(
    **COMMON,
    sale=SALE,
    lines=(KETTLE,),
    parts=PARTS,
    problem="通电后指示灯亮，但不加热；三天前开始，换过插座也一样。",
    inspection="外观完好，通电复现故障，送厂家检测点。",
    steps=(
        "送厂家检测点检测（约 5 个工作日）。",
        "出结果后电话通知您，并当面协商处理方式。",
        "检测期间可借用备用机。",
    ),
    promises=(Promise(what="检测结果通知", due="2025-03-12"), Promise(what="最迟处理完毕", due="2025-03-20")),
    ask="到店出示本回执，或致电 0571-88880128（9:00–21:00）",
)
DEPOSIT = DepositReceipt(
    **common("YJ"),
    purpose="先发后退（急需使用）：新水壶先交付，旧水壶三日内退回",
    lines=(KETTLE,),
    amount_fen=20000,
    money=(MoneyLine(way="微信支付", amount_fen=20000, state=MoneyState.PAID, proof="4200002025030512345"),),
    conditions=("旧水壶连同底座、电源线退回。", "验收与登记的序列号一致。"),
    return_by="2025-03-08",
)
REFUND_APPLICATION = RefundApplication(
    **COMMON,
    sale=SALE,
    lines=(CUP, BRUSH),
    inspection="验收合格入库。",
    reason="描述不一致 · 网页写明含杯刷两把",
    rule="消费者权益保护法第25条；退差价（R11）",
    evidence=(
        Check(label="购物凭证", state=True),
        Check(label="商品照片 3 张", state=True),
        Check(label="页面截图", state=True),
        Check(label="验收记录", state=True),
    ),
    working=WORKING,
    amount_fen=10790,
    money=(MoneyLine(way="原路退回 · 微信支付", amount_fen=10790),),
    invoice=INVOICE,
    due="2025-03-08",
)
ALLOWANCE = AllowanceApplication(
    **COMMON,
    sale=SALE,
    lines=(CUP,),
    inspection="漆面脱落 3 mm，不影响使用，顾客愿意留用。",
    reason="质量问题 · 外观瑕疵",
    rule="折价成本低于换货成本；顾客自愿选择",
    evidence=(Check(label="商品照片 2 张", state=True), Check(label="顾客确认", state=True)),
    working=(
        WorkingRow(label="单件实付", amount_fen=9400),
        WorkingRow(label="折价 30%", amount_fen=2820, total=True),
    ),
    amount_fen=2820,
    money=(MoneyLine(way="微信支付", amount_fen=2820),),
)
REFUSAL = RefusalNotice(
    **common("GZ"),
    sale=SALE,
    lines=(CUP,),
    asked="全额退货，并要求赔偿误工费。",
    inspection="杯身有明显磕碰凹痕两处，内胆刻度磨损，属使用痕迹。",
    reason="人为损坏，已超过七日无理由退货期。",
    basis="部分商品修理更换退货责任规定：因消费者使用、维护、保管不当造成损坏的，不属三包范围，可提供收费维修。",
    evidence=(Check(label="照片 4 张", state=True), Check(label="检测报告", state=True)),
    approver="周明（主管）",
)
RECORD = ProblemRecord(
    **COMMON,
    sale=SALE,
    lines=(KETTLE,),
    customer_class="大客户",
    channel="到店",
    happened_on="2025-03-02",
    about="恒温电热水壶",
    problem_kind="商品有问题",
    own_words="插上电灯是亮的，就是不热，气死我了。",
    summary="通电不加热，指示灯正常。",
    wishes="换货; 解释说明",
    urgency=(Check(label="高"), Check(label="中", state=True), Check(label="低")),
)

ALL: dict[str, Slip] = {
    "return_form": RETURN_FORM,
    "plain_return": PLAIN_RETURN,
    "subsidy_return": SUBSIDY_RETURN,
    "exchange_form": EXCHANGE_FORM,
    "repair_form": REPAIR_FORM,
    "handling_form": HANDLING_FORM,
    "receipt": RECEIPT,
    "refund_acknowledgement": ACKNOWLEDGEMENT,
    "money_receipt": MONEY_RECEIPT,
    "acceptance_receipt": ACCEPTANCE,
    "deposit_receipt": DEPOSIT,
    "refund_application": REFUND_APPLICATION,
    "allowance_application": ALLOWANCE,
    "problem_record": RECORD,
    "refusal_notice": REFUSAL,
}
PLAIN: dict[str, Slip] = {
    name: getattr(slips, name)(number="SH1", case_number="SH1", on="2025-03-05", shop=ShopHead(name="店"))
    for name in (
        "ReturnForm",
        "Receipt",
        "RefundAcknowledgement",
        "MoneyReceipt",
        "AcceptanceReceipt",
        "DepositReceipt",
        "RefundApplication",
        "AllowanceApplication",
        "RefusalNotice",
        "ProblemRecord",
    )
}
