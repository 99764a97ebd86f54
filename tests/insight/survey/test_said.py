"""Comments: no names and numbers in what is shown, nothing before there are ten, words that many say."""

import pytest

from access.masking import MASK, mask, names, without_own
from insight.survey.said import read_said, said
from tests.conftest import make_enterprise
from tests.insight.world import add_answers, add_wave

KNOWN = names(["平水镇", "浙江云锦示范纺织有限公司", "Yunjin Demo Textile Co., Ltd."], ["示例联系人", "钱多多"],
              places=("柯桥区", "Keqiao District"))  # fmt: skip


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("电话13800005678，找钱多多", f"电话{MASK}，找{MASK}"),
        ("联系 138-0000-5678 或 0575 8412 3456", f"联系 {MASK} 或 {MASK}"),
        ("１３８００００５６７８", MASK),
        ("手机一三八零零零零五六七八", f"手机{MASK}"),
        ("我是浙江云锦示范纺织有限公司的", f"我是{MASK}的"),
        ("云锦示范纺织的订单", f"{MASK}的订单"),
        ("yunjin demo textile co., ltd. has asked", f"{MASK} has asked"),
        ("信用代码91330621MA2XXXXX0K", f"信用代码{MASK}"),
        ("邮箱 someone@example.com", f"邮箱 {MASK}"),
        ("王经理说过两次", f"{MASK}说过两次"),
        ("Mr. Smith told us", f"{MASK} told us"),
        ("云\u200b锦示范纺织", MASK),
        ("2023年11月有3次检查", "2023年11月有3次检查"),
        ("施工进度快，管理到位", "施工进度快，管理到位"),
        ("我们是全区唯一做防火布的厂，电费高", f"我们是{MASK}，电费高"),
        ("作为全区第一的印染企业，希望减负", f"作为{MASK}，希望减负"),
        ("在平水镇开厂，路不好", f"在{MASK}开厂，路不好"),
        ("老板姓张，找过三次", f"老板{MASK}，找过三次"),
        ("我们在3号楼，常停电", f"我们在{MASK}，常停电"),
        ("2023年5月12日被罚了3万元，不合理", f"{MASK}被罚了{MASK}，不合理"),
        ("We are the only maker of fireproof cloth here, power is dear", f"We are {MASK}, power is dear"),
        ("就我们家来说流程太慢", "就我们家来说流程太慢"),
        ("The only thing that works is the hotline", "The only thing that works is the hotline"),
        ("区里就我们一家做芯片，没有政策", f"{MASK}，没有政策"),
        ("希望政府只有一家窗口", "希望政府只有一家窗口"),
        ("仓库在2楼，常停电", f"仓库在{MASK}，常停电"),
        ("We are the largest dye works here, power is dear", f"We are {MASK}, power is dear"),
        ("Our boss, surnamed Zhang, called", f"Our boss, {MASK}, called"),
        ("Power fails in Building 7 weekly", f"Power fails in {MASK} weekly"),
        ("电价涨了，每度贵3元", "电价涨了，每度贵3元"),
    ],
)
def test_names_and_numbers_are_taken_out(words, shown):
    assert mask(words, KNOWN) == shown


# Self-descriptions by kind, each with what must not be left of it.
SELVES = """
厂长是俞国华|俞国华
法定代表人骆建军|骆建军
我们公司叫恒鑫|恒鑫
我们厂名就叫金蝶，做窗帘的|金蝶
我们是区人大代表企业|人大代表
在创业园B座1203|1203
We're Keqiao's biggest dyer|biggest dyer
Zhang is our boss, he complained twice|Zhang
Our boss is called Zhang Wei|Wei
My name is Li Hong and I run the factory|Hong
I own the dye works by the canal, Chen Guodong|Guodong
Boss Song asked the bureau three times|Song
General Manager Xu Lin waited|Xu
Ask for old Fan at the gate|Fan
Call Ms. Hu on Monday|Hu
We are the only ones here who weave Kevlar|Kevlar
No other factory in town makes umbrella fabric|umbrella
Nobody else in the town makes optical glass|glass
As the number one exporter of curtains we expected more|curtains
We are the largest employer in the town|employer
We are the district's only listed textile company|listed
The one and only chip design house here|chip
We are a mill, the first in the district|first
We are on the 3rd floor of the Innovation Tower|Innovation
We are on the 3rd floor of the Innovation Tower|3rd
Located in Building A of the science park|Building A
Fined RMB 50000 on 2023-05-12|50000
On May 3rd we paid 20k in fines|20k
We received a 2 million yuan grant in March 2023|March
Our Italian parent company Bellini SpA wonders|Bellini
Our Italian parent company Bellini SpA wonders|Italian
My WeChat is demo_88|demo_88
我们老板叫章建国|章
本人章伟，法人代表|章
我是厂长李红|李
我叫王芳，开印染厂的|王芳
老王的厂就在河边|老王
我们是镇上最大的窗帘厂|窗帘
我们厂是柯桥最早做数码印花的|数码
区内独一份的高铁座椅面料|座椅
整个镇只有我们做雨伞布|雨伞
除了我们没有别家做芯片|芯片
我们是区里首家上市公司|上市
我们税收第一，不该这样|第一
我们在创意大厦A座1203室|创意
我们在创意大厦A座1203室|1203
在轻纺城东区三楼|轻纺城
2023年5月罚款叁万元|叁万
去年三月被环保罚了五万块|三月
我们这家德资企业全区就一家|德资
意大利母公司贝里尼来函|贝里尼
We are in the Xinda Industrial Park|Xinda
Opposite the Jinhui Service Centre|Jinhui
We are in the Bank of China Tower|China Tower
我们是全区首个上市公司|上市
我们是行业龙头|龙头
我们龙头企业也难|龙头
给华为做外壳的就是我们|华为
我们是那家养大闸蟹的|大闸蟹
越城区城南那家黄酒厂就是我们|黄酒厂
全区仅有的一家台资医院|医院
区里头号纳税户都这样|纳税户
我们有员工1376人，社保太高|1376
案号（2023）浙0602民初1234号一直没结|1234
我们是2009年从上海搬来的电镀厂|上海
我们获得过鲁班奖|鲁班
邮箱 boss艾特sxyarn点com|sxyarn
We are the only brewery in the district|brewery
We supply Tesla with housings|Tesla
We moved from Shanghai in 2009|Shanghai
我公司是区里的龙头|龙头
作为本地龙头企业，希望减负|龙头
我司作为建材龙头|龙头
区里的龙头企业就是我们|龙头
区里就我们做芯片|芯片
我们是柯桥头一个做氢能的|氢能
我们做的防弹面料，国内独一家|独一家
负责人姓欧阳，跑了五趟|欧
诸葛经理等了一天|诸葛
湖西路与群贤路交叉口的厂，天天堵|群贤
上周三交了12万保证金|12万
5月12日罚了1,200万元|万元
我们家那个500人的染厂|500
作为规上第一家做机器人的|机器人
全区只此我们一家生产石墨烯|石墨烯
我们这种做假发的区里没第二家|第二家
我家在滨海工业区九一丘|九一丘
A mill with 640 workers waited|640
We, the Japanese-owned pump maker, got nothing|Japanese
Fined 80,000 on 12 May|80,000
We are one of two listed firms|two
Our factory on Hongqi Road floods|Hongqi
我叫司马光明，做窗帘的|光明
区里做宠物玻璃的就我们|就我们
全柯桥做航空座套的没有别人|航空
我们年产值3.2亿，税务查了三次|3.2亿
全镇纳税前三的厂|前三
我们是中石化的子公司|中石化
红旗路口那家印染厂|红旗
We are a subsidiary of Siemens|Siemens
We make 80% of the country's umbrella ribs|80%
我们是做婚纱面料的那家|婚纱
就是做高尔夫球杆的那个厂|高尔夫
那家做冰袋的就是咱们|冰袋
姓仇的老板找过你们三次|姓仇
地址是鉴湖中路77号|77
我家的货车浙A 6F8K2被扣|6F8K2
法人谢长根反映|谢长根
法人代表换成了丁小芳|丁小芳
我们的"锦绣江南"牌没人保护|锦绣江南
我们品牌「雪绒」被侵权|雪绒
我们做‘浪莎达’袜子的|浪莎达
作为区里仅有的两家热电厂之一|仅有
全省只有三家，我们是其中之一|三家
国内市场占有率第一的是我们|占有率第一
我们是国家级小巨人，做无梭织机|小巨人
我们公司上个月刚挂牌新三板|新三板
我们是一家十二个人的小厂|十二个人
公司成立于1992年|1992
We are the firm that makes wedding lace|wedding
Our brand "NovaTex" is counterfeited|NovaTex
We are one of just two cashmere spinners here|two
Our truck ZD 88A66 was towed|88A66
We were the first in Keqiao to list on the STAR market|first
As the district's top exporter we expect more|top
We employ 37 people and make wigs|37
We are the Korean zipper maker on the ring road|Korean
Founded in 1987, we were the first joint venture|1987
Our plant next to the Jianhu bridge floods|Jianhu
We rank second in the district by tax|second
Nobody but us makes carbon cloth here|Nobody
"""
PLAIN = """
The biggest problem in the district is parking
从申请到批下来用了三个月
给企业做服务要更主动
The only open counter in the town is far away
窗口叫号太慢，公司叫车也难
负责人是谁说不清
Last year's first half was slow
The only thing that works is the hotline
There is only one window for all permits
He is our service officer and does well
I may be wrong, but 3 yuan a unit is dear
No other window could help us
Our manager waited for two hours
It took 2 months and 300,000 yuan of our own
The head of the office is patient
全区只有一个窗口办这个
区里第一次上门就解决了
每月两万的电费太高
本人在窗口等了两个小时
老问题没有解决
德国客户的订单少了
区里最好的是服务员
The Government Service Centre was closed at noon
We queued at the Administrative Service Center twice
In Keqiao Administrative Service Center nobody knew
The road to the Industrial Park floods
In Zhejiang Market prices rose
The Science and Technology Building has no lift
全区首个窗口排队两小时
区里就我们部门反复跑
区里就我们反映的问题开过会
希望加大对龙头企业的扶持
我们希望多支持龙头企业
我们与龙头企业配套，账期太长
头一个月很顺利
第一个窗口让我们去第二个
上周三窗口没有人
希望解决200人的食堂问题
我们在工业区排队办证
One of the two windows was closed
We waited with 20 others
唯一的建议是网上能查进度
百姓办事方便了
姓名写错了要重新来
做“一件事”改革好
“放管服”改革见效
车牌识别系统老坏
只有两家银行肯贷
第一批补贴没到账
小巨人企业的补贴标准不清楚
法人变更要跑三个部门
最好的是网上办理的那个窗口
地址变更要跑三次
We are a Chinese company and need English forms
We are the ones who wait
No one but the hotline helped
The truck ban lasts too long
我们在开发区窗口等了一天
"""


@pytest.mark.parametrize("line", SELVES.strip().splitlines())
def test_nobody_is_known_by_what_they_say_of_themselves(line):
    words, told = line.split("|")
    assert told in words and told not in mask(words, KNOWN)


@pytest.mark.parametrize("words", PLAIN.strip().splitlines())
def test_what_names_nobody_stays(words):
    assert mask(words, KNOWN) == words


def test_a_comment_does_not_say_its_own_firms_short_name():
    assert without_own("We at Yunjin wait", ["Yunjin Demo Textile Co., Ltd."]) == f"We at {MASK} wait"
    assert without_own("云锦等了三个月", ["浙江云锦示范纺织有限公司"]) == f"{MASK}等了三个月"
    assert mask("云锦等了三个月", KNOWN) == "云锦等了三个月"


def test_nothing_is_said_before_there_are_ten_comments(store):
    firm = make_enterprise(store)
    wave_id = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave_id, "2023-11-02", [{"O5": "云锦招工难，打13800005678"}] * 9, firms=[firm.id] * 9)
    from db.survey import surveys

    wave = store.read(lambda con: surveys.wave(con, wave_id))
    assert store.read(lambda con: read_said(con, wave)).words == ()
    add_answers(store, wave_id, "2023-11-03", [{"O5": "云锦招工难，缺熟练工"}], firms=[firm.id])
    found = store.read(lambda con: read_said(con, wave))
    assert found.comments == 10 and "招工难" in {word.words for word in found.words} | {"招工"}
    quotes = {quote for word in found.words for quote in word.quotes}
    assert quotes and not any("138" in quote or "云锦" in quote for quote in quotes)


def test_a_word_is_listed_from_five_answers_on_and_counts_once_an_answer():
    found = said(["电费太高，电费还在涨"] * 5 + ["物流成本高"] * 4 + ["审批很快"])
    counts = {word.words: word.n for word in found.words}
    assert counts.get("电费太高") == 5 and not any("物流" in word for word in counts)
    assert next(word for word in found.words if word.words == "电费太高").quotes == ("电费太高，电费还在涨",)
