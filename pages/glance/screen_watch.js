// Streamlit finds its server again by itself; what it cannot mend is a page of an older release, or a session that was
// lost. A page whose boards stand still loads itself again as soon as the server answers, and every six hours anyway,
// so that a browser that is never closed does not grow. A server that is slow to answer is only busy: the last board
// stays until it has time. The boards are laid out for 1920 × 1080: how many times that a screen holds, screen.css is told.
(() => {
  if (window.f2fWatch) return;
  const fit = () => { document.documentElement.style.setProperty("--f2f-fit", Math.min(innerWidth / 1920, innerHeight / 1080)); };
  fit(); addEventListener("resize", fit);
  const opened = Date.now(); let beat = "", since = opened;
  window.f2fWatch = setInterval(async () => {
    const now = document.querySelector(".f2f-screen")?.dataset.beat || "";
    if (now !== beat) { beat = now; since = Date.now(); }
    if (Date.now() - since < 60000 && Date.now() - opened < 21600000) return;
    try { if ((await fetch("/healthz", {cache: "no-store", signal: AbortSignal.timeout(2000)})).ok) location.reload(); } catch {}
  }, 10000);
})();
