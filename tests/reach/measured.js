({
// Of what may be pressed: whom a finger reaches at the middle, and as far from it as a thumb is wide. What another widget
// reaches there, or nothing, is too small. A link within a sentence is as tall as its line (WCAG 2.5.8).
small: (thumb) => {
  const PRESSED = `a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=radio],
    [role=checkbox], [role=switch], [role=combobox], [role=slider], [role=option], [role=menuitem]`
  const box = document.querySelector("[role=dialog]") || document.body, found = {}
  const shown = (one) => one.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true })
    && !one.closest("[inert], [aria-hidden=true], .modebar, [hidden]")
  const inSentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline"
    && [...one.closest("p, li, dd, td, span.f2f-words")?.childNodes ?? []].some(
      (node) => !node.contains(one) && node.textContent.trim().length > 3)
  const label = (one) => one.closest("label") || (one.id ? document.querySelector(`label[for="${CSS.escape(one.id)}"]`) : null)
  for (const one of box.querySelectorAll(PRESSED)) {
    if (!shown(one) || one.disabled || one.type === "hidden" || inSentence(one)) continue
    if (one.tabIndex < 0 && !one.matches("[role=tab], [role=radio], input[type=radio], [role=option]")) continue
    const choice = one.matches("input[type=radio], input[type=checkbox]")
    const drawn = (choice && label(one)) || one, { left, top, width, height } = drawn.getBoundingClientRect()
    if (width < 2 || height < 2 || left + width <= 0 || top + height <= 0) continue  // only for who hears it
    // Where the middle is not the thing's own a part of it is: several lines of words, a label beside its box.
    const mine = (x, y) => {
      const hit = document.elementFromPoint(x, y)
      return !!hit && (drawn.contains(hit) || hit.contains(drawn) && hit.matches("label, summary, a, button, [role=group]")
        || drawn.closest(".stMultiSelect")?.contains(hit) && !hit.closest("button")  // a press in the box is one in its field
        || label(one)?.contains(hit) || label(hit)?.control === one)
    }
    const reach = (dx, dy) => {  // pixels from the middle both ways: a link may cover the card that it stands on
      const x = left + width / 2, y = top + height / 2
      const way = (to) => { let n = 0; while (n < thumb && mine(x + dx * n * to, y + dy * n * to)) n++; return n }
      return way(1) + way(-1) - 1
    }
    const wide = Math.max(Math.round(width), reach(1, 0)), high = Math.max(Math.round(height), reach(0, 1))
    if (wide < thumb - 1 || high < thumb - 1) {
      const key = one.closest("[class*=st-key-]")?.className.match(/st-key-([\w-]+)/)?.[1] || ""
      const named = (one.getAttribute("aria-label") || one.innerText || one.name || one.type || "").trim().slice(0, 24)
      const kind = `${one.tagName.toLowerCase()}${one.getAttribute("role") ? `[${one.getAttribute("role")}]` : ""}`
      found[`${kind} .${one.className?.toString().split(" ")[0]} ${key} '${named}'`] = `${wide}×${high}`
    }
  }
  return Object.entries(found).map(([what, size]) => `${what} ${size}`)
},
// Where headings or landmarks are not in order.
structure: () => {
  const dialog = document.querySelector("[role=dialog]"), found = []
  const seen = (one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest("[aria-hidden=true], [hidden]")
  const all = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")].filter(seen)
  const level = (one) => Number(one.getAttribute("aria-level") || one.tagName[1])
  const within = (box) => all.filter((one) => box ? box.contains(one) : !one.closest("[role=dialog]"))
  const order = (heads, where, first) => {
    if (!heads.length) { if (first) found.push(`${where}: no heading`); return }
    if (first && level(heads[0]) !== 1) found.push(`${where}: begins with h${level(heads[0])} '${heads[0].innerText.slice(0, 30)}'`)
    const ones = heads.filter((one) => level(one) === 1)
    if (first && ones.length > 1) found.push(`${where}: ${ones.length} h1: ${ones.map((one) => one.innerText.slice(0, 20))}`)
    heads.reduce((before, one) => {
      if (level(one) > level(before) + 1) found.push(`${where}: h${level(before)} → h${level(one)} '${one.innerText.slice(0, 30)}'`)
      return one
    })
    for (const one of heads) if (!one.innerText.trim()) found.push(`${where}: an empty h${level(one)}`)
  }
  order(within(null), "page", true)
  if (dialog) order(within(dialog), "dialog", false)
  const alone = (selector) => [...document.querySelectorAll(selector)].filter(
    (one) => seen(one) && !one.closest("[role=dialog]"))
  const main = alone("main, [role=main]")
  if (main.length !== 1) found.push(`${main.length} main`)
  const nested = "main, article, section, aside, nav, [role=main]"
  const top = (tag, role) => alone(`${tag}, [role=${role}]`).filter((one) => one.matches("[role]") || !one.parentElement.closest(nested))
  for (const [tag, role] of [["header", "banner"], ["footer", "contentinfo"]])
    if (top(tag, role).length > 1) found.push(`${top(tag, role).length} ${role}`)
  for (const selector of ["nav, [role=navigation]", "section[aria-label], section[aria-labelledby], [role=region]", "aside, [role=complementary]"]) {
    const names = alone(selector).map((one) => one.getAttribute("aria-label") || document.getElementById(one.getAttribute("aria-labelledby"))?.innerText || "")
    const twice = names.filter((name, n) => names.indexOf(name) !== n)
    if (twice.length) found.push(`${selector.split(",")[0]} twice: '${[...new Set(twice)]}'`)
  }
  return found
},
// Words that are wider or taller than what holds them, where that hides the rest.
cut: () => {
  const found = {}, kept = ".f2f-moved, [class*=sr-only], [aria-hidden=true], svg, .js-plotly-plot, canvas, [data-testid=stDataFrame]"
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const text = words.currentNode, own = text.parentElement
    if (!text.data.trim() || !own || own.closest(kept) || own.closest("style, script, noscript") || !own.checkVisibility({ checkVisibilityCSS: true })) continue
    const range = document.createRange(); range.selectNodeContents(text)
    const at = range.getBoundingClientRect()
    if (at.width < 2 || at.height < 2) continue
    for (let box = own; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box), room = box.getBoundingClientRect()
      if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") break  // says that there is more, which opens
      if (style.clipPath !== "none" || room.width <= 2 || room.height <= 2) break
      const sideways = ["hidden", "clip"].includes(style.overflowX) && (at.right > room.right + 2 || at.left < room.left - 2)
      const down = ["hidden", "clip"].includes(style.overflowY) && (at.bottom > room.bottom + 3 || at.top < room.top - 3)
      if (sideways || down) { found[`${box.tagName.toLowerCase()}.${box.className.toString().split(" ").slice(0, 2).join(".")} '${text.data.trim().slice(0, 30)}'`] = 1; break }
      if (["auto", "scroll"].includes(style.overflowX) || style.position === "fixed") break
    }
  }
  const main = document.querySelector("[data-testid=stMain]") || document.documentElement
  if (main.scrollWidth > main.clientWidth + 1) found[`the page scrolls sideways: ${main.scrollWidth} in ${main.clientWidth}`] = 1
  return Object.keys(found)
},
// Words that stand one letter a line, and words that stand over other words. What lies over the page is another layer.
crowded: () => {
  const found = {}, lines = [], kept = ".f2f-moved, [class*=sr-only], svg, .js-plotly-plot, canvas, [data-testid=stDataFrame], style, script, noscript"
  const box = document.querySelector("[role=dialog]") || document.body
  const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const text = words.currentNode, own = text.parentElement, said = text.data.trim()
    if (!said || own.closest(kept) || !own.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue
    let room = { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 }, layer = false
    for (let one = own; one && one !== box; one = one.parentElement) {
      const style = getComputedStyle(one), at = one.getBoundingClientRect()
      layer ||= ["fixed", "sticky"].includes(style.position) || style.clipPath !== "none"
      if (style.overflowX !== "visible") room = { ...room, left: Math.max(room.left, at.left), right: Math.min(room.right, at.right) }
      if (style.overflowY !== "visible") room = { ...room, top: Math.max(room.top, at.top), bottom: Math.min(room.bottom, at.bottom) }
    }
    if (layer || /^rgba.*, 0\)$/.test(getComputedStyle(own).color)) continue
    const range = document.createRange(); range.selectNodeContents(text)
    const rows = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
    const tops = new Set(rows.map(({ top }) => Math.round(top / 4)))
    if (tops.size > 2 && said.length / tops.size < 3) found[`a column of letters '${said.slice(0, 30)}'`] = 1
    for (const { left, top, right, bottom } of rows) {
      const seen = { left: Math.max(left, room.left), top: Math.max(top, room.top), right: Math.min(right, room.right), bottom: Math.min(bottom, room.bottom) }
      if (seen.right - seen.left > 2 && seen.bottom - seen.top > 2) lines.push({ ...seen, text, said })
    }
  }
  lines.sort((a, b) => a.top - b.top)
  lines.forEach((one, n) => {
    for (let m = n + 1; m < lines.length && lines[m].top < one.bottom - 5; m++) {
      const other = lines[m], across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      if (other.text !== one.text && across > 4 && Math.min(one.bottom, other.bottom) - other.top > 5)
        found[`'${one.said.slice(0, 24)}' over '${other.said.slice(0, 24)}'`] = 1
    }
  })
  return Object.keys(found)
},
// In forced colours: a mark cut out by a mask has to have a colour, words another than what is behind them, which is a
// plate of the page's colour where colours are forced, and what is chosen has to look otherwise than its neighbour that is not.
unseen: () => {
  const found = {}, seen = (one) => one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })
  const named = (one) => `${one.tagName.toLowerCase()}.${one.className.toString().split(" ").slice(0, 2).join(".")} '${
    (one.innerText || one.getAttribute("aria-label") || "").trim().slice(0, 20)}'`
  const clear = (colour) => /^rgba.*, 0\)$/.test(colour) || colour === "transparent"
  const probe = document.body.appendChild(document.createElement("i")); probe.style.color = "Canvas"
  const canvas = getComputedStyle(probe).color; probe.remove()
  const behind = (one) => {
    for (let box = one; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor
      if (!clear(colour)) return colour
    }
    return getComputedStyle(document.documentElement).backgroundColor
  }
  for (const one of document.body.querySelectorAll("*")) {
    if (!seen(one) || one.closest("svg, .js-plotly-plot, canvas, [aria-hidden=true]")) continue
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(one, part)
      if (part && (style.content === "none" || style.content === "normal")) continue
      const mask = style.maskImage || style.webkitMaskImage
      if (mask && mask !== "none" && (clear(style.backgroundColor) || style.backgroundColor === behind(one.parentElement)))
        found[`mask without a colour: ${named(one)}${part || ""}`] = 1
    }
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    const { color, forcedColorAdjust } = getComputedStyle(one), plate = forcedColorAdjust === "none" ? behind(one) : canvas
    if (own && !clear(color) && [plate, behind(one)].includes(color)) found[`words as what is behind: ${named(one)}`] = 1
  }
  const look = (one) => {
    const parts = [one, ...one.querySelectorAll("*")].slice(0, 6), drawn = []
    for (const part of parts) for (const pseudo of [null, "::before", "::after"]) {
      const s = getComputedStyle(part, pseudo)
      drawn.push(s.backgroundColor, s.borderColor, s.borderWidth, s.outline, s.color, s.textDecorationLine, s.fontWeight, s.content)
    }
    return drawn.join()
  }
  const pairs = [["[role=radio]", "aria-checked"], ["button[aria-pressed]", "aria-pressed"], ["[role=tab]", "aria-selected"],
    ["[data-testid=stRadioOption]", ""], [".stCheckbox label", ""]]
  const on = (one, flag) => flag ? one.getAttribute(flag) === "true" : !!one.querySelector("input:checked")
  for (const [kind, flag] of pairs) {
    const all = [...document.querySelectorAll(kind)].filter(seen)
    for (const one of all.filter((each) => on(each, flag))) {
      const off = all.find((each) => each.parentElement === one.parentElement && !on(each, flag))
      if (off && look(one) === look(off)) found[`chosen looks as its neighbour: ${named(one)}`] = 1
    }
  }
  probe.style.color = "CanvasText"; document.body.appendChild(probe)
  const plain = getComputedStyle(probe).color; probe.remove()
  for (const one of [...document.querySelectorAll("[role=dialog]")].filter(seen)) {
    const { borderTopWidth, outlineStyle } = getComputedStyle(one)
    if (!parseFloat(borderTopWidth) && outlineStyle === "none") found[`a dialog without an edge: ${named(one)}`] = 1
  }
  for (const one of document.querySelectorAll("main button, [role=dialog] button")) {
    const parts = [one, ...one.querySelectorAll("*")].map((part) => getComputedStyle(part))
    const told = parts.some((s) => parseFloat(s.borderTopWidth) || s.textDecorationLine !== "none" || s.color !== plain || s.maskImage !== "none")
    const drawn = ["::before", "::after"].some((part) => getComputedStyle(one, part).content !== "none")
    if (seen(one) && one.innerText.trim() && !told && !drawn) found[`a button as plain words: ${named(one)}`] = 1
  }
  return Object.keys(found)
},
})
