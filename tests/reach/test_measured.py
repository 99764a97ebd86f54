"""What the sweep looks for is found where it is, and nothing where it is not."""

import pytest

from tests.reach.measured import crowded, cut

pytestmark = pytest.mark.browser
PAGE = """<p>一行字，好好地写在这里。</p><div style="position: relative; width: 20em; height: 3em">{}</div>"""
PIECE = '<span style="{}">{}</span>'
COLUMN = PIECE.format("display: block; width: 1em", "一二三四五六")
OVER = PIECE.format("position: absolute; left: 0", "下面") + PIECE.format("position: absolute; left: 1em", "上面")
APART = PIECE.format("display: block", "两行") + PIECE.format("display: block", "各占一行")
SHUT = PIECE.format("display: block; width: 4em; overflow: hidden; white-space: nowrap", "很长的一行字")


@pytest.fixture
def holding(chromium):
    """holding(words) → a page with them in it."""
    page = chromium.new_page()

    def hold(words):
        page.set_content(PAGE.format(words))
        return page

    yield hold
    page.close()


@pytest.mark.parametrize(
    ("words", "found"), [(COLUMN, ["a column of letters '一二三四五六'"]), (OVER, ["'下面' over '上面'"]), (APART, [])]
)
def test_words_in_a_column_or_over_others_are_found(holding, words, found):
    assert crowded(holding(words)) == found


def test_words_that_are_cut_off_are_found(holding):
    assert [one.split(" ")[-1] for one in cut(holding(SHUT))] == ["'很长的一行字'"]
    assert cut(holding(APART)) == []
