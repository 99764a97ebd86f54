// One set of listeners for the visit; the page may be drawn many times.
if (!window.f2fKeepsSurvey) {
  window.f2fKeepsSurvey = true
  const PAUSE = 1500
  const BOXES = "[class*=st-key-f2f-text-] textarea, [class*=st-key-f2f-number-] input, [class*=st-key-f2f-other-] input"
  const mark = () => document.documentElement.classList.toggle("f2f-cut-off", !navigator.onLine)
  addEventListener("online", mark)
  addEventListener("offline", mark)
  mark()

  // What is being typed is kept after a pause, by the very keys that Streamlit takes for it, not only when the box is
  // left: a phone that is put down loses nothing. Never in the middle of a character that is still being composed.
  let waiting, composing = false
  const typed = new Set()
  const enter = (box) => {
    const tall = box.tagName === "TEXTAREA"
    for (const kind of tall ? ["keydown"] : ["keydown", "keypress"])
      box.dispatchEvent(new KeyboardEvent(kind, { key: "Enter", code: "Enter", charCode: 13, keyCode: 13, ctrlKey: tall, bubbles: true }))
  }
  const later = (box) => {
    typed.add(box)
    clearTimeout(waiting)
    waiting = setTimeout(() => { if (!composing && document.activeElement === box) enter(box) }, PAUSE)
  }
  const ours = (event) => event.target.matches && event.target.matches(BOXES)
  addEventListener("compositionstart", () => { composing = true })
  addEventListener("compositionend", (event) => { composing = false; if (ours(event)) later(event.target) })
  addEventListener("input", (event) => { if (ours(event)) later(event.target) })

  // Words that fell into a dead connection stand on the phone and nowhere else: they are said before the page asks to be
  // drawn again (scripts.js).
  addEventListener("f2f-back", () => {
    typed.forEach((box) => { if (box.isConnected) enter(box) })
    typed.clear()
  })
  const STATE = "data-test-connection-state", RUN = "data-test-script-state"
  const RESTS = `[${STATE}=CONNECTED][${RUN}=notRunning]`
  new MutationObserver(() => {
    if (document.querySelector(RESTS)) document.documentElement.classList.remove("f2f-sends")
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: [STATE, RUN] })

  // From the press on the page says that the answers are on their way, not only when the server has come to them.
  addEventListener("click", ({ target }) => {
    if (target.closest?.(".st-key-survey-submit button")) document.documentElement.classList.add("f2f-sends")
  })
}
