"""The words beside a figure that say which way it goes, as reports and the formats of their cells have them."""

UP = ("增长", "上升", "增加", "上涨", "增", "升", "涨")
DOWN = ("负增长", "下降", "减少", "降低", "下跌", "下滑", "降", "减", "跌")
# Of how a rate changed: 跌幅收窄 is better than before, 增速回落0.3 is in points. No sign follows from them.
OF_A_RATE = ("扩大", "收窄", "缩小", "回落", "加快", "放缓", "提高", "提升")
ON_LAST_YEAR = r"(?:同比|[比较](?:上年|去年)(?:同期)?)"


def either(*words: str) -> str:
    """As a regular expression."""
    return f"(?:{'|'.join(words)})"
