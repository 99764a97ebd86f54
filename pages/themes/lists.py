"""What comes of a theme: the proposed agenda, whom to invite, which bodies."""

import streamlit as st

import i18n
from db.forums.themes import Guest
from insight.themes.proposal import Proposal
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names


def theme_lists(found: Proposal, called: Names) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        with st.container(border=True, key="card-theme-agenda"):
            _headed("agenda")
            _list("ol", _items(found))
            if not found.items:
                st.caption(t("theme.agenda_none"))
            if found.left_out:
                why = t("desk.comma").join(t(f"theme.left.{name}", n=n) for name, n in found.left_out.items())
                st.caption(t("theme.left_out", why=why))
            if found.compared < found.free:
                st.caption(t("theme.compared", n=found.compared))
        with st.container(border=True, key="card-theme-bodies"):
            st.subheader(t("theme.bodies"), anchor=False)
            _list("ul", [_line(called.who(code), t("theme.body_cases", n=n)) for code, n in found.bodies])
    with right, st.container(border=True, key="card-theme-invite"):
        _headed("invite")
        _list("ol", [_invited(one, called) for one in found.enterprises])


def _headed(name: str) -> None:
    st.subheader(t(f"theme.{name}"), anchor=False)
    st.caption(t(f"theme.{name}_hint"))


def _list(tag: str, lines: list[str]) -> None:
    show(Markup('<{} class="f2f-theme-list">{}</{}>').format(tag, Markup().join(lines), tag))


def _items(found: Proposal) -> list[str]:
    made = []
    for item in found.items:
        like = [t("theme.like", n=item.like), t("theme.enterprises", n=item.enterprises)] if item.like > 1 else []
        made.append(_line(item.title, i18n.DOT.join([item.number, *like])))
    return made


def _invited(one: Guest, called: Names) -> str:
    facts = [
        called.town.get(one.town_code, one.town_code),
        t("theme.cases_of", n=one.cases),
        t("theme.came", n=one.forums) if one.forums else t("theme.never_came"),
    ]
    return _line(one.say(lang()), i18n.DOT.join(facts + ([t("theme.behind")] if one.behind else [])))


def _line(words: str, quiet: str) -> Markup:
    return Markup('<li>{}<div class="f2f-quiet">{}</div></li>').format(words, quiet)
