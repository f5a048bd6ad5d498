"""Invented slips of the stock room, the shift, the service desk and the office, beside those of `slip_samples`."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

from slip_samples import (
    COMMON,
    CUP,
    KETTLE,
    MONEY,
    PARTS,
    PROMISES,
    SALE,
    SHOP,
    common,
)

from counter_app.domain.list_slips import (
    ApprovalList,
    ApprovedLine,
    CountedLine,
    PaidRefund,
    ReceivedLine,
    ReceivingList,
    RefundDay,
    Register,
    RegisterLine,
    StockCount,
)
from counter_app.domain.service_slips import (
    AnalysisReport,
    ComplaintRecord,
    GiftIssue,
    GivenItem,
    LoanSlip,
    MessageCard,
    Question,
    RecallNotice,
    ResultConfirmation,
    ServiceOrder,
    SettlementForm,
    SurveySheet,
)
from counter_app.domain.slips import (
    Check,
    GoodsClaim,
    MoneyLine,
    Promise,
    ScrapRecord,
    ShiftSheet,
    Slip,
    WorkingRow,
)

_PLAIN_KETTLE = dataclasses.replace(KETTLE, price_fen=None, paid_fen=None)
PHOTOS = {
    hashlib.sha256(content).hexdigest(): content
    for content in ((Path(__file__).parent / "photos" / f"destroyed-{at}.jpg").read_bytes() for at in (1, 2))
}
"""Contents of the photos that the slips here name by their hash."""


def own(prefix: str) -> dict[str, object]:
    """The shared fields of a paper that belongs to no customer."""
    number = f"{prefix}01-20250305-0002"
    return {**COMMON, "number": number, "case_number": number, "customer": None}


SHIFT_SHEET = ShiftSheet(
    **own("JB"),
    opened="2025-03-05 09:00  李青",
    closed="2025-03-05 21:04  李青",
    takes_over="周明",
    drawer=(
        WorkingRow(label="备用金", amount_fen=50000),
        WorkingRow(label="现金收款", amount_fen=16500),
        WorkingRow(label="现金退款", amount_fen=-10790),
        WorkingRow(label="应有现金", amount_fen=55710, total=True),
        WorkingRow(label="实点现金", amount_fen=55700),
        WorkingRow(label="差额", amount_fen=-10),
    ),
    pieces=(WorkingRow(label="¥100 × 5", amount_fen=50000), WorkingRow(label="¥10 × 5", amount_fen=5000)),
    refunds=(
        WorkingRow(label="TK01-20250305-0002", amount_fen=-10790, note="14:32  退款  SH01-20250305-0001"),
    ),
    takings=(WorkingRow(label="SJ01-20250305-0001", amount_fen=16500, note="15:20  补差"),),
    other_ways=(WorkingRow(label="微信支付", amount_fen=-10000, note="1 笔退款"),),
    documents=(WorkingRow(label="TK 退款单", note="1 张  TK01-20250305-0002"),),
    open_items=(WorkingRow(label="应退未退 1 笔", amount_fen=10000),),
    variance_reason="找零少一角。",
    heads=("资金账 128 行  0f3a9c1e55d20b71", "商品账 96 行  77b0c2d9e1f43a08"),
    counted_fen=55700,
)
GOODS_CLAIM = GoodsClaim(
    **own("TC"),
    party="青禾器皿制造有限公司",
    lines=(
        dataclasses.replace(
            CUP,
            checks=(),
            price_fen=None,
            paid_fen=None,
            refund_fen=None,
            rule="",
            inspection="",
            remedy="",
            reason="同批次杯口漆面脱落，共三件。",
        ),
    ),
    reason="同批次杯口漆面脱落，共三件。",
    amount_fen=15600,
    due="2025-03-20",
)
COURIER_CLAIM = GoodsClaim(
    **own("ZC"),
    against="courier",
    party="顺达快递",
    parcel="SF1234567890123",
    insured=True,
    lines=(_PLAIN_KETTLE,),
    reason="外箱破损，内件壶身开裂，签收时当面拍照。",
    amount_fen=25900,
    due="2025-03-12",
)
SCRAP_RECORD = ScrapRecord(
    **own("XH"),
    lines=(_PLAIN_KETTLE,),
    reason="召回批次，不得再售。",
    way="拆解后交回收单位",
    witness="周明",
    evidence=(Check(label="照片 2 张", state=True),),
    photos=tuple(PHOTOS),
)
STOCK_COUNT = StockCount(
    **own("PD"),
    place="V1 可售",
    begun="2025-03-05 18:10",
    lines=(
        CountedLine(
            name="不锈钢保温杯 500ml 曜石黑", model="QH-500B", expected_milli=12000, counted_milli=11000
        ),
        CountedLine(name="长柄杯刷", model="QH-B01", expected_milli=30000, counted_milli=30000),
        CountedLine(
            name="恒温电热水壶 1.7L 珍珠白",
            model="QH-K17",
            serial="K17-2502-00412",
            case_number="SH01-20250301-0004",
            expected_milli=1000,
            counted_milli=1000,
        ),
        CountedLine(name="散装茶叶", model="QH-T9", batch="T2502", expected_milli=4250, counted_milli=4500),
    ),
    reason="保温杯一件展示用已磕损，茶叶上次少计。",
)
REGISTER = Register(
    **own("DJ"),
    lines=(
        RegisterLine(
            number="SH01-20250305-0001",
            at="14:32",
            customer="张**",
            phone="138****1234",
            goods="不锈钢保温杯 500ml 曜石黑 × 2、长柄杯刷",
            problem="外观瑕疵（杯口漆面脱落）",
            wishes="退款",
            state="已完成",
            clerk="李青",
        ),
        RegisterLine(
            number="SH01-20250305-0002",
            at="15:05",
            customer="王*",
            phone="139****5678",
            goods="恒温电热水壶 1.7L 珍珠白",
            problem="通电不加热",
            wishes="换货；解释说明",
            state="等待厂家",
            clerk="李青",
        ),
    ),
)
REFUND_DAY = RefundDay(
    **own("RT"),
    lines=(
        PaidRefund(
            document="TK01-20250305-0002",
            case_number="SH01-20250305-0001",
            sale="XS01-20250301-0087",
            customer="张**",
            way="现金",
            amount_fen=790,
            proof="XJ-0012",
            clerk="李青",
        ),
        PaidRefund(
            document="TK01-20250304-0001",
            case_number="SH01-20250304-0003",
            sale="XS01-20250226-0011",
            customer="陈*",
            way="微信支付",
            amount_fen=25900,
            proof="50300802025030512345678901234",
            clerk="周明",
        ),
    ),
    paid=(
        WorkingRow(label="现金", amount_fen=790, note="1 笔"),
        WorkingRow(label="微信支付", amount_fen=25900, note="1 笔"),
        WorkingRow(label="合计", amount_fen=26690, note="2 笔", total=True),
    ),
    granted=(
        WorkingRow(label="现金", amount_fen=790, note="1 笔"),
        WorkingRow(label="微信支付", amount_fen=10000, note="1 笔"),
        WorkingRow(label="合计", amount_fen=10790, note="2 笔", total=True),
    ),
    still_owed=(WorkingRow(label="微信支付", amount_fen=10000, note="1 笔"),),
    amount_fen=26690,
)
APPROVAL_LIST = ApprovalList(
    **own("SP"),
    lines=(
        ApprovedLine(
            case_number="SH01-20250305-0001",
            what="折价退款：折价成本低于换货成本",
            amount_fen=2820,
            asked_by="李青",
            decided_by="周明",
            verdict="同意 漆面问题属实",
        ),
        ApprovedLine(
            case_number="SH01-20250305-0004",
            what="超过经办限额",
            amount_fen=129900,
            asked_by="李青",
            verdict="待审批",
        ),
    ),
    amount_fen=2820,
)
RECEIVING_LIST = ReceivingList(
    **own("RK"),
    lines=(
        ReceivedLine(
            document="TH01-20250305-0002",
            case_number="SH01-20250305-0001",
            name="不锈钢保温杯 500ml 曜石黑",
            serial="SN2412-008831",
            quantity_milli=2000,
            condition="K2 已拆封未使用",
            place="V2 折价",
        ),
        ReceivedLine(document="TH01-20250305-0002", name="长柄杯刷", quantity_milli=1000, place="V1 可售"),
    ),
)
SERVICE_ORDER = ServiceOrder(
    **common("WX"),
    sale=SALE,
    lines=(_PLAIN_KETTLE,),
    problem="通电后指示灯亮，但不加热。",
    wishes="维修",
    inspection="外观完好，通电复现故障。",
    remedy="保修内免费维修",
    solution="更换发热盘，修后保修 30 天。",
    parts=PARTS,
    working=(WorkingRow(label="保修内维修", amount_fen=0, total=True),),
    promises=PROMISES,
    owner="陈工",
    goods_held=True,
)
LOAN_SLIP = LoanSlip(
    **common("BY"),
    what="恒温电热水壶 1.7L（备用机 2 号）",
    serial="BY-0002",
    due="2025-03-20",
    deposit_fen=10000,
    lines=(_PLAIN_KETTLE,),
)
RESULT_CONFIRMATION = ResultConfirmation(
    **COMMON,
    sale=SALE,
    lines=(_PLAIN_KETTLE,),
    asked="换货；解释说明",
    done=("换货：同款新机一台，序列号 K17-2503-00007。", "说明故障原因为发热盘批次问题。"),
    money=MONEY,
    promises=PROMISES,
)
_SCALE = ("1", "2", "3", "4", "5")
SURVEY_SHEET = SurveySheet(
    **COMMON,
    lines=(_PLAIN_KETTLE,),
    ways=(Check(label="电话"), Check(label="到店", state=True), Check(label="在线")),
    questions=(
        Question(text="总体是否满意", choices=("满意", "一般", "不满意")),
        Question(text="问题解决效率", choices=_SCALE),
        Question(text="服务态度", choices=_SCALE),
        Question(text="对补偿是否满意", choices=(*_SCALE, "不适用")),
        Question(text="哪里不满意"),
        Question(text="改进建议"),
    ),
)
GIFT_ISSUE = GiftIssue(
    **common("BC"),
    items=(
        GivenItem(
            kind="礼券", what="满 100 减 30 元", amount_fen=3000, number="Q-2025-00031", expires="2025-06-30"
        ),
        GivenItem(kind="礼品", what="杯套一只"),
    ),
    basis="等待较久，致歉",
)
SETTLEMENT_FORM = SettlementForm(
    **common("BC"),
    sale=SALE,
    lines=(_PLAIN_KETTLE,),
    problem="通电不加热，往返两次。",
    basis="交通费补偿",
    items=(GivenItem(kind="补偿", what="往返交通费", amount_fen=6000),),
    money=(MoneyLine(way="现金", amount_fen=6000),),
    amount_fen=6000,
)
COMPLAINT_RECORD = ComplaintRecord(
    **common("TS"),
    sale=SALE,
    lines=(_PLAIN_KETTLE,),
    grade="重要投诉",
    channel="电话",
    happened_on="2025-03-04",
    own_words="买来三天就不加热，打了两次电话都说在查，没有人回我。",
    summary="通电不加热；两次来电未回复。",
    kinds=(
        Check(label="产品质量", state=True),
        Check(label="服务态度"),
        Check(label="售后效率", state=True),
        Check(label="其他"),
    ),
    cause="功能故障·性能故障；售后响应慢",
    about="商品有问题",
    wishes="换货；解释说明",
    answer_by="2025-03-07",
    owner="售后主管",
    promises=(Promise(what="经理新方案（24小时内）", due="2025-03-06"),),
    escalated=True,
)
RECALL_NOTICE = RecallNotice(
    **own("ZH"),
    goods="恒温电热水壶 1.7L 珍珠白",
    batches="K2502-01 – K2502-09",
    sold="2025-02-01 – 2025-03-04",
    valid="2025-03-05",
    reason="发热盘焊点可能脱落，有漏电风险。",
    what_to_do="请立即停止使用，带到店内免费更换；不便到店请来电，上门取件。",
    ask="0571-88880128",
)
MESSAGE_CARD = MessageCard(
    **COMMON,
    lines=(_PLAIN_KETTLE,),
    steps=("请来电约定上门时间。", "检测结果 3 月 12 日前告知。"),
    ask="凭单号 SH01-20250305-0001 到店或致电 0571-88880128 查询",
)
ANALYSIS_REPORT = AnalysisReport(
    **COMMON,
    sale=SALE,
    lines=(_PLAIN_KETTLE,),
    problem="通电后指示灯亮，但不加热。",
    cause="质量问题 · 功能失效",
    inspection="发热盘焊点脱落。",
    liable="生产厂家",
    proposal="换货；同批次下架检查",
    evidence=(Check(label="照片 3 张", state=True),),
)

OFFICE: dict[str, Slip] = {
    name.lower(): slip for name, slip in list(globals().items()) if isinstance(slip, Slip) and name.isupper()
}
BARE: dict[str, Slip] = {
    kind.__name__: kind(number="SH1", case_number="SH1", on="2025-03-05", shop=SHOP)
    for kind in sorted({type(slip) for slip in OFFICE.values()}, key=lambda kind: kind.__name__)
}
