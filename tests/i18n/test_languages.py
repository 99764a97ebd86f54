"""Names that fall back, and a language that is added as docs/languages.md says."""

import pytest
from markupsafe import Markup

import i18n
from i18n.names import said
from i18n.translating import gaps
from tests import pseudo
from tests.conftest import ROOT


def test_a_name_falls_back_to_the_main_language_and_says_so_where_it_is_markup():
    both, chinese, english = {"zh": "钱清", "en": "Qianqing"}, {"zh": "钱<清>", "en": ""}, {"zh": "", "en": "Imported"}
    assert [said(both, language) for language in ("zh", "en", "fr")] == ["钱清", "Qianqing", "钱清"]
    assert [said(chinese, "en"), said(english, "zh"), said({"zh": None}, "en")] == ["钱<清>", "Imported", ""]
    assert str(Markup("<b>{}</b>").format(said(chinese, "en"))) == '<b><span lang="zh-CN">钱&lt;清&gt;</span></b>'
    assert str(Markup("<b>{}</b>").format(said(both, "en"))) == "<b>Qianqing</b>"


def test_a_language_added_is_offered_and_the_page_of_docs_names_its_lines(tmp_path):
    """The steps of docs/languages.md: a folder with `language.toml` and what `python -m i18n texts` prints."""
    guide = (ROOT / "docs/languages.md").read_text(encoding="utf-8")
    assert "python -m i18n texts" in guide and "python -m i18n check" in guide
    folder = pseudo.write(tmp_path)
    assert {path.name for path in folder.iterdir()} == {"language.toml", "texts.toml"}
    try:
        i18n.add(folder)
        assert gaps(pseudo.CODE) == [] and i18n.choose("qps-ploc, en;q=0.5") == pseudo.CODE
        assert pseudo.CODE in i18n.others("zh", in_house=True)
        assert [i18n.text("desk.found", pseudo.CODE, n=n)[:1] for n in (1, 2, 5)] == ["⟦"] * 3
        assert i18n.number(21608.5, pseudo.CODE, 1) == "21\xa0608,5"
    finally:
        pseudo.forget()


def test_a_line_that_is_put_at_the_end_below_a_heading_is_refused_by_its_name(tmp_path):
    row = pseudo.write(tmp_path) / "language.toml"
    row.write_text(row.read_text(encoding="utf-8") + "\nreviewed = false\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"language\.toml: reviewed: no region; move it above \[dates\]"):
        i18n.add(row.parent)
