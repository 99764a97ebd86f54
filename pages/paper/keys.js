// Enter takes the box's words and goes on; Backspace in an empty box goes back. The button ends the form.
(() => {
const stops = () => [...document.querySelectorAll(
  ".st-key-paper-keys input, .st-key-paper-save button:not(:disabled), .st-key-paper-compare button:not(:disabled)")];

// Streamlit draws boxes a moment later, or anew: for a while, where nothing else has the keys, this box gets them.
function settle(place, tries = 50) {
  const wanted = stops()[place];
  if (wanted && (document.activeElement === document.body || tries === 50)) wanted.focus();
  if (tries && [document.body, wanted].includes(document.activeElement)) setTimeout(() => settle(place, tries - 1), 50);
}

// The next box is drawn once the server has answered, which may take long: it is waited for until somebody is elsewhere.
function step(from, by) {
  const all = stops(), place = all.indexOf(from) + by;
  if (place < 0) return;
  if (all[place]) settle(place);
  else if (by > 0 && [document.body, from].includes(document.activeElement)) setTimeout(() => step(from, by), 50);
}

function pressed(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.closest(".st-key-paper-keys") || event.isComposing) return;
  if (event.key === "Enter") setTimeout(() => step(box, 1), 30);
  if (event.key === "Backspace" && box.value === "") { event.preventDefault(); step(box, -1); }
}

// Each form runs this anew: the listener is replaced, and the first box waits for keys.
document.removeEventListener("keydown", window.f2fPaperKeys, true);
window.f2fPaperKeys = pressed;
document.addEventListener("keydown", pressed, true);
// The page may be drawn later than this runs: the first box is waited for, but taken from nobody who is elsewhere.
function begin() {
  const first = stops()[0];
  if (window.f2fPaperKeys !== pressed || document.activeElement !== document.body) return;
  if (!first) setTimeout(begin, 100);
  else if (first.value === "") settle(0);
}
setTimeout(begin, 300);
})();
