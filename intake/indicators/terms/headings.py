"""The headings of the long format and the words of its column of statuses, in both languages."""

from intake.files.spreadsheets import folded

FIELDS = ("indicator", "period", "unit", "value", "yoy", "released", "source", "status", "geography")
_WORDS: dict[str, tuple[str, ...]] = {
    "indicator": ("指标", "指标名称", "指标代码", "indicator", "indicator code", "indicator name"),
    "period": ("时期", "期间", "时间", "报告期", "period"),
    "unit": ("单位", "计量单位", "unit"),
    "value": ("数值", "值", "绝对值", "value", "level"),
    "yoy": ("同比(%)", "同比增长(%)", "同比增速(%)", "增速(%)", "同比增长", "yoy", "yoy (%)", "growth", "growth (%)",
            "year on year", "yoy_published"),
    "released": ("发布日期", "公布日期", "发布时间", "released", "release date", "vintage"),
    "source": ("来源", "数据来源", "source"),
    "status": ("状态", "数据状态", "status"),
    "geography": ("地区", "区域", "geography", "area"),
}  # fmt: skip
HEADINGS = {folded(words): name for name, all_words in _WORDS.items() for words in all_words}
GROWTH_IN_POINTS = {folded(words) for words in ("同比(百分点)", "增减(百分点)", "yoy (pp)", "growth (pp)")}

STATUSES = ("preliminary", "verified", "revised", "census_revised")
STATUS_WORDS = {
    **dict.fromkeys(("初步", "初步数", "初步核算", "初步核算数", "preliminary"), "preliminary"),
    **dict.fromkeys(("核实", "核实数", "最终核实", "最终核实数", "verified", "final"), "verified"),
    **dict.fromkeys(("修订", "修订数", "revised"), "revised"),
    **dict.fromkeys(("普查修订", "普查修订数", "census revised", "census_revised"), "census_revised"),
}
STATUS_WORDS = {folded(words): status for words, status in STATUS_WORDS.items()}
