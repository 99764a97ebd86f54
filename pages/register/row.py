"""An enterprise of the register as a row, and a row of a file that would add or change one."""

import streamlit as st

from db.people.enterprises import Enterprise
from intake.register.enterprises import EnterpriseEntry
from pages.register.forms import ask_to_change
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names, person
from pages.shared.rows import cell, row, strong
from pages.shared.site_links import story_link

_DOTS = {"new": "f2f-dot f2f-on", "changed": "f2f-dot f2f-next", "same": "f2f-dot"}


def enterprise_row(enterprise: Enterprise, called: Names) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{enterprise.id}"):
        row("enterprise", [strong(enterprise.say(lang()), quiet=enterprise.uscc), *_facts(enterprise, called)])
        story_link(enterprise.id, t("story.open_story"))
        if st.button(t("register.change"), key=f"change-{enterprise.id}", type="tertiary", icon=":material/edit:"):
            ask_to_change(enterprise)


def entry_cells(entry: EnterpriseEntry, called: Names) -> list[Markup]:
    """A row of a file as the import understands it, and what it does."""
    fields = t("register.and").join(t(f"import.field.{name}") for name in entry.changed)
    what = t("register.fields_changed", fields=fields) if fields else ""
    return [
        cell(t("import.row_number", n=entry.row), style="f2f-quiet"),
        strong(entry.enterprise.say(lang()), quiet=entry.enterprise.uscc),
        *_facts(entry.enterprise, called)[:3],
        cell(t(f"import.change.{entry.kind}"), quiet=what, style=_DOTS[entry.kind]),
    ]


def _facts(enterprise: Enterprise, called: Names) -> list[Markup]:
    foreign = t("register.foreign") if enterprise.foreign_funded else ""
    contact = cell(person(enterprise.contact_name or "") or "—", quiet=enterprise.contact_phone or "")
    return [
        cell(called.sector.get(enterprise.sector_code, enterprise.sector_code), quiet=enterprise.sector_code),
        cell(called.town.get(enterprise.town_code, enterprise.town_code)),
        cell(t(f"size.{enterprise.size}"), quiet=foreign),
        contact if enterprise.active else cell(t("register.inactive"), style="f2f-dot"),
    ]
