"""One address that notices go to: what stands, and the form that changes it."""

from functools import partial

import streamlit as st

import i18n
from casework.notices import channels
from casework.notices.channels import Outside
from casework.notices.notices import choose_contact, send_trial
from db.notices.outbox import Contact
from pages.shared.asking import attempt, by, save
from pages.shared.choices import pick
from pages.shared.here import actor, lang, store, t


def contact_card(owner: str, contact: Contact | None) -> None:
    """`owner` is account or enterprise. The address that is kept is never shown whole: it may hold a key."""
    with st.container(border=True, key=f"card-{owner}"):
        st.header(t(f"notices.mine.{owner}"), anchor=False)
        if owner == "enterprise":
            st.caption(t("notices.mine.enterprise_hint"))
        st.text(_standing(contact))
        _form(owner, contact)
        label, icon = t("notices.mine.trial"), ":material/send:"
        pressed = contact and contact.active and st.button(label, key=f"trial-{owner}", type="tertiary", icon=icon)
        if pressed and attempt(lambda: send_trial(store(), owner=owner, **by())):
            st.success(t("notices.mine.trial_queued"), icon=":material/check:")


def address_of(channel: str | None) -> str:
    """What kind of channel it is and the address as anybody may see it."""
    if channel is None:
        return t("notices.queue.nobody")
    return f"{t(f'notices.kind.{channels.kind_of(channel)}')} {channels.shown(channel)}"


def _form(owner: str, contact: Contact | None) -> None:
    outside = Outside.from_environment()
    with st.form(f"contact-{owner}", border=False, enter_to_submit=False):
        typed = st.text_input(
            t("notices.mine.another" if contact else "notices.mine.address"),
            help=t("notices.mine.address_help" if outside.sms_url is None else "notices.mine.address_help_sms"),
            max_chars=channels.LONGEST,
            autocomplete="email" if owner == "account" else "off",
            key=f"address-{owner}-{contact.seq if contact else 0}",
        )
        spoken = contact.language if contact else lang()
        languages = i18n.offered(actor().in_house)
        language = pick(st.segmented_control, t("notices.mine.language"), languages, default=spoken)
        active = st.toggle(t("notices.mine.active"), value=contact.active if contact else True)
        pressed = st.form_submit_button(t("notices.mine.save"), type="primary")
    if pressed:
        seen = contact.seq if contact else 0
        choose = partial(choose_contact, store(), owner=owner, seen=seen, hosts=outside.webhook_hosts,
                         sms=outside.sms_url is not None)  # fmt: skip
        save(lambda: choose(typed=typed, language=language or spoken, active=active, **by()))


def _standing(contact: Contact | None) -> str:
    if contact is None:
        return t("notices.mine.none")
    kind, address = t(f"notices.kind.{channels.kind_of(contact.channel_url)}"), channels.shown(contact.channel_url)
    words = t("notices.mine.stands", kind=kind, address=address)
    return words if contact.active else f"{words}\n{t('notices.mine.off')}"
