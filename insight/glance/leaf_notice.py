"""The weekly leaf as the file that goes with its notice, where the notice goes by a way that carries files."""

from datetime import date

from access import entrance
from casework.documents.print_fonts import NoFont
from casework.notices.channels import Paper
from db.notices.outbox import Notice
from db.people import accounts
from db.store import Store
from insight.glance.leaf import leaf_pdf
from insight.glance.leaf_of import leaf_of


def leaf_paper(store: Store, notice: Notice) -> Paper | None:
    """As its reader may see it at this moment. None leaves them the link, which asks again who they are."""
    account = store.read(lambda con: accounts.by_id(con, notice.recipient_id))
    told = notice.params.get("as_of")
    if account is None or not account.active or told is None:
        return None
    reader, day = entrance.actor_of(account), date.fromisoformat(told)
    if not reader.may("see_dashboard"):
        return None
    found = store.read(lambda con: leaf_of(con, scope=reader.scope, as_of=day, language=notice.language))
    try:
        return Paper(f"face-to-face-{day:%Y%m%d}.pdf", "application/pdf", leaf_pdf(found))
    except NoFont:
        return None
