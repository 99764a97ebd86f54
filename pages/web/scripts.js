// Each file of ours is a function by its name; a page asks for it by an element that names it, with what it is told.
(() => {
  const done = new WeakMap()
  const run = (asked) => {
    const { run: name, told, turn } = asked.dataset, now = [name, told, turn].join("\n")
    if (done.get(asked) === now || !f2fScripts[name]) return
    done.set(asked, now)
    f2fScripts[name](JSON.parse(told))
  }
  // What is said beside what one does: a message that comes, a figure that moved, a point of a chart. A drawer hides from
  // readers all that stands outside it, but not who announces.
  const voice = document.createElement("div")
  for (const [name, value] of [["class", "f2f-moved"], ["role", "status"], ["data-live-announcer", "true"]]) voice.setAttribute(name, value)
  document.body.append(voice)
  window.f2fSay = (words) => { voice.textContent = words }
  // Streamlit's message interrupts what is being read, as nothing of ours has to: it is said when the reader is done, and
  // once: its box is looked at again when it is named in the reader's language.
  const heard = new WeakSet()
  const hear = (message) => {
    if (heard.has(message)) return
    heard.add(message)
    message.setAttribute("role", "group")
    message.removeAttribute("aria-modal")
    f2fSay(message.querySelector("[data-testid=stMarkdownContainer]")?.textContent || message.textContent)
  }
  // Streamlit gives a label's Markdown to readers as it is written: the escapes of `letters` would be read aloud.
  const ESCAPED = '[aria-label*="\\\\"], [aria-label*="\\u2060"]'
  const unescape = (named) => {
    const words = named.getAttribute("aria-label").replace(/\\([\\`*_{}[\]()<>#+\-.!|:$~])|\u2060/g, "$1")
    if (words !== named.getAttribute("aria-label")) named.setAttribute("aria-label", words)
  }
  // An icon in a label stands beside words: its English name would be read before them.
  const ICON = '[role=img][aria-label$=" icon"]'
  const MESSAGE = "[data-testid=stToast]"
  // A file is chosen by a button; the field behind it, which nobody sees, would be read as a second one.
  const FILE = "[data-testid=stFileUploaderDropzoneInput]"
  // Its button is called by our words, which are drawn over Streamlit's; so is why one was not taken, which Streamlit says
  // as it was told: by a type that nobody knows by this name, or a status.
  const ours = (element, name) => getComputedStyle(element).getPropertyValue(`--f2f-${name}`).trim().slice(1, -1)
  const CHOOSE = "[data-testid=stFileUploaderDropzone] > span > button, [data-testid=stFileChips] > button"
  const call = (button) => {
    const words = ours(button, "choose")
    if (words && words !== button.getAttribute("aria-label")) button.setAttribute("aria-label", words)
  }
  const WHY = ".stFileChip [role=alert]", TOLD = [["smaller.", "too_large"], ["not allowed.", "kind"], ["", "lost"]]
  const tell = (alert) => {
    const [, name] = TOLD.find(([end]) => alert.textContent.endsWith(end)), words = ours(alert, name)
    if (words) alert.textContent = words
  }
  const look = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE || root.ownerSVGElement) return  // a chart is thousands of pieces
    if (root.matches(".f2f-run")) run(root)
    root.querySelectorAll(".f2f-run").forEach(run)
    if (root.matches(ESCAPED)) unescape(root)
    root.querySelectorAll(ESCAPED).forEach(unescape)
    root.querySelectorAll(CHOOSE).forEach(call)
    root.querySelectorAll(WHY).forEach(tell)
    root.querySelectorAll(`${ICON}, ${FILE}`).forEach((one) => one.setAttribute("aria-hidden", "true"))
    const message = root.matches(MESSAGE) ? root : root.querySelector(MESSAGE)
    if (message) hear(message)
  }
  new MutationObserver((changes) => {
    for (const change of changes) change.type === "attributes" ? look(change.target) : change.addedNodes.forEach(look)
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-run", "data-told", "data-turn", "aria-label"] })
  look(document.documentElement)
  // Whether anybody has pressed anything since this page opened. What the browser calls an activation is older than that.
  const TOUCHES = ["pointerdown", "keydown", "click"], touch = () => document.documentElement.classList.add("f2f-touched")
  TOUCHES.forEach((name) => addEventListener(name, touch, { capture: true, once: true }))
  const toTheName = () => {
    const name = document.querySelector("[data-testid=stMain] h1")
    if (!name) return
    name.tabIndex = -1
    name.focus()
  }
  // Pills call themselves radios: an arrow chooses there as in any group of radios, not only moves.
  addEventListener("keydown", ({ key, target }) => {
    const group = key.startsWith("Arrow") && target.matches("button[role=radio]") && target.closest("[role=radiogroup]")
    if (group) setTimeout(() => {
      const now = document.activeElement
      if (now !== target && group.contains(now)) now.click()
    })
  }, true)
  // The row that one opened may have left the list when its drawer closes: the next one has the focus then, or the page's
  // name where it was the last, not nothing.
  const ROWS = "[class*=st-key-open-] button"
  let row = -1, drawer = null
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.(ROWS)
    if (pressed) row = [...document.querySelectorAll(ROWS)].indexOf(pressed)
  }, true)
  const settled = () => {
    const open = document.querySelector("[role=dialog]"), shut = drawer && !open
    drawer = open
    if (shut) recolour()
    if (!shut || row < 0) return
    setTimeout(() => {  // after Streamlit has given the focus back where it can
      const rows = document.querySelectorAll(ROWS)
      if (document.activeElement !== document.body) return
      rows.length ? rows[Math.min(row, rows.length - 1)].focus() : toTheName()
    }, 300)
  }
  new MutationObserver(settled).observe(document, { subtree: true, childList: true })
  // A line that is back may lead to a process that knows nothing of this page, and what fell into the dead one is told
  // by nobody: the page asks to be drawn with all that it holds, by the toggle that nobody sees, once it may be pressed.
  const STATE = "data-test-connection-state", AGAIN = 200, PATIENCE = 50
  let been = false, away = false
  const ask = (tries = PATIENCE) => {
    const mark = document.querySelector("[class*=st-key-f2f-of-] input:not(:disabled)")
    if (!mark) { if (tries) setTimeout(() => ask(tries - 1), AGAIN); return }
    dispatchEvent(new Event("f2f-back"))  // whoever has words in a box says so now
    setTimeout(() => document.querySelector("[class*=st-key-f2f-of-] input")?.click(), AGAIN)
  }
  new MutationObserver(() => {
    const now = document.querySelector(`[${STATE}]`)?.getAttribute(STATE) === "CONNECTED"
    if (now && away) ask()
    been ||= now
    away = been && !now
  }).observe(document, { subtree: true, attributes: true, attributeFilter: [STATE] })
  // A chart is drawn by the server in the colours of light or dark: when the reader's system changes at dusk, it is asked for;
  // once no dialog stands over the page, which would close, with all that is typed in it.
  let dusk = false
  const recolour = () => {
    if (!dusk || document.querySelector("[role=dialog]")) return
    dusk = false
    ask()
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { dusk = true; recolour() })
  // The head of a page without a menu stands inside Streamlit's main part: what is skipped to is the page's name.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-testid=stSkipToContent]") || !document.querySelector("[data-testid=stMain] h1")) return
    event.preventDefault()
    toTheName()
  })
})()
