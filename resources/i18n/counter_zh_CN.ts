<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Answering</name>
    <message>
        <source>“%1” is not on offer</source>
        <translation>现在不能选“%1”</translation>
    </message>
</context>
<context>
    <name>ApprovalPanel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>驳回</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n 项待答</numerusform>
        </translation>
    </message>
    <message>
        <source>They are answered together, or none of them is.</source>
        <translation>一起答复，要么全部，要么都不答复。</translation>
    </message>
    <message>
        <source>asked by {name} at {moment}</source>
        <translation>{name} 于 {moment} 申请</translation>
    </message>
    <message>
        <source>Goes to the customer</source>
        <translation>付给顾客</translation>
    </message>
    <message>
        <source>The customer pays</source>
        <translation>顾客应付</translation>
    </message>
    <message>
        <source>Limit of the one who asks</source>
        <translation>申请人限额</translation>
    </message>
    <message>
        <source>right</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>They take different answers. Choose one at a time.</source>
        <translation>这些问题的答案不同，请逐个答复。</translation>
    </message>
    <message>
        <source>It is the customer&apos;s right, so it cannot be rejected.</source>
        <translation>这是顾客的法定权利，不能驳回。</translation>
    </message>
    <message>
        <source>Your answer, by PIN</source>
        <translation>用 PIN 答复</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>What was tested</source>
        <translation>系统判断</translation>
    </message>
</context>
<context>
    <name>ApprovalsSection</name>
    <message>
        <source>Why approval is needed</source>
        <translation>为什么要审批</translation>
    </message>
</context>
<context>
    <name>ArchiveSearchDialog</name>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>{file} is being read…</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>Nothing in {file} has these words.</source>
        <translation>{file} 里没有这些字。</translation>
    </message>
    <message>
        <source>{file}: shop {shop}, {period}, {rows} rows</source>
        <translation>{file}：店号 {shop}，{period}，{rows} 行</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>文件读不出来。</translation>
    </message>
    <message>
        <source>Choose an archive</source>
        <translation>选择档案</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Search an archive</source>
        <translation>检索档案</translation>
    </message>
    <message>
        <source>A month&apos;s or year&apos;s workbook, or its CSV twin. It is only read; nothing comes into the shop.</source>
        <translation>月档、年档工作簿或其 CSV 压缩包。只读取，不写入本店数据。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Number, last 4 of the phone, goods, name: any words of a row</source>
        <translation>单号、手机后四位、商品、姓名：行内任意文字</translation>
    </message>
    <message>
        <source>Rows that were found</source>
        <translation>找到的行</translation>
    </message>
</context>
<context>
    <name>Arranging</name>
    <message>
        <source>Deduction</source>
        <translation>扣减</translation>
    </message>
    <message>
        <source>What was found on the goods</source>
        <translation>商品检验结果</translation>
    </message>
    <message>
        <source>Refund another way</source>
        <translation>改用其他方式退款</translation>
    </message>
    <message>
        <source>not as it was paid: needs a reason and approval</source>
        <translation>不按原路退：须写明理由并经审批</translation>
    </message>
    <message>
        <source>How the customer pays</source>
        <translation>顾客付款方式</translation>
    </message>
    <message>
        <source>goods leave once the payment is proven</source>
        <translation>收款核实后才交付商品</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Gift</source>
        <translation>赠品</translation>
    </message>
    <message>
        <source>Concession on the next purchase</source>
        <translation>下次购买优惠</translation>
    </message>
    <message>
        <source>Compensation in money</source>
        <translation>现金补偿</translation>
    </message>
    <message>
        <source>always with approval</source>
        <translation>一律须审批</translation>
    </message>
    <message>
        <source>Legal compensation</source>
        <translation>法定赔偿</translation>
    </message>
    <message>
        <source>computed with its floor; granted by who may</source>
        <translation>按法定标准和下限计算，由有权的人决定</translation>
    </message>
    <message>
        <source>Who bears the freight</source>
        <translation>运费由谁承担</translation>
    </message>
    <message>
        <source>Gifts that came with the goods</source>
        <translation>随货赠品</translation>
    </message>
    <message>
        <source>Something on top</source>
        <translation>额外给予</translation>
    </message>
    <message>
        <source>coupon, gift, concession, compensation</source>
        <translation>优惠券、赠品、下次优惠、现金补偿</translation>
    </message>
    <message>
        <source>Loan of an article</source>
        <translation>借用备用品</translation>
    </message>
    <message>
        <source>Promise and agreed solution</source>
        <translation>承诺日期与约定方案</translation>
    </message>
    <message>
        <source>No signature</source>
        <translation>顾客未签字</translation>
    </message>
    <message>
        <source>with a reason and approval; it is listed</source>
        <translation>须写明理由并经审批，月报列出</translation>
    </message>
    <message>
        <source>The shop: the freight out goes back too</source>
        <translation>商家承担：去程运费一并退还</translation>
    </message>
    <message>
        <source>The customer: the freight out stays paid</source>
        <translation>顾客承担：去程运费不退</translation>
    </message>
    <message>
        <source>As the reason of the return says</source>
        <translation>按退货原因判定</translation>
    </message>
    <message>
        <source>It comes back</source>
        <translation>赠品退回</translation>
    </message>
    <message>
        <source>The customer keeps it and its price is deducted</source>
        <translation>顾客留下，按赠品价扣减</translation>
    </message>
    <message>
        <source>The customer keeps it for nothing</source>
        <translation>顾客留下，不扣减</translation>
    </message>
    <message>
        <source>Gift: %1</source>
        <translation>赠品：%1</translation>
    </message>
</context>
<context>
    <name>BackupPage</name>
    <message>
        <source>Made</source>
        <translation>备份时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Money rows</source>
        <translation>资金账行数</translation>
    </message>
    <message>
        <source>Stock rows</source>
        <translation>库存账行数</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Only somebody who looks after the data may do this.</source>
        <translation>只有负责数据的人可以操作。</translation>
    </message>
    <message>
        <source>The folder for backups is gone: {folder}</source>
        <translation>备份文件夹不见了：{folder}</translation>
    </message>
    <message>
        <source>Put the disk back or choose another folder; until then backups lie on this computer only.</source>
        <translation>请插回磁盘或另选文件夹；在此之前备份只在本机。</translation>
    </message>
    <message>
        <source>Backups lie on the same disk as the data.</source>
        <translation>备份和数据在同一块硬盘上。</translation>
    </message>
    <message>
        <source>Choose a folder on a second disk or a USB stick.</source>
        <translation>请选择另一块硬盘或 U 盘上的文件夹。</translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>备份文件夹</translation>
    </message>
    <message>
        <source>Backup made in {folder}.</source>
        <translation>已备份到 {folder}。</translation>
    </message>
    <message>
        <source>Everything was recomputed and agrees.</source>
        <translation>已全部重算，结果一致。</translation>
    </message>
    <message>
        <source>Choose a backup</source>
        <translation>选择备份</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止，没有改动任何数据。</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>every hour</source>
        <translation>每小时自动</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>before an update</source>
        <translation>升级前</translation>
    </message>
    <message>
        <source>before a restore</source>
        <translation>恢复前</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>文件不见了</translation>
    </message>
    <message>
        <source>beside the data</source>
        <translation>与数据同处</translation>
    </message>
    <message>
        <source>Backup and check</source>
        <translation>备份与核对</translation>
    </message>
    <message>
        <source>Made while the shop works; every copy is opened and checked before it counts.</source>
        <translation>营业中也能备份；每份备份都会打开核对后才算数。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Beside the data</source>
        <translation>改回数据文件夹</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>全部核对</translation>
    </message>
    <message>
        <source>Restore this backup…</source>
        <translation>恢复这份备份…</translation>
    </message>
    <message>
        <source>Restore from a file…</source>
        <translation>从文件恢复…</translation>
    </message>
    <message>
        <source>Read back archives…</source>
        <translation>读入档案…</translation>
    </message>
    <message>
        <source>Old years…</source>
        <translation>往年副本…</translation>
    </message>
    <message>
        <source>Search an archive…</source>
        <translation>检索档案…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Backups there are</source>
        <translation>现有备份</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>BillDaysDialog</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>支付渠道</translation>
    </message>
    <message>
        <source>Refunds, bill</source>
        <translation>退款（账单）</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>Receipts, bill</source>
        <translation>收款（账单）</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>不符之处</translation>
    </message>
    <message>
        <source>Number of the transfer</source>
        <translation>转账凭证号</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Bill</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>No bill of this month was read yet. Read one in the to-do list (Ctrl+B).</source>
        <translation>这个月还没有导入账单。请在待办里导入（Ctrl+B）。</translation>
    </message>
    <message numerus="yes">
        <source>%n movement(s) differ on this day. Enter opens the case.</source>
        <translation>
            <numerusform>这一天有 %n 笔不符。按 Enter 打开售后单。</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything on this day agrees.</source>
        <translation>这一天全部相符。</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>in the bill, not entered</source>
        <translation>账单有，这里没登记</translation>
    </message>
    <message>
        <source>entered, in no bill</source>
        <translation>这里登记了，账单没有</translation>
    </message>
    <message>
        <source>another amount</source>
        <translation>金额不同</translation>
    </message>
    <message>
        <source>Bills day by day</source>
        <translation>账单逐日核对</translation>
    </message>
    <message>
        <source>Refunds and after-sales receipts of WeChat Pay and Alipay; ordinary sales are left out</source>
        <translation>微信、支付宝的售后退款和收款；普通销售不计入</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>上一月</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>下一月</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>What differs on this day</source>
        <translation>当日不符之处</translation>
    </message>
</context>
<context>
    <name>BillDialog</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Number of the transfer</source>
        <translation>转账单号</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>对应内容</translation>
    </message>
    <message numerus="yes">
        <source>proves {what} and %n more</source>
        <translation>
            <numerusform>证明 {what} 等，另有 %n 笔</numerusform>
        </translation>
    </message>
    <message>
        <source>proves a part of {what}</source>
        <translation>证明 {what} 的一部分</translation>
    </message>
    <message>
        <source>proves {what}</source>
        <translation>对应 {what}</translation>
    </message>
    <message>
        <source>entered before</source>
        <translation>以前已登记</translation>
    </message>
    <message>
        <source>differs from {what}: enter it by hand</source>
        <translation>与 {what} 不一致，请手工登记</translation>
    </message>
    <message>
        <source>a refund that nothing here owes</source>
        <translation>本店没有对应的应退款</translation>
    </message>
    <message>
        <source>Bill of {tender}</source>
        <translation>{tender}账单</translation>
    </message>
    <message numerus="yes">
        <source>Enter %n proof(s)</source>
        <translation>
            <numerusform>登记 %n 笔凭证</numerusform>
        </translation>
    </message>
    <message>
        <source>Only somebody who pays money out may do this.</source>
        <translation>只有负责付款的人可以登记。</translation>
    </message>
    <message>
        <source>Nothing in this bill is new here.</source>
        <translation>这份账单没有新的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n payment(s) are ordinary sales and not shown.</source>
        <translation>
            <numerusform>另有 %n 笔普通收款，不列出。</numerusform>
        </translation>
    </message>
    <message>
        <source>Movements of the bill</source>
        <translation>账单明细</translation>
    </message>
</context>
<context>
    <name>Breadcrumb</name>
    <message>
        <source>Earlier steps</source>
        <translation>前面的步骤</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>The program made a mistake</source>
        <translation>程序出错了</translation>
    </message>
    <message>
        <source>What was saved is safe, and the last step was not half done. Copy the report for whoever looks after the program, then go on; if it happens again, start the program anew.</source>
        <translation>已保存的数据是安全的，刚才那一步没有只做一半。请复制报告发给维护人员，然后继续；如果再次出现，请重新启动程序。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>CallDialog</name>
    <message>
        <source>Call the customer back</source>
        <extracomment>Gets the answers, the way the customer was reached, and the day of the next call.</extracomment>
        <translation>回访顾客</translation>
    </message>
    <message>
        <source>Keep the answers</source>
        <translation>保存回访</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>Next call on</source>
        <translation>下次联系日期</translation>
    </message>
    <message>
        <source>e.g. 2026-11-12</source>
        <translation>如 2026-11-12</translation>
    </message>
</context>
<context>
    <name>CameraDialog</name>
    <message>
        <source>No camera was found.</source>
        <translation>没有找到摄像头。</translation>
    </message>
    <message>
        <source>Connect one, or take the photo with a phone that fills the photo folder.</source>
        <translation>请连接摄像头，或用手机拍照并传到照片文件夹。</translation>
    </message>
    <message>
        <source>The camera gave no picture.</source>
        <translation>摄像头没有拍到照片。</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>拍下</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Live picture</source>
        <translation>实时画面</translation>
    </message>
</context>
<context>
    <name>Caretaker</name>
    <message>
        <source>Last month was exported: {files}</source>
        <translation>上月的月档已导出：{files}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of the register came in.</source>
        <translation>
            <numerusform>收银机的 %n 份文件已导入。</numerusform>
        </translation>
    </message>
    <message>
        <source>Something in them has to be corrected: see To do.</source>
        <translation>其中有要改正的，见待办。</translation>
    </message>
</context>
<context>
    <name>CaseHead</name>
    <message>
        <source>upset</source>
        <translation>情绪激动</translation>
    </message>
    <message>
        <source>safety</source>
        <translation>涉及安全</translation>
    </message>
    <message>
        <source>repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>buyer</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>proxy</source>
        <translation>代办人</translation>
    </message>
    <message>
        <source>gift recipient</source>
        <translation>收礼人</translation>
    </message>
    <message>
        <source>Customer not named</source>
        <translation>顾客未留名</translation>
    </message>
    <message>
        <source>registered {day} by {name}</source>
        <translation>{day} 由 {name} 登记</translation>
    </message>
    <message>
        <source>purchase {number}</source>
        <translation>购买 {number}</translation>
    </message>
    <message>
        <source>owner {name}</source>
        <translation>负责人 {name}</translation>
    </message>
    <message>
        <source>Waiting: {what}</source>
        <translation>等待：{what}</translation>
    </message>
    <message>
        <source>overdue since {day}</source>
        <translation>{day} 起已超时</translation>
    </message>
    <message>
        <source>due {day}</source>
        <translation>{day} 前</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>This case is finished; nothing is left to do at the counter.</source>
        <translation>这张售后单已办结，柜台没有要做的事了。</translation>
    </message>
    <message>
        <source>Slips</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>There is no posted document that could be reversed.</source>
        <translation>没有可以冲销的已过账单据。</translation>
    </message>
    <message>
        <source>Take up at the counter</source>
        <translation>到柜台继续办</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>已告知顾客</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>冲销</translation>
    </message>
    <message>
        <source>Show name and phone</source>
        <translation>显示姓名和电话</translation>
    </message>
</context>
<context>
    <name>CaseList</name>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>No case fits</source>
        <translation>没有符合的售后单</translation>
    </message>
    <message>
        <source>Try fewer letters, the phone&apos;s last four digits or the receipt number.</source>
        <translation>少输几个字，或试试手机尾号四位、小票号。</translation>
    </message>
    <message>
        <source>Show all cases</source>
        <translation>显示全部售后单</translation>
    </message>
    <message>
        <source>No case yet</source>
        <translation>还没有售后单</translation>
    </message>
    <message>
        <source>Cases appear here when a visit begins at the counter (F2).</source>
        <translation>在柜台开始办理（F2）后，售后单会出现在这里。</translation>
    </message>
    <message>
        <source>Number, phone, last 4, name, pinyin, product, receipt</source>
        <translation>单号、手机号、后四位、姓名、拼音、商品、小票</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未办结</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>What the cases wait for</source>
        <translation>等待事项</translation>
    </message>
    <message>
        <source>Waiting for anything</source>
        <translation>所有等待</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Archive {period}</source>
        <translation>档案 {period}</translation>
    </message>
</context>
<context>
    <name>CasesScreen</name>
    <message>
        <source>Search</source>
        <extracomment>While arrows run down the list only the row they stop at is read whole.</extracomment>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>常用筛选</translation>
    </message>
    <message>
        <source>Sort by the next column</source>
        <translation>按下一列排序</translation>
    </message>
    <message>
        <source>Take the case up at the counter</source>
        <translation>到柜台继续办这张单</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>The customer was told something</source>
        <translation>记录已告知顾客</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Reverse a document</source>
        <translation>冲销单据</translation>
    </message>
    <message>
        <source>Show the customer&apos;s name and phone</source>
        <translation>显示顾客姓名和电话</translation>
    </message>
    <message>
        <source>The whole chart</source>
        <translation>完整流程图</translation>
    </message>
    <message>
        <source>Export a month to Excel</source>
        <translation>按月导出 Excel</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>For the shop only: never printed on the customer&apos;s copy.</source>
        <translation>只供店内使用，不会印在客户联上。</translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation>保存备注</translation>
    </message>
    <message>
        <source>The customer was told</source>
        <translation>已告知顾客</translation>
    </message>
    <message>
        <source>Time and your name are added by themselves.</source>
        <translation>时间和你的姓名会自动记录。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Tie another case to this one</source>
        <translation>关联另一张售后单</translation>
    </message>
    <message>
        <source>Each of them then shows the other.</source>
        <translation>两张单互相可见。</translation>
    </message>
    <message>
        <source>Tie</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>Number of the other case</source>
        <translation>另一张售后单号</translation>
    </message>
    <message>
        <source>Show name and phone</source>
        <translation>显示姓名和电话</translation>
    </message>
    <message>
        <source>That you looked, and why, is written down.</source>
        <translation>查看人和原因会被记录。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Reverse {number}</source>
        <translation>冲销 {number}</translation>
    </message>
    <message>
        <source>{number} is reversed.</source>
        <translation>{number} 已冲销。</translation>
    </message>
    <message>
        <source>Your role may not export a month.</source>
        <translation>你的岗位不能导出月度数据。</translation>
    </message>
    <message>
        <source>No case chosen</source>
        <translation>未选择售后单</translation>
    </message>
    <message>
        <source>Choose one in the list, or begin a visit at the counter with F2.</source>
        <translation>在列表中选择一张，或按 F2 在柜台开始办理。</translation>
    </message>
</context>
<context>
    <name>ChartDialog</name>
    <message>
        <source>The whole chart</source>
        <translation>完整流程图</translation>
    </message>
    <message>
        <source>Ctrl and wheel, or + and −, to zoom; drag to move; 0 to see the way.</source>
        <translation>按住 Ctrl 滚动或按 + − 缩放；拖动可移动；按 0 查看所走路径。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ChartPage</name>
    <message>
        <source>Only a manager may change the rules.</source>
        <translation>只有店长可以修改规则。</translation>
    </message>
    <message>
        <source>does not hold</source>
        <translation>不成立</translation>
    </message>
    <message>
        <source>The chart in force is the shipped one.</source>
        <translation>现行流程图就是随程序提供的。</translation>
    </message>
    <message>
        <source>checked, sound</source>
        <translation>已检查，无误</translation>
    </message>
    <message>
        <source>Version {number} since {day} · {nodes} nodes: {stops} questions, {tests} tests, {ends} ends</source>
        <translation>第 {number} 版，{day} 起生效 · {nodes} 个节点：{stops} 处提问，{tests} 处判断，{ends} 个结束</translation>
    </message>
    <message>
        <source>The chart is in force for new cases; open ones finish on theirs.</source>
        <translation>新的售后单按此流程图办理；已开始的按原来的版本办完。</translation>
    </message>
    <message>
        <source>Save the chart to edit it</source>
        <translation>保存流程图以便编辑</translation>
    </message>
    <message>
        <source>Saved as {file}. Its head explains every field.</source>
        <translation>已存为 {file}，文件开头说明了每个字段。</translation>
    </message>
    <message>
        <source>Choose an edited chart</source>
        <translation>选择改好的流程图</translation>
    </message>
    <message>
        <source>Back to the shipped chart</source>
        <translation>恢复为随程序提供的流程图</translation>
    </message>
    <message>
        <source>Decision chart</source>
        <translation>决策流程图</translation>
    </message>
    <message>
        <source>What the counter asks and computes. A changed chart is checked before it counts.</source>
        <translation>柜台问什么、算什么都按它来。改动的流程图先检查再生效。</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>柜台</translation>
    </message>
    <message>
        <source>Corrections of listings</source>
        <translation>上架信息更正</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>流程图</translation>
    </message>
    <message>
        <source>The whole chart</source>
        <translation>整张流程图</translation>
    </message>
    <message>
        <source>Try it…</source>
        <translation>试走…</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>存为文件…</translation>
    </message>
    <message>
        <source>Put a file in force…</source>
        <translation>从文件更换…</translation>
    </message>
    <message>
        <source>Back to the shipped one</source>
        <translation>恢复出厂版本</translation>
    </message>
</context>
<context>
    <name>ChartView</name>
    <message>
        <source>asked</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>系统判断</translation>
    </message>
    <message>
        <source>done</source>
        <translation>办理</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>可选方案</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Decision chart with the way that was walked</source>
        <translation>流程图与已走路径</translation>
    </message>
</context>
<context>
    <name>ChecksPage</name>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>What is lacking</source>
        <translation>还缺什么</translation>
    </message>
    <message>
        <source>Nothing has happened in this shop yet.</source>
        <translation>店里还没有任何业务。</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已结账</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未结账</translation>
    </message>
    <message>
        <source>Closed {when} by {who}.</source>
        <translation>{when} 由 {who} 结账。</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 项</translation>
    </message>
    <message>
        <source>Nothing is lacking.</source>
        <translation>什么都不缺。</translation>
    </message>
    <message>
        <source>Shift {number}</source>
        <translation>班次 {number}</translation>
    </message>
    <message>
        <source>Red invoices</source>
        <translation>红字发票</translation>
    </message>
    <message>
        <source>Owed to customers in the month</source>
        <translation>本月应退</translation>
    </message>
    <message>
        <source>Paid in the month</source>
        <translation>本月已退</translation>
    </message>
    <message>
        <source>Still owed at its end</source>
        <translation>月末未退</translation>
    </message>
    <message>
        <source>Received in the month</source>
        <translation>本月已收</translation>
    </message>
    <message>
        <source>Documents posted</source>
        <translation>过账单据</translation>
    </message>
    <message>
        <source>Reversals</source>
        <translation>冲销</translation>
    </message>
    <message>
        <source>The month is not over yet.</source>
        <translation>这个月还没过完。</translation>
    </message>
    <message>
        <source>This earlier month is still open: months are closed in order.</source>
        <translation>前面的这个月还没结账：请按顺序结账。</translation>
    </message>
    <message>
        <source>This shift is still open: count the drawer and close it first.</source>
        <translation>这个班次还没交班：请先清点钱箱并交班。</translation>
    </message>
    <message>
        <source>Money is still owed to the customer.</source>
        <translation>还有钱没退给顾客。</translation>
    </message>
    <message>
        <source>Registered, and nothing was posted yet.</source>
        <translation>已登记，还没有过账。</translation>
    </message>
    <message>
        <source>Goods came back and nobody accepted them.</source>
        <translation>商品已退回，还没有验收。</translation>
    </message>
    <message>
        <source>A question about this case waits for an answer.</source>
        <translation>这张售后单还有审批没有答复。</translation>
    </message>
    <message>
        <source>Neither the customer&apos;s signature nor a proof of payment.</source>
        <translation>既没有顾客签收，也没有付款凭证。</translation>
    </message>
    <message>
        <source>The invoice of this sale is not corrected yet.</source>
        <translation>这笔购买的发票还没有红冲。</translation>
    </message>
</context>
<context>
    <name>ChoiceDialog</name>
    <message>
        <source>Please fill this in</source>
        <translation>请填写此项</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Amount (yuan)</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>Kept of the deposit (yuan); the rest goes back</source>
        <translation>不退的押金（元），其余退还</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>By</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Promised on</source>
        <translation>约定日期</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Due back on</source>
        <translation>应还日期</translation>
    </message>
    <message>
        <source>Refund by</source>
        <translation>退款方式</translation>
    </message>
    <message>
        <source>Why not the way it was paid</source>
        <translation>为何不原路退回</translation>
    </message>
    <message>
        <source>Waybill number</source>
        <translation>运单号</translation>
    </message>
    <message>
        <source>Courier</source>
        <translation>快递公司</translation>
    </message>
    <message>
        <source>What was agreed</source>
        <translation>约定内容</translation>
    </message>
    <message>
        <source>Estimated cost (yuan)</source>
        <translation>预计费用（元）</translation>
    </message>
    <message>
        <source>Why there is no signature</source>
        <translation>未签字原因</translation>
    </message>
    <message>
        <source>The customer pays by</source>
        <translation>顾客付款方式</translation>
    </message>
    <message>
        <source>e.g. 2026-11-12</source>
        <translation>例如 2026-11-12</translation>
    </message>
    <message>
        <source>e.g. 30.00</source>
        <translation>例如 30.00</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可留空</translation>
    </message>
</context>
<context>
    <name>ClaimDialog</name>
    <message>
        <source>Claim against the courier</source>
        <translation>快递理赔</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Courier</source>
        <translation>快递公司</translation>
    </message>
    <message>
        <source>Waybill number</source>
        <translation>快递单号</translation>
    </message>
    <message>
        <source>Amount asked (yuan)</source>
        <translation>索赔金额（元）</translation>
    </message>
    <message>
        <source>e.g. 30.00</source>
        <translation>如 30.00</translation>
    </message>
    <message>
        <source>Asked on</source>
        <translation>索赔日期</translation>
    </message>
    <message>
        <source>e.g. 2026-11-12</source>
        <translation>如 2026-11-12</translation>
    </message>
    <message>
        <source>The courier&apos;s answer</source>
        <translation>快递答复</translation>
    </message>
    <message>
        <source>Amount paid (yuan)</source>
        <translation>赔付金额（元）</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可不填</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>the parcel was insured</source>
        <translation>已保价</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>未答复</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>已赔付</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒赔</translation>
    </message>
</context>
<context>
    <name>ClaimsPage</name>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>追偿对象</translation>
    </message>
    <message>
        <source>Goods or parcel</source>
        <translation>商品或包裹</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么这样</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>要求金额</translation>
    </message>
    <message>
        <source>Got</source>
        <translation>已得金额</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Answer by</source>
        <translation>答复期限</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Amount credited (yuan)</source>
        <translation>赔付金额（元）</translation>
    </message>
    <message>
        <source>only where money was credited</source>
        <translation>有赔付时填写</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>empty: as it is</source>
        <translation>不填则不变</translation>
    </message>
    <message>
        <source>only where goods came back or were replaced</source>
        <translation>退回或换货时选择</translation>
    </message>
    <message>
        <source>Goods go to</source>
        <translation>商品放到</translation>
    </message>
    <message>
        <source>The claim goes on</source>
        <translation>追偿进展</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>late</source>
        <translation>延误</translation>
    </message>
    <message>
        <source>Claim against a courier</source>
        <translation>追究快递</translation>
    </message>
    <message>
        <source>Open the claim</source>
        <translation>建追偿单</translation>
    </message>
    <message>
        <source>Courier</source>
        <translation>快递公司</translation>
    </message>
    <message>
        <source>Waybill number</source>
        <translation>运单号</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可留空</translation>
    </message>
    <message>
        <source>Amount asked (yuan)</source>
        <translation>索赔金额（元）</translation>
    </message>
    <message>
        <source>e.g. 2026-12-05; empty: in two weeks</source>
        <translation>如 2026-12-05；不填为两周后</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>售后单号</translation>
    </message>
    <message>
        <source>the parcel was insured</source>
        <translation>已保价</translation>
    </message>
    <message>
        <source>The chosen claim goes on</source>
        <translation>推进所选追偿</translation>
    </message>
    <message>
        <source>Print the paper of the claim</source>
        <translation>打印追偿单</translation>
    </message>
    <message>
        <source>Open the case behind the claim</source>
        <translation>打开对应的售后单</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Suppliers</source>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Couriers</source>
        <translation>快递</translation>
    </message>
    <message>
        <source>{who}: {open} open, {late} late; asked {asked}, got {got}, refused {refused}</source>
        <translation>{who}：未结 {open}，逾期 {late}；要求 {asked}，已得 {got}，被拒 {refused}</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>退厂追偿</translation>
    </message>
    <message>
        <source>Open ones only</source>
        <translation>只看未结</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>No claims</source>
        <translation>没有追偿单</translation>
    </message>
    <message>
        <source>Goods go back to a supplier from the first page; a courier&apos;s claim begins here (Ctrl+N).</source>
        <translation>退厂在第一页选商品办理；追究快递在这里新建（Ctrl+N）。</translation>
    </message>
</context>
<context>
    <name>ClockDialog</name>
    <message>
        <source>Is the clock right now?</source>
        <translation>现在的时钟对吗？</translation>
    </message>
    <message>
        <source>If not, close this and set the clock of the computer. If it is, steps saved under the wrong clock stay as they are.</source>
        <translation>不对就关闭此窗口，先校准电脑时钟。对的话，用错误时钟保存的步骤保持原样。</translation>
    </message>
    <message>
        <source>It is right now</source>
        <translation>现在是对的</translation>
    </message>
    <message>
        <source>Why it was wrong before</source>
        <translation>之前为什么不对</translation>
    </message>
</context>
<context>
    <name>CloseCard</name>
    <message>
        <source>The count differs. Please say why.</source>
        <translation>点钞有差异，请说明原因。</translation>
    </message>
    <message>
        <source>Nobody: locked away</source>
        <translation>无人接班：锁入保险柜</translation>
    </message>
    <message>
        <source>Counted {amount}</source>
        <translation>清点 {amount}</translation>
    </message>
    <message>
        <source>not counted yet</source>
        <translation>尚未清点</translation>
    </message>
    <message>
        <source>{amount} too much</source>
        <translation>多 {amount}</translation>
    </message>
    <message>
        <source>{amount} missing</source>
        <translation>少 {amount}</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>Count the drawer first.</source>
        <translation>请先清点钱箱。</translation>
    </message>
    <message>
        <source>Count and close</source>
        <translation>清点交班</translation>
    </message>
    <message>
        <source>Why the count differs</source>
        <translation>差异原因</translation>
    </message>
    <message>
        <source>For the next one</source>
        <translation>交班留言</translation>
    </message>
    <message>
        <source>To safe or bank, yuan</source>
        <translation>存保险柜或银行（元）</translation>
    </message>
    <message>
        <source>Who takes over</source>
        <translation>接班人</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>交班</translation>
    </message>
</context>
<context>
    <name>CodesDialog</name>
    <message>
        <source>Approving by phone</source>
        <translation>电话授权</translation>
    </message>
    <message>
        <source>A sheet of one-time codes to carry along. Over the phone one code stands for your PIN, once.</source>
        <translation>随身带一张一次性授权码。在电话里，一个码代替您的密码，只能用一次。</translation>
    </message>
    <message>
        <source>I have written them down</source>
        <translation>我已记下</translation>
    </message>
    <message>
        <source>Make a new sheet</source>
        <translation>生成新的一张</translation>
    </message>
    <message>
        <source>Withdraw the sheet</source>
        <translation>作废这张</translation>
    </message>
    <message>
        <source>Sheet {sheet}</source>
        <translation>第 {sheet} 张</translation>
    </message>
    <message>
        <source>Take a picture or copy them now: they are not shown again. Let nobody at the counter see them.</source>
        <translation>请现在拍照或抄下：不会再次显示。不要让柜台的人看到。</translation>
    </message>
    <message>
        <source>Sheet {sheet}: {left} of {all} codes are left.</source>
        <translation>第 {sheet} 张：{all} 个码还剩 {left} 个。</translation>
    </message>
    <message>
        <source>You have no codes.</source>
        <translation>您没有授权码。</translation>
    </message>
    <message>
        <source>The clerk&apos;s screen names case, amount and the number of one code; read out that one only. A new sheet ends the old one.</source>
        <translation>店员的屏幕会显示售后单、金额和要念的号码；只念那一个。生成新的一张后，旧的作废。</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>您的密码</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Nobody has signed yet</source>
        <translation>还没有签字</translation>
    </message>
    <message>
        <source>The customer signs on the pad; who signs the printed form instead: F10.</source>
        <translation>请顾客在手写板上签字；在打印的单据上签字的，按 F10。</translation>
    </message>
    <message>
        <source>No money moves</source>
        <translation>不涉及收付款</translation>
    </message>
    <message>
        <source>The customer gets</source>
        <translation>应退顾客</translation>
    </message>
    <message>
        <source>The customer pays</source>
        <translation>顾客应付</translation>
    </message>
    <message>
        <source>Check code %1</source>
        <translation>校验码 %1</translation>
    </message>
    <message>
        <source>Sign on the pad, or tick that the paper is signed</source>
        <translation>请在签字板上签字，或勾选已在纸上签字</translation>
    </message>
    <message>
        <source>What is agreed</source>
        <translation>约定内容</translation>
    </message>
    <message>
        <source>Customer&apos;s signature</source>
        <translation>顾客签字</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>过账</translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation>返回问题</translation>
    </message>
</context>
<context>
    <name>CorrectDialog</name>
    <message>
        <source>Please give the reason</source>
        <translation>请填写原因</translation>
    </message>
    <message>
        <source>Correct a proof</source>
        <translation>更正凭证</translation>
    </message>
    <message>
        <source>The wrong proof stays on record with its correction; the money is owed again.</source>
        <translation>错误凭证和它的更正都留底；这笔款重新待办。</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>凭证</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>CountDialog</name>
    <message>
        <source>agrees with the book</source>
        <translation>与账面相符</translation>
    </message>
    <message>
        <source>difference to the book: {amount}</source>
        <translation>与账面相差 {amount}</translation>
    </message>
    <message>
        <source>Count the stock</source>
        <translation>盘点库存</translation>
    </message>
    <message>
        <source>{name}: the book says {amount} that can be sold.</source>
        <translation>{name}：账面可售 {amount}。</translation>
    </message>
    <message>
        <source>Enter the count</source>
        <translation>记入盘点数</translation>
    </message>
    <message>
        <source>Counted, in the shop and fit for sale</source>
        <translation>盘点数（在店且可售）</translation>
    </message>
</context>
<context>
    <name>CountGrid</name>
    <message>
        <source>Number of {value}</source>
        <translation>{value} 的张数</translation>
    </message>
</context>
<context>
    <name>CounterActs</name>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Overrule: %1</source>
        <translation>改判：%1</translation>
    </message>
    <message>
        <source>The customer withdraws</source>
        <translation>顾客撤回</translation>
    </message>
    <message>
        <source>Why can this not be had: %1</source>
        <translation>为何无法取得：%1</translation>
    </message>
    <message>
        <source>As it was said or as it stands written</source>
        <translation>按原话或原文填写</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>CounterScreen</name>
    <message>
        <source>answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>one step back</source>
        <translation>返回一步</translation>
    </message>
    <message>
        <source>choose a line; + and - change the pieces</source>
        <translation>选择商品行；+ − 改数量</translation>
    </message>
    <message>
        <source>next customer</source>
        <translation>下一位顾客</translation>
    </message>
    <message>
        <source>find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>what the customer told</source>
        <translation>顾客反映的情况</translation>
    </message>
    <message>
        <source>record a purchase by hand</source>
        <translation>手工登记购买</translation>
    </message>
    <message>
        <source>arrange more: deduction, refund another way, gift</source>
        <translation>更多办理：扣减、改退款方式、赠品</translation>
    </message>
    <message>
        <source>no evidence can be had: why</source>
        <translation>证据都无法取得：写明原因</translation>
    </message>
    <message>
        <source>confirm, sign, post</source>
        <translation>确认、签字、过账</translation>
    </message>
    <message>
        <source>signed on paper</source>
        <translation>已在纸上签字</translation>
    </message>
    <message>
        <source>back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>柜台</translation>
    </message>
</context>
<context>
    <name>CountsPage</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Serial or batch</source>
        <translation>序列号/批次</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>账面</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>清点</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Give the count up</source>
        <translation>放弃这次盘点</translation>
    </message>
    <message>
        <source>Nothing moves.</source>
        <translation>库存不会变动。</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么这样</translation>
    </message>
    <message>
        <source>How much lies there?</source>
        <translation>实际有多少？</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>批准人</translation>
    </message>
    <message>
        <source>PIN of who approves</source>
        <translation>批准人密码</translation>
    </message>
    <message>
        <source>Post the count</source>
        <translation>盘点过账</translation>
    </message>
    <message>
        <source>{place}: {lines} lines, {different} differ from the book.</source>
        <translation>{place}：共 {lines} 行，{different} 行与账面不符。</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>过账</translation>
    </message>
    <message>
        <source>Count the chosen place</source>
        <translation>盘点所选位置</translation>
    </message>
    <message>
        <source>Enter what was counted</source>
        <translation>录入实点数</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>{counted} of {lines} counted, {different} differ</source>
        <translation>已点 {counted} / {lines} 行，{different} 行有差异</translation>
    </message>
    <message>
        <source>being counted</source>
        <translation>盘点中</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Lines of the count</source>
        <translation>盘点明细</translation>
    </message>
    <message>
        <source>Place to count</source>
        <translation>要盘点的位置</translation>
    </message>
    <message>
        <source>Count this place</source>
        <translation>盘点这个位置</translation>
    </message>
    <message>
        <source>Nothing was counted yet</source>
        <translation>还没有盘点过</translation>
    </message>
    <message>
        <source>Choose a place above and begin (Ctrl+N).</source>
        <translation>在上面选一个位置开始盘点（Ctrl+N）。</translation>
    </message>
    <message>
        <source>No lines</source>
        <translation>没有明细</translation>
    </message>
    <message>
        <source>Nothing lies at the place, or no count is chosen.</source>
        <translation>这个位置没有商品，或没有选中盘点。</translation>
    </message>
</context>
<context>
    <name>CustomerCard</name>
    <message>
        <source>Customer not named</source>
        <translation>顾客未留名</translation>
    </message>
    <message>
        <source>No earlier case</source>
        <translation>以前没有售后</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier case(s)</source>
        <translation>
            <numerusform>以前售后 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>known</source>
        <translation>已识别</translation>
    </message>
    <message>
        <source>Known from an earlier case: no need to ask who they are</source>
        <translation>之前来过，电话对得上：不用再核实身份</translation>
    </message>
    <message>
        <source>the same trouble within 90 days</source>
        <translation>90天内同样问题</translation>
    </message>
    <message>
        <source>On offer: {note}</source>
        <translation>活动：{note}</translation>
    </message>
    <message>
        <source>Couriers: {note}</source>
        <translation>快递：{note}</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代办人</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>收礼人</translation>
    </message>
</context>
<context>
    <name>DatesDialog</name>
    <message>
        <source>Write the day as 2026-11-12</source>
        <translation>日期请写成 2026-11-12</translation>
    </message>
    <message>
        <source>Delivered and received</source>
        <translation>送达与签收</translation>
    </message>
    <message>
        <source>Rights are counted from the day after the goods were received.</source>
        <translation>权利期限从签收次日起算。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Delivered on</source>
        <translation>送达日期</translation>
    </message>
    <message>
        <source>Received on</source>
        <translation>签收日期</translation>
    </message>
    <message>
        <source>Installed on</source>
        <translation>安装日期</translation>
    </message>
</context>
<context>
    <name>DeductionDialog</name>
    <message>
        <source>Please give the reason</source>
        <translation>请填写原因</translation>
    </message>
    <message>
        <source>nothing deducted</source>
        <translation>不扣减</translation>
    </message>
    <message>
        <source>Deduction</source>
        <translation>扣减</translation>
    </message>
    <message>
        <source>Agreed with the customer; the reason is printed on the form</source>
        <translation>须与顾客商定，理由会打印在单上</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Amount (yuan)</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>0: nothing deducted; empty: takes the entry back</source>
        <translation>填 0 即不扣减，留空即取消已填的</translation>
    </message>
    <message>
        <source>For</source>
        <translation>扣减项目</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>wear</source>
        <translation>使用磨损</translation>
    </message>
    <message>
        <source>damage</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>missing part</source>
        <translation>缺配件</translation>
    </message>
    <message>
        <source>gift kept</source>
        <translation>赠品留用</translation>
    </message>
    <message>
        <source>freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>offer no longer met</source>
        <translation>不再满足优惠条件</translation>
    </message>
    <message>
        <source>depreciation</source>
        <translation>折旧</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>DeductionForm</name>
    <message>
        <source>Please give the reason</source>
        <translation>请写明原因</translation>
    </message>
    <message>
        <source>nothing deducted</source>
        <translation>不扣减</translation>
    </message>
    <message>
        <source>Please fill this in</source>
        <translation>请填写</translation>
    </message>
    <message>
        <source>How much of the loss the customer pays, agreed with them:</source>
        <translation>与顾客商定由顾客承担的损耗费：</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>计收</translation>
    </message>
    <message>
        <source>0: nothing</source>
        <translation>填 0 即不收</translation>
    </message>
    <message>
        <source>Charge for use (yuan)</source>
        <translation>折旧费（元）</translation>
    </message>
    <message>
        <source>Deduction (yuan)</source>
        <translation>扣减金额（元）</translation>
    </message>
    <message>
        <source>Charge for the loss (yuan)</source>
        <translation>损耗费（元）</translation>
    </message>
    <message>
        <source>Reason; it is printed on the form</source>
        <translation>原因（会印在单据上）</translation>
    </message>
    <message>
        <source>How much is deducted, agreed with the customer:</source>
        <translation>与顾客商定的扣减金额：</translation>
    </message>
    <message>
        <source>Deduct</source>
        <translation>扣减</translation>
    </message>
</context>
<context>
    <name>DepositsCard</name>
    <message>
        <source>Until</source>
        <translation>最晚退还</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Paid by</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>押金</translation>
    </message>
    <message>
        <source>Deposits held: {total}</source>
        <translation>暂收押金 {total}</translation>
    </message>
    <message>
        <source>Deposits held</source>
        <translation>暂收押金</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>Slips to print</source>
        <translation>要打印的单据</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>已完成：%1</translation>
    </message>
    <message>
        <source>paid out %1</source>
        <translation>已付 %1</translation>
    </message>
    <message>
        <source>taken in %1</source>
        <translation>已收 %1</translation>
    </message>
    <message>
        <source>no money moved</source>
        <translation>没有收付款</translation>
    </message>
    <message>
        <source>still to pay by %1: %2</source>
        <translation>待付（%1）：%2</translation>
    </message>
    <message>
        <source>still to come by %1: %2</source>
        <translation>待收（%1）：%2</translation>
    </message>
    <message>
        <source>Enter the proof</source>
        <translation>登记凭证</translation>
    </message>
    <message>
        <source>Not printed: what to do</source>
        <translation>没打出来：怎么办</translation>
    </message>
    <message>
        <source>Posted</source>
        <translation>已过账</translation>
    </message>
    <message>
        <source>Slips</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Print this slip</source>
        <translation>打印这张</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>下一位顾客</translation>
    </message>
</context>
<context>
    <name>DrawerCard</name>
    <message>
        <source>overdue</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>{name} since {moment}</source>
        <translation>{name}，{moment} 起</translation>
    </message>
    <message>
        <source>should lie in the drawer now</source>
        <translation>钱箱现在应有</translation>
    </message>
    <message>
        <source>Float at the opening</source>
        <translation>开班备用金</translation>
    </message>
    <message>
        <source>Cash taken in</source>
        <translation>现金收入</translation>
    </message>
    <message>
        <source>Cash paid out</source>
        <translation>现金支出</translation>
    </message>
    <message>
        <source>The drawer now</source>
        <translation>当前钱箱</translation>
    </message>
</context>
<context>
    <name>EarlierCard</name>
    <message>
        <source>same customer</source>
        <translation>同一顾客</translation>
    </message>
    <message>
        <source>same goods</source>
        <translation>同一商品</translation>
    </message>
    <message>
        <source>tied to this one</source>
        <translation>已关联</translation>
    </message>
    <message>
        <source>Open this case</source>
        <translation>打开这张售后单</translation>
    </message>
    <message>
        <source>No other case of this customer or these goods.</source>
        <translation>这位顾客和这些商品没有别的售后单。</translation>
    </message>
    <message>
        <source>Earlier cases</source>
        <translation>以前的售后单</translation>
    </message>
    <message>
        <source>Tie another case to this one</source>
        <translation>关联另一张售后单</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message numerus="yes">
        <source>%n erased after the time they must be kept</source>
        <translation>
            <numerusform>%n 张已过保存期删除</numerusform>
        </translation>
    </message>
    <message>
        <source>No photos.</source>
        <translation>没有照片。</translation>
    </message>
    <message>
        <source>Whoever scanned it may replace it the same day, later a supervisor.</source>
        <translation>当天由归档的人更换，以后由主管更换。</translation>
    </message>
    <message>
        <source>The sheet with check code {code} is not scanned yet.</source>
        <translation>校验码 {code} 的签字纸还没有归档。</translation>
    </message>
    <message>
        <source>Earlier scan, replaced {when} by {who}: {why}</source>
        <translation>先前的扫描件，{when} 由 {who} 更换：{why}</translation>
    </message>
    <message>
        <source>Save the earlier scan (PDF)</source>
        <translation>另存先前的扫描件（PDF）</translation>
    </message>
    <message>
        <source>on paper</source>
        <translation>纸上签字</translation>
    </message>
    <message>
        <source>check code {code}</source>
        <translation>校验码 {code}</translation>
    </message>
    <message>
        <source>void: the form changed afterwards</source>
        <translation>无效：签字后单据有改动</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Attach a recording</source>
        <translation>添加录音</translation>
    </message>
    <message>
        <source>Attach the signed sheet</source>
        <translation>附上签字纸</translation>
    </message>
    <message>
        <source>Save the signed form (PDF)</source>
        <translation>另存签字单据（PDF）</translation>
    </message>
    <message>
        <source>Replace the scan</source>
        <translation>更换扫描件</translation>
    </message>
    <message>
        <source>Customer&apos;s signature</source>
        <translation>顾客签字</translation>
    </message>
</context>
<context>
    <name>EvidenceList</name>
    <message>
        <source>None of these can be had</source>
        <translation>以上都提供不了</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>This folder does not exist. Choose another place.</source>
        <translation>文件夹不存在，请换一个位置。</translation>
    </message>
    <message>
        <source>Say why customers have to be told in full.</source>
        <translation>请写明为什么要导出完整的顾客信息。</translation>
    </message>
    <message>
        <source>Stopped. No file was written.</source>
        <translation>已停止，没有写入文件。</translation>
    </message>
    <message>
        <source>Where the workbook goes</source>
        <translation>工作簿保存位置</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
    <message>
        <source>Export to Excel</source>
        <translation>导出 Excel</translation>
    </message>
    <message>
        <source>Summary, control sheet and every list of the span. The shop can go on working meanwhile.</source>
        <translation>包括汇总、核对表和期间内的全部清单；导出时可以继续营业。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Write the workbook</source>
        <translation>导出工作簿</translation>
    </message>
    <message>
        <source>the year {year}</source>
        <translation>{year} 全年</translation>
    </message>
    <message>
        <source>Month or year</source>
        <translation>月份或年份</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Customers in full, with names and telephones</source>
        <translation>完整的顾客信息（姓名、电话不打码）</translation>
    </message>
    <message>
        <source>Why in full</source>
        <translation>为什么要完整信息</translation>
    </message>
    <message>
        <source>Each customer told so is listed under Settings › Privacy. A closed month stays masked.</source>
        <translation>每位被导出的顾客都记入“设置 › 隐私”的查看记录。已结账的月份始终打码。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Month end…</source>
        <translation>月末结账…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>FactsDialog</name>
    <message>
        <source>Figures</source>
        <translation>数据依据</translation>
    </message>
    <message>
        <source>Where each came from; what you type here counts for this visit only</source>
        <translation>每项数据的来源；这里改的只用于本次办理</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>FactsForm</name>
    <message>
        <source>Please fill this in</source>
        <translation>请填写此项</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>To go on, the shop needs:</source>
        <translation>继续办理还需要：</translation>
    </message>
    <message>
        <source>or press F8 to record the purchase: it answers these by itself</source>
        <translation>或按 F8 补录购买记录，系统自动得出这些信息</translation>
    </message>
    <message>
        <source>yuan, e.g. 30.00</source>
        <translation>元，例如 30.00</translation>
    </message>
    <message>
        <source>e.g. 2026-11-12</source>
        <translation>例如 2026-11-12</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>FigureDialog</name>
    <message>
        <source>A new version is kept with your name; cases already open finish on the old one.</source>
        <translation>会以你的名字存为新版本；已开的售后单仍按旧版本办完。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>months</source>
        <translation>个月</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Value ({unit})</source>
        <translation>数值（{unit}）</translation>
    </message>
    <message>
        <source>Why it is changed</source>
        <translation>修改原因</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>依据：{source}</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Law&apos;s floor</source>
        <translation>法定下限</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Only a manager may change the rules.</source>
        <translation>只有店长可以修改规则。</translation>
    </message>
    <message>
        <source>Version {number}, in force since {day}.</source>
        <translation>第 {number} 版，{day} 起生效。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n 个月</numerusform>
        </translation>
    </message>
    <message>
        <source>Rules and limits</source>
        <translation>规则与限额</translation>
    </message>
    <message>
        <source>Days, limits and freight; what the law does not let fall lower is marked.</source>
        <translation>天数、限额和运费；法律规定的下限已标出。</translation>
    </message>
    <message>
        <source>Find a rule…</source>
        <translation>查找规则…</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>%1: %2 in stock</source>
        <translation>%1：库存 %2</translation>
    </message>
    <message>
        <source>To take it back, find its purchase or record it</source>
        <translation>要退换请先找到购买记录，或手工登记</translation>
    </message>
    <message>
        <source>Refunded before, according to the archive of %1: %2 owed, %3 paid</source>
        <translation>据 %1 档案，以前退过款：应退 %2，已退 %3</translation>
    </message>
    <message>
        <source>%1: see that nothing is refunded twice; a further refund asks for approval</source>
        <translation>%1：请核对，避免重复退款；再退须审批</translation>
    </message>
    <message>
        <source>This visit is about it</source>
        <translation>就是本次办理的购买记录</translation>
    </message>
    <message>
        <source>It is the next customer&apos;s</source>
        <translation>是下一位顾客的</translation>
    </message>
    <message>
        <source>this visit stays as it is</source>
        <translation>本次办理保持现状</translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation>订单 %1</translation>
    </message>
    <message>
        <source>Tick what this visit is about</source>
        <translation>请勾选本次办理的商品</translation>
    </message>
    <message>
        <source>then press Ctrl+Enter to add it to the visit</source>
        <translation>再按 Ctrl+Enter 加入本次办理</translation>
    </message>
</context>
<context>
    <name>Finishing</name>
    <message>
        <source>Approval</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Customer confirms and signs</source>
        <translation>顾客确认并签字</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>过账</translation>
    </message>
    <message>
        <source>Another group is not answered yet; it can be posted later</source>
        <translation>还有一组尚未答完，可稍后单独过账</translation>
    </message>
    <message>
        <source>Print the acceptance receipt</source>
        <translation>打印受理回执</translation>
    </message>
    <message>
        <source>Slips</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Answer the questions first</source>
        <translation>请先回答问题</translation>
    </message>
    <message>
        <source>Refund another way</source>
        <translation>改用其他方式退款</translation>
    </message>
    <message>
        <source>The shop&apos;s key was gone, so a new one was made</source>
        <translation>店铺密钥不见了，已生成新的密钥</translation>
    </message>
    <message>
        <source>Forms of before keep their seal. Make a backup today: it takes the key along.</source>
        <translation>以前的单据签名仍然有效。请今天做一次备份，密钥会一并备份。</translation>
    </message>
    <message>
        <source>printed before</source>
        <translation>以前打印过</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Choose a backup</source>
        <extracomment>Which field an error of the set-up service belongs to.</extracomment>
        <translation>选择备份</translation>
    </message>
    <message>
        <source>Choose archives</source>
        <translation>选择档案</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Archives of shop {code}: {periods}</source>
        <translation>店号 {code} 的档案：{periods}</translation>
    </message>
    <message>
        <source>Fill in the rest; they are read back as soon as the counter is open. Keep the shop code.</source>
        <translation>请填好其余各项；开张后立即读入。店号请保持不变。</translation>
    </message>
    <message>
        <source>Welcome to Counter</source>
        <translation>欢迎使用售后柜台</translation>
    </message>
    <message>
        <source>Six answers and the counter is open. Everything else can be changed later.</source>
        <translation>填好六项就能开张，其他的以后都能改。</translation>
    </message>
    <message>
        <source>Shop name</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>Printed at the head of every slip.</source>
        <translation>印在每张单据的抬头。</translation>
    </message>
    <message>
        <source>Shop code</source>
        <translation>店代码</translation>
    </message>
    <message>
        <source>Part of every document number; cannot change later.</source>
        <translation>每个单号的一部分，以后不能改。</translation>
    </message>
    <message>
        <source>Manager&apos;s name</source>
        <translation>店长姓名</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>Adds the province&apos;s own consumer rules.</source>
        <translation>会加上本省的消费者权益规定。</translation>
    </message>
    <message>
        <source>Manager&apos;s PIN</source>
        <translation>店长 PIN</translation>
    </message>
    <message>
        <source>4 to 12 digits; it approves and unlocks.</source>
        <translation>4 到 12 位数字，用于审批和解锁。</translation>
    </message>
    <message>
        <source>PIN once more</source>
        <translation>再输一次 PIN</translation>
    </message>
    <message>
        <source>Restore a backup instead…</source>
        <translation>改为恢复已有的备份…</translation>
    </message>
    <message>
        <source>I only have my spreadsheets…</source>
        <translation>只剩电子表格档案…</translation>
    </message>
    <message>
        <source>Fill with sample orders, to try everything out</source>
        <translation>装入示例订单，先试用一遍</translation>
    </message>
    <message>
        <source>Open the counter</source>
        <translation>开张</translation>
    </message>
</context>
<context>
    <name>FolderPage</name>
    <message>
        <source>On the first of the month the month before is exported to this folder, or as soon as the program is open after it. A month that was missed is caught up.</source>
        <translation>每月 1 日自动把上个月的月档导出到这个文件夹；那天没开机，就在下次打开时补上，漏掉的月份也会补。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>empty: nothing is exported by itself</source>
        <translation>留空：不自动导出</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Written last: {month}.</source>
        <translation>最近一次导出：{month}。</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>还没有导出过。</translation>
    </message>
    <message>
        <source>Waiting: {months}; written in a quiet moment.</source>
        <translation>待导出：{months}；空闲时自动写出。</translation>
    </message>
    <message>
        <source>Next on {day}.</source>
        <translation>下一次：{day}。</translation>
    </message>
    <message>
        <source>Where the archives go</source>
        <translation>月档存放的文件夹</translation>
    </message>
</context>
<context>
    <name>FoundDialog</name>
    <message>
        <source>What does not hold</source>
        <translation>不符的地方</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制清单</translation>
    </message>
    <message>
        <source>Nothing was changed. Copy the list for whoever looks after the program.</source>
        <translation>没有改动任何数据。请复制清单，交给维护人员。</translation>
    </message>
    <message>
        <source>The first {shown} of {count} are shown.</source>
        <translation>共 {count} 处，这里列出前 {shown} 处。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>GiftsPage</name>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>期初</translation>
    </message>
    <message>
        <source>Came or given out</source>
        <translation>收入/发出</translation>
    </message>
    <message>
        <source>Back or lapsed</source>
        <translation>退回/过期</translation>
    </message>
    <message>
        <source>Used or kept</source>
        <translation>使用/扣留</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>期末</translation>
    </message>
    <message>
        <source>Given on</source>
        <translation>发放日期</translation>
    </message>
    <message>
        <source>Coupon or gift</source>
        <translation>券或赠品</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Worth</source>
        <translation>价值</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>最晚退还</translation>
    </message>
    <message>
        <source>Taken on</source>
        <translation>收取日期</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>已押</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>押金</translation>
    </message>
    <message>
        <source>used or handed over</source>
        <translation>已使用或已领取</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>已收回</translation>
    </message>
    <message>
        <source>lapsed</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Order or note</source>
        <translation>订单号或备注</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可留空</translation>
    </message>
    <message>
        <source>code or barcode; takes one piece out of the gift stock; may stay empty</source>
        <translation>编码或条码，从赠品库出一件；可不填</translation>
    </message>
    <message>
        <source>Article of the gift stock</source>
        <translation>赠品库商品</translation>
    </message>
    <message>
        <source>A gift or coupon ends</source>
        <translation>券或赠品了结</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The chosen gift or coupon was used, came back or lapsed</source>
        <translation>所选券或赠品已使用、收回或过期</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开售后单</translation>
    </message>
    <message>
        <source>Coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Gifts promised</source>
        <translation>承诺的赠品</translation>
    </message>
    <message>
        <source>Deposits</source>
        <translation>押金</translation>
    </message>
    <message>
        <source>Gift stock: {name}</source>
        <translation>赠品库：{name}</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Opening + came - back - used = closing</source>
        <translation>期初 + 增加 − 退回 − 使用 = 期末</translation>
    </message>
    <message>
        <source>Open gifts and coupons</source>
        <translation>未了结的券和赠品</translation>
    </message>
    <message>
        <source>Deposits held</source>
        <translation>暂收押金</translation>
    </message>
    <message>
        <source>Roll-forward of the month</source>
        <translation>本月滚动</translation>
    </message>
    <message>
        <source>Used, back or lapsed</source>
        <translation>使用、收回或过期</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>没有未了结的</translation>
    </message>
    <message>
        <source>Coupons and gifts come from the counter.</source>
        <translation>券和赠品在柜台办理时发放。</translation>
    </message>
    <message>
        <source>No deposit is held</source>
        <translation>没有在押押金</translation>
    </message>
    <message>
        <source>Deposits are taken at the counter.</source>
        <translation>押金在柜台收取。</translation>
    </message>
</context>
<context>
    <name>GoodsCard</name>
    <message>
        <source>No goods have moved yet.</source>
        <translation>商品还没有出入库。</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>店外</translation>
    </message>
    <message>
        <source>Where the goods went</source>
        <translation>商品去向</translation>
    </message>
</context>
<context>
    <name>GoodsScreen</name>
    <message>
        <source>Stock, claims, recalls, destroyed, counts, gifts</source>
        <translation>现货、追偿、召回、报废、盘点、赠品押金</translation>
    </message>
    <message>
        <source>What lies where</source>
        <translation>库存分布</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>退厂追偿</translation>
    </message>
    <message>
        <source>Recalls</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>Destroyed</source>
        <translation>报废</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Gifts and deposits</source>
        <translation>赠品与押金</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On this screen</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>所有页面</translation>
    </message>
    <message>
        <source>This help</source>
        <translation>本帮助</translation>
    </message>
    <message>
        <source>New case at the counter</source>
        <translation>柜台新建售后单</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>The one thing to do next</source>
        <translation>下一步要做的事</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>返回一步</translation>
    </message>
    <message>
        <source>Go to a screen, to the settings</source>
        <translation>切换页面、打开设置</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁屏</translation>
    </message>
    <message>
        <source>Scan at any time: sale, product or slip opens by itself</source>
        <translation>随时扫码：自动打开销售、商品或单据</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Document</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>款项</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Owed</source>
        <translation>应退</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>凭证</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>{file} (unproven)</source>
        <translation>{file}（未经核实）</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>款项</translation>
    </message>
    <message>
        <source>Rows of the archive</source>
        <translation>档案中的各行</translation>
    </message>
    <message>
        <source>From an archive of lost times: it counts in no sum of the shop, and nothing can be done with it.</source>
        <translation>来自丢失数据前的档案：不计入本店任何合计，也不能办理。</translation>
    </message>
    <message>
        <source>Archive {period}</source>
        <translation>档案 {period}</translation>
    </message>
</context>
<context>
    <name>HitsCard</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose with a digit or the arrows</source>
        <translation>按数字或方向键选择</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>没有找到“%1”</translation>
    </message>
    <message>
        <source>Check the number, try the phone, or record the purchase with what the customer shows</source>
        <translation>请核对号码、试试手机号，或按顾客出示的凭证登记</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>%1 · %2 · refunded %3</source>
        <translation>%1 · %2 · 曾退 %3</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>in stock %1</source>
        <translation>库存 %1</translation>
    </message>
    <message>
        <source>Record the purchase</source>
        <translation>登记购买</translation>
    </message>
    <message>
        <source>Go on without a purchase</source>
        <translation>没有购买，继续</translation>
    </message>
</context>
<context>
    <name>HoldsPage</name>
    <message>
        <source>Bought</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>实付</translation>
    </message>
    <message>
        <source>Say what the order is</source>
        <translation>确认这张订单是什么</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Another purchase</source>
        <translation>另一笔购买</translation>
    </message>
    <message>
        <source>It is recorded beside the typed one.</source>
        <translation>与手工登记的那笔分开记录。</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Not a sale of this shop; it is never asked again.</source>
        <translation>不是本店的销售，以后不再询问。</translation>
    </message>
    <message>
        <source>The same as {number}, {amount}</source>
        <translation>与 {number}（{amount}）是同一笔</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>没有待确认的订单</translation>
    </message>
    <message>
        <source>Imported orders wait here when they may be purchases that were typed by hand before.</source>
        <translation>导入的订单可能与手工登记的是同一笔时，会在这里等待确认。</translation>
    </message>
    <message>
        <source>What is this order?</source>
        <translation>这张订单是哪一笔？</translation>
    </message>
    <message>
        <source>Orders to decide</source>
        <translation>待确认的订单</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Choose the files</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Say which column holds what</source>
        <translation>指定各列内容</translation>
    </message>
    <message>
        <source>Take them in</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Order lists or a list of articles</source>
        <translation>订单表或商品表</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>Taken in: {what}</source>
        <translation>已导入：{what}</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) wait for a decision.</source>
        <translation>
            <numerusform>有 %n 张订单等待确认。</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide now</source>
        <translation>现在确认</translation>
    </message>
    <message>
        <source>Stopped. What was taken in stays.</source>
        <translation>已停止，已导入的保留。</translation>
    </message>
    <message>
        <source>Import the same file again and it goes on from there; nothing comes in twice.</source>
        <translation>再次导入同一文件会接着进行，不会重复导入。</translation>
    </message>
    <message>
        <source>Your role may not import.</source>
        <translation>你的岗位不能导入。</translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>这个文件里没有新内容。</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列对应</translation>
    </message>
    <message>
        <source>What kind of file it is</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>Which sheet of the workbook</source>
        <translation>用哪张工作表</translation>
    </message>
    <message>
        <source>Rows to correct…</source>
        <translation>待改正的行…</translation>
    </message>
    <message>
        <source>Drop order lists here</source>
        <translation>把订单表拖到这里</translation>
    </message>
    <message>
        <source>From your register, a platform or a sheet of your own, or a list of articles; CSV, Excel or ODS. Nothing is written before you say so.</source>
        <translation>收银机、平台或自己的表格，也可以是商品清单；CSV、Excel 或 ODS。确认之前什么都不会写入。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Take it in</source>
        <translation>确认导入</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>ImportTables</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>实付</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>What would be taken in (the first orders)</source>
        <translation>将要导入的内容（前面的订单）</translation>
    </message>
    <message>
        <source>What would be taken in</source>
        <translation>将要导入的内容</translation>
    </message>
    <message>
        <source>Left out until they are mended</source>
        <translation>改好之前不导入</translation>
    </message>
    <message>
        <source>Rows with faults</source>
        <translation>有问题的行</translation>
    </message>
    <message>
        <source>Orders of the file</source>
        <translation>文件中的订单</translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>Recognised by its header</source>
        <translation>按表头识别</translation>
    </message>
    <message>
        <source>Taobao or Tmall orders</source>
        <translation>淘宝/天猫订单</translation>
    </message>
    <message>
        <source>Taobao or Tmall items</source>
        <translation>淘宝/天猫宝贝明细</translation>
    </message>
    <message>
        <source>Plain sheet, a row per line</source>
        <translation>普通表格，每行一件商品</translation>
    </message>
    <message>
        <source>List of articles</source>
        <translation>商品表</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>known already</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>changed since, left as it is</source>
        <translation>后来有变动，保持原样</translation>
    </message>
    <message>
        <source>typed before, matched</source>
        <translation>手工登记过，已匹配</translation>
    </message>
    <message>
        <source>to be decided</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>its items become known</source>
        <translation>补全商品明细</translation>
    </message>
    <message>
        <source>its days become known</source>
        <translation>补全日期</translation>
    </message>
    <message>
        <source>{number} new</source>
        <translation>新增 {number}</translation>
    </message>
    <message>
        <source>{number} matched</source>
        <translation>匹配 {number}</translation>
    </message>
    <message>
        <source>{number} completed</source>
        <translation>补全 {number}</translation>
    </message>
    <message>
        <source>{number} dated</source>
        <translation>补日期 {number}</translation>
    </message>
    <message>
        <source>{number} articles</source>
        <translation>商品 {number}</translation>
    </message>
    <message>
        <source>{number} to decide</source>
        <translation>待确认 {number}</translation>
    </message>
    <message>
        <source>{number} changed</source>
        <translation>变动 {number}</translation>
    </message>
    <message>
        <source>{number} known</source>
        <translation>已有 {number}</translation>
    </message>
    <message>
        <source>{number} passed over</source>
        <translation>跳过 {number}</translation>
    </message>
    <message>
        <source>{number} without order</source>
        <translation>无订单 {number}</translation>
    </message>
    <message>
        <source>{number} faults</source>
        <translation>问题 {number}</translation>
    </message>
    <message>
        <source>{fate} · total only</source>
        <translation>{fate} · 仅知总额</translation>
    </message>
    <message>
        <source>nothing new</source>
        <translation>没有新内容</translation>
    </message>
</context>
<context>
    <name>InspectDialog</name>
    <message>
        <source>Inspect: %1</source>
        <translation>检验：%1</translation>
    </message>
    <message>
        <source>%1 in this case</source>
        <translation>本单 %1</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>成色</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>入库去向</translation>
    </message>
    <message>
        <source>Serial number on the goods</source>
        <translation>商品上的序列号</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>合格接收</translation>
    </message>
    <message>
        <source>of these damaged</source>
        <translation>其中损坏</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>looks right</source>
        <translation>外观正常</translation>
    </message>
    <message>
        <source>works</source>
        <translation>功能正常</translation>
    </message>
    <message>
        <source>parts complete</source>
        <translation>配件齐全</translation>
    </message>
    <message>
        <source>gifts back</source>
        <translation>赠品已退</translation>
    </message>
    <message>
        <source>serial matches</source>
        <translation>序列号相符</translation>
    </message>
    <message>
        <source>seal, tag intact</source>
        <translation>封条吊牌完好</translation>
    </message>
    <message>
        <source>accounts signed out</source>
        <translation>账号已退出</translation>
    </message>
</context>
<context>
    <name>IntakeDialog</name>
    <message>
        <source>What the customer told</source>
        <translation>顾客反映的情况</translation>
    </message>
    <message>
        <source>The phone is used for this case only, and masked in lists and on slips</source>
        <translation>电话只用于本单，在列表和单据上会打码</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>In the customer&apos;s own words</source>
        <translation>顾客原话</translation>
    </message>
    <message>
        <source>Your summary</source>
        <translation>情况摘要</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可留空</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>When it happened</source>
        <translation>发生日期</translation>
    </message>
    <message>
        <source>e.g. 2026-11-12</source>
        <translation>例如 2026-11-12</translation>
    </message>
    <message>
        <source>Reached us by</source>
        <translation>反映渠道</translation>
    </message>
    <message>
        <source>Quick phrase</source>
        <translation>常用短语</translation>
    </message>
    <message>
        <source>Add a quick phrase to the summary …</source>
        <translation>把常用短语加进归纳 …</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户类型</translation>
    </message>
    <message>
        <source>Yellow flag</source>
        <translation>黄旗</translation>
    </message>
    <message>
        <source>height, weight, size</source>
        <translation>身高、体重、尺码</translation>
    </message>
    <message>
        <source>Cyan flag</source>
        <translation>青旗</translation>
    </message>
    <message>
        <source>for the shop only</source>
        <translation>只给店里看</translation>
    </message>
    <message>
        <source>Product or service</source>
        <translation>涉及商品或服务</translation>
    </message>
    <message>
        <source>The customer wants</source>
        <translation>顾客诉求</translation>
    </message>
    <message>
        <source>repair</source>
        <translation>维修</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>换货</translation>
    </message>
    <message>
        <source>refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>explanation</source>
        <translation>解释说明</translation>
    </message>
    <message>
        <source>re-send</source>
        <translation>补发</translation>
    </message>
    <message>
        <source>allowance</source>
        <translation>折价</translation>
    </message>
    <message>
        <source>compensation</source>
        <translation>赔偿</translation>
    </message>
    <message>
        <source>upset: calm first, data second</source>
        <translation>情绪激动：先安抚，再登记</translation>
    </message>
    <message>
        <source>safety risk</source>
        <translation>有安全隐患</translation>
    </message>
    <message>
        <source>walk-in</source>
        <translation>到店</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>online service</source>
        <translation>在线客服</translation>
    </message>
    <message>
        <source>e-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>app</source>
        <translation>App</translation>
    </message>
    <message>
        <source>social media</source>
        <translation>社交媒体</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>message board</source>
        <translation>留言板</translation>
    </message>
</context>
<context>
    <name>LegalDialog</name>
    <message>
        <source>Basis: %1</source>
        <translation>依据：%1</translation>
    </message>
    <message>
        <source>Only the owner, or who holds the right “legal compensation”, grants it and posts it.</source>
        <translation>只有店主或有“法定赔偿”权限的人可以决定并过账。</translation>
    </message>
    <message>
        <source>Legal compensation</source>
        <translation>法定赔偿</translation>
    </message>
    <message>
        <source>On top of the refund, on a paper of its own. Nothing is kept until it is granted.</source>
        <translation>在退款之外，另开补偿单；决定之前只计算，不保存。</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>决定赔偿</translation>
    </message>
    <message>
        <source>What the customer claims</source>
        <translation>顾客主张</translation>
    </message>
    <message>
        <source>Proven loss (yuan)</source>
        <translation>已证明的损失（元）</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可留空</translation>
    </message>
    <message>
        <source>Granted instead (yuan)</source>
        <translation>实际决定金额（元）</translation>
    </message>
    <message>
        <source>empty: the computed sum</source>
        <translation>留空即按算出的金额</translation>
    </message>
    <message>
        <source>Why less</source>
        <translation>少付的理由</translation>
    </message>
    <message>
        <source>Paid by</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Take the grant back</source>
        <translation>撤回决定</translation>
    </message>
    <message>
        <source>Decided by %1; it needs an approval like every compensation.</source>
        <translation>由%1决定；和其他补偿一样要审批。</translation>
    </message>
</context>
<context>
    <name>LinesCard</name>
    <message>
        <source>paid {amount}</source>
        <translation>实付 {amount}</translation>
    </message>
    <message>
        <source>flaw told: {flaw}</source>
        <translation>已告知瑕疵：{flaw}</translation>
    </message>
    <message>
        <source>received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>deduction {amount}: {reason}</source>
        <translation>扣减 {amount}：{reason}</translation>
    </message>
    <message>
        <source>Goods in this case</source>
        <translation>本单商品</translation>
    </message>
    <message>
        <source>No goods: a question, a suggestion or a complaint.</source>
        <translation>没有商品：咨询、建议或投诉。</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Choose who you are (↑ ↓) and type your PIN.</source>
        <translation>选择姓名（↑ ↓），输入 PIN。</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>不切换</translation>
    </message>
</context>
<context>
    <name>LookupField</name>
    <message>
        <source>Scan, or type receipt, phone, name</source>
        <translation>扫码，或输入小票号、手机、姓名</translation>
    </message>
    <message>
        <source>Find a sale, a case or an article</source>
        <translation>查找销售、售后单或商品</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Counter</source>
        <translation>售后柜台</translation>
    </message>
    <message>
        <source>You are looking at the copy of {year}.</source>
        <translation>您正在查看 {year} 年的副本。</translation>
    </message>
    <message>
        <source>Nothing can be changed here; customers are masked, photos are in the books.</source>
        <translation>这里什么都不能改；顾客信息已打码，照片在账册里。</translation>
    </message>
    <message>
        <source>Back to the present</source>
        <translation>回到现在</translation>
    </message>
</context>
<context>
    <name>MappingForm</name>
    <message>
        <source>Which column holds what (* every sale needs it)</source>
        <translation>各列内容（* 为必填）</translation>
    </message>
    <message>
        <source>Order or receipt no.</source>
        <translation>订单号或小票号</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Article code</source>
        <translation>商品编码</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Discount of the line</source>
        <translation>行优惠</translation>
    </message>
    <message>
        <source>Paid for the line</source>
        <translation>行实付</translation>
    </message>
    <message>
        <source>Discount of the order</source>
        <translation>整单优惠</translation>
    </message>
    <message>
        <source>Freight</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Paid for the order</source>
        <translation>整单实付</translation>
    </message>
    <message>
        <source>Way of paying</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Tax rate</source>
        <translation>税率</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Received on</source>
        <translation>签收日期</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>State subsidy</source>
        <translation>国补</translation>
    </message>
    <message>
        <source>Flaw told</source>
        <translation>已告知瑕疵</translation>
    </message>
</context>
<context>
    <name>MoneyCard</name>
    <message>
        <source>No money has moved and none is owed.</source>
        <translation>没有收付款，也没有欠款。</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>{amount} open</source>
        <translation>未结 {amount}</translation>
    </message>
    <message>
        <source>owed</source>
        <translation>待付</translation>
    </message>
    <message>
        <source>to collect</source>
        <translation>待收</translation>
    </message>
    <message>
        <source>{what} → customer</source>
        <translation>{what} → 顾客</translation>
    </message>
    <message>
        <source>{what} ← customer</source>
        <translation>{what} ← 顾客</translation>
    </message>
    <message>
        <source>Settle it in the to-do list</source>
        <translation>请到待办里结清</translation>
    </message>
    <message>
        <source>Correct a wrong proof</source>
        <translation>更正错误的凭证</translation>
    </message>
    <message>
        <source>held</source>
        <translation>已收押金</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>已退还</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已抵扣</translation>
    </message>
    <message>
        <source>Deposit</source>
        <translation>押金</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>asked by {name}</source>
        <translation>{name} 申请</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Decide it in the to-do list</source>
        <translation>请到待办里审批</translation>
    </message>
    <message>
        <source>Do it in the to-do list</source>
        <translation>请到待办里办理</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>款项</translation>
    </message>
    <message>
        <source>Approvals and tasks</source>
        <translation>审批与任务</translation>
    </message>
</context>
<context>
    <name>MoneyPanel</name>
    <message>
        <source>Pay the customer: {what}</source>
        <translation>付给顾客：{what}</translation>
    </message>
    <message>
        <source>Take from the customer: {what}</source>
        <translation>向顾客收：{what}</translation>
    </message>
    <message>
        <source>Owed by the document</source>
        <translation>单据应付</translation>
    </message>
    <message>
        <source>Moved already</source>
        <translation>已收付</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>收付凭证</translation>
    </message>
    <message>
        <source>It goes through the drawer of the open shift; a part of it may be moved now.</source>
        <translation>从当班钱箱收付，也可以先收付一部分。</translation>
    </message>
    <message>
        <source>Give the number of the transfer; a part of it may be moved now.</source>
        <translation>请填写转账单号，也可以先收付一部分。</translation>
    </message>
    <message>
        <source>Pay from the drawer</source>
        <translation>从钱箱付款</translation>
    </message>
    <message>
        <source>Take into the drawer</source>
        <translation>收入钱箱</translation>
    </message>
    <message>
        <source>Enter the proof</source>
        <translation>登记凭证</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Open a shift first: cash goes through its drawer.</source>
        <translation>请先开班，现金要经过钱箱。</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>款项</translation>
    </message>
</context>
<context>
    <name>MonthDialog</name>
    <message>
        <source>Nothing can be dated into a closed month any more. It cannot be opened again.</source>
        <translation>结账以后，不能再往这个月记任何单据，也不能反结账。</translation>
    </message>
    <message>
        <source>{count} things are lacking: say why.</source>
        <translation>还有 {count} 项没有办完：请说明原因。</translation>
    </message>
    <message>
        <source>Close {month}</source>
        <translation>{month} 结账</translation>
    </message>
    <message>
        <source>{month} is closed.</source>
        <translation>{month} 已结账。</translation>
    </message>
    <message>
        <source>Month end</source>
        <translation>月末结账</translation>
    </message>
    <message>
        <source>What arrives later belongs to the month it arrives in; corrections are new documents.</source>
        <translation>以后到的凭证和红票记在到的那个月；更正另开新单据。</translation>
    </message>
    <message>
        <source>Close the month</source>
        <translation>结账</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Red invoices</source>
        <translation>红字发票</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>自动导出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>MoreDialog</name>
    <message>
        <source>What else is arranged?</source>
        <translation>还要办理什么？</translation>
    </message>
</context>
<context>
    <name>NewShop</name>
    <message>
        <source>The sample orders are in.</source>
        <translation>示例订单已装入。</translation>
    </message>
    <message>
        <source>Sample orders are coming in; the counter can be used meanwhile.</source>
        <translation>正在装入示例订单，柜台可以先用。</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>These data are open in another window of this computer too.</source>
        <extracomment>A clock that goes back by less (ms) was only set by the second.</extracomment>
        <translation>这些数据在本机的另一个窗口里也打开着。</translation>
    </message>
    <message>
        <source>Both may work: each shows within seconds what the other wrote.</source>
        <translation>两个窗口可以同时使用：几秒内就能看到对方写入的内容。</translation>
    </message>
    <message>
        <source>The clock is right now…</source>
        <translation>现在的时钟是对的…</translation>
    </message>
    <message>
        <source>The backup {file} is in place.</source>
        <translation>已恢复备份 {file}。</translation>
    </message>
    <message>
        <source>What was there before is kept as {file}.</source>
        <translation>原来的数据保存为 {file}。</translation>
    </message>
</context>
<context>
    <name>NumberingPage</name>
    <message>
        <source>Prefix</source>
        <translation>前缀</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Next number today</source>
        <translation>今天的下一个号码</translation>
    </message>
    <message>
        <source>Given last</source>
        <translation>最近给出的号码</translation>
    </message>
    <message>
        <source>Given so far</source>
        <translation>已给出</translation>
    </message>
    <message>
        <source>Only a manager may change the rules.</source>
        <translation>只有店长可以修改规则。</translation>
    </message>
    <message>
        <source>Numbering</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Prefix, shop code, day and a running number of the day, as in TK01-20261122-0001.</source>
        <translation>前缀、店铺代码、日期和当天的流水号，例如 TK01-20261122-0001。</translation>
    </message>
    <message>
        <source>Prefixes and the shop code stand on signed slips and cannot be changed. The next number cannot be set: numbers run without a gap and are never used twice, so that a missing slip is noticed. Each day begins with 0001.</source>
        <translation>前缀和店铺代码印在顾客签过字的单据上，不能修改。下一个号码也不能指定：号码连续、不重复使用，少了一张单据才看得出来。每天从 0001 开始。</translation>
    </message>
    <message>
        <source>Names of the copies</source>
        <translation>联次名称</translation>
    </message>
    <message>
        <source>Shop / customer / finance, with / between.</source>
        <translation>存根 / 客户 / 财务，用 / 隔开。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>OldYearsDialog</name>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>No year is closed yet: close its months first (Month end).</source>
        <translation>还没有结清的年份：先在“月结”里把各月关账。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止，什么都没有改动。</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
    <message>
        <source>The copy is there already, and sound.</source>
        <translation>副本已经有了，而且完好。</translation>
    </message>
    <message>
        <source>Only somebody who looks after the data may do this.</source>
        <translation>只有负责数据的人可以这样做。</translation>
    </message>
    <message>
        <source>Choose the copy of a year</source>
        <translation>选择年度副本</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>made on {day}</source>
        <translation>{day} 制作</translation>
    </message>
    <message>
        <source>Old years</source>
        <translation>往年副本</translation>
    </message>
    <message>
        <source>A copy holds a closed year in one file, customers masked, without photos: to search, and for the accountant. The books keep everything.</source>
        <translation>副本把已结清的一年放进一个文件，顾客信息打码、不含照片，供查询和交给会计；账册里的数据一条不少。</translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation>只读打开</translation>
    </message>
    <message>
        <source>Copy this year</source>
        <translation>复制这一年</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Closed years</source>
        <translation>已结清的年份</translation>
    </message>
</context>
<context>
    <name>OpenCard</name>
    <message>
        <source>Please say why the float is another.</source>
        <translation>备用金不同，请写明原因。</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>开班</translation>
    </message>
    <message>
        <source>no open shift</source>
        <translation>未开班</translation>
    </message>
    <message>
        <source>Cash can only be paid out or taken while a shift is open. Count the float and open one.</source>
        <translation>开班后才能收付现金。请清点备用金并开班。</translation>
    </message>
    <message>
        <source>Float in the drawer, yuan</source>
        <translation>钱箱备用金（元）</translation>
    </message>
    <message>
        <source>Why it is not the {left} that were left</source>
        <translation>与上一班留下的 {left} 不同的原因</translation>
    </message>
    <message>
        <source>Open the shift</source>
        <translation>开班</translation>
    </message>
</context>
<context>
    <name>OverridesPage</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Only who may approve reads this list.</source>
        <translation>只有能审批的人可以看这份清单。</translation>
    </message>
    <message>
        <source>{name} {count}</source>
        <translation>{name} {count}</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>系统</translation>
    </message>
    <message numerus="yes">
        <source>%n override(s)</source>
        <translation>
            <numerusform>共 %n 项例外</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing went another way.</source>
        <translation>没有例外。</translation>
    </message>
    <message>
        <source>No case stands behind this.</source>
        <translation>这一条没有对应的售后单。</translation>
    </message>
    <message>
        <source>No receipt</source>
        <translation>无凭证</translation>
    </message>
    <message>
        <source>No signature</source>
        <translation>无顾客签名</translation>
    </message>
    <message>
        <source>Signed sheet not scanned</source>
        <translation>签字纸未归档</translation>
    </message>
    <message>
        <source>Refunded another way</source>
        <translation>改退款路径</translation>
    </message>
    <message>
        <source>Approved by oneself</source>
        <translation>自批</translation>
    </message>
    <message>
        <source>Approved by phone</source>
        <translation>电话授权码批准</translation>
    </message>
    <message>
        <source>Approved despite signals</source>
        <translation>有提示仍批准</translation>
    </message>
    <message>
        <source>Test overruled</source>
        <translation>推翻判定</translation>
    </message>
    <message>
        <source>Evidence waived</source>
        <translation>免证据</translation>
    </message>
    <message>
        <source>Reversal</source>
        <translation>冲销</translation>
    </message>
    <message>
        <source>Proof corrected</source>
        <translation>更正付款凭证</translation>
    </message>
    <message>
        <source>PIN set for somebody else</source>
        <translation>替别人设 PIN</translation>
    </message>
    <message>
        <source>Role or limit changed</source>
        <translation>改角色或限额</translation>
    </message>
    <message>
        <source>Deposit kept</source>
        <translation>扣留押金</translation>
    </message>
    <message>
        <source>Drawer over or short</source>
        <translation>交班长短款</translation>
    </message>
    <message>
        <source>Backup restored</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>Printed again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Number void</source>
        <translation>号码作废</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>例外清单</translation>
    </message>
    <message>
        <source>Whatever went another way than the rules alone, who answered for it, and the case behind it.</source>
        <translation>凡没有按规则走的事：谁负责、为什么，以及对应的售后单。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>31 days</source>
        <translation>31 天</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 天</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Every kind</source>
        <translation>所有种类</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开售后单</translation>
    </message>
</context>
<context>
    <name>OwnPinDialog</name>
    <message>
        <source>Choose a PIN of your own</source>
        <translation>换成自己的 PIN</translation>
    </message>
    <message>
        <source>{name}, somebody else set your PIN, and knows it. Type one that only you know; the old one then opens nothing.</source>
        <translation>{name}，您的 PIN 是别人设的，别人也知道。请换一个只有自己知道的，原来的就不能再用了。</translation>
    </message>
    <message>
        <source>Set PIN and sign in</source>
        <translation>换好并登录</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>新 PIN</translation>
    </message>
    <message>
        <source>4 to 12 digits.</source>
        <translation>4 到 12 位数字。</translation>
    </message>
    <message>
        <source>PIN once more</source>
        <translation>再输一遍 PIN</translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message>
        <source>Goes to the printer {name}.</source>
        <translation>已交给打印机 {name}。</translation>
    </message>
    <message>
        <source>Slips of {number}</source>
        <translation>{number} 的单据</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>F4 or Ctrl+P prints it with all its copies.</source>
        <translation>F4 或 Ctrl+P 打印全部联次。</translation>
    </message>
    <message>
        <source>It was printed before: it prints with the mark 补打, and the reprint is listed.</source>
        <translation>以前打印过：这次会印上“补打”，并记录在案。</translation>
    </message>
</context>
<context>
    <name>PaperTold</name>
    <message>
        <source>The check code {code} agrees with nothing of ours</source>
        <translation>校验码 {code} 与本店任何单据都对不上</translation>
    </message>
    <message>
        <source>The check code {code} is on no paper of {number}</source>
        <translation>{number} 没有校验码为 {code} 的单据</translation>
    </message>
    <message>
        <source>Compare amount, goods and day with the case before you trust this paper.</source>
        <translation>先与售后单逐项核对金额、商品和日期，再相信这张纸。</translation>
    </message>
    <message>
        <source>Scan its QR, or type its number and the code: a slip saved as a file is known only so.</source>
        <translation>请扫它的二维码，或把单号和校验码一起输入：只存成文件、没有从本程序打印的单据只能这样查。</translation>
    </message>
    <message>
        <source>The check code {code} agrees: the paper is ours</source>
        <translation>校验码 {code} 相符：是本店的单据</translation>
    </message>
    <message>
        <source>signed on the pad</source>
        <translation>手写板签字</translation>
    </message>
    <message>
        <source>signed on paper</source>
        <translation>纸上签字</translation>
    </message>
    <message>
        <source>its signature is void: the form changed afterwards</source>
        <translation>签字已作废：之后单据有改动</translation>
    </message>
    <message>
        <source>printed</source>
        <translation>打印于</translation>
    </message>
    <message>
        <source>as it would print now</source>
        <translation>与现在打印的一致</translation>
    </message>
    <message>
        <source>reversed by {number}</source>
        <translation>已由 {number} 冲销</translation>
    </message>
</context>
<context>
    <name>PapersCard</name>
    <message>
        <source>Nothing was posted yet.</source>
        <translation>还没有过账。</translation>
    </message>
    <message numerus="yes">
        <source>%n printed</source>
        <translation>
            <numerusform>已打印 %n 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them again</source>
        <translation>
            <numerusform>其中补打 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>reverses {number}</source>
        <translation>冲销 {number}</translation>
    </message>
    <message>
        <source>reversed</source>
        <translation>已冲销</translation>
    </message>
    <message>
        <source>See it as it printed</source>
        <translation>查看打印样式</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>单据</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Save as PDF</source>
        <extracomment>Gives the pages of a PDF as images at a resolution in dots per inch. Receipt printers resolve 203 dpi; more than 300 only costs memory.</extracomment>
        <translation>另存为 PDF</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>Form as it will print</source>
        <translation>打印预览</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit width</source>
        <translation>适合宽度</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>售后</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>未办结</translation>
    </message>
    <message>
        <source>Only who may see personal data.</source>
        <translation>只有能看个人信息的人可以。</translation>
    </message>
    <message>
        <source>Find the customer first.</source>
        <translation>请先找到顾客。</translation>
    </message>
    <message>
        <source>Only somebody who looks after the data may do this.</source>
        <translation>只有负责维护数据的人可以。</translation>
    </message>
    <message>
        <source>Save what is held about this customer</source>
        <translation>导出关于这位顾客的全部信息</translation>
    </message>
    <message>
        <source>A ZIP file with a text to print and their photos. That it was handed out is written down.</source>
        <translation>一个 ZIP 文件：可打印的文字和照片。导出会被记下来。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved in {file}.</source>
        <translation>已保存到 {file}。</translation>
    </message>
    <message>
        <source>Erase this customer&apos;s data</source>
        <translation>抹去这位顾客的信息</translation>
    </message>
    <message>
        <source>{customer}: everything personal is blanked now and cannot be brought back. Money documents stay.</source>
        <translation>{customer}：个人信息现在全部抹去，无法恢复。资金单据照留。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>抹去</translation>
    </message>
    <message>
        <source>Erased. Backups made before still hold these data.</source>
        <translation>已抹去。之前的备份里还有这些信息。</translation>
    </message>
    <message>
        <source>A customer asks to see or erase their data</source>
        <translation>顾客要求查看或删除自己的信息</translation>
    </message>
    <message>
        <source>Phone or a part of it, name, pinyin, case number or order number</source>
        <translation>手机号或其中几位、姓名、拼音、受理号或订单号</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Save what is held…</source>
        <translation>导出全部…</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>抹去…</translation>
    </message>
    <message>
        <source>Customers found</source>
        <translation>找到的顾客</translation>
    </message>
</context>
<context>
    <name>PhotoDialog</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张</translation>
    </message>
</context>
<context>
    <name>PhotoRow</name>
    <message>
        <source>Photo {number}</source>
        <translation>照片 {number}</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>Choose photos</source>
        <extracomment>A file of the phone&apos;s folder is whole when it stayed the same for this long.</extracomment>
        <translation>选择照片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard. Copy one first.</source>
        <translation>剪贴板里没有图片，请先复制一张。</translation>
    </message>
    <message>
        <source>{name} is not a file.</source>
        <translation>{name} 不是文件。</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Photo file</source>
        <translation>照片文件</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Or drop pictures here; photos from the phone folder arrive by themselves.</source>
        <translation>也可把图片拖进来；手机文件夹里的照片会自动出现。</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>Please give the reason</source>
        <translation>请填写原因</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>The one who decides enters their own PIN</source>
        <translation>由审批人输入本人 PIN</translation>
    </message>
    <message>
        <source>Call {name} and say: case {cases}, {amount}. Then ask for code no. {number} of sheet {sheet}; {left} are left.</source>
        <translation>请致电{name}，说明售后单 {cases}、金额 {amount}，再请对方念第 {sheet} 张上的第 {number} 号授权码（还剩 {left} 个）。</translation>
    </message>
    <message>
        <source>The one who decides reads a one-time code out over the phone</source>
        <translation>由不在场的审批人在电话里念出一次性授权码</translation>
    </message>
    <message>
        <source>PIN, here</source>
        <translation>当面输密码</translation>
    </message>
    <message>
        <source>Code, by phone</source>
        <translation>电话授权码</translation>
    </message>
    <message>
        <source>Who decides</source>
        <translation>审批人</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>may stay empty when approving</source>
        <translation>批准时可留空</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>PIN, four digits or more</source>
        <translation>PIN，至少四位数字</translation>
    </message>
    <message>
        <source>Delete last digit</source>
        <translation>删除最后一位</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>确认</translation>
    </message>
</context>
<context>
    <name>PrintDialog</name>
    <message>
        <source>Slip</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>The printer has it in hand.</source>
        <translation>打印机正在处理。</translation>
    </message>
    <message>
        <source>Print it again</source>
        <translation>再打一次</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>现在重试</translation>
    </message>
    <message>
        <source>There is no other printer.</source>
        <translation>没有别的打印机。</translation>
    </message>
    <message>
        <source>Print queue</source>
        <translation>打印队列</translation>
    </message>
    <message>
        <source>Nothing here holds up the counter. What waits is tried again by itself.</source>
        <translation>这里的事不耽误柜台办理。等着的会自动再试。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Other printer …</source>
        <translation>换一台打印机 …</translation>
    </message>
    <message>
        <source>It came out</source>
        <translation>纸已经出来了</translation>
    </message>
    <message>
        <source>Show on screen</source>
        <translation>在屏幕上看</translation>
    </message>
    <message>
        <source>Do not print</source>
        <translation>不打印了</translation>
    </message>
    <message>
        <source>Nothing waits to be printed.</source>
        <translation>没有等着打印的单据。</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>waiting to be printed</source>
        <translation>等待打印</translation>
    </message>
    <message>
        <source>waiting, is tried again</source>
        <translation>等待中，会再试</translation>
    </message>
    <message>
        <source>being printed</source>
        <translation>正在打印</translation>
    </message>
    <message>
        <source>at the printer</source>
        <translation>已交给打印机</translation>
    </message>
    <message>
        <source>printed</source>
        <translation>已打印</translation>
    </message>
    <message>
        <source>did the paper come out?</source>
        <translation>纸出来了吗？</translation>
    </message>
    <message>
        <source>not printed</source>
        <translation>没有打印</translation>
    </message>
    <message>
        <source>print cancelled</source>
        <translation>已取消打印</translation>
    </message>
    <message>
        <source>The system&apos;s own</source>
        <translation>系统默认打印机</translation>
    </message>
    <message>
        <source>Test page</source>
        <translation>测试页</translation>
    </message>
    <message>
        <source>Cash drawer</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Forms for customers</source>
        <translation>给顾客的单据</translation>
    </message>
    <message>
        <source>Office papers</source>
        <translation>内部单据</translation>
    </message>
    <message>
        <source>Goods room papers</source>
        <translation>库房单据</translation>
    </message>
    <message>
        <source>Day sheets and shifts</source>
        <translation>日报和交接班</translation>
    </message>
    <message>
        <source>Finance copies of all slips</source>
        <translation>各单据的财务联</translation>
    </message>
    <message>
        <source>stub</source>
        <translation>存根联</translation>
    </message>
    <message>
        <source>customer</source>
        <translation>客户联</translation>
    </message>
    <message>
        <source>finance</source>
        <translation>财务联</translation>
    </message>
    <message>
        <source>goods room</source>
        <translation>仓库联</translation>
    </message>
</context>
<context>
    <name>PrintingPage</name>
    <message>
        <source>The system&apos;s own</source>
        <translation>系统默认打印机</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name}（未连接）</translation>
    </message>
    <message>
        <source>Printers and paper</source>
        <translation>打印机与纸张</translation>
    </message>
    <message>
        <source>Slip</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>When posted</source>
        <translation>过账以后</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动打印</translation>
    </message>
    <message>
        <source>Your role may not change the shop&apos;s rules.</source>
        <translation>你的角色不能修改店里的规则。</translation>
    </message>
    <message>
        <source>A test page goes to the printer {name}.</source>
        <translation>测试页已交给打印机 {name}。</translation>
    </message>
    <message>
        <source>Above is what holds for the whole shop; a line beneath may say otherwise for itself.</source>
        <translation>上面是全店通用的设置；下面每一行可以单独另设。</translation>
    </message>
    <message>
        <source>Receipt printer</source>
        <translation>小票打印机</translation>
    </message>
    <message>
        <source>Receipt paper</source>
        <translation>小票纸</translation>
    </message>
    <message>
        <source>Form printer</source>
        <translation>单据打印机</translation>
    </message>
    <message>
        <source>Form paper</source>
        <translation>单据纸</translation>
    </message>
    <message>
        <source>Language of slips</source>
        <translation>单据语言</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change this line …</source>
        <translation>修改这一行 …</translation>
    </message>
    <message>
        <source>Print a test page</source>
        <translation>打印测试页</translation>
    </message>
    <message>
        <source>Receipt printers and drawer …</source>
        <translation>收据打印机和钱箱 …</translation>
    </message>
    <message>
        <source>What prints where</source>
        <translation>哪种单据在哪里打印</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Only somebody who looks after the data may do this.</source>
        <translation>只有负责维护数据的人可以。</translation>
    </message>
    <message>
        <source>Nothing is due.</source>
        <translation>没有到期的。</translation>
    </message>
    <message>
        <source>Only who manages staff sees who looked.</source>
        <translation>只有管理员工的人能看查看记录。</translation>
    </message>
    <message>
        <source>Erase personal data that are due</source>
        <translation>抹去到期的个人信息</translation>
    </message>
    <message>
        <source>Names, phones, words, photos, recordings and strokes are blanked and cannot be brought back. Money documents, numbers and hashes stay.</source>
        <translation>姓名、电话、原话、照片、录音和笔迹会被抹去，无法恢复。资金单据、号码和散列照留。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>抹去</translation>
    </message>
    <message>
        <source>Erased. Backups made before still hold these data.</source>
        <translation>已抹去。之前的备份里还有这些信息。</translation>
    </message>
    <message>
        <source>Stopped. What was erased stays erased, the rest is as it was.</source>
        <translation>已停止。已抹去的不会恢复，其余没有动。</translation>
    </message>
    <message>
        <source>Remove old backups</source>
        <translation>删除旧备份</translation>
    </message>
    <message>
        <source>Every backup made before the last erasure is deleted, here and in the chosen folder.</source>
        <translation>上次抹去之前的备份全部删除，包括数据旁边的和所选文件夹里的。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message numerus="yes">
        <source>%n backups removed.</source>
        <translation>
            <numerusform>已删除 %n 份备份。</numerusform>
        </translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>个人信息</translation>
    </message>
    <message>
        <source>Kept for {months} months after a visit ended, then erased; money documents stay. The figure stands under Rules and limits.</source>
        <translation>售后办结 {months} 个月后抹去；资金单据照留。月数在“规则与限额”里改。</translation>
    </message>
    <message numerus="yes">
        <source>By itself in %n working days.</source>
        <translation>
            <numerusform>再营业 %n 天后会自动抹去。</numerusform>
        </translation>
    </message>
    <message>
        <source>By itself in the next quiet moment.</source>
        <translation>空闲时会自动抹去。</translation>
    </message>
    <message numerus="yes">
        <source>%n older visits stay because something of them is open; finish them.</source>
        <translation>
            <numerusform>另有 %n 件更早的售后还没有办完，所以保留；请把它们办结。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n backups were made before the last erasure and still hold what was erased.</source>
        <translation>
            <numerusform>有 %n 份备份是上次抹去之前做的，里面还有已抹去的信息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is due: everything up to {day} is erased.</source>
        <translation>没有到期的：{day} 之前的都已抹去。</translation>
    </message>
    <message>
        <source>Due: customers {persons}, visits {cases}, signed forms {forms} (ended before {day}).</source>
        <translation>到期：顾客 {persons}，售后 {cases}，签字单据 {forms}（{day} 之前办结）。</translation>
    </message>
    <message>
        <source>a copy of all</source>
        <translation>导出全部</translation>
    </message>
    <message>
        <source>name, phone</source>
        <translation>姓名、电话</translation>
    </message>
    <message>
        <source>ended before {day}</source>
        <translation>{day} 之前办结</translation>
    </message>
    <message>
        <source>customers</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>visits</source>
        <translation>售后</translation>
    </message>
    <message>
        <source>accounts</source>
        <translation>原话</translation>
    </message>
    <message>
        <source>remarks</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>signatures</source>
        <translation>笔迹</translation>
    </message>
    <message>
        <source>Erase what is due…</source>
        <translation>抹去到期的…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Remove old backups…</source>
        <translation>删除旧备份…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Who looked</source>
        <translation>谁看过</translation>
    </message>
    <message>
        <source>What was erased</source>
        <translation>抹去了什么</translation>
    </message>
</context>
<context>
    <name>ProductDialog</name>
    <message>
        <source>Change the article</source>
        <translation>修改商品</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新商品</translation>
    </message>
    <message>
        <source>Purchases recorded before keep what they were sold as.</source>
        <translation>以前的购买记录保持原样。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Article code</source>
        <translation>商品编码</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Article name</source>
        <translation>商品名称</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Price, yuan</source>
        <translation>售价（元）</translation>
    </message>
    <message>
        <source>Cost, yuan</source>
        <translation>成本（元）</translation>
    </message>
    <message>
        <source>Tax rate, %</source>
        <translation>税率（%）</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Sold by weight</source>
        <translation>称重商品</translation>
    </message>
    <message>
        <source>Can be repaired</source>
        <translation>可维修</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>在售</translation>
    </message>
</context>
<context>
    <name>ProductsPage</name>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税率</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Count the stock of the chosen article</source>
        <translation>盘点所选商品</translation>
    </message>
    <message>
        <source>Sort by the next column</source>
        <translation>按下一列排序</translation>
    </message>
    <message>
        <source>Change the article</source>
        <translation>修改商品</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新商品</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>nothing in the book</source>
        <translation>账面无库存</translation>
    </message>
    <message>
        <source>{name} lies: {where}</source>
        <translation>{name} 存放：{where}</translation>
    </message>
    <message>
        <source>No article fits</source>
        <translation>没有符合的商品</translation>
    </message>
    <message>
        <source>Try part of the name, the code or the barcode.</source>
        <translation>试试部分名称、编码或条码。</translation>
    </message>
    <message>
        <source>No articles yet</source>
        <translation>还没有商品</translation>
    </message>
    <message>
        <source>Import a list of articles (Alt+3), or add the first one.</source>
        <translation>请导入商品表（Alt+3），或添加第一件商品。</translation>
    </message>
    <message>
        <source>Name, pinyin, code, barcode or model</source>
        <translation>名称、拼音、编码、条码或型号</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Also those no longer sold</source>
        <translation>包括已停售</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Count the stock</source>
        <translation>盘点库存</translation>
    </message>
</context>
<context>
    <name>ProofDialog</name>
    <message>
        <source>Paid to the customer</source>
        <translation>付给顾客</translation>
    </message>
    <message>
        <source>Received from the customer</source>
        <translation>向顾客收款</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Amount (yuan)</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>Number of the transfer</source>
        <translation>转账单号</translation>
    </message>
</context>
<context>
    <name>ProposalPanel</name>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>The customer pays</source>
        <translation>顾客应付</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么这样</translation>
    </message>
    <message>
        <source>The customer&apos;s rights</source>
        <translation>顾客的法定权利</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>约定期限</translation>
    </message>
    <message>
        <source>original way</source>
        <translation>原路</translation>
    </message>
    <message>
        <source>another way</source>
        <translation>其他方式</translation>
    </message>
    <message>
        <source>back by %1 · %2</source>
        <translation>退到%1 · %2</translation>
    </message>
    <message>
        <source>paid by %1</source>
        <translation>以%1支付</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>已签字</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>in</source>
        <translation>入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>出</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>in stock %1</source>
        <translation>库存 %1</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Arrange more</source>
        <translation>更多办理</translation>
    </message>
    <message>
        <source>Customer confirms and signs</source>
        <translation>顾客确认并签字</translation>
    </message>
</context>
<context>
    <name>PublishDialog</name>
    <message>
        <source>Put this chart in force</source>
        <translation>启用这张流程图</translation>
    </message>
    <message>
        <source>New cases follow it from now on; cases already open finish on the version they began with.</source>
        <translation>新的售后单从现在起按它办理；已开始的按开始时的版本办完。</translation>
    </message>
    <message>
        <source>Put in force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>{count} nodes, checked and sound.</source>
        <translation>{count} 个节点，已检查，无误。</translation>
    </message>
    <message>
        <source>New: {names}</source>
        <translation>新增：{names}</translation>
    </message>
    <message>
        <source>Changed: {names}</source>
        <translation>改动：{names}</translation>
    </message>
    <message>
        <source>Gone: {names}</source>
        <translation>去掉：{names}</translation>
    </message>
    <message>
        <source>No node differs from the chart in force.</source>
        <translation>与现行流程图没有任何节点不同。</translation>
    </message>
    <message>
        <source>The new chart, what differs in colour</source>
        <translation>新流程图，不同之处着色</translation>
    </message>
    <message>
        <source>Why it is changed</source>
        <translation>修改原因</translation>
    </message>
</context>
<context>
    <name>PurchasesPage</name>
    <message>
        <source>Bought</source>
        <extracomment>While arrows run down the list, or somebody types, only the sale they stop at is read whole.</extracomment>
        <translation>购买</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>实付</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Begin a visit with this purchase</source>
        <translation>用这笔购买开始办理</translation>
    </message>
    <message>
        <source>Sort by the next column</source>
        <translation>按下一列排序</translation>
    </message>
    <message>
        <source>Record a purchase by hand</source>
        <translation>手工登记购买</translation>
    </message>
    <message>
        <source>When it was delivered and received</source>
        <translation>送达和签收时间</translation>
    </message>
    <message>
        <source>Split a line known by its total</source>
        <translation>拆分只有总价的商品行</translation>
    </message>
    <message>
        <source>No purchase fits</source>
        <translation>没有符合的购买记录</translation>
    </message>
    <message>
        <source>Try the phone, a product, or part of the number; or record it by hand.</source>
        <translation>试试手机号、商品或部分单号；也可以手工登记。</translation>
    </message>
    <message>
        <source>Record it by hand</source>
        <translation>手工登记</translation>
    </message>
    <message>
        <source>No purchases yet</source>
        <translation>还没有购买记录</translation>
    </message>
    <message>
        <source>Import the shop&apos;s orders (Alt+3), or record one by hand.</source>
        <translation>请导入店铺订单（Alt+3），或手工登记一笔。</translation>
    </message>
    <message>
        <source>Record one by hand</source>
        <translation>手工登记一笔</translation>
    </message>
    <message>
        <source>Order, receipt, phone, name, product</source>
        <translation>订单、小票、手机、姓名、商品</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>购买记录</translation>
    </message>
    <message>
        <source>No purchase chosen</source>
        <translation>未选择购买记录</translation>
    </message>
    <message>
        <source>Choose one in the list.</source>
        <translation>请在列表中选择。</translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message>
        <source>Scan a receipt to begin</source>
        <translation>扫小票开始</translation>
    </message>
    <message>
        <source>Notice to {who}: {what}</source>
        <translation>通知{who}：{what}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>返回一步</translation>
    </message>
    <message>
        <source>Customer withdraws</source>
        <translation>顾客撤回</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数据依据</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Counter</source>
        <translation>柜台</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>To-do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>交班</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ReadBackDialog</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>店铺</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>期间</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>What of it</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>Stopped. What was read stays; read the file again for the rest.</source>
        <translation>已停止。读入的部分保留；再读一次即可读完其余部分。</translation>
    </message>
    <message>
        <source>Read back: {new} rows are history now, {known} were known.</source>
        <translation>已读入历史 {new} 行，另有 {known} 行早已读入。</translation>
    </message>
    <message>
        <source>{count} contradictions between archives are marked on their cases.</source>
        <translation>档案之间有 {count} 处矛盾，已在相应单据上标出。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>读入</translation>
    </message>
    <message>
        <source>{rows} rows, {documents} documents; {count} totals compared, all agree.</source>
        <translation>{rows} 行，{documents} 张单据；核对了 {count} 项合计，全部相符。</translation>
    </message>
    <message>
        <source>read back already</source>
        <translation>已经读入过</translation>
    </message>
    <message>
        <source>the shop has its own documents of that month</source>
        <translation>本机该月已有自己的单据</translation>
    </message>
    <message>
        <source>cannot be trusted: changed or not whole</source>
        <translation>不可信：改动过或不完整</translation>
    </message>
    <message>
        <source>another shop&apos;s</source>
        <translation>别店的档案</translation>
    </message>
    <message>
        <source>sound, can be read</source>
        <translation>完好，可以读入</translation>
    </message>
    <message>
        <source>Choose archives</source>
        <translation>选择档案</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Read back archives</source>
        <translation>读入档案</translation>
    </message>
    <message>
        <source>Workbooks this program exported become history again: found by search, read-only, counted in no sum.</source>
        <translation>把本程序导出的工作簿读回为历史：可检索，只读，不计入任何合计。</translation>
    </message>
    <message>
        <source>Choose archives…</source>
        <translation>选择档案…</translation>
    </message>
    <message>
        <source>Also archives of another shop</source>
        <translation>别店的档案也读入</translation>
    </message>
    <message>
        <source>Read what cannot be trusted all the same, because</source>
        <translation>不可信的仍要读入，原因</translation>
    </message>
    <message>
        <source>Kept with the history, which is marked as unproven.</source>
        <translation>随历史保存；这些历史会标为“未经核实”。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>Please give the reason</source>
        <translation>请填写原因</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>RecallsPage</name>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Serial numbers</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么这样</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>已联系</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Sold on</source>
        <translation>销售日期</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>联系</translation>
    </message>
    <message>
        <source>End the recall</source>
        <translation>结束召回</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可留空</translation>
    </message>
    <message>
        <source>empty: the first alone</source>
        <translation>不填则只有起始号</translation>
    </message>
    <message>
        <source>New recall</source>
        <translation>新建召回</translation>
    </message>
    <message>
        <source>From now on the counter warns when such goods are scanned or typed in.</source>
        <translation>从现在起，柜台扫到或输入这些商品时会提醒。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>Article: code or barcode</source>
        <translation>商品编码或条码</translation>
    </message>
    <message>
        <source>Batch from</source>
        <translation>批次从</translation>
    </message>
    <message>
        <source>Batch to</source>
        <translation>批次到</translation>
    </message>
    <message>
        <source>Serial number from</source>
        <translation>序列号从</translation>
    </message>
    <message>
        <source>Serial number to</source>
        <translation>序列号到</translation>
    </message>
    <message>
        <source>Sold from</source>
        <translation>销售日期从</translation>
    </message>
    <message>
        <source>e.g. 2026-11-01</source>
        <translation>如 2026-11-01</translation>
    </message>
    <message>
        <source>Sold until</source>
        <translation>销售日期到</translation>
    </message>
    <message>
        <source>e.g. 2026-11-30</source>
        <translation>如 2026-11-30</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>e.g. stop using it; full refund</source>
        <translation>如：停止使用，全额退款</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>已联系上</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>未联系上</translation>
    </message>
    <message>
        <source>no contact known</source>
        <translation>没有联系方式</translation>
    </message>
    <message>
        <source>The customer was called</source>
        <translation>已联系顾客</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>How it went</source>
        <translation>联系结果</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>沟通内容</translation>
    </message>
    <message>
        <source>Note the call to the chosen customer</source>
        <translation>记录与所选顾客的联系</translation>
    </message>
    <message>
        <source>Isolate what lies in the shop</source>
        <translation>隔离店内的召回商品</translation>
    </message>
    <message>
        <source>Open the purchase</source>
        <translation>打开购买记录</translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of goods isolated</source>
        <translation>
            <numerusform>已隔离 %n 批商品</numerusform>
        </translation>
    </message>
    <message>
        <source>What to do: {what}</source>
        <translation>处理办法：{what}</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>召回中</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>to call</source>
        <translation>待联系</translation>
    </message>
    <message>
        <source>to call: check the number</source>
        <translation>待联系：核对批次</translation>
    </message>
    <message>
        <source>Recalls</source>
        <translation>召回</translation>
    </message>
    <message>
        <source>Sales that the recall concerns</source>
        <translation>召回涉及的销售</translation>
    </message>
    <message>
        <source>Isolate</source>
        <translation>隔离</translation>
    </message>
    <message>
        <source>No recalls</source>
        <translation>没有召回</translation>
    </message>
    <message>
        <source>A recall names an article, batches or serial numbers (Ctrl+N).</source>
        <translation>召回可按商品、批次或序列号（Ctrl+N）。</translation>
    </message>
    <message>
        <source>No sale is concerned</source>
        <translation>没有涉及的销售</translation>
    </message>
    <message>
        <source>Choose a recall; the sales it means stand here.</source>
        <translation>选中一条召回，涉及的销售列在这里。</translation>
    </message>
</context>
<context>
    <name>ReceiptPrintersDialog</name>
    <message>
        <source>A new printer …</source>
        <translation>新增打印机 …</translation>
    </message>
    <message>
        <source>Save it first.</source>
        <translation>请先保存。</translation>
    </message>
    <message>
        <source>The printer&apos;s name in the system; empty: its default one</source>
        <translation>系统里的打印机名称；留空用默认打印机</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>A test page goes to the printer {name}.</source>
        <translation>测试页已交给打印机 {name}。</translation>
    </message>
    <message>
        <source>Receipt printers and drawer</source>
        <translation>收据打印机和钱箱</translation>
    </message>
    <message>
        <source>These printers need no driver: the program sends them their own commands (ESC/POS).</source>
        <translation>这些打印机不需要驱动：程序直接发送 ESC/POS 指令。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Connected by</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>bitmap prints on every printer, as the preview shows it</source>
        <translation>bitmap 在任何打印机上都能打，和预览一样</translation>
    </message>
    <message>
        <source>Blank lines before the cut</source>
        <translation>切纸前空行</translation>
    </message>
    <message>
        <source>Print density</source>
        <translation>打印浓度</translation>
    </message>
    <message>
        <source>{low} (lightest) to {high} (darkest); 0 leaves it to the printer</source>
        <translation>{low}（最淡）到 {high}（最浓）；0 为打印机自己的设置</translation>
    </message>
    <message>
        <source>Cash drawer</source>
        <translation>钱箱</translation>
    </message>
    <message>
        <source>Drawer pulse (ms)</source>
        <translation>开钱箱的脉冲（毫秒）</translation>
    </message>
    <message>
        <source>{low} to {high} ms, usually 120; longer where the drawer does not open</source>
        <translation>{low} 到 {high} 毫秒，通常 120；钱箱弹不开就加长</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>Device file or share</source>
        <translation>设备文件或共享</translation>
    </message>
    <message>
        <source>A printer of the system</source>
        <translation>系统里的打印机</translation>
    </message>
    <message>
        <source>on the first contact (pin 2)</source>
        <translation>第一路（2 脚）</translation>
    </message>
    <message>
        <source>on the second contact (pin 5)</source>
        <translation>第二路（5 脚）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>It cuts the paper</source>
        <translation>自动切纸</translation>
    </message>
    <message>
        <source>Open the drawer when cash moves</source>
        <translation>收付现金时弹开钱箱</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Print a test page</source>
        <translation>打印测试页</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>删除这台</translation>
    </message>
</context>
<context>
    <name>RecordSaleDialog</name>
    <message>
        <source>today&apos;s price list</source>
        <translation>今天的价目</translation>
    </message>
    <message>
        <source>{name}: no proof, so the lowest price counts: {price} ({day}).</source>
        <translation>{name}：无凭证，按最低价 {price} 计（{day}）。</translation>
    </message>
    <message>
        <source>paid %1</source>
        <translation>实付 %1</translation>
    </message>
    <message>
        <source>Write the day as 2026-11-12</source>
        <translation>日期请写成 2026-11-12</translation>
    </message>
    <message>
        <source>Record the purchase</source>
        <translation>登记购买</translation>
    </message>
    <message>
        <source>Nothing was found. Record what the customer shows; the register&apos;s import will match it later.</source>
        <translation>没有找到记录。请按顾客出示的凭证登记，以后导入销售时会自动匹配。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>Platform order</source>
        <translation>平台订单</translation>
    </message>
    <message>
        <source>Payment record</source>
        <translation>支付记录</translation>
    </message>
    <message>
        <source>No proof</source>
        <translation>无凭证</translation>
    </message>
    <message>
        <source>In store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>网购</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>购买凭证</translation>
    </message>
    <message>
        <source>Number on it</source>
        <translation>凭证号码</translation>
    </message>
    <message>
        <source>Bought on</source>
        <translation>购买日期</translation>
    </message>
    <message>
        <source>Bought where</source>
        <translation>购买渠道</translation>
    </message>
    <message>
        <source>Received on</source>
        <translation>签收日期</translation>
    </message>
    <message>
        <source>Paid by</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>What was bought</source>
        <translation>购买的商品</translation>
    </message>
    <message>
        <source>Another line</source>
        <translation>再加一行</translation>
    </message>
</context>
<context>
    <name>RecordingDialog</name>
    <message>
        <source>Choose a recording</source>
        <translation>选择录音文件</translation>
    </message>
    <message>
        <source>Attach a recording</source>
        <translation>添加录音</translation>
    </message>
    <message>
        <source>Only with the customer&apos;s knowledge: say so before you record.</source>
        <translation>须让顾客知情：录音前先告知。</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The customer was told before the recording began</source>
        <translation>录音前已告知顾客</translation>
    </message>
</context>
<context>
    <name>RedPage</name>
    <message>
        <source>Enter the next step</source>
        <translation>登记下一步</translation>
    </message>
    <message>
        <source>No invoice waits to be corrected.</source>
        <translation>没有等着红冲的发票。</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Waiting to be confirmed</source>
        <translation>确认单待确认</translation>
    </message>
    <message>
        <source>Form lapsed</source>
        <translation>确认单已失效</translation>
    </message>
    <message>
        <source>Red invoice issued</source>
        <translation>已开红字发票</translation>
    </message>
    <message>
        <source>Paper invoice back</source>
        <translation>纸质发票已收回</translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>Also those that are done</source>
        <translation>连已办结的一起显示</translation>
    </message>
    <message>
        <source>Invoice {number}</source>
        <translation>发票 {number}</translation>
    </message>
    <message>
        <source>confirm until {when}</source>
        <translation>{when} 前确认</translation>
    </message>
</context>
<context>
    <name>RenewDialog</name>
    <message>
        <source>Make a new key?</source>
        <translation>换一把新密钥？</translation>
    </message>
    <message>
        <source>Make a new key</source>
        <translation>换新密钥</translation>
    </message>
    <message>
        <source>From now on forms are sealed with the new key. What the present one sealed stays good, and its certificate stays in this list. Renew it when this computer was given away or the data folder was copied by somebody who should not have it. Make a backup afterwards.</source>
        <translation>今后的单据用新密钥签名。现用密钥签过的仍然有效，证书留在这张表里。电脑转让，或数据文件夹被不该拿到的人复制过，就应换新。换完请备份一次。</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>Choose the article that goes out</source>
        <translation>请选择换出的商品</translation>
    </message>
    <message>
        <source>in stock %1</source>
        <translation>库存 %1</translation>
    </message>
    <message>
        <source>Which article goes out?</source>
        <translation>换出哪件商品？</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Scan, or type name or barcode</source>
        <translation>扫码，或输入名称、条码</translation>
    </message>
    <message>
        <source>Price today</source>
        <translation>今日售价</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Serial number of the new piece</source>
        <translation>新商品序列号</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可留空</translation>
    </message>
</context>
<context>
    <name>ReportsScreen</name>
    <message>
        <source>Visits</source>
        <translation>到店次数</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason, article, batch, staff, remedy, way of payment, month</source>
        <translation>原因、商品、批次、员工、处理方式、支付方式、月份</translation>
    </message>
    <message>
        <source>Go to the visits behind the figure; there: open the visit</source>
        <translation>转到数字背后的售后单；在那里打开售后单</translation>
    </message>
    <message>
        <source>Write these figures to a workbook</source>
        <translation>把这些数字写成工作簿</translation>
    </message>
    <message>
        <source>Only somebody who may see reports.</source>
        <translation>只有可以看报表的人才能用。</translation>
    </message>
    <message>
        <source>This copy of {year} has no figures.</source>
        <translation>这份 {year} 年的副本里没有报表数字。</translation>
    </message>
    <message>
        <source>It was made by an earlier version: go back to the present and copy the year again.</source>
        <translation>它是旧版本制作的：请回到现在，把这一年再复制一次。</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>All visits</source>
        <translation>全部到店</translation>
    </message>
    <message>
        <source>{name}, month by month</source>
        <translation>{name}，逐月</translation>
    </message>
    <message>
        <source>Visits behind it: {name}</source>
        <translation>对应的售后单：{name}</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>The whole year {year}</source>
        <translation>{year} 全年</translation>
    </message>
    <message>
        <source>Goods taken back</source>
        <translation>退回数量</translation>
    </message>
    <message>
        <source>Value given back</source>
        <translation>退回货款</translation>
    </message>
    <message>
        <source>Owed to customers</source>
        <translation>应退应付</translation>
    </message>
    <message>
        <source>Paid out</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>已收</translation>
    </message>
    <message>
        <source>vs last year</source>
        <translation>比去年同月</translation>
    </message>
    <message>
        <source>vs before</source>
        <translation>比上一期</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>员工</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>处理方式</translation>
    </message>
    <message>
        <source>Way of payment</source>
        <translation>支付方式</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message numerus="yes">
        <source>%n months</source>
        <translation>
            <numerusform>近 %n 个月</numerusform>
        </translation>
    </message>
    <message>
        <source>Months</source>
        <translation>月数</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>统计什么</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>导出 Excel</translation>
    </message>
    <message>
        <source>The largest</source>
        <translation>从大到小</translation>
    </message>
    <message>
        <source>Visits behind the figure</source>
        <translation>数字背后的到店记录</translation>
    </message>
    <message>
        <source>The largest, drawn</source>
        <translation>从大到小，图</translation>
    </message>
    <message>
        <source>Month by month, drawn</source>
        <translation>逐月，图</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore the backup {file}</source>
        <translation>恢复备份 {file}</translation>
    </message>
    <message>
        <source>The window closes the data meanwhile; everybody signs in again.</source>
        <translation>恢复期间窗口会关闭数据，之后所有人重新登录。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>What is there now becomes a backup itself first and can be restored the same way.</source>
        <translation>现有数据会先另存为一份备份，可以用同样的方法恢复回来。</translation>
    </message>
    <message>
        <source>being checked…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>not usable: changed, damaged or gone</source>
        <translation>不可用：被改动、已损坏或文件不见了</translation>
    </message>
    <message>
        <source>sound, but {count} photos, forms or keys are missing or damaged: {names}</source>
        <translation>数据完好，但缺 {count} 个附件或密钥（不在或已损坏）：{names}</translation>
    </message>
    <message>
        <source>opened and found sound</source>
        <translation>已打开检查，完好</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Photos and files</source>
        <translation>照片和文件</translation>
    </message>
    <message>
        <source>in the backup</source>
        <translation>备份里</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>No case and no document would be missing.</source>
        <translation>不会少任何售后单和单据。</translation>
    </message>
    <message>
        <source>{cases} cases and {documents} documents made since would be missing.</source>
        <translation>之后新增的 {cases} 个售后单、{documents} 张单据将不在其中。</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>读不出来</translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>Restoring a backup</source>
        <translation>正在恢复备份</translation>
    </message>
    <message>
        <source>{file}: what is there now is kept first, then the backup is put in its place and checked.</source>
        <translation>{file}：先保存现有数据，再放入备份并检查。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>ReverseDialog</name>
    <message>
        <source>Please give the reason</source>
        <translation>请填写原因</translation>
    </message>
    <message>
        <source>Reverse a document</source>
        <translation>冲销单据</translation>
    </message>
    <message>
        <source>Nothing posted is changed: a mirror document takes back goods and money owed. Somebody else approves.</source>
        <translation>已过账的单据不会改动：由一张冲销单冲回商品和款项，须由他人审批。</translation>
    </message>
    <message>
        <source>On to the approval</source>
        <translation>去审批</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Together with what was posted with it</source>
        <translation>连同一起过账的单据</translation>
    </message>
</context>
<context>
    <name>RowView</name>
    <message>
        <source>{told}; another archive says {other}</source>
        <translation>{told}；另一份档案为 {other}</translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message>
        <source>as above</source>
        <translation>同上级</translation>
    </message>
    <message>
        <source>The system&apos;s own</source>
        <translation>系统默认打印机</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name}（未连接）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>prints by itself</source>
        <translation>自动打印</translation>
    </message>
    <message>
        <source>is printed by hand</source>
        <translation>手工打印</translation>
    </message>
    <message>
        <source>What is left at “as above” follows the group, and the group the whole shop.</source>
        <translation>保持“同上级”的，跟随所在的组；组跟随全店设置。</translation>
    </message>
    <message>
        <source>With a printer of their own, finance copies come out there and not with the others.</source>
        <translation>设了专用打印机，财务联就只在那里出纸。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>纸盒</translation>
    </message>
    <message>
        <source>As the printer&apos;s driver calls it; empty: as it is set there.</source>
        <translation>按驱动里的名称填写；留空按打印机自己的设置。</translation>
    </message>
    <message>
        <source>Customer&apos;s copy a second time in</source>
        <translation>客户联再打一份</translation>
    </message>
    <message>
        <source>When posted</source>
        <translation>过账以后</translation>
    </message>
    <message>
        <source>How often each copy prints; 0: not at all</source>
        <translation>每一联打印几份；0 为不打</translation>
    </message>
</context>
<context>
    <name>SaleCard</name>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>In case</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>可退</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>实付</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Customer not named</source>
        <translation>顾客未留名</translation>
    </message>
    <message>
        <source>Open this case</source>
        <translation>打开这张售后单</translation>
    </message>
    <message>
        <source>No case of this purchase yet.</source>
        <translation>这笔购买还没有售后单。</translation>
    </message>
    <message>
        <source>typed by hand</source>
        <translation>手工登记</translation>
    </message>
    <message>
        <source>from a sheet</source>
        <translation>表格导入</translation>
    </message>
    <message>
        <source>given in an exchange</source>
        <translation>换货所得</translation>
    </message>
    <message>
        <source>bought {day}</source>
        <translation>{day} 购买</translation>
    </message>
    <message>
        <source>delivered {day}</source>
        <translation>{day} 送达</translation>
    </message>
    <message>
        <source>received {day}</source>
        <translation>{day} 签收</translation>
    </message>
    <message>
        <source>discount {amount}</source>
        <translation>优惠 {amount}</translation>
    </message>
    <message>
        <source>freight {amount}</source>
        <translation>运费 {amount}</translation>
    </message>
    <message>
        <source>back {amount}</source>
        <translation>已退 {amount}</translation>
    </message>
    <message>
        <source>guarantee until {day}</source>
        <translation>保修至 {day}</translation>
    </message>
    <message>
        <source>tax {rate}</source>
        <translation>税率 {rate}</translation>
    </message>
    <message>
        <source>one sum for several articles: split it to return single ones</source>
        <translation>多件商品只有总价：拆分后才能单件退</translation>
    </message>
    <message>
        <source>part of a split line</source>
        <translation>拆分所得</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Only a line known by its total alone can be split.</source>
        <translation>只有仅知总价的商品行可以拆分。</translation>
    </message>
    <message>
        <source>Begin a visit</source>
        <translation>开始办理</translation>
    </message>
    <message>
        <source>Delivered, received</source>
        <translation>送达与签收</translation>
    </message>
    <message>
        <source>Split the line</source>
        <translation>拆分商品行</translation>
    </message>
    <message>
        <source>What was bought</source>
        <translation>购买的商品</translation>
    </message>
    <message>
        <source>How it was paid</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Cases of this purchase</source>
        <translation>这笔购买的售后单</translation>
    </message>
</context>
<context>
    <name>SaleLineCard</name>
    <message>
        <source>chosen: %1</source>
        <translation>已选：%1</translation>
    </message>
    <message>
        <source>bought %1  back %2</source>
        <translation>买 %1 退 %2</translation>
    </message>
    <message>
        <source>can return %1</source>
        <translation>可退 %1</translation>
    </message>
    <message>
        <source>in an open case</source>
        <translation>有未办结的单</translation>
    </message>
    <message>
        <source>all returned</source>
        <translation>已退完</translation>
    </message>
    <message>
        <source>One piece fewer</source>
        <translation>减一件</translation>
    </message>
    <message>
        <source>One piece more</source>
        <translation>加一件</translation>
    </message>
    <message>
        <source>may return</source>
        <translation>可退</translation>
    </message>
    <message>
        <source>fault: may return</source>
        <translation>质量问题可退</translation>
    </message>
    <message>
        <source>fault: may exchange</source>
        <translation>质量问题可换</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1至 %2</translation>
    </message>
    <message>
        <source>our promise</source>
        <translation>本店承诺</translation>
    </message>
    <message>
        <source>guarantee</source>
        <translation>在保</translation>
    </message>
</context>
<context>
    <name>SalePanel</name>
    <message>
        <source>Scan the receipt</source>
        <translation>扫小票</translation>
    </message>
    <message>
        <source>or type the order, phone, name or serial number and press Enter</source>
        <translation>或输入订单号、手机、姓名、序列号后按回车</translation>
    </message>
    <message>
        <source>Question or complaint without a purchase</source>
        <translation>没有购买的咨询或投诉</translation>
    </message>
    <message>
        <source>No purchase in this case</source>
        <translation>本单没有购买记录</translation>
    </message>
    <message>
        <source>Answer the questions beside. For a return, an exchange or a repair find the purchase above, or record it with what the customer shows.</source>
        <translation>请回答右侧问题。退货、换货或维修请在上方查找购买记录，或凭顾客出示的凭证补录。</translation>
    </message>
    <message>
        <source>Record the purchase</source>
        <translation>登记购买</translation>
    </message>
    <message>
        <source>Add to this visit</source>
        <translation>加入本次办理</translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation>订单 %1</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>网购</translation>
    </message>
    <message>
        <source>In store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>bought %1</source>
        <translation>%1 购买</translation>
    </message>
    <message>
        <source>received %1</source>
        <translation>%1 签收</translation>
    </message>
</context>
<context>
    <name>SalesScreen</name>
    <message>
        <source>Purchases, articles, import, to decide</source>
        <translation>购买记录、商品、导入、待确认</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>购买记录</translation>
    </message>
    <message>
        <source>Articles and stock</source>
        <translation>商品与库存</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待确认</translation>
    </message>
</context>
<context>
    <name>ScrapPage</name>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>At cost</source>
        <translation>成本金额</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么这样</translation>
    </message>
    <message>
        <source>By</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>见证人</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Print the destruction record</source>
        <translation>打印报废单</translation>
    </message>
    <message>
        <source>Destroyed goods</source>
        <translation>已报废商品</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Nothing was destroyed</source>
        <translation>没有报废记录</translation>
    </message>
    <message>
        <source>Goods are destroyed from the first page (Ctrl+D), with a photo and a witness.</source>
        <translation>报废在第一页选商品办理（Ctrl+D），要有照片和见证人。</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Empty the search</source>
        <extracomment>Asked when no key came for this long: a fast typist causes one question, not ten.</extracomment>
        <translation>清空搜索</translation>
    </message>
    <message>
        <source>Recent searches (Alt+Down)</source>
        <translation>最近搜索（Alt+Down）</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>店铺</translation>
    </message>
    <message>
        <source>Staff and rights</source>
        <translation>员工与权限</translation>
    </message>
    <message>
        <source>Rules and limits</source>
        <translation>规则与限额</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>例外清单</translation>
    </message>
    <message>
        <source>Decision chart</source>
        <translation>决策流程图</translation>
    </message>
    <message>
        <source>Numbering</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Words on slips</source>
        <translation>单据用语</translation>
    </message>
    <message>
        <source>Printers and paper</source>
        <translation>打印机与纸张</translation>
    </message>
    <message>
        <source>Order lists</source>
        <translation>订单导入</translation>
    </message>
    <message>
        <source>Language and window</source>
        <translation>语言与窗口</translation>
    </message>
    <message>
        <source>Backup and check</source>
        <translation>备份与核对</translation>
    </message>
    <message>
        <source>The shop&apos;s key</source>
        <translation>店铺密钥</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>个人信息</translation>
    </message>
</context>
<context>
    <name>SheetDialog</name>
    <message>
        <source>Columns of a sheet</source>
        <translation>一种表格的列对应</translation>
    </message>
    <message>
        <source>The next sheet with this header is read like this.</source>
        <translation>下次遇到同样表头的表格，就照这里读。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>SheetsPage</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>Columns used</source>
        <translation>用到的列</translation>
    </message>
    <message>
        <source>{used} of {all}</source>
        <translation>{all} 列用了 {used} 列</translation>
    </message>
    <message>
        <source>Your role may not import.</source>
        <translation>你的角色不能导入。</translation>
    </message>
    <message>
        <source>Forgotten: {name}. The next such sheet is asked about again.</source>
        <translation>已删掉：{name}。下次遇到这种表格会再问一遍。</translation>
    </message>
    <message>
        <source>Order lists</source>
        <translation>订单导入</translation>
    </message>
    <message>
        <source>Columns of sheets</source>
        <translation>导入列对应</translation>
    </message>
    <message>
        <source>What was said at an import is remembered by the sheet&apos;s header, so nobody is asked twice.</source>
        <translation>导入时说过的列对应按表头记住，不会再问第二遍。</translation>
    </message>
    <message>
        <source>Change or rename</source>
        <translation>修改或改名</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删掉</translation>
    </message>
    <message>
        <source>Nothing remembered yet</source>
        <translation>还没有记住的列对应</translation>
    </message>
    <message>
        <source>Import a sheet whose columns nobody knows, say which holds what, and it stands here.</source>
        <translation>导入一张认不出列的表格，说明哪一列是什么，就会记在这里。</translation>
    </message>
</context>
<context>
    <name>ShiftScreen</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>开班</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>交班</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应有</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>清点</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Open or close the shift</source>
        <translation>开班或交班</translation>
    </message>
    <message>
        <source>See and print the sheet of a shift</source>
        <translation>查看并打印交接班记录</translation>
    </message>
    <message>
        <source>Register, refunds, approvals and goods taken in of a day</source>
        <translation>某一天的登记表、退款日结、审批清单和入库清单</translation>
    </message>
    <message>
        <source>WeChat and Alipay bills, day by day</source>
        <translation>微信、支付宝账单逐日核对</translation>
    </message>
    <message>
        <source>To the next note or coin</source>
        <translation>下一种面额</translation>
    </message>
    <message>
        <source>The shift is open.</source>
        <translation>已开班。</translation>
    </message>
    <message>
        <source>The shift is closed with {amount} in the drawer.</source>
        <translation>已交班，钱箱现金 {amount}。</translation>
    </message>
    <message>
        <source>{name} has the drawer now.</source>
        <translation>钱箱现由 {name} 负责。</translation>
    </message>
    <message>
        <source>The shift of {day} was never closed.</source>
        <translation>{day} 的班没有交。</translation>
    </message>
    <message>
        <source>Count what lies in the drawer and close it before today&apos;s cash begins.</source>
        <translation>请先清点钱箱并交班，再开始今天的现金收付。</translation>
    </message>
    <message>
        <source>still open</source>
        <translation>未交班</translation>
    </message>
    <message>
        <source>Choose a shift to see its reason and note.</source>
        <translation>选择一个班次查看原因和留言。</translation>
    </message>
    <message>
        <source>float {float} · in {taken} · out {paid}</source>
        <translation>备用金 {float} · 收 {taken} · 付 {paid}</translation>
    </message>
    <message>
        <source>{amount} to the safe or bank</source>
        <translation>{amount} 已存保险柜或银行</translation>
    </message>
    <message>
        <source>Shift sheet</source>
        <translation>交接班记录</translation>
    </message>
    <message>
        <source>Sheets of the day</source>
        <translation>当日报表</translation>
    </message>
    <message>
        <source>Bills by day</source>
        <translation>账单核对</translation>
    </message>
    <message>
        <source>All shifts</source>
        <translation>全部班次</translation>
    </message>
</context>
<context>
    <name>ShopKeyPage</name>
    <message>
        <source>Made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>单据数</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>签名时间</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Check code</source>
        <translation>校验码</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>您的角色没有这项权限。</translation>
    </message>
    <message>
        <source>The file of the key in use is not there</source>
        <translation>现用密钥的文件不在了</translation>
    </message>
    <message>
        <source>Put the folder keys back from a backup. Else the next signature makes a new key by itself.</source>
        <translation>请从备份恢复 keys 文件夹；否则下一次签字时会自动生成新密钥。</translation>
    </message>
    <message>
        <source>The certificate is saved: {file}</source>
        <translation>证书已保存：{file}</translation>
    </message>
    <message>
        <source>A PDF reader that trusts it names the shop on every form.</source>
        <translation>信任它的 PDF 阅读器会在每张单据上显示店名。</translation>
    </message>
    <message>
        <source>The shop has a new key.</source>
        <translation>店铺密钥已更换。</translation>
    </message>
    <message>
        <source>Make a backup today.</source>
        <translation>请今天备份一次。</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>另存证书</translation>
    </message>
    <message>
        <source>{shop} · SHA-256 {fingerprint}</source>
        <translation>{shop} · SHA-256 {fingerprint}</translation>
    </message>
    <message>
        <source>the first one</source>
        <translation>第一把</translation>
    </message>
    <message>
        <source>the one before was lost</source>
        <translation>原密钥丢失</translation>
    </message>
    <message>
        <source>renewed by hand</source>
        <translation>手动更换</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>以前的</translation>
    </message>
    <message>
        <source>erased after its time</source>
        <translation>到期已清除</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保存中</translation>
    </message>
    <message>
        <source>The shop&apos;s key</source>
        <translation>店铺密钥</translation>
    </message>
    <message>
        <source>Seals every signed form, so that any PDF reader shows whether it was changed since.</source>
        <translation>每张签字单据都用它签名，任何 PDF 阅读器都能看出签名后有没有改动。</translation>
    </message>
    <message>
        <source>Keys of the shop</source>
        <translation>店铺的密钥</translation>
    </message>
    <message>
        <source>Forms sealed with the chosen key</source>
        <translation>所选密钥签过的单据</translation>
    </message>
    <message>
        <source>Make a new key</source>
        <translation>换新密钥</translation>
    </message>
    <message>
        <source>No key yet: it is made by itself when the first form is signed.</source>
        <translation>还没有密钥：第一张单据签字时自动生成。</translation>
    </message>
    <message>
        <source>New computer, or the key was lost: a backup takes the folder keys along, and restoring it brings the key back. Where it is gone for good, the next signature makes a new one; every earlier form stays good, because its certificate stands here and its hash in the books.</source>
        <translation>换电脑或密钥丢失：备份里带有 keys 文件夹，恢复备份就恢复密钥。确实找不回时，下一次签字会生成新密钥；以前的单据仍然有效，因为它的证书在这里，指纹在账里。</translation>
    </message>
</context>
<context>
    <name>ShopPage</name>
    <message>
        <source>Shop</source>
        <translation>店铺</translation>
    </message>
    <message>
        <source>Printed at the head of every slip.</source>
        <translation>印在每张单据的抬头。</translation>
    </message>
    <message>
        <source>Shop name</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>Shop code (fixed)</source>
        <translation>店代码（不可改）</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>Offers that run now</source>
        <translation>当前活动</translation>
    </message>
    <message>
        <source>seen at the counter, never printed</source>
        <translation>柜台可见，不会打印</translation>
    </message>
    <message>
        <source>How the couriers deliver</source>
        <translation>快递情况</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Signed</source>
        <extracomment>Fewer points than this is a slip of the hand, not a signature.</extracomment>
        <translation>已签字</translation>
    </message>
    <message>
        <source>Customer signs here</source>
        <translation>顾客在此签字</translation>
    </message>
    <message>
        <source>Signed on paper</source>
        <translation>已在纸上签字</translation>
    </message>
    <message>
        <source>Undo stroke</source>
        <translation>撤销一笔</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>SignedActs</name>
    <message>
        <source>Save the signed form</source>
        <translation>另存签字单据</translation>
    </message>
    <message>
        <source>PDF files</source>
        <translation>PDF 文件</translation>
    </message>
    <message>
        <source>The signed form is saved: {file}</source>
        <translation>签字单据已保存：{file}</translation>
    </message>
    <message>
        <source>Any PDF reader shows whether it was changed since.</source>
        <translation>用任何 PDF 阅读器打开，都能看到此后是否被改动。</translation>
    </message>
    <message>
        <source>The signed sheet is kept.</source>
        <translation>签字纸已归档。</translation>
    </message>
    <message>
        <source>The new scan stands.</source>
        <translation>新的扫描件已生效。</translation>
    </message>
    <message>
        <source>The earlier one is kept and listed.</source>
        <translation>先前的那份保留并列出。</translation>
    </message>
</context>
<context>
    <name>SignedSheetDialog</name>
    <message>
        <source>Choose the scan</source>
        <translation>选择扫描件</translation>
    </message>
    <message>
        <source>PDF files</source>
        <translation>PDF 文件</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) so far</source>
        <translation>
            <numerusform>已有 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>No page yet</source>
        <translation>还没有页面</translation>
    </message>
    <message>
        <source>Photograph the sheet, or choose its scan</source>
        <translation>请拍照，或选择扫描件</translation>
    </message>
    <message>
        <source>The signed sheet of {number}</source>
        <translation>{number} 的签字纸</translation>
    </message>
    <message>
        <source>Photograph or scan every page of the sheet that the customer signed.</source>
        <translation>把顾客签字的纸逐页拍照或扫描。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Replace the scan of {number}</source>
        <translation>更换 {number} 的扫描件</translation>
    </message>
    <message>
        <source>Photograph or scan every page again. The scan of before is kept and listed.</source>
        <translation>请重新拍照或扫描每一页。先前的扫描件保留并列出。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>更换</translation>
    </message>
    <message>
        <source>Check code on the paper</source>
        <translation>纸上的校验码</translation>
    </message>
    <message>
        <source>Why is it replaced?</source>
        <translation>为什么更换？</translation>
    </message>
    <message>
        <source>Choose a scan (PDF)</source>
        <translation>选择扫描件（PDF）</translation>
    </message>
    <message>
        <source>Other pages</source>
        <translation>换几页</translation>
    </message>
</context>
<context>
    <name>SlipWordsPage</name>
    <message>
        <source>Only a manager may change the rules.</source>
        <translation>只有店长可以修改规则。</translation>
    </message>
    <message>
        <source>There is no logo.</source>
        <translation>还没有店标。</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>店标</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The file is gone</source>
        <translation>图片文件不见了</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Words on slips</source>
        <translation>单据用语</translation>
    </message>
    <message>
        <source>Printed on every slip from now on. What was signed or posted keeps the words it had.</source>
        <translation>从现在起印在每张单据上；已签字、已入账的单据保持原来的文字。</translation>
    </message>
    <message>
        <source>At the head of every slip. A wide, dark picture on white prints best, also on a receipt.</source>
        <translation>印在每张单据的顶部。白底深色的横幅图片效果最好，小票上也清楚。</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The shop&apos;s own terms</source>
        <translation>本店附加条款</translation>
    </message>
    <message>
        <source>One sentence a line, at most five. What the law voids is refused.</source>
        <translation>一行一句，最多五句。法律规定无效的说法会被拒绝。</translation>
    </message>
    <message>
        <source>Closing line</source>
        <translation>结束语</translation>
    </message>
    <message>
        <source>Name of the seal</source>
        <translation>印章名称</translation>
    </message>
    <message>
        <source>stands in the seal&apos;s space</source>
        <translation>印在盖章位置</translation>
    </message>
    <message>
        <source>The customer&apos;s copy in Chinese and in English, one after the other</source>
        <translation>顾客联中英文各印一份</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>adds up</source>
        <translation>合计相符</translation>
    </message>
    <message>
        <source>{amount} still to share out</source>
        <translation>还有 {amount} 未分配</translation>
    </message>
    <message>
        <source>{amount} too much</source>
        <translation>多 {amount}</translation>
    </message>
    <message>
        <source>Split the line</source>
        <translation>拆分商品行</translation>
    </message>
    <message>
        <source>{name}, paid {amount} in one sum. Say what it holds and what was paid for each.</source>
        <translation>{name}，合计实付 {amount}。请填写包含哪些商品、各付多少。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Another part</source>
        <translation>再加一件</translation>
    </message>
</context>
<context>
    <name>StaffDialog</name>
    <message>
        <source>New member of staff</source>
        <translation>新员工</translation>
    </message>
    <message>
        <source>Change role and PIN</source>
        <translation>修改岗位和 PIN</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Staff number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Limit they decide alone, yuan</source>
        <translation>可独自决定的金额（元）</translation>
    </message>
    <message>
        <source>Empty: the limit of the role.</source>
        <translation>留空则按岗位限额。</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>For the first sign-in; they then choose their own.</source>
        <translation>第一次登录用，之后本人换成自己的。</translation>
    </message>
    <message>
        <source>Empty: the PIN stays as it is. A new one lasts until they choose their own.</source>
        <translation>留空：PIN 不变。新设的只用到本人换成自己的为止。</translation>
    </message>
    <message>
        <source>PIN once more</source>
        <translation>再输一次 PIN</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>No.</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>{role} (owner)</source>
        <translation>{role}（店主）</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>may not sign in</source>
        <translation>不可登录</translation>
    </message>
    <message>
        <source>PIN to be changed</source>
        <translation>待本人换 PIN</translation>
    </message>
    <message>
        <source>locked out for now</source>
        <translation>暂时锁定</translation>
    </message>
    <message>
        <source>active</source>
        <translation>在职</translation>
    </message>
    <message>
        <source>Only a manager may change staff.</source>
        <translation>只有店长可以修改员工。</translation>
    </message>
    <message>
        <source>Only for who may approve; everybody makes their own.</source>
        <translation>只有能审批的人才有，各人生成自己的。</translation>
    </message>
    <message>
        <source>Keep out</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Staff and rights</source>
        <translation>员工与权限</translation>
    </message>
    <message>
        <source>Everybody signs in with a PIN of their own; roles give rights.</source>
        <translation>每人用自己的 PIN 登录；岗位决定权限。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Role and PIN</source>
        <translation>岗位与 PIN</translation>
    </message>
    <message>
        <source>My codes by phone…</source>
        <translation>我的电话授权码…</translation>
    </message>
    <message>
        <source>Show former staff</source>
        <translation>显示已停用的员工</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>员工</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>The shift of {day}, opened by {name}, was never closed.</source>
        <translation>{day} 由 {name} 开的班没有交。</translation>
    </message>
    <message>
        <source>Count the drawer and close it before today&apos;s cash begins.</source>
        <translation>请先清点钱箱并交班，再开始今天的现金收付。</translation>
    </message>
    <message>
        <source>Close it now</source>
        <translation>现在交班</translation>
    </message>
    <message>
        <source>No open shift</source>
        <translation>未开班</translation>
    </message>
    <message>
        <source>Shift of {day} still open</source>
        <translation>{day} 的班还没交</translation>
    </message>
    <message>
        <source>On shift since {time} · float {amount}</source>
        <translation>当班 {time} 起 · 备用金 {amount}</translation>
    </message>
</context>
<context>
    <name>StepDialog</name>
    <message>
        <source>Red invoice for {number}</source>
        <translation>{number} 的红字发票</translation>
    </message>
    <message>
        <source>Invoice {number}. The program makes no invoice; enter what the tax platform gave you.</source>
        <translation>原发票 {number}。本程序不开发票，请登记税务平台给出的号码。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Confirmation form sent (lapses after 72 hours)</source>
        <translation>确认单已提交（72 小时后失效）</translation>
    </message>
    <message>
        <source>Red invoice issued</source>
        <translation>已开红字发票</translation>
    </message>
    <message>
        <source>Paper invoice back and cancelled</source>
        <translation>纸质发票已收回作废</translation>
    </message>
    <message>
        <source>No red invoice needed</source>
        <translation>不需要红字发票</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>办到哪一步</translation>
    </message>
    <message>
        <source>Number of the confirmation form</source>
        <translation>确认单编号</translation>
    </message>
    <message>
        <source>Number of the red invoice</source>
        <translation>红字发票号码</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>StockPage</name>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>At cost</source>
        <translation>成本金额</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>到达日期</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Serial or batch</source>
        <translation>序列号/批次</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>成色</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Photos of the goods to destroy</source>
        <translation>待报废商品的照片</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.webp *.bmp)</source>
        <translation>图片 (*.jpg *.jpeg *.png *.webp *.bmp)</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>与之前相同</translation>
    </message>
    <message>
        <source>Give the goods another place</source>
        <translation>商品移库</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移库</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>移到</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检验结果</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么这样</translation>
    </message>
    <message>
        <source>e.g. inspected, works</source>
        <translation>如：复检正常</translation>
    </message>
    <message>
        <source>Back to the supplier</source>
        <translation>退厂</translation>
    </message>
    <message>
        <source>Open the claim</source>
        <translation>建追偿单</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Amount asked (yuan)</source>
        <translation>索赔金额（元）</translation>
    </message>
    <message>
        <source>Answer by</source>
        <translation>答复期限</translation>
    </message>
    <message>
        <source>e.g. 2026-12-05; empty: in two weeks</source>
        <translation>如 2026-12-05；不填为两周后</translation>
    </message>
    <message>
        <source>Destroyed: {number}</source>
        <translation>已报废：{number}</translation>
    </message>
    <message>
        <source>Destroy the goods</source>
        <translation>报废商品</translation>
    </message>
    <message>
        <source>{goods}. Photos: {count}. The witness gives their own PIN.</source>
        <translation>{goods}。照片 {count} 张。见证人输入自己的密码。</translation>
    </message>
    <message>
        <source>Destroy</source>
        <translation>报废</translation>
    </message>
    <message>
        <source>How</source>
        <translation>销毁方式</translation>
    </message>
    <message>
        <source>e.g. taken apart and crushed</source>
        <translation>如：拆解粉碎</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>见证人</translation>
    </message>
    <message>
        <source>PIN of the witness</source>
        <translation>见证人密码</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Give the chosen goods another place</source>
        <translation>所选商品移库</translation>
    </message>
    <message>
        <source>Destroy before a witness</source>
        <translation>在见证下报废</translation>
    </message>
    <message>
        <source>Open the case behind the goods</source>
        <translation>打开商品的售后单</translation>
    </message>
    <message>
        <source>Movements behind the goods</source>
        <translation>商品的进出记录</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>没有符合的</translation>
    </message>
    <message>
        <source>Try part of the name, the case or the serial number.</source>
        <translation>试试名称、售后单号或序列号的一部分。</translation>
    </message>
    <message>
        <source>Nothing lies here</source>
        <translation>这里没有商品</translation>
    </message>
    <message>
        <source>Goods arrive with a return at the counter, or are moved here from another place.</source>
        <translation>柜台退货会带来商品，也可以从其他位置移来。</translation>
    </message>
    <message>
        <source>Name, code, case, serial or batch</source>
        <translation>名称、编码、售后单、序列号或批次</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Goods at this place</source>
        <translation>这个位置的商品</translation>
    </message>
    <message>
        <source>Movements</source>
        <translation>进出记录</translation>
    </message>
</context>
<context>
    <name>StoryCard</name>
    <message numerus="yes">
        <source>%n earlier event(s)</source>
        <translation>
            <numerusform>更早 %n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
</context>
<context>
    <name>StoryDialog</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么这样</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>修改人</translation>
    </message>
    <message>
        <source>Movements</source>
        <translation>进出记录</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>{title}, greatest or latest first</source>
        <translation>{title}，从大到小、从晚到早</translation>
    </message>
    <message>
        <source>{title}, least or earliest first</source>
        <translation>{title}，从小到大、从早到晚</translation>
    </message>
</context>
<context>
    <name>TakeOverDialog</name>
    <message>
        <source>{name} takes over</source>
        <translation>{name} 接班</translation>
    </message>
    <message>
        <source>Count along, then enter your own PIN</source>
        <translation>请一起清点，再输入自己的 PIN</translation>
    </message>
    <message>
        <source>{amount} stays in the drawer and is the float of the next shift, which opens at once.</source>
        <translation>{amount} 留在钱箱，作为下一班的备用金，下一班随即开始。</translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Take the case up again</source>
        <translation>重新办理</translation>
    </message>
    <message>
        <source>Give carrier and waybill number: the goods leave the stock with it.</source>
        <translation>请填写快递公司和运单号，商品随之出库。</translation>
    </message>
    <message>
        <source>Why it is taken up again; the questions go on from the last offer.</source>
        <translation>写明重新办理的原因；从上次给出的方案接着办。</translation>
    </message>
    <message>
        <source>What came of it? It may stay empty.</source>
        <translation>结果如何？可留空。</translation>
    </message>
    <message>
        <source>no day set</source>
        <translation>未定日期</translation>
    </message>
    <message>
        <source>overdue since {day}</source>
        <translation>{day} 起已超时</translation>
    </message>
    <message>
        <source>due {day}</source>
        <translation>{day} 前</translation>
    </message>
    <message>
        <source>Take up at the counter</source>
        <translation>到柜台继续办</translation>
    </message>
    <message>
        <source>Call and ask</source>
        <translation>打电话回访</translation>
    </message>
    <message>
        <source>Attach the signed sheet</source>
        <translation>附上签字纸</translation>
    </message>
    <message>
        <source>Say whose mistake it was</source>
        <translation>判定责任</translation>
    </message>
    <message>
        <source>Write the claim down</source>
        <translation>登记理赔</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>你的岗位没有这项权限。</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Look the parcel up</source>
        <translation>查快递</translation>
    </message>
</context>
<context>
    <name>TodoScreen</name>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后单</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Do the next thing</source>
        <translation>办下一项</translation>
    </message>
    <message>
        <source>Answer an approval</source>
        <translation>答复审批</translation>
    </message>
    <message>
        <source>Choose several approvals</source>
        <translation>选择多项审批</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开售后单</translation>
    </message>
    <message>
        <source>Read a WeChat or Alipay bill</source>
        <translation>读取微信或支付宝账单</translation>
    </message>
    <message>
        <source>Which kind to show</source>
        <translation>显示哪类</translation>
    </message>
    <message>
        <source>Bill of WeChat or Alipay</source>
        <translation>微信或支付宝账单</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>pay out</source>
        <translation>待付</translation>
    </message>
    <message>
        <source>take in</source>
        <translation>待收</translation>
    </message>
    <message>
        <source>approval</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>款项</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>What is to do</source>
        <translation>待办事项</translation>
    </message>
    <message>
        <source>Nothing is waiting</source>
        <translation>没有待办</translation>
    </message>
    <message>
        <source>Tasks, approvals, refunds owed and cases that wait appear here by themselves.</source>
        <translation>任务、审批、待付退款和等待中的售后单会自动出现在这里。</translation>
    </message>
    <message>
        <source>Read a bill…</source>
        <translation>读取账单…</translation>
    </message>
    <message>
        <source>A bill of WeChat or Alipay enters the proofs of refunds by itself.</source>
        <translation>微信或支付宝账单会自动登记退款凭证。</translation>
    </message>
</context>
<context>
    <name>ToldDialog</name>
    <message>
        <source>Reached</source>
        <translation>联系方式</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n 项已超时</numerusform>
        </translation>
    </message>
    <message>
        <source>No backup</source>
        <translation>备份有问题</translation>
    </message>
    <message numerus="yes">
        <source>%n not printed</source>
        <translation>
            <numerusform>%n 份没打出来</numerusform>
        </translation>
    </message>
    <message>
        <source>The print queue: why, and what to do</source>
        <translation>打印队列：原因和处理办法</translation>
    </message>
    <message>
        <source>Switch to Chinese</source>
        <translation>切换到英文</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁屏</translation>
    </message>
    <message>
        <source>Nobody signed in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Switch staff by PIN</source>
        <translation>用 PIN 切换员工</translation>
    </message>
</context>
<context>
    <name>TradeWords</name>
    <message>
        <source>approver</source>
        <translation>审批人</translation>
    </message>
    <message>
        <source>finance</source>
        <translation>财务</translation>
    </message>
    <message>
        <source>needs: %1</source>
        <translation>需要：%1</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>Choose a backup</source>
        <translation>选择备份</translation>
    </message>
    <message>
        <source>The shop&apos;s data could not be opened</source>
        <translation>无法打开店铺数据</translation>
    </message>
    <message>
        <source>Data folder: {folder}. Nothing in it was changed.</source>
        <translation>数据文件夹：{folder}。其中的内容没有改动。</translation>
    </message>
    <message>
        <source>Restore the backup of {moment}</source>
        <translation>恢复 {moment} 的备份</translation>
    </message>
    <message>
        <source>Choose another backup…</source>
        <translation>选择其他备份…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>退出程序</translation>
    </message>
</context>
<context>
    <name>TryDialog</name>
    <message>
        <source>Type these facts on the left: {names}</source>
        <translation>请在左侧填写：{names}</translation>
    </message>
    <message>
        <source>The walk ends here: {outcome}</source>
        <translation>流程到此结束：{outcome}</translation>
    </message>
    <message>
        <source>a right</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>Try the chart</source>
        <translation>试走流程图</translation>
    </message>
    <message>
        <source>Nothing is written: type facts, answer, and see where a visit would go and why.</source>
        <translation>不写入任何数据：填写事实、逐题回答，看一次办理会走到哪里、为什么。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>yes / no</source>
        <translation>是 / 否</translation>
    </message>
    <message>
        <source>One answer back</source>
        <translation>退回一题</translation>
    </message>
</context>
<context>
    <name>VersionsTable</name>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>修改人</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Earlier versions</source>
        <translation>历次版本</translation>
    </message>
    <message>
        <source>Last changed by {name} on {moment}.</source>
        <translation>最近由 {name} 于 {moment} 修改。</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>随程序提供</translation>
    </message>
</context>
<context>
    <name>VisitActs</name>
    <message>
        <source>It is kept with the case</source>
        <translation>会记入售后单</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>WalkTabs</name>
    <message>
        <source>Other answers for one of these</source>
        <translation>其中一件答案不同</translation>
    </message>
</context>
<context>
    <name>WatchedFolder</name>
    <message>
        <source>Your role may not import.</source>
        <translation>你的岗位不能导入。</translation>
    </message>
    <message>
        <source>No folder is chosen.</source>
        <translation>还没有选文件夹。</translation>
    </message>
    <message>
        <source>Folder of the register</source>
        <translation>收银机的文件夹</translation>
    </message>
    <message>
        <source>Folder into which the register writes its nightly file</source>
        <translation>收银机每晚写入文件的文件夹</translation>
    </message>
    <message>
        <source>Looked into every minute while the program is open; each file comes in once, when it is whole.</source>
        <translation>程序开着时每分钟看一次；文件写完后导入，每份只导入一次。</translation>
    </message>
    <message>
        <source>What writes it</source>
        <translation>由什么程序写入</translation>
    </message>
    <message>
        <source>Put files that came in into a folder “imported” beside them</source>
        <translation>导入后把文件移到旁边的“imported”文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Look nowhere</source>
        <translation>不再查看</translation>
    </message>
</context>
<context>
    <name>WayCard</name>
    <message>
        <source>Group {number}</source>
        <translation>第 {number} 组</translation>
    </message>
    <message>
        <source>The way through the chart</source>
        <translation>所走流程</translation>
    </message>
    <message>
        <source>Whole chart</source>
        <translation>完整流程图</translation>
    </message>
</context>
<context>
    <name>WaybillDialog</name>
    <message>
        <source>Look the parcel up</source>
        <translation>查快递</translation>
    </message>
    <message>
        <source>Time and your name are added by themselves.</source>
        <translation>时间和你的姓名会自动记下。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Waybill number</source>
        <translation>快递单号</translation>
    </message>
    <message>
        <source>What the courier shows</source>
        <translation>查到的结果</translation>
    </message>
</context>
<context>
    <name>WindowPage</name>
    <message>
        <source>Folder that a phone fills</source>
        <translation>手机照片文件夹</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language and window</source>
        <translation>语言与窗口</translation>
    </message>
    <message>
        <source>Works at once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Lock after minutes without a touch</source>
        <translation>无操作多少分钟后锁屏</translation>
    </message>
    <message>
        <source>0 never locks.</source>
        <translation>0 表示不自动锁屏。</translation>
    </message>
    <message>
        <source>Photos that arrive there join the case in hand.</source>
        <translation>新到的照片会加入正在办的售后单。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message>
        <source>Customer confirms and signs</source>
        <translation>顾客确认并签字</translation>
    </message>
    <message>
        <source>Answer the questions first</source>
        <translation>请先回答问题</translation>
    </message>
    <message>
        <source>Choose what comes back</source>
        <translation>请选择退回的商品</translation>
    </message>
    <message>
        <source>Scan a receipt to begin</source>
        <translation>扫小票开始</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>第 %1 组</translation>
    </message>
    <message>
        <source>in this visit</source>
        <translation>本次办理</translation>
    </message>
</context>
<context>
    <name>_ApprovalRow</name>
    <message>
        <source>approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>By PIN</source>
        <translation>当面输入 PIN</translation>
    </message>
    <message>
        <source>Park it</source>
        <translation>转待审批</translation>
    </message>
    <message>
        <source>It is among the approvals already</source>
        <translation>已在待审批中</translation>
    </message>
</context>
<context>
    <name>_EvidenceRow</name>
    <message>
        <source>%1: waived, %2</source>
        <translation>%1：已豁免，%2</translation>
    </message>
    <message>
        <source>compulsory</source>
        <translation>必需</translation>
    </message>
    <message>
        <source>Waive</source>
        <translation>无法取得</translation>
    </message>
    <message>
        <source>Write down</source>
        <translation>记录下来</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>Enter it</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>文字说明</translation>
    </message>
</context>
<context>
    <name>_LineRow</name>
    <message>
        <source>Article: name or barcode</source>
        <translation>商品名称或条码</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation>删除这一行</translation>
    </message>
</context>
<context>
    <name>_PartRow</name>
    <message>
        <source>Article: name or barcode</source>
        <translation>商品名称或条码</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Paid together</source>
        <translation>合计实付</translation>
    </message>
    <message>
        <source>Remove this part</source>
        <translation>删除这件</translation>
    </message>
</context>
<context>
    <name>_ScriptRow</name>
    <message>
        <source>Copy this text</source>
        <translation>复制话术</translation>
    </message>
</context>
<context>
    <name>_TestRow</name>
    <message>
        <source>overruled</source>
        <translation>已改判</translation>
    </message>
    <message>
        <source>Overrule this test, with a reason</source>
        <translation>改判（需填写原因）</translation>
    </message>
</context>
</TS>
