// Streamlit has no languages. What its widgets say of themselves is put into Chinese as soon as they are drawn.
(() => {
if (window.f2fSpoken) return;
window.f2fSpoken = true;
const NAMES = ["aria-label", "placeholder", "title", "alt", "aria-valuetext"];
const OWN = "[data-testid^=stFileUploaderDropzone], [data-baseweb=popover], [data-testid=stDateInputField] [data-type], [data-testid=stDateInputCalendar], [data-testid=InputInstructions], [data-testid=stMultiSelectDropdown] [data-key^=__select], [data-testid=stSkipToContent], [data-testid=stTopNav], [data-testid=stToolbar], [data-testid=stTooltipContent], [data-live-announcer], [id^=react-aria-description]";
const MONTHS = Array.from({ length: 12 }, (_, month) => new Intl.DateTimeFormat("en", { month: "long" }).format(new Date(2000, month)));
const DAY = new RegExp(`(?:\\w+day, )?(?:${MONTHS.join("|")}) \\d{1,2}, \\d{4}`), MONTH = new RegExp(`^(\\d+) – (${MONTHS.join("|")})$`);
const inWords = (format) => new Intl.DateTimeFormat(document.documentElement.lang, format);
const plain = new Map(), filled = [];
for (const [en, zh] of Object.entries(told)) {
  const gap = en.match(/\{\w+\}/);
  if (!gap) { plain.set(en, zh); continue; }
  const [before, after] = en.split(gap[0]);
  filled.push({ before, after, zh, gap: gap[0] });
}
filled.sort((a, b) => b.before.length + b.after.length - a.before.length - a.after.length);

function ours(said) {
  const words = (chinese(said) || said)
    .replace(DAY, (day) => inWords({ dateStyle: "full" }).format(new Date(day)))
    .replace(MONTH, (_, n, month) => inWords({ month: "long" }).format(new Date(2000, MONTHS.indexOf(month))));
  return words !== said && words;
}

function chinese(said) {
  const whole = plain.get(said);
  if (whole) return whole;
  const fit = filled.find(({ before, after }) => said.length > before.length + after.length && said.startsWith(before) && said.endsWith(after));
  return fit && fit.zh.replace(fit.gap, said.slice(fit.before.length, said.length - fit.after.length));
}

function name(element) {
  for (const kind of NAMES) {
    const said = element.getAttribute(kind), words = said && ours(said.trim());
    if (words) element.setAttribute(kind, words);
  }
}

function speak(root) {
  if (root.ownerSVGElement || root.parentElement?.ownerSVGElement) return;  // thousands of pieces of a chart are ours
  if (root.nodeType === Node.TEXT_NODE) {
    const words = root.parentElement?.closest(OWN) && ours(root.data.trim());
    if (words) root.data = words;
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
