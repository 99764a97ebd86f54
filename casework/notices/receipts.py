"""A receipt by mail, to an address that its holder types. It goes once; the address stays no longer than that takes."""

from datetime import datetime
from uuid import uuid4

from access.actor import Actor
from access.tokens import hashed
from access.typed import link_part
from access.verbs import writes
from casework.notices import channels
from db.notices import outbox
from db.notices.outbox import ONCE, Contact, Notice
from db.people import invitations
from db.refused import Refused
from db.sql import Connection
from db.system import proofs

KIND = "receipt"


@writes()
def mail_receipt(
    con: Connection, *, actor: Actor, number: str, proof: str, code: str, typed: str, language: str, at: datetime
) -> str:
    """Queue it for whoever shows what stands on it: its number, with the code that follows a case or with its proof.
    The address as anybody may see it. Raises Refused('mail_address' | 'code_unknown')."""
    channel = _mailbox(typed)
    params = {"number": number, "path": _path(con, number, proof, code)}
    notice_id = str(uuid4())
    outbox.reach_once(con, Contact(ONCE, notice_id, channel, language, active=True))
    outbox.add(con, [Notice(notice_id, at, KIND, number, ONCE, notice_id, language, params, "queued", 0, at)])
    return channels.shown(channel)


def _mailbox(typed: str) -> str:
    try:
        channel = channels.channel_of(typed, hosts=frozenset())
    except Refused:
        raise Refused("mail_address") from None
    if channels.kind_of(channel) != "mail":
        raise Refused("mail_address")
    return channel


def _path(con: Connection, number: str, proof: str, code: str) -> str:
    """Where it leads: to the case by its code, else to the check of the receipt."""
    code, number = link_part(code), link_part(number)
    if code and invitations.case_of_code(con, code_hash=hashed(code), number=number):
        return f"/c/{code}?case={number}"
    if not code and proofs.find(con, number, proof):
        return f"/verify?n={number}&hash={link_part(proof)}"
    raise Refused("code_unknown")
