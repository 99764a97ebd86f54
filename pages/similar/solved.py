"""What was solved before, beside a text that somebody triages or types: the cases most like it, likely duplicates, what
is suggested. Nothing fills in by itself: a suggestion is pressed or left."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

import i18n
from access.actor import Actor
from casework.similar.asking import Alike, Before, solved_before
from casework.similar.linear import Likely
from db.cases import similar
from pages.shared.here import kept, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import names
from pages.shared.style import style

LEAST = 0.05  # how sure a suggestion is that is shown
_ONE = Markup(
    '<li><a href="/desk?case={id}" target="_blank" rel="noopener"><b>{title}</b></a>'
    '<div class="f2f-quiet">{facts}</div><p>{words}</p></li>'
)
_LONGEST = 180  # letters of an answer


def history(who: Actor, text: str, *, besides: str = "") -> Before | None:
    """Nothing for those who neither triage nor report."""
    if not (who.may("triage_case") or who.may("raise_on_behalf")):
        return None
    return solved_before(store(), actor=who, text=text, besides=besides)


def solved_part(found: Before | None) -> None:
    if found is None or not (found.solved or found.duplicates):
        return
    style("similar/similar")
    if found.duplicates:
        with st.expander(t("similar.duplicates", n=len(found.duplicates)), icon=":material/content_copy:"):
            st.caption(t("similar.duplicates_hint"))
            _list(found.duplicates)
    if found.solved:
        with st.expander(t("similar.solved", n=len(found.solved)), icon=":material/history:"):
            _list(found.solved)
            st.caption(_how_good(found))


def offer(found: Sequence[Likely], words: Mapping[str, str], label: str, take: Callable[[str], None], key: str) -> None:
    """The likely choices as buttons, the surest first, each with how sure it is."""
    likely = [guess for guess in found if guess.label in words and guess.sure >= LEAST]
    if not likely:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"offer-{key}"):
        st.caption(label, width="content")
        for guess in likely:
            said = t("similar.sure", name=words[guess.label], share=_percent(guess.sure))
            st.button(said, key=f"offer-{key}-{guess.label}", on_click=take, args=(guess.label,), type="tertiary")


def _list(found: Sequence[Alike]) -> None:
    show(Markup('<ol class="f2f-similar">{}</ol>').format(Markup().join(map(_one, found))))


def _one(one: Alike) -> Markup:
    case = one.case
    took = t("similar.took", n=one.days) if one.days is not None else t(f"case.state.{case.state}")
    facts = i18n.DOT.join(filter(None, (case.number, case.enterprise(lang()), names().who(case.lead_body), took)))
    words = case.answer_text or case.text
    return _ONE.format(id=case.id, title=case.title, facts=facts,
                       words=words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…")  # fmt: skip


def _percent(share: float) -> str:
    return i18n.percent(i18n.number(100 * share, lang(), 0), lang())


def _how_good(found: Before) -> str:
    """Of which version, how well it did on months it had not seen, and how often people chose what was suggested."""
    about, taken = found.about, {one.what: one for one in kept(similar.taken)}
    said = [t("similar.version", version=about.version, n=about.cases, month=about.month)]
    for what, held in about.held.items():
        said.append(t(f"similar.held.{what}", f1=f"{held.macro_f1:.2f}", n=held.texts,
                      right=_percent(held.right)))  # fmt: skip
        if one := taken.get(what):
            said.append(t(f"similar.taken.{what}", n=one.taken, of=one.of))
    return " ".join(said)
