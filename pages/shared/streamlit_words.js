// Streamlit has no languages. What its widgets say of themselves is put into Chinese as soon as they are drawn.
(() => {
if (window.f2fSpoken) return;
window.f2fSpoken = true;
const NAMES = ["aria-label", "placeholder", "title", "alt", "aria-valuetext"];
const OWN = "[data-testid^=stFileUploaderDropzone], [data-baseweb=popover], [data-testid=stDateInputField] [data-type], [data-testid=stDateInputCalendar], [data-testid=InputInstructions], [data-testid=stMultiSelectDropdown] [data-key^=__select]";
const plain = new Map(), filled = [];
for (const [en, zh] of Object.entries(told)) {
  const gap = en.match(/\{\w+\}/);
  if (!gap) { plain.set(en, zh); continue; }
  const [before, after] = en.split(gap[0]);
  filled.push({ before, after, zh, gap: gap[0] });
}

function chinese(said) {
  const whole = plain.get(said);
  if (whole) return whole;
  const fit = filled.find(({ before, after }) => said.length > before.length + after.length && said.startsWith(before) && said.endsWith(after));
  return fit && fit.zh.replace(fit.gap, said.slice(fit.before.length, said.length - fit.after.length));
}

function name(element) {
  for (const kind of NAMES) {
    const said = element.getAttribute(kind), ours = said && chinese(said.trim());
    if (ours) element.setAttribute(kind, ours);
  }
}

function speak(root) {
  if (root.nodeType === Node.TEXT_NODE) {
    const ours = root.parentElement?.closest(OWN) && chinese(root.data.trim());
    if (ours) root.data = ours;
    return;
  }
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  for (const element of [root, ...root.querySelectorAll(NAMES.map((kind) => `[${kind}]`).join())]) name(element);
  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  if (root.closest(OWN) || root.querySelector(OWN)) while (words.nextNode()) speak(words.currentNode);
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "attributes") name(change.target);
    else if (change.type === "characterData") speak(change.target);
    else change.addedNodes.forEach(speak);
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
speak(document.body);
})();
