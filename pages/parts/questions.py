"""Questions drawn for a thumb: words in big tiles, what is wrong in words beside the question."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from intake.questionnaire import NA, Item, Questionnaire, in_order
from pages.parts.here import lang, t

Save = Callable[[str, Any], None]  # item's code, its answer as it now stands

_TALL = 132  # px of a comment's box


def question(questionnaire: Questionnaire, item: Item, *, given: Any, wrong: str | None, seed: str, save: Save) -> None:  # noqa: ANN401
    """Draw one item with the answer `given`. Every change goes to `save` at once; `seed` fixes a random order."""
    with st.container(key=f"f2f-question-{item.code}", gap="small"):
        st.html(f'<span id="{item.code}"></span>')
        _DRAW[item.kind](questionnaire, item, given, seed, save)
        if wrong:
            said = t(f"error.{wrong}", low=item.low, high=item.high, longest=item.longest)
            st.html(f'<p class="f2f-wrong" role="alert">{escape(said)}</p>')


def answer_in_words(questionnaire: Questionnaire, item: Item, given: Any) -> str:  # noqa: ANN401
    """The answer as the reader sees it before sending; a comment is the person's own text."""
    if given is None or given is False or given == "":
        return t("survey.no_answer")
    if given == NA:
        return t("survey.na")
    if given is True:
        return t("survey.consented")
    if isinstance(given, dict):
        unit = item.unit.say(lang()) if item.unit else ""
        pairs = [(part.say(lang()), given.get(part.code)) for part in item.parts]
        return t("survey.join").join(f"{name} {number} {unit}" for name, number in pairs)
    names = {option.code: option.say(lang()) for option in questionnaire.options_of(item)}
    return names.get(given, str(given))


def _choice(questionnaire: Questionnaire, item: Item, given: Any, seed: str, save: Save) -> None:  # noqa: ANN401
    """One of some words. The key's beginning chooses the look: a row of tiles, two buttons or a list."""
    names = {option.code: _breakable(option.say(lang())) for option in in_order(questionnaire, item, seed)}
    if item.na:
        names[NA] = t("survey.na")
    _radio(item, names, given, save)


def _scale(_questionnaire: Questionnaire, item: Item, given: Any, _seed: str, save: Save) -> None:  # noqa: ANN401
    _radio(item, {n: str(n) for n in range(item.low, item.high + 1)}, given, save)
    ends = "".join(f"<span>{escape(part.say(lang()))}</span>" for part in item.parts)
    st.html(f'<p class="f2f-ends">{ends}</p>')


def _radio(item: Item, names: dict[Any, str], given: Any, save: Save) -> None:  # noqa: ANN401
    key = f"f2f-{item.kind}-{item.code}"
    codes = list(names)
    st.radio(
        item.say(lang()),
        codes,
        index=codes.index(given) if given in names else None,
        format_func=lambda code: names.get(code, ""),
        key=key,
        on_change=lambda: save(item.code, st.session_state[key]),
        width="stretch",
    )


def _pair(_questionnaire: Questionnaire, item: Item, given: Any, _seed: str, save: Save) -> None:  # noqa: ANN401
    """Two numbers side by side, and a box for 'does not apply'."""
    keys = {part.code: f"f2f-number-{item.code}-{part.code}" for part in item.parts}
    skip = f"f2f-na-{item.code}"

    def changed() -> None:
        save(item.code, NA if st.session_state[skip] else {part: st.session_state[key] for part, key in keys.items()})

    st.html(f'<p class="f2f-asked">{escape(item.say(lang()))}</p>')
    known = given if isinstance(given, dict) else {}
    with st.container(horizontal=True, wrap=False, gap="small"):
        for part in item.parts:
            unit = item.unit.say(lang()) if item.unit else ""
            st.number_input(
                t("survey.number", x=part.say(lang()), u=unit),
                value=known.get(part.code),
                step=1,
                key=keys[part.code],
                disabled=given == NA,
                on_change=changed,
            )
    if item.na:
        st.checkbox(t("survey.na"), value=given == NA, key=skip, on_change=changed)


def _comment(_questionnaire: Questionnaire, item: Item, given: Any, _seed: str, save: Save) -> None:  # noqa: ANN401
    key = f"f2f-text-{item.code}"
    st.text_area(
        item.say(lang()),
        value=given or "",
        height=_TALL,
        key=key,
        placeholder=t("survey.optional"),
        on_change=lambda: save(item.code, st.session_state[key]),
    )


def _consent(_questionnaire: Questionnaire, item: Item, given: Any, _seed: str, save: Save) -> None:  # noqa: ANN401
    key = f"f2f-consent-{item.code}"
    st.checkbox(
        item.say(lang()),
        value=bool(given),
        key=key,
        on_change=lambda: save(item.code, st.session_state[key]),
    )


def _breakable(word: str) -> str:
    """A soft hyphen lets the one long English word break in a narrow tile."""
    return word.replace("issatisfied", "is\u00adsatisfied")


_DRAW: dict[str, Callable[[Questionnaire, Item, Any, str, Save], None]] = {
    "level5": _choice,
    "change5": _choice,
    "yes_no": _choice,
    "single": _choice,
    "scale10": _scale,
    "two_numbers": _pair,
    "text": _comment,
    "consent": _consent,
}
