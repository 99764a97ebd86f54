"""What a heading calls who, or where, somebody is, and what such answers look like: tables of words."""

import re


def _any(words: str) -> str:
    """Words between bars. A blank stands for whatever joins words in a heading of a database, 'user_id'."""
    return "(?:" + words.replace(" ", r"[\s_-]*") + ")"


# Chinese: the end of what is asked for.
_OFFICE = _any("单位|公司|企业|机构|工厂|店铺|商户|组织|集团")
_PERSON = _any("姓\\s*名|贵姓|名字|昵称|网名|称呼|署名|签名|签字|头像")
_ROLE = _any("法定代表人|法人代表|法人|负责人|联系人|经办人|受访者|受访人|被访者|(?:填[写表报]|提交|答[题卷])[人者]")
_REACHED = _any("联系方式|联系电话|联系手机|联系号码|电话|手机|座机|传真|微信|QQ|钉钉|邮箱|电子邮件|邮件")
_NUMBERED = _any("身份证|证件|护照|通行证|居住证|驾驶证|社保卡?|医保卡?|学籍|会员卡?|银行卡|组织机构|信用")
_OTHER = _any(
    "工号|学号|(?:员工|职工|会员|客户)编号|设备号|IMEI|店名|厂名|车牌号?码?|营业执照号?|字号|纳税人识别号|税号|[账帐]号"
    "|用户编号|用户标识|网址|官网"
)
_WHERE = _any(
    "地址|住址|住所|经纬度|经度|纬度|坐标|(?:GPS|位置|地址)定位|^(?:您的|当前)?定位|门牌号?码?|(?:居住|所在)的?小区(?:名称)?"
    "|(?:地理|当前|所在|家庭|居住|实时)位置"
)
_ID = _any("open id|union id|user id|device id|uid")
_CHINESE = (
    f"{_PERSON}|{_ROLE}|{_OFFICE}(?:全称|名称|名)|{_REACHED}(?:号码?|账号|地址)?|{_NUMBERED}(?:号码?|代码|账号)|身份证|护照|通行证|居住证"
    f"|{_OTHER}|{_WHERE}|(?:微信|用户|支付宝)\\s*(?:{_ID}|ID)"
)

# English: the end too, with whose it is, since brands and products have names as well.
_WHOSE = _any(
    "your|my|full|first|last|family|given|contact|respondent(?:'s)?|person(?:'s)?|child(?:'s)?|user|nick"
    "|legal representative(?:'s)?|company|firm|enterprise|organi[sz]ation|business|employer"
)
_CARD = _any("id|identity|passport|licen[cs]e|tax|registration|credit|bank account|account|employee|student|member")
_HOME = _any("your|home|street|postal|mailing|office|company|business|residential|work|ip")
_ENGLISH = (
    rf"(?:^(?:the )?|\b{_WHOSE}[\s_-]*)names?|\bnick ?name|\blegal (?:representative|person)|\bsignature|\bavatar"
    r"|\bcontact(?: person| details?| information| number)?|\brespondent|\be-?mail(?: address)?|\bwebsite"
    r"|\b(?:telephone|phone|mobile|cell|fax|wechat|qq)(?: phone)?(?: ?(?:number|no\.?|id|account))?"
    rf"|\b{_CARD}(?: card)? ?(?:number|no\.?|code)|\buscc|\bpassport|^(?:wechat[\s_-]*)?{_ID}"
    rf"|(?:^|\b{_HOME}[\s_-]*)address|\b(?:latitude|longitude|lat|lng|lon|coordinates?|gps)"
)
ASKED = re.compile(f"(?:{_CHINESE}|{_ENGLISH})$", re.IGNORECASE)
# In the middle of a sentence: 'leave your telephone number so that …'.
GIVEN = re.compile(
    f"(?:您的?|你的?|填写|输入|留下|留)(?:真实)?(?:{_PERSON}|{_REACHED}|身份证)(?!公众号|小程序|银行|群)"
    r"|(?:enter|leave|give us|provide) your (?:full name|name|phone|mobile|e-?mail|address)",
    re.IGNORECASE,
)
# A firm without the word 'name' has to be all that is asked: 'your firm', not 'what would help your firm'.
WHOLE_OFFICE = re.compile(
    r"(?:请?(?:输入|填写|选择|问|留下)?)(?:您|你|贵)?(?:现在|目前)?的?(?:家长)?"
    rf"(?:所在|工作|任职|所属|填报|填表|申报|参会|参评|受访|被访|就职|服务)?的?{_OFFICE}"
    r"|(?:what is |please (?:enter|give|state) )?(?:the )?(?:name of )?(?:your )?"
    r"(?:company|firm|enterprise|employer|organi[sz]ation)",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"[，,。；;：:、/+＋&？?！!（）()【】\[\]—–\n]+|--|和|及|与|或|\band\b|\bor\b")
PAUSES = re.compile(r"[，,。；;：:、/+＋（）()【】\[\]—–\n]+|--")
ASKING = re.compile(r"(?:分别)?(?:是|为)?(?:什么|哪一?家|哪里|哪个|多少|谁)?(?:呢|吗)?[\s\W_]*$", re.IGNORECASE)
# What people prefer, or whether, is no fact about who they are.
PREFERENCE = re.compile(
    r"希望|偏好|倾向|喜欢|最|哪些|何种|哪种|是否|愿意|有无|能否|如何|满意|prefer|which|whether|how |satisf",
    re.IGNORECASE,
)
COMMENT = re.compile(r"意见|建议|诉求|困难|问题|原因|理由|评价|comment|suggestion|problem|reason|why ", re.IGNORECASE)
# Where a heading asks for one of these, short words are no people.
THINGS = re.compile(
    r"镇|街道|乡|村|社区|区域|地区|城市|省|市|县|产地|国家|行业|产业|产品|品牌|学校|专业|部门|渠道|方式|类型|性质|规模"
    r"|职务|岗位|身份|民族|town|city|district|province|country|region|sector|industry|product|brand|school|department"
    r"|channel|kind|type",
    re.IGNORECASE,
)
HARMLESS = frozenset({
    "是", "否", "有", "无", "没有", "愿意", "不愿意", "同意", "不同意", "会", "不会", "能", "不能", "知道", "不知道",
    "清楚", "不清楚", "其他", "yes", "no", "y", "n", "true", "false", "other",
})  # fmt: skip
_PHONE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\(?0\d{2,3}\)?[- ]?\d{7,8}(?:(?:-|转)\d{1,6})?|400-?\d{3}-?\d{4}"
_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
_CREDIT_CODE = r"[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}"
_POINT = r"[\[(（]?-?\d{1,3}\.\d{2,15}\s*[,，;；\s]\s*-?\d{1,3}\.\d{2,15}[\])）]?"
_FORM = _any("有限公司|有限责任公司|股份公司|集团公司?|合作社|经营部|商行|事务所|制造厂|印染厂|织造厂|加工厂")
_SORT = _any(
    "股份|国有|独资|一人|外资|外商|合资|合作|民营|责任|中外|其他|私营|集体|台港澳|家族|上市|投资|控股|大型|中型|小型"
    "|农民|专业|会计师|律师"
)  # a sort of firm, '股份有限公司', names none
_PLATE = r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[A-Z0-9]{5,6}"
WHOLE = re.compile(
    rf"{_PHONE}|{_MAIL}|{_CREDIT_CODE}|{_POINT}|\d{{16,19}}|\d{{17}}X|[0-9A-Z]{{8}}-[0-9X]|{_PLATE}"
    r"|(?=[^A-Z]*[A-Z])(?=\D*\d)[A-Z0-9_-]{20,64}"  # an openid, a UUID
    r"|\d{1,3}(?:\.\d{1,3}){3}(?:\s*[(（].*[)）])?"  # an address of the network
    rf"|(?!{_SORT}+{_FORM}$)\S{{2,40}}{_FORM}(?:[(（]\S+[)）])?"
    r"|[A-Z][\w&.,' -]{2,60}\b(?:co\.?,? ?ltd\.?|company limited|inc\.?|llc|gmbh)",
    re.IGNORECASE,
)
_STREET = _any("路|街|道|巷|弄|村|里|小区|花园|苑|园|公寓|大厦|广场|镇|乡|组")
SITE = re.compile(
    rf"{_STREET}[^，。；]{{0,12}}?\d{{1,5}}(?:-\d{{1,5}}){{0,3}}\s*(?:号|幢|栋|弄|室|单元|楼|座|组)|[\[(（]\s*{_POINT}"
    r"|\b\d{1,5}[\w\s.,'-]{1,60}\b(?:road|rd|street|st|avenue|ave|lane|boulevard|blvd|drive)\b",
    re.IGNORECASE,
)
# Pieces of a text: digits stand free, and are no sum.
PIECES = re.compile(
    rf"(?<![\dA-Za-z.])(?:[1-9]\d{{16}}[\dXx]|{_CREDIT_CODE}|{_PHONE})(?![\dA-Za-z.])(?!\s*(?:元|万|亿|美元|人|吨|%))"
    rf"|{_MAIL}|{_POINT}"
)

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢傅钟"
    "姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤常温康施文牛樊葛邢"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游"
    "辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应"
    "臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮"
    "粟冼蔺楼盘满闻位厉"
)
NAME = re.compile(
    rf"(?!.*[镇区乡村路街市县省厂店局部站]$)(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|尉迟|皇甫|令狐|慕容|司徒|端木|东方)"
    r"(?:[\u4e00-\u9fff·]{1,2}|某{1,2}|先生|女士|小姐|总|经理|老师|主任)"
)
