// For charts: what is said over a point leaves with Esc, and a finding that changed while one looks is said once.
addEventListener("keydown", e => e.key === "Escape" && document.body.classList.add("f2f-hushed"));
addEventListener("mousemove", () => document.body.classList.remove("f2f-hushed"), { passive: true });
addEventListener("DOMContentLoaded", () => {
  let known = new Map(), page = "", waiting = 0;
  const said_by = card => card.querySelector(".f2f-said, .f2f-finding")?.textContent || card.querySelector("[role=figure]")?.getAttribute("aria-label") || "";
  const look = () => {
    waiting = 0;
    const cards = [...document.querySelectorAll('[class*="st-key-card-"]')].map(card => [
      (card.className.match(/st-key-card-[\w-]+/) || [""])[0], said_by(card)]);
    const moved = page === location.pathname
      ? cards.filter(([key, words]) => words && known.get(key) && known.get(key) !== words).map(([, words]) => words) : [];
    if (moved.length) f2fSay(moved.join(" "));
    page = location.pathname; known = new Map(cards);
  };
  new MutationObserver(() => { waiting = waiting || setTimeout(look, 800); }).observe(document.getElementById("root"), { childList: true, subtree: true, characterData: true, attributeFilter: ["aria-label"] });
});
