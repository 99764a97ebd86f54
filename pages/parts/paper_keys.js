// Enter takes the box's words and goes on; Backspace in an empty box goes back. The button ends the form.
const stops = () => [...document.querySelectorAll(
  ".st-key-paper-keys input, .st-key-paper-save button:not(:disabled), .st-key-paper-compare button:not(:disabled)")];

// Streamlit draws the next boxes a moment later: look for them for a while.
function step(from, by, tries = 40) {
  const all = stops(), at = all.findIndex((one) => one === from || (from.id && one.id === from.id));
  const next = all[(at < 0 ? 0 : at) + by];
  if (next && !next.disabled) next.focus();
  else if (by > 0 && tries) setTimeout(() => step(from, by, tries - 1), 50);
}

function pressed(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.closest(".st-key-paper-keys") || event.isComposing) return;
  if (event.key === "Enter") setTimeout(() => step(box, 1), 30);
  if (event.key === "Backspace" && box.value === "") { event.preventDefault(); step(box, -1); }
}

export default function () {
  document.addEventListener("keydown", pressed, true);
  const first = stops()[0];
  if (first && first.value === "" && !document.activeElement.closest(".st-key-paper-keys")) first.focus();
  return () => document.removeEventListener("keydown", pressed, true);
}
