// Each file of ours is a function by its name; a page asks for it by an element that names it, with what it is told.
(() => {
  const done = new WeakMap()
  const run = (asked) => {
    const { run: name, told, turn } = asked.dataset, now = [name, told, turn].join("\n")
    if (done.get(asked) === now || !f2fScripts[name]) return
    done.set(asked, now)
    f2fScripts[name](JSON.parse(told))
  }
  const look = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE) return
    if (root.matches(".f2f-run")) run(root)
    root.querySelectorAll(".f2f-run").forEach(run)
  }
  new MutationObserver((changes) => {
    for (const change of changes) change.type === "attributes" ? look(change.target) : change.addedNodes.forEach(look)
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-run", "data-told", "data-turn"] })
  look(document.documentElement)
})()
