<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BackupPage</name>
    <message>
        <source>Only somebody who looks after the data may do this.</source>
        <translation>只有负责数据的人可以操作。</translation>
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
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止，没有改动任何数据。</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
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
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>全部核对</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
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
    <name>ChartView</name>
    <message>
        <source>Decision chart with the way that was walked</source>
        <translation>流程图与已走路径</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>No money moves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer gets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer pays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check code %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign on the pad, or tick that the paper is signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is agreed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer&apos;s signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the questions</source>
        <translation type="unfinished"></translation>
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
        <source>Done: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paid out %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no money moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still to pay by %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still to come by %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Posted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print this slip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FactsForm</name>
    <message>
        <source>Please fill this in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To go on, the shop needs:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yuan, e.g. 30.00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>e.g. 2026-11-12</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation type="unfinished"></translation>
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
    <name>FirstRun</name>
    <message>
        <source>Welcome to Counter</source>
        <extracomment>Which field an error of the set-up service belongs to.</extracomment>
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
        <source>Fill with sample sales and cases, to try everything out</source>
        <translation>装入示例销售和售后单，先试用一遍</translation>
    </message>
    <message>
        <source>Open the counter</source>
        <translation>开张</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a sale, a case or an article</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Counter</source>
        <translation>售后柜台</translation>
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
    <name>PhotoStrip</name>
    <message>
        <source>Choose photos</source>
        <extracomment>Larger files are not even opened for a thumbnail, bytes. A file of the phone&apos;s folder is whole when it stayed the same for this long.</extracomment>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one who decides enters their own PIN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who decides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may stay empty when approving</source>
        <translation type="unfinished"></translation>
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
        <source>Give one to five names, with / between them.</source>
        <translation>请填 1 到 5 个名称，用 / 隔开。</translation>
    </message>
    <message>
        <source>Printers and paper</source>
        <translation>打印机与纸张</translation>
    </message>
    <message>
        <source>Receipts and forms may come from two printers.</source>
        <translation>小票和单据可以用两台打印机。</translation>
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
        <source>Names of the copies</source>
        <translation>各联名称</translation>
    </message>
    <message>
        <source>Shop / customer / finance, with / between.</source>
        <translation>存根 / 客户 / 财务，用 / 隔开。</translation>
    </message>
    <message>
        <source>Language of slips</source>
        <translation>单据语言</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ProposalPanel</name>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer&apos;s rights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>original way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in stock %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why approval is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By PIN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Park it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is among the approvals already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still to enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer confirms and signs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message>
        <source>Scan a receipt to begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overruled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overrule this test, with a reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: waived, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compulsory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be had</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>返回一步</translation>
    </message>
    <message>
        <source>Customer withdraws</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>Please give the reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordSaleDialog</name>
    <message>
        <source>paid %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the day as 2026-11-12</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record the purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found. Record what the customer shows; the register&apos;s import will match it later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bought on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bought where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was bought</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another line</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SaleLineCard</name>
    <message>
        <source>chosen: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bought %1  back %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>can return %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in an open case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One piece fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One piece more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7-day return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>our promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fault: return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fault: exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guarantee</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SalePanel</name>
    <message>
        <source>Customer not named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or type the order, phone, name or serial number and press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question or complaint without a purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No purchase in this case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer the questions beside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record the purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on without a purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to this visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gift recipient</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Choose with a digit or the arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the number, try the phone, or record the purchase with what the customer shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in stock %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bought %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>received %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No earlier case</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n earlier case(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
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
        <source>Printers and paper</source>
        <translation>打印机与纸张</translation>
    </message>
    <message>
        <source>Language and window</source>
        <translation>语言与窗口</translation>
    </message>
    <message>
        <source>Backup and check</source>
        <translation>备份与核对</translation>
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
        <source>Empty: the PIN stays as it is.</source>
        <translation>留空则 PIN 不变。</translation>
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
    <name>TopBar</name>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n 项已超时</numerusform>
        </translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>The shop&apos;s data could not be opened</source>
        <translation>无法打开店铺数据</translation>
    </message>
    <message>
        <source>Data folder: {folder}. Nothing in it was changed.</source>
        <translation>数据文件夹：{folder}。其中的内容没有改动。</translation>
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
    <name>_LineRow</name>
    <message>
        <source>Article: name or barcode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
