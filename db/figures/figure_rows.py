"""The rows behind the figures that are not cases: who attended, which policies, who benefited, which officers."""

from datetime import date

import pandas as pd

from db import masked, sql
from db.figures.figures import Filters, benefits, bound, held, issued, on_duty
from db.sql import Connection

_GUEST = masked.guest_in_sql("a")


def attendances(con: Connection, filters: Filters, as_of: date, *, kind: str, limit: int) -> pd.DataFrame:
    """`number`, `held_on`, `person`, `organisation`: one row an attendance, the newest forum first."""
    return sql.frame(
        con,
        f"""
        WITH held AS ({held(filters)})
        SELECT h.number, h.held_on, {_GUEST} AS person, a.body_code,
               coalesce(e.name_zh, a.organisation) AS organisation
        FROM attendance a JOIN held h ON h.id = a.forum_id LEFT JOIN enterprise e ON e.id = a.enterprise_id
        WHERE a.kind = $kind AND ($kind <> 'entrepreneur' OR $town = '' OR e.town_code = $town)
        ORDER BY h.number DESC, a.person_name LIMIT $limit
        """,
        bound(filters, as_of) | {"kind": kind, "limit": limit},
    )


def entrepreneurs(con: Connection, filters: Filters, as_of: date, *, limit: int) -> pd.DataFrame:
    """`person`, `organisation`, `times`: one row a person, who came most often first."""
    return sql.frame(
        con,
        f"""
        WITH held AS ({held(filters)})
        SELECT max({_GUEST}) AS person, max(coalesce(e.name_zh, a.organisation)) AS organisation,
               CAST(count(*) AS INTEGER) AS times
        FROM attendance a JOIN held h ON h.id = a.forum_id LEFT JOIN enterprise e ON e.id = a.enterprise_id
        WHERE a.kind = 'entrepreneur' AND ($town = '' OR e.town_code = $town)
        GROUP BY a.person_id ORDER BY times DESC, max(a.person_name) LIMIT $limit
        """,
        bound(filters, as_of) | {"limit": limit},
    )


def bodies(con: Connection, filters: Filters, as_of: date, *, limit: int) -> pd.DataFrame:
    """`body_code`, `times`: at how many forums a body had somebody."""
    return sql.frame(
        con,
        f"""
        WITH held AS ({held(filters)})
        SELECT a.body_code, CAST(count(DISTINCT a.forum_id) AS INTEGER) AS times
        FROM attendance a JOIN held h ON h.id = a.forum_id
        WHERE a.body_code IS NOT NULL
        GROUP BY a.body_code ORDER BY times DESC, a.body_code LIMIT $limit
        """,
        bound(filters, as_of) | {"limit": limit},
    )


def policies(con: Connection, filters: Filters, as_of: date, *, limit: int) -> pd.DataFrame:
    return sql.frame(
        con,
        f"""
        SELECT p.number, p.title_zh, p.title_en, p.body_code, p.issued_on FROM policy p
        WHERE {issued(filters)} ORDER BY p.number DESC LIMIT $limit
        """,
        bound(filters, as_of) | {"limit": limit},
    )


def beneficiaries(con: Connection, filters: Filters, as_of: date, *, limit: int) -> pd.DataFrame:
    """`uscc`, `organisation` where the register knows it, `policies`: one row an enterprise."""
    return sql.frame(
        con,
        f"""
        SELECT b.uscc, max(e.name_zh) AS organisation, CAST(count(DISTINCT b.policy_id) AS INTEGER) AS policies
        FROM policy_beneficiary b JOIN policy p ON p.id = b.policy_id LEFT JOIN enterprise e ON e.uscc = b.uscc
        WHERE {benefits(filters)}
        GROUP BY b.uscc ORDER BY policies DESC, b.uscc LIMIT $limit
        """,
        bound(filters, as_of) | {"limit": limit},
    )


def officers(con: Connection, filters: Filters, as_of: date, *, limit: int) -> pd.DataFrame:
    """`person`, `enterprises`: one row a service officer, with how many enterprises they look after now."""
    return sql.frame(
        con,
        f"""
        SELECT o.name AS person, CAST(count(e.id) AS INTEGER) AS enterprises
        FROM account o LEFT JOIN enterprise e ON e.officer_id = o.id
        WHERE {on_duty(filters)}
        GROUP BY o.id, o.name ORDER BY enterprises DESC, o.name LIMIT $limit
        """,
        bound(filters, as_of) | {"limit": limit},
    )
