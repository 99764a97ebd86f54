"""What is asked of every account: name, role, and the place that this role has."""

import streamlit as st

from access.account_fields import PLACES
from access.admin import Belonging
from access.roles import ROLES
from db.people.accounts import Account
from pages.shared.choices import choose, enterprises, names
from pages.shared.here import actor, t


def account_fields(key: str, account: Account | None) -> tuple[str, str, Belonging]:
    name = st.text_input(t("accounts.name"), value=account.name if account else "", key=f"{key}-name", max_chars=60)
    roles = {role: t(f"role.{role}") for role in ROLES}
    role = choose(t("accounts.role"), roles, key=f"{key}-role", value=account.role if account else None) or ""
    field, required = PLACES.get(role, ("", False))
    if not field:
        return name or "", role, Belonging()
    offered = {
        "body_code": lambda: names("body", active_only=True),
        "town_code": lambda: names("town", active_only=True),
        "enterprise_id": lambda: enterprises(actor()),
    }[field]()
    label = t(f"accounts.{field}") if required else t(f"accounts.{field}_optional")
    chosen = choose(
        label,
        offered,
        key=f"{key}-{'place' if required else 'may'}-{field}",
        value=getattr(account, field) if account else None,
    )
    return name or "", role, Belonging(**{field: chosen})
