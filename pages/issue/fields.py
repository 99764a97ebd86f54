"""The fields of an issue, each with what is wrong with it beside it."""

from functools import partial
from typing import Any

import streamlit as st

from casework.cases.correction import CHANNELS, KINDS, LONGEST_TITLE
from db.cases import similar
from intake.issue.raising import LONGEST_TEXT
from intake.words import graphemes
from pages.guidance.offered import offers
from pages.issue.beside import error, quietly
from pages.issue.chosen_files import files_field
from pages.issue.sending import changed
from pages.issue.state import OpenForm, key_of
from pages.shared import choices
from pages.shared.here import actor, t
from pages.shared.markup import show
from pages.shared.plain import told
from pages.similar.solved import history, offer, solved_part


def fields(form: OpenForm, *, on_behalf: bool) -> None:
    if on_behalf:
        _choice(form, "channel", t("issue.channel.label"), {code: t(f"issue.channel.{code}") for code in CHANNELS})
    _kind(form)
    text = _title_and_text(form)
    before = history(actor(), text) if on_behalf else None  # an enterprise is told of nobody else's case
    solved_part(before)
    show(offers(text, form.kept.get("category")))
    categories, placeholder = choices.names("category", active_only=True), t("issue.field.category_placeholder")
    _choice(form, "category", t("issue.field.category"), categories, placeholder)
    if before:
        offer(before.category, categories, t("similar.category"), partial(_take, form), "category")
    _about(form)
    files_field(form, changed)


def _kind(form: OpenForm) -> None:
    words = {code: t(f"issue.kind.{code}") for code in KINDS}
    how = {"width": "stretch", "required": True, **_kept(form, "kind")}
    chosen = choices.pick(st.segmented_control, t("issue.kind.label"), words, **how)
    error(form, "kind")
    if chosen in KINDS:
        quietly(t(f"issue.kind.{chosen}_hint"))


def _take(form: OpenForm, category: str) -> None:
    """Put into the choice that stands, it would be undone by what a page says that does not show it yet."""
    form.taken, form.kept["category"] = form.taken + 1, category
    changed(form, "category")


def _title_and_text(form: OpenForm) -> str:
    """What both say."""
    hint = t("issue.field.title_example")
    title = st.text_input(t("issue.field.title"), max_chars=500, placeholder=hint, **_kept(form, "title"))
    error(form, "title")
    quietly(t("issue.field.text_left", n=graphemes(title or ""), most=LONGEST_TITLE))
    hint = t("issue.field.text_hint")
    text = st.text_area(t("issue.field.text"), max_chars=20_000, height=168, placeholder=hint, **_kept(form, "text"))
    error(form, "text")
    written = graphemes(text or "")
    if written > LONGEST_TEXT * 0.8:
        quietly(t("issue.field.text_left", n=written, most=LONGEST_TEXT))
    return similar.said(title or "", text or "")


def _choice(form: OpenForm, name: str, label: str, offered: dict[str, str], placeholder: str | None = None) -> None:
    codes: list[str] = list(offered)
    st.selectbox(
        label,
        codes,
        index=None,
        format_func=lambda code: offered.get(code, str(code)),
        placeholder=placeholder,
        filter_mode="contains" if len(offered) > 20 else None,
        **_kept(form, name),
    )
    error(form, name)


def _kept(form: OpenForm, name: str) -> dict[str, Any]:
    """What ties a widget to the form: every change of it is kept."""
    return {"key": key_of(form, name), "on_change": changed, "args": (form, name)}


def _about(form: OpenForm) -> None:
    """Sector and town come from the register; they are opened only where they are wrong."""
    sectors, towns = choices.sectors(), choices.names("town", active_only=True)
    sector, town = sectors.get(form.kept.get("sector") or "", "—"), towns.get(form.kept.get("town") or "", "—")
    wrong = bool({"sector", "town"} & set(form.errors))
    with st.expander(told("issue.field.about", sector=sector, town=town), expanded=wrong, icon=":material/apartment:"):
        _choice(form, "sector", t("issue.field.sector"), sectors)
        _choice(form, "town", t("issue.field.town"), towns)
