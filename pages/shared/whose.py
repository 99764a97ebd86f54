"""Whose dialogue this is, in the frame of every page, with Streamlit and without: the district's logo and name, and
the mark of invented data."""

from zlib import crc32

import i18n
from db.system import settings
from pages.shared.here import kept
from pages.shared.markup import Markup

_LOGO = Markup('<img class="f2f-logo" src="/logo?v={:x}" alt="" height="24">')


def whose(language: i18n.Language) -> Markup:
    district, logo = kept(settings.district), kept(settings.logo)
    name = Markup('<span class="f2f-district">{}</span>').format(district.say(language))
    demo = Markup('<span class="f2f-demo">{}</span>').format(i18n.text("header.demo", language))
    picture = _LOGO.format(crc32(logo.encode())) if logo else ""
    return Markup(" ").join(filter(None, (picture, name, demo if district.demo else "")))
