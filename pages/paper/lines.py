"""A line of keys for each part of the form, with what it says beneath it: the clerk looks once, not key by key."""

from typing import Any

import streamlit as st

from intake.paper.form import BLANK, Keyed, KeyedQuestion, keyed_questions, problems, read_line, texts
from intake.paper.form import questions as printed
from intake.questionnaires.kind import other_of
from intake.questionnaires.questionnaire import NA, Answers, Questionnaire, visible_items
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.plain import letters
from pages.survey.answers_in_words import answer_in_words
from pages.survey.kind import still
from pages.survey.questions import wrong_in_words as of_answer


def lines(asked: Questionnaire, form: str) -> Keyed:
    """Draw the boxes and give what was keyed so far. `form` keeps one form's boxes apart from the next one's."""
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for screen in asked.screens:
        own = keyed_questions(asked, screen.code)
        if own:
            read = _line(asked, own, screen.say(lang()), f"paper-line-{form}-{screen.code}")
            answers |= read.answers
            wrong |= read.wrong
    answers |= _words(asked, answers, form)
    wrong |= problems(asked, answers)
    _void(asked, answers)
    return Keyed(answers, wrong)


def wrong_in_words(asked: Questionnaire, question: KeyedQuestion, code: str, answers: Answers) -> str:
    said = of_answer(still(asked, question.item, answers), code)
    return t("paper.still", number=question.number, wrong=said)


def _line(asked: Questionnaire, own: list[KeyedQuestion], name: str, key: str) -> Keyed:
    words = t("paper.line", numbers=t("survey.join").join(_spans(asked, own)), name=name)
    typed = st.text_input(letters(words), key=key, autocomplete="off", placeholder=_example(asked, own))
    if not typed:
        return Keyed({}, {question.code: "paper_missing" for question in own})
    read = read_line(asked, own, typed)
    bad = read.wrong | problems(asked, read.answers)
    echo = Markup().join(_echo(asked, question, read.answers, bad) for question in own)
    show(Markup('<ol class="f2f-echo">{}</ol>').format(echo))
    return read


def _spans(asked: Questionnaire, own: list[KeyedQuestion]) -> list[str]:
    """'26–29', '31': a comment among them is typed elsewhere, and the label must not seem to ask for it."""
    order = {question.code: place for place, question in enumerate(printed(asked))}
    runs: list[list[KeyedQuestion]] = []
    for question in own:
        follows = runs and order[question.code] == order[runs[-1][-1].code] + 1
        runs[-1:] = [[*runs[-1], question]] if follows else [*runs[-1:], [question]]
    return [run[0].number if len(run) == 1 else f"{run[0].number}–{run[-1].number}" for run in runs]


def _example(asked: Questionnaire, own: list[KeyedQuestion]) -> str:
    return " ".join(BLANK[0] for _ in own)


def _echo(asked: Questionnaire, question: KeyedQuestion, answers: Answers, bad: dict[str, str]) -> Markup:
    code = bad.get(question.code) or bad.get(question.item.code)
    if code:
        said = wrong_in_words(asked, question, code, answers)
        return Markup('<li class="f2f-wrong"><span role="alert">{}</span></li>').format(said)
    return Markup("<li><b>{}</b> {}</li>").format(question.number, _said(asked, question, answers))


def _said(asked: Questionnaire, question: KeyedQuestion, answers: Answers) -> str:
    if question.row is None:
        return answer_in_words(asked, question.item, answers)
    given = (answers.get(question.item.code) or {}).get(question.row.code)
    names = {option.code: option.say(lang()) for option in asked.options_of(question.item)}
    return t("survey.na") if given == NA else names.get(given or "", t("survey.no_answer"))


def _words(asked: Questionnaire, answers: Answers, form: str) -> dict[str, str]:
    """What was written by hand: comments, and which 'other'."""
    found: dict[str, str] = {}
    for question in texts(asked):
        label = t("paper.comment", number=question.number, words=letters(question.say(lang())))
        found[question.item.code] = st.text_input(label, key=f"paper-text-{form}-{question.item.code}") or ""
    for item in asked.items:
        given = answers.get(item.code)
        chosen = given if isinstance(given, list) else [given]
        if any(option.words and option.code in chosen for option in asked.options_of(item)):
            name = other_of(item.code)
            found[name] = st.text_input(letters(item.say(lang())), key=f"paper-text-{form}-{name}") or ""
    return {code: words for code, words in found.items() if words.strip()}


def _void(asked: Questionnaire, answers: Answers) -> None:
    shown = {item.code for item in visible_items(asked, answers)}
    numbers = [q.number for q in printed(asked) if q.item.code in answers and q.item.code not in shown]
    if numbers:
        st.caption(t("paper.void", numbers=t("survey.join").join(numbers)))
