// One set of listeners for the visit; the page may be drawn many times.
if (!window.f2fKeepsSurvey) {
  window.f2fKeepsSurvey = true
  const PAUSE = 1500
  const mark = () => document.documentElement.classList.toggle("f2f-cut-off", !navigator.onLine)
  addEventListener("online", mark)
  addEventListener("offline", mark)
  mark()

  // Words being typed are kept after a pause, by the very keys that Streamlit takes for it, not only when the box is
  // left: a phone that is put down loses nothing. Never in the middle of a character that is still being composed.
  let waiting, composing = false
  const later = (box) => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      if (composing || document.activeElement !== box) return
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }))
    }, PAUSE)
  }
  const ours = (event) => event.target.matches && event.target.matches("[class*=st-key-f2f-text-] textarea")
  addEventListener("compositionstart", () => { composing = true })
  addEventListener("compositionend", (event) => { composing = false; if (ours(event)) later(event.target) })
  addEventListener("input", (event) => { if (ours(event)) later(event.target) })
}
