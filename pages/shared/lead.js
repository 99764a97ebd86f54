// Leads the eye, the thumb and a reader's voice. Each is asked for once a turn; what was asked before is not done again.
if (!window.f2fLead) {
  const FIELDS = "input, textarea, [role=radiogroup], [role=combobox], [role=spinbutton], [role=slider]"
  const CARD = "[class*=st-key-f2f-question-]"
  const BOX = "[data-testid=stElementContainer]"
  const spokenOf = new WeakMap()
  const fieldsOf = (said) => {
    if (spokenOf.has(said)) return spokenOf.get(said)()
    if (said.closest(CARD)) return [...said.closest(CARD).querySelectorAll(FIELDS)]
    for (let at = said.closest(BOX); at; at = at.previousElementSibling) {
      const found = at.querySelectorAll(`${FIELDS}, button`)
      if (found.length) return [...found]
    }
    return []
  }
  const unmark = (fields = document.querySelectorAll("[data-f2f-wrong]")) => fields.forEach((field) => {
    for (const name of ["aria-invalid", "aria-describedby", "data-f2f-wrong"]) field.removeAttribute(name)
  })
  const mark = (said) => fieldsOf(said).forEach((field) => {
    field.setAttribute("aria-invalid", "true")
    field.setAttribute("aria-describedby", said.id)
    field.setAttribute("data-f2f-wrong", said.id)
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
  const inOrder = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
  const goTo = (said) => {
    const field = fieldsOf(said).find((one) => one.tabIndex >= 0)
    if (!field) return
    ;(said.closest(CARD) || field.closest(BOX)).scrollIntoView({ block: "start" })
    field.focus({ preventScroll: true })
  }
  let gone = ""
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#wrong-']")
    const said = link && (spokenOf.has(link) ? link : document.getElementById(link.hash.slice(1)))
    if (!said) return
    event.preventDefault()
    goTo(said)
  })
  // Of a field that is named by its key, which may have a star: what is typed in or chosen from; else what is pressed.
  const named = (key) => key.split("*").filter(Boolean).map((part, n) =>
    key.includes("*") ? `[class*="${n ? "" : "st-key-"}${CSS.escape(part)}"]` : `.st-key-${CSS.escape(part)}`).join("")
  const ofKeys = (keys) => keys.flatMap((key) => {
    const typed = [...document.querySelectorAll(`${named(key)} :is(${FIELDS})`)], chosen = typed.some((one) => one.tabIndex >= 0)
    return chosen ? typed : [...typed, ...document.querySelectorAll(`${named(key)} button`)]
  }).sort(inOrder)
  // What has to be filled is marked when it is drawn; what is right again, or is said no more, is wrong no more.
  const asked = new Map()
  let needed = ":is()"
  const look = () => {
    document.querySelectorAll(`${needed}:not([data-f2f-needed])`).forEach((field) => {
      field.setAttribute("aria-required", "true")
      field.setAttribute("data-f2f-needed", "")
    })
    document.querySelectorAll(`[data-f2f-needed]:not(${needed})`).forEach((field) => {
      for (const name of ["aria-required", "data-f2f-needed"]) field.removeAttribute(name)
    })
    document.querySelectorAll("[data-f2f-wrong]").forEach((field) => {
      if (!document.getElementById(field.getAttribute("data-f2f-wrong"))) unmark([field])
    })
  }
  let soon = 0
  new MutationObserver(() => { soon ||= requestAnimationFrame(() => { soon = 0; look() }) })
    .observe(document.body, { subtree: true, childList: true })
  window.f2fLead = {
    // A reader's voice says where one is now; who has only just opened the page hears its title.
    toTheTop: (_turn, id) => {
      document.querySelector("[data-testid=stMain]").scrollTop = 0
      if (document.documentElement.classList.contains("f2f-touched")) whenThere("top", () => [document.getElementById(id)], ([name]) => {
        name.tabIndex = -1
        name.focus({ preventScroll: true })
      })
    },
    toTheField: (_turn, key) => whenThere("field", () => [ofKeys([key]).find((one) => one.tabIndex >= 0) ?? null], ([field]) => field.focus()),
    toTheGap: (turn, ids) => whenThere("gap", () => ids.map((id) => document.getElementById(id)), (said) => {
      unmark()
      said.forEach(mark)
      const first = said.sort(inOrder)[0]
      if (first && turn !== gone) goTo(first)
      gone = turn
    }),
    // What the rules refuse is one alert beside the form: of each thing a way to the first of the fields that it speaks of.
    refused: (_turn, each) => whenThere("refused", () => each.map(([id]) => document.querySelector(`a[href="#${id}"]`)), (all) => {
      unmark()
      all.forEach((said, n) => {
        said.id = each[n][0]
        spokenOf.set(said, () => ofKeys(each[n].slice(1)))
        mark(said)
      })
      goTo(all[0])
    }),
    needed: (form, keys) => {
      asked.set(form, keys)
      const all = `:is(${[...asked.values()].flat().map(named)})`  // of radios and of several boxes their group
      needed = `:is(${all} :is(${FIELDS}):not([type=radio], [type=checkbox]), ${all} > .stCheckbox input)`
      look()
    },
  }
}
window.f2fLead[told[0]](...told.slice(1))
