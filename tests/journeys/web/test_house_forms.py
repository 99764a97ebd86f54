"""The forms of the house to who hears them: what has to be filled says so; a submit of nothing goes to the first field,
with one announcement and a way to it."""

import re

import pytest
from playwright.sync_api import expect

import i18n
from pages.shared.refused import FIELDS
from tests.architecture.test_forms import alike
from tests.paths import ROOT
from tests.settled import settle

# who, the page, what opens the form, what is pressed in it, where the focus is then, what has to be filled besides
FORMS = {
    "account": ("admin", "accounts", ".st-key-add-account", ".st-key-new-save", "new-login", ["new-name", "new-role"]),
    "reference": ("admin", "references", ".st-key-add-item", ".st-key-item-save", "item-code", ["item-new-zh"]),
    "forum": ("staff", "forums", ".st-key-plan-forum", ".st-key-plan-save", "forum-theme-zh",
              ["forum-theme-en", "plan-day", "plan-host"]),
    "policy": ("staff", "policies", ".st-key-policy-add", ".st-key-policy-save", "policy-title_zh", ["policy-day"]),
    "meeting": ("staff", "meetings", ".st-key-meeting-add", ".st-key-meeting-save", "met-place", ["met-chair"]),
    "enterprise": ("staff", "enterprises", ".st-key-add-enterprise", ".st-key-register-save", "register-name_zh",
                   ["register-uscc", "register-size"]),
    "wave": ("staff", "surveys", ".st-key-wave-new", ".st-key-wave-open", "wave-title-zh", ["wave-title-en"]),
    "questionnaire": ("staff", "questionnaires", ".st-key-designer-new", ".st-key-new-create", "new-title-zh", []),
    "screen": ("staff", "screens", "", ".st-key-screen-open", "screen-place", []),
    "stand-in": ("staff", "notices_mine", "", ".st-key-stand-in-name", "stand-in-who", ["stand-in-until"]),
    "visit": ("officer", "care", "[class*=st-key-visit-]", ".st-key-visit-save", "visit-place", ["visit-asked"]),
    "visited": ("enterprise", "visits", "", "[class*=st-key-send-]", "felt-", []),
    "case": ("staff", "desk?state=accepted", "[class*=st-key-open-]", "[class*=st-key-submit-]", "lead-", []),
}  # fmt: skip
FIELD = ":is(input, textarea, [role=combobox], [role=radiogroup], [role=spinbutton])"


@pytest.mark.browser
@pytest.mark.parametrize("form", FORMS)
def test_nothing_typed_goes_to_the_first_field_with_one_announcement(browse, form):
    who, path, opened, pressed, first, more = FORMS[form]
    page = browse(who)
    page.visit(f"/{path}")
    if opened:
        page.locator(f"{opened} button").first.click()
        settle(page)
    for key in (first, *more):
        page.locator(f"[class*=st-key-{key}] {FIELD}[aria-required=true]").first.wait_for(state="attached")
    page.locator(f"{pressed} button").first.click()
    page.wait_for_function("(key) => document.activeElement.closest(`[class*=st-key-${key}]`)", arg=first)
    alerts = page.locator("[role=alert]:visible")
    assert alerts.count() == 1 and alerts.locator("a[href^='#wrong-']").count()
    field = page.locator(f"[class*=st-key-{first}] {FIELD}[aria-invalid=true]").first
    said = page.locator(f"[id='{field.get_attribute('aria-describedby')}']").inner_text()
    assert said and said in alerts.inner_text()
    alerts.locator("a").first.press("Enter")
    page.wait_for_function("(key) => document.activeElement.closest(`[class*=st-key-${key}]`)", arg=first)


# what is pressed with nothing typed → the fields that are wrong, in the order in which the alert speaks of them
AT_ONCE = {
    "account": ["new-login", "new-name", "new-role"],
    "reference": ["item-code", "item-new-zh", "item-new-kind"],
    "forum": ["forum-theme-zh", "plan-day"],
    "policy": ["policy-title_zh", "policy-body", "policy-day"],
    "meeting": ["met-place", "met-cases", "met-bodies"],
    "visit": ["visit-place", "visit-asked"],
}


@pytest.mark.browser
@pytest.mark.parametrize("form", AT_ONCE)
def test_all_that_is_wrong_is_said_in_one_alert_with_a_way_to_each(browse, form):
    who, path, opened, pressed, *_ = FORMS[form]
    page = browse(who)
    page.visit(f"/{path}" + ("?list=body" if form == "reference" else ""))
    page.locator(f"{opened} button").first.click()
    settle(page)
    page.locator(f"{pressed} button").first.click()
    ways = page.locator("[role=alert]:visible a[href^='#wrong-']")
    expect(ways).to_have_count(len(AT_ONCE[form]))
    for n, key in enumerate(AT_ONCE[form]):
        field = page.locator(f"[class*=st-key-{key}] {FIELD}[aria-invalid=true]").first
        said = page.locator(f"[id='{field.get_attribute('aria-describedby')}']")
        assert said.inner_text() == ways.nth(n).inner_text()
        ways.nth(n).press("Enter")
        page.wait_for_function("(key) => document.activeElement.closest(`[class*=st-key-${key}]`)", arg=key)


@pytest.mark.browser
def test_what_is_right_again_is_wrong_no_more(browse):
    page = browse("admin")
    page.visit("/accounts")
    page.click(".st-key-add-account button")
    settle(page)
    page.click(".st-key-new-save button")
    login = page.locator(".st-key-new-login input")
    expect(login).to_have_attribute("aria-invalid", "true")
    login.fill("somebody.new")
    login.blur()
    expect(login).not_to_have_attribute("aria-invalid", "true")
    expect(login).to_have_attribute("aria-required", "true")
    page.click(".st-key-new-save button")
    expect(page.locator(".st-key-new-name input")).to_be_focused()


@pytest.mark.browser
def test_of_two_that_were_empty_the_one_that_is_filled_is_wrong_no_more(browse):
    page = browse("staff")
    page.visit("/forums")
    page.click(".st-key-plan-forum button")
    settle(page)
    page.click(".st-key-plan-save button")
    chinese, english = (page.locator(f".st-key-forum-theme-{one} input") for one in ("zh", "en"))
    expect(english).to_have_attribute("aria-invalid", "true")
    english.fill("Labour")
    page.click(".st-key-plan-save button")
    expect(chinese).to_be_focused()
    expect(chinese).to_have_attribute("aria-invalid", "true")
    expect(english).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.browser
def test_a_language_is_as_good_as_another_and_one_has_to_be_whole(browse):
    page = browse("staff")
    page.visit("/guides?new=1")
    title, category = (page.locator(f"[class*=st-key-guide-{one}] input").first for one in ("title_zh", "category"))
    expect(category).to_have_attribute("aria-required", "true")
    expect(title).not_to_have_attribute("aria-required", "true")
    page.click(".st-key-guide-save button")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")


@pytest.mark.browser
def test_whether_words_are_needed_is_what_the_action_says(browse):
    page = browse("staff")
    page.visit("/desk?state=submitted")
    page.locator("[class*=st-key-open-] button").first.click()
    settle(page)
    words = page.locator("[role=dialog] textarea").first
    for action, needed in (("退回", True), ("受理", False)):
        page.locator("[role=dialog] [class*=st-key-do-]").get_by_text(action, exact=True).click()
        settle(page)
        expect(words).to_have_attribute("aria-required", "true") if needed else expect(words).not_to_have_attribute(
            "aria-required", "true"
        )


def test_each_refusal_and_each_field_of_the_table_is_there():
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "pages").glob("*/*.py"))
    drawn = {re.sub(r"\{.*?\}", "x", key) for key in re.findall(r'key=f?"([^"]+)"', source)}
    drawn |= {re.sub(r"\{.*?\}", "x", key) for key in re.findall(r'f?"([^"\s]+-[^"\s]*)"', source)}
    assert [code for code in FIELDS if f"error.{code}" not in i18n.catalogue()] == []
    assert [key for keys in FIELDS.values() for key in keys if not any(alike(key, one) for one in drawn)] == []
