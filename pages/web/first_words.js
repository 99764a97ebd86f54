// The first words stand until the page itself has its own, or says why it has none.
(() => {
  const first = document.getElementById("f2f-first")
  const watch = new MutationObserver(() => {
    if (!document.querySelector("[data-testid=stMain] :is(h1, [role=alert], button), [role=dialog]")) return
    watch.disconnect()
    first.remove()
  })
  watch.observe(document.body, { childList: true, subtree: true })
})()
