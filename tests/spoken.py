"""What a page says that nobody of ours wrote: Streamlit's words, titles, labels and live announcements."""

import re

from playwright.sync_api import Page

HAN, LATIN = re.compile("[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{3,}")
# Names of formats and of a key, an address that is to be typed, the marks by which the server knows whose page
# it is and of which draft.
ALIKE = re.compile(r"• [A-Z, ]+|https://|owner|draft|English|中文|F2F|Face to Face|Enter")
# Within what is said: the name of the language that is asked for, and somebody's name, masked.
NAMED = re.compile(r"\((?:中文|English)\)|[\u3400-\u9fff]\*+")
# Ours, which tests of words and of the third language read, and what people wrote, also where it says that it is in
# another language; what nobody hears is a picture.
OURS = """script, style, noscript, svg, [hidden], option, #f2f-old, .stHtml, .stMarkdown, .stText,
    [data-testid=stMarkdownContainer], .f2f-words, body [lang], textarea, [aria-hidden=true], [data-testid^=glide]"""
SAID = """ours => {
  const found = [], names = ["aria-label", "placeholder", "title", "alt", "aria-valuetext", "aria-roledescription"]
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const said = words.currentNode.data.trim(), at = words.currentNode.parentElement
    if (said && at && !at.closest(ours)) found.push(said)
  }
  for (const one of document.body.querySelectorAll("*")) for (const name of names)
    if (one.getAttribute(name) && !one.closest(".stHtml")) found.push(one.getAttribute(name).trim())
  return [...found, ...(window.announced || [])]
}"""
LISTEN = """() => { window.announced = []
  new MutationObserver((changes) => { for (const { addedNodes } of changes) for (const one of addedNodes)
    if (one.parentElement?.closest("[data-live-announcer]")) window.announced.push(one.textContent) })
    .observe(document.body, { subtree: true, childList: true }) }"""


def listen(page: Page) -> None:
    """From here on live announcements are heard too, as a reader hears them a moment after they come."""
    page.evaluate(LISTEN)


def foreign(page: Page, language: str) -> list[str]:
    """What is said in another language: on a Chinese page without a Chinese character, on an English one with one."""
    said = dict.fromkeys(page.evaluate(SAID, OURS))
    if language == "zh":
        return [one for one in said if LATIN.search(one) and not HAN.search(one) and not ALIKE.fullmatch(one)]
    return [one for one in said if HAN.search(NAMED.sub("", one)) and not ALIKE.fullmatch(one)]
