// The points of a chart by key: arrows along a series and to another, Home and End; Enter is a press, Escape leaves.
// What is said is what stands over the point, in our words and units. `told`: what the region is called, and what is
// printed where charts are still to be drawn.
window.f2fChartsAre = told
if (!window.f2fChartKeys) {
  window.f2fChartKeys = true
  const axis = (chart, id) => chart._fullLayout[`${id[0]}axis${id.slice(1)}`]
  // In pixels within the plot: a bar's middle, a mark's own place.
  const placed = (chart, trace, point) => {
    const x = axis(chart, trace.xaxis), y = axis(chart, trace.yaxis)
    if (trace.type !== "bar") return [x.c2p(point.x), y.c2p(point.y)]
    const beside = (point.p0 + point.p1) / 2, up = point.b + point.s / 2
    return trace.orientation === "h" ? [x.c2p(up), y.c2p(beside)] : [x.c2p(beside), y.c2p(up)]
  }
  // Of each trace that says anything its places, in reading order. A mark of one point repeats the end of its line.
  const seriesOf = (chart) => {
    const all = (chart.calcdata || []).filter(([first]) => first?.trace?.visible === true && first.trace.hovertemplate && first.trace.xaxis)
      .map((points) => {
        const { trace } = points[0], flat = trace.orientation === "h", along = flat ? 1 : 0
        const places = points.map((point, n) => [...placed(chart, trace, point), n]).filter((place) => place.every(Number.isFinite))
        return { flat, trace, panel: trace.xaxis + trace.yaxis, places: places.sort((a, b) => a[along] - b[along]) }
      }).filter(({ places }) => places.length)
    const longer = all.some(({ places }) => places.length > 1)
    return all.filter(({ places }) => !longer || places.length > 1)
  }
  const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }, ENDS = { Home: -Infinity, End: Infinity }
  const within = (n, most) => Math.max(0, Math.min(n, most - 1))
  const where = new WeakMap()  // chart → the point that one is at
  const send = (chart, kind) => {  // a press ends wherever the pointer is, so Plotly hears its end from the page
    const { panel, place } = where.get(chart), drag = chart.querySelector(`.nsewdrag[data-subplot="${panel}"]`)
    const { left, top } = drag.getBoundingClientRect(), spot = { clientX: left + place[0], clientY: top + place[1] }
    ;(kind === "mouseup" ? document : drag).dispatchEvent(new MouseEvent(kind, { bubbles: true, view: window, ...spot }))
  }
  // What its trace writes over a point, whichever of several at this place Plotly shows.
  const words = ({ trace, place }, named) => {
    const own = { customdata: (n) => trace.customdata[n], x: (n) => trace.x[n], y: (n) => trace.y[n].toLocaleString("en") }
    const written = trace.hovertemplate.replace(/<extra>.*/, "").replace(/%\{(\w+)[^}]*\}/g, (_, name) => own[name](place[2]))
    const box = document.createElement("template")
    box.innerHTML = written.replace(/<br>/g, " ")
    const said = box.content.textContent
    return named && !said.includes(named) ? `${named} ${said}` : said
  }
  const move = (chart, key) => {
    const series = seriesOf(chart), fresh = !where.has(chart), now = where.get(chart) || { n: 0, at: 0 }
    const { flat } = series[within(now.n, series.length)], [right, down] = STEPS[key] || [0, 0]
    const [along, across] = key in ENDS ? [ENDS[key], 0] : flat ? [down, right] : [right, down]
    const n = within(fresh ? 0 : now.n + across, series.length), { places, panel, trace } = series[n]
    const at = within(fresh && key !== "End" ? 0 : now.at + along, places.length)
    where.set(chart, { n, at, panel, trace, place: places[at] })
    f2fSay(words(where.get(chart), chart.data[trace.index].name))
    send(chart, "mousemove")
  }
  // Plotly looks for what is below the pointer some time after it moved: a press waits until that is our point.
  const press = (chart, tries = 10) => {
    if (!where.has(chart)) return
    const { trace, place } = where.get(chart)
    const found = chart._hoverdata?.some((one) => one.curveNumber === trace.index && one.pointNumber === place[2])
    if (found || !tries) return send(chart, "mousedown"), send(chart, "mouseup")
    send(chart, "mousemove")
    setTimeout(press, 60, chart, tries - 1)
  }
  const leave = (chart) => { if (where.has(chart)) { send(chart, "mouseout"); where.delete(chart) } }
  document.addEventListener("keydown", (event) => {
    const chart = event.target
    if (!chart.matches?.(".js-plotly-plot[role=application]")) return
    const on = where.has(chart)
    if (event.key in STEPS || event.key in ENDS) move(chart, event.key)
    else if (event.key === "Escape" && on) leave(chart)
    else if (event.key === "Enter" && on) press(chart)
    else return
    event.preventDefault()
    event.stopPropagation()
  }, true)
  document.addEventListener("focusout", ({ target }) => { if (target.matches?.(".js-plotly-plot")) leave(target) })
  let soon = 0
  const name = () => {
    soon = 0
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      if (chart.getAttribute("aria-label") === window.f2fChartsAre.points || !seriesOf(chart).length) continue
      for (const [key, value] of [["role", "application"], ["tabindex", "0"], ["aria-label", window.f2fChartsAre.points]]) chart.setAttribute(key, value)
    }
  }
  new MutationObserver(() => { soon ||= setTimeout(name, 300) }).observe(document.body, { subtree: true, childList: true })
  name()
  // On paper a chart that was drawn wider than it shrinks; the board does as a whole.
  const shrinking = () => [...document.querySelectorAll(".stPlotlyChart .svg-container")].filter((box) => !box.closest(".st-key-f2f-glance"))
  addEventListener("beforeprint", () => shrinking().forEach((box) => {
    const all = [...box.querySelectorAll(":scope > .main-svg")], [wide, high] = ["width", "height"].map((side) => all[0]?.getAttribute(side))
    if (!all.length) return
    box.dataset.f2fDrawn = ""
    box.style.setProperty("--f2f-wide", wide)
    box.style.setProperty("--f2f-high", high)
    all.forEach((svg) => svg.setAttribute("viewBox", `0 0 ${wide} ${high}`))
  }))
  addEventListener("afterprint", () => shrinking().forEach((box) => {
    delete box.dataset.f2fDrawn
    box.querySelectorAll(":scope > .main-svg").forEach((svg) => svg.removeAttribute("viewBox"))
  }))
  // No printing waits: a chart that is not drawn has its numbers in its place, and the page says that some are missing.
  addEventListener("beforeprint", () => {
    if (!document.querySelector("[data-testid=stSkeleton]")) return
    document.querySelectorAll("[class*=st-key-card-] .f2f-fold:not([open])").forEach((fold) => {
      if (!fold.closest("[class*=st-key-card-]").querySelector(".main-svg")) fold.open = fold.dataset.f2fOpened = true
    })
    const said = document.createElement("p")
    said.className = "f2f-undrawn"
    said.textContent = window.f2fChartsAre.undrawn
    document.querySelector("[data-testid=stMain] h1")?.after(said)
  })
  addEventListener("afterprint", () => {
    document.querySelectorAll("[data-f2f-opened]").forEach((fold) => { fold.open = false; delete fold.dataset.f2fOpened })
    document.querySelectorAll(".f2f-undrawn").forEach((said) => said.remove())
  })
}
