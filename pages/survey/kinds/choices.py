"""What kinds with choices have in common: tiles with their words, the words of 'other', a condition among them."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from intake.questionnaires.kind import other_of
from intake.questionnaires.questionnaire import NA, Words, in_order
from intake.questionnaires.rules import empty
from pages.shared.here import lang, t
from pages.survey.inputs import first, name_of, tiles
from pages.survey.kind import DrawnItem, RuleBox, Shown, label_of, nothing, said
from pages.survey.limits import no_limits
from pages.survey.widgets import hint, radio


def single(drawn: DrawnItem) -> None:
    """The key's beginning chooses the look: a row of tiles, two buttons or a list."""
    item = drawn.item
    key = f"f2f-{item.kind}-{item.code}"

    def changed() -> None:
        drawn.save(item.code, st.session_state[key])

    radio(drawn.label, names_of(drawn), drawn.given, key, changed)
    hint(drawn)
    which_other(drawn, [drawn.given])


def names_of(drawn: DrawnItem, words: Callable[[Words], str] = label_of) -> dict[str, str]:
    """Code → words, in the order of this form, 'does not apply' last; `words` says one: as a label, or as HTML."""
    names = {option.code: _word(words(option)) for option in in_order(drawn.questionnaire, drawn.item, drawn.seed)}
    return names | ({NA: t("survey.na")} if drawn.item.na else {})


def _word(name: str) -> str:
    """A soft hyphen lets the one long English word break in a narrow tile."""
    return name.replace("issatisfied", "is\u00adsatisfied")


def which_other(drawn: DrawnItem, chosen: list[Any]) -> None:
    """Where 'other' is chosen, a line to say which."""
    if not asking_words(drawn) & {code for code in chosen if isinstance(code, str)}:
        return
    code = other_of(drawn.item.code)
    key = f"f2f-other-{drawn.item.code}"
    st.text_input(
        t("survey.which_other"),
        value=drawn.answers.get(code) or "",
        key=key,
        on_change=lambda: drawn.save(code, st.session_state[key]),
    )


def asking_words(drawn: DrawnItem) -> set[str]:
    """The choices that are to be said which."""
    return {option.code for option in drawn.questionnaire.options_of(drawn.item) if option.words}


def chosen_in_words(drawn: DrawnItem, code: object) -> str:
    """With the words of 'other', which are the person's own."""
    said = drawn.answers.get(other_of(drawn.item.code))
    name = word_of(drawn, code)
    return t("survey.other_said", name=name, said=said) if code in asking_words(drawn) and said else name


def word_of(drawn: DrawnItem, code: object) -> str:
    if empty(code):
        return t("survey.no_answer")
    options = drawn.questionnaire.options_of(drawn.item)
    names = {option.code: option.say(lang()) for option in options} | {NA: t("survey.na")}
    return names.get(str(code), str(code))


def rule_box(box: RuleBox) -> None:
    """One of the choices, or some of them."""
    label = t("designer.rule_value")
    names = {option.code: option.say(lang()) for option in box.questionnaire.options_of(box.item)}
    codes = list(names)
    draw: dict[str, Any] = {"key": box.key, "on_change": box.save, "format_func": lambda code: names.get(code, ""),
                            "placeholder": t("choices.choose")}  # fmt: skip
    if box.op == "one_of":
        given = box.value if isinstance(box.value, tuple) else ()
        st.multiselect(label, codes, [code for code in given if code in names], **draw)
    else:
        st.selectbox(label, codes, index=codes.index(box.value) if box.value in codes else None, **draw)


def rule_value(said: Any) -> Any:  # noqa: ANN401
    return tuple(said) if isinstance(said, list) else said if isinstance(said, str) else None


def one_choice(code: str, flags: tuple[str, ...]) -> Shown:
    return Shown(
        code, draw=single, say=lambda drawn: chosen_in_words(drawn, drawn.given), facts=nothing, group="radiogroup",
        inputs=lambda drawn, told: tiles(drawn, names_of(drawn, said), [drawn.given], told),
        read=lambda drawn, posted: first(posted, name_of(drawn.item)), limits=no_limits, limited=nothing,
        rule_box=rule_box, rule_value=rule_value, flags=flags,
    )  # fmt: skip
