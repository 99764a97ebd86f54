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
  // The page is drawn piece by piece: what is asked for is waited for, never for a time. One waits for each purpose.
  const waiting = {}
  const whenThere = (purpose, find, then) => {
    waiting[purpose]?.disconnect()
    const ready = () => {
      const found = find()
      if (found.includes(null)) return false
      then(found)
      return true
    }
    if (ready()) return
    waiting[purpose] = new MutationObserver((_, observer) => { if (ready()) observer.disconnect() })
    waiting[purpose].observe(document.body, { subtree: true, childList: true })
  }
  const goTo = (said) => {
    const field = fieldsOf(said).find((one) => one.tabIndex >= 0)
    if (!field) return
    ;(said.closest(CARD) || field.closest(BOX)).scrollIntoView({ block: "start" })
    field.focus({ preventScroll: true })
  }
  let gone = ""
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#wrong-']"), said = link && document.getElementById(link.hash.slice(1))
    if (!said) return
    event.preventDefault()
    goTo(said)
  })
  window.f2fLead = {
    // A reader's voice says where one is now; who has only just opened the page hears its title.
    toTheTop: (_turn, id) => {
      document.querySelector("[data-testid=stMain]").scrollTop = 0
      if (navigator.userActivation?.hasBeenActive) whenThere("top", () => [document.getElementById(id)], ([name]) => {
        name.tabIndex = -1
        name.focus({ preventScroll: true })
      })
    },
    toTheGap: (turn, ids) => whenThere("gap", () => ids.map((id) => document.getElementById(id)), (said) => {
      unmark()
      said.forEach(mark)
      const first = said.sort((a, b) => a.compareDocumentPosition(b) & 4 ? -1 : 1)[0]
      if (first && turn !== gone) goTo(first)
      gone = turn
    }),
    needed: (_turn, keys) => {
      const fields = (key) => document.querySelectorAll(`.st-key-${CSS.escape(key)} :is(${FIELDS})`)
      whenThere(`needed ${keys}`, () => keys.map((key) => fields(key)[0] || null), () =>
        keys.flatMap((key) => [...fields(key)]).forEach((field) => {  // of radios their group is asked; boxes are never all needed
          if (!["radio", "checkbox"].includes(field.type)) field.setAttribute("aria-required", "true")
        }))
    },
  }
}
window.f2fLead[told[0]](...told.slice(1))
