"""What a correction of a case made of what stood there, in words."""

import i18n
from casework.cases.lifecycle import CORRECTED
from db.cases.cases import CaseEvent
from db.cases.past import CORRECTED_FROM
from pages.shared.here import t
from pages.shared.names import Names


def what_changed(event: CaseEvent, names: Names) -> str:
    """Each fact that was corrected, as it was and as it is; nothing for other events."""
    was = event.detail.get(CORRECTED_FROM, {})
    named = {"category": names.category, "sector_code": names.sector, "town_code": names.town}

    def said(name: str, value: str) -> str:
        return t(f"case.kind.{value}") if name == "kind" else named.get(name, {}).get(value, value)

    parts = (
        t("correction.changed", what=t(f"correction.{name}"), was=said(name, was[name]), now=said(name, now))
        for name in CORRECTED
        if (now := event.detail.get(name)) and name in was
    )
    return i18n.DOT.join(parts)
