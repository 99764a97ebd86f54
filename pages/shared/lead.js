// Leads the eye, the thumb and a reader's voice. Each is asked for once a turn; what was asked before is not done again.
if (!window.f2fLead) {
  const FIELDS = "input, textarea, [role=radiogroup], [role=combobox]"
  const CARD = "[class*=st-key-f2f-question-]"
  const BOX = "[data-testid=stElementContainer]"
  const fieldsOf = (said) => {
    if (said.closest(CARD)) return [...said.closest(CARD).querySelectorAll(FIELDS)]
    for (let at = said.closest(BOX); at; at = at.previousElementSibling) {
      const found = at.querySelectorAll(`${FIELDS}, button`)
      if (found.length) return [...found]
    }
    return []
  }
  const unmark = () => document.querySelectorAll("[data-f2f-wrong]").forEach((field) => {
    for (const name of ["aria-invalid", "aria-describedby", "data-f2f-wrong"]) field.removeAttribute(name)
  })
  const mark = (said) => fieldsOf(said).forEach((field) => {
    field.setAttribute("aria-invalid", "true")
    field.setAttribute("aria-describedby", said.id)
    field.setAttribute("data-f2f-wrong", "")
  })
  const goTo = (said) => {
    const field = fieldsOf(said).find((one) => one.tabIndex >= 0)
    if (!field) return
    ;(said.closest(CARD) || field.closest(BOX)).scrollIntoView({ block: "start" })
    field.focus({ preventScroll: true })
  }
  let gone = "", waiting
  window.f2fLead = {
    toTheTop: () => { document.querySelector("[data-testid=stMain]").scrollTop = 0 },
    // The page is drawn piece by piece: what is to be marked is waited for, never for a time.
    toTheGap: (turn, ids) => {
      waiting?.disconnect()
      const ready = () => {
        const said = ids.map((id) => document.getElementById(id))
        if (said.includes(null)) return false
        unmark()
        said.forEach(mark)
        const first = said.sort((a, b) => a.compareDocumentPosition(b) & 4 ? -1 : 1)[0]
        if (first && turn !== gone) goTo(first)
        gone = turn
        return true
      }
      if (ready()) return
      waiting = new MutationObserver((_, observer) => { if (ready()) observer.disconnect() })
      waiting.observe(document.body, { subtree: true, childList: true })
    },
  }
}
window.f2fLead[told[0]](...told.slice(1))
