"""All that is kept of an enterprise by its name, as it may take it along (Personal Information Protection Law, Article
45): what it said, what it was told, who it is here. What others noted for themselves is theirs."""

from db import sql
from db.scope import Scope, enterprises_within
from db.sql import Connection, Row

_FIRMS = "SELECT e.id FROM enterprise e WHERE {within}"
_OF = f"t.enterprise_id IN ({_FIRMS})"
_OF_CASES = f"t.case_id IN (SELECT c.id FROM cases c WHERE c.enterprise_id IN ({_FIRMS}))"
# table → which columns of which rows
_TOLD = {
    "enterprise": ("uscc name_zh name_en sector_code town_code size foreign_funded contact_name contact_phone "
                   "created_at", f"t.id IN ({_FIRMS})"),
    "account": ("login name active created_at disabled_at", _OF),
    "contact": ("channel_url language active", f"t.owner_id IN ({_FIRMS}) OR t.owner_id IN "
                f"(SELECT a.id FROM account a WHERE a.enterprise_id IN ({_FIRMS}))"),
    "cases": ("number kind category title text channel language notice_version state answer_kind answer_text rating "
              "submitted_at settled_at closed_at promised_on", _OF),
    "attachment": ("name media_type size sha256 created_at", _OF_CASES),
    "attendance": ("person_name kind organisation country", _OF),
    "agenda_item": ("title speaker answer_kind words promised_on", _OF),
    "participation": ("number notice_version submitted_at source", _OF),
    "sample_unit": ("stratum size", _OF),
    "policy_beneficiary": ("benefited_on", "t.uscc IN (SELECT e.uscc FROM enterprise e WHERE {within})"),
}  # fmt: skip


def of(con: Connection, scope: Scope) -> dict[str, list[Row]]:
    """By table. The answers of surveys stand under nobody's name, so none are here."""
    within = enterprises_within(scope)
    found = {}
    for table, (columns, where) in _TOLD.items():
        asked = f"{', '.join(columns.split())} FROM {table} t WHERE {where.format(within=within)}"
        found[table] = sql.rows(con, f"SELECT {asked} ORDER BY ALL", {"scope_key": scope.key})
    return found
