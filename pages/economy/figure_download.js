// One listener for every button; the page may be drawn many times.
if (!window.f2fTakesFigures) {
  window.f2fTakesFigures = true
  const NS = "http://www.w3.org/2000/svg"
  const EDGE = 16, LINE = 22

  const make = (name, attributes, text) => {
    const element = document.createElementNS(NS, name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    if (text) element.textContent = text
    return element
  }

  // A line of words broken to the width, by a canvas' measure.
  const broken = (text, font, width) => {
    const measure = document.createElement("canvas").getContext("2d")
    measure.font = font
    const lines = [""]
    for (const part of text.match(/[ -~]+ ?|./gu) || []) {
      if (measure.measureText(lines.at(-1) + part).width > width && lines.at(-1)) lines.push("")
      lines[lines.length - 1] += part
    }
    return lines
  }

  const drawing = (card) => {
    const layers = [...card.querySelectorAll(".js-plotly-plot .main-svg")]
    const { width, height } = layers[0].getBoundingClientRect()
    const look = (selector) => getComputedStyle(card.querySelector(selector))
    const words = (selector) => (card.querySelector(selector) || { textContent: "" }).textContent.trim()
    const family = look(".f2f-finding").fontFamily.replaceAll('"', "'")
    const whole = make("svg", { xmlns: NS })
    const texts = []
    let y = EDGE
    const write = (text, size, weight, colour) => {
      for (const line of broken(text, `${weight} ${size}px ${family}`, width)) {
        y += LINE
        texts.push(make("text", { x: EDGE, y: y - 6, fill: colour, "font-size": size, "font-weight": weight, "font-family": family }, line))
      }
    }
    write(words(".f2f-finding"), 16, 600, look(".f2f-finding").color)
    const keys = [...card.querySelectorAll(".f2f-keys span")]
    let x = EDGE
    if (keys.length) y += LINE
    for (const key of keys) {
      texts.push(make("rect", { x, y: y - 16, width: 10, height: 10, rx: 2, fill: getComputedStyle(key.querySelector("i")).backgroundColor }))
      texts.push(make("text", { x: x + 16, y: y - 6, fill: look(".f2f-source").color, "font-size": 13, "font-family": family }, key.textContent))
      x += 40 + key.getBoundingClientRect().width
    }
    const plot = make("g", { transform: `translate(${EDGE} ${y + 8})` })
    for (const layer of layers) plot.append(...[...layer.childNodes].map((node) => node.cloneNode(true)))
    y += height + 12
    write(words(".f2f-source"), 13, 400, look(".f2f-source").color)
    const size = { width: width + 2 * EDGE, height: y + EDGE }
    for (const [key, value] of Object.entries(size)) whole.setAttribute(key, value)
    whole.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`)
    whole.append(make("rect", { ...size, fill: getComputedStyle(card).backgroundColor }), ...texts, plot)
    const text = new XMLSerializer().serializeToString(whole).replace(/url\((&quot;|['"]?)https?:[^#)]*#/g, "url($1#")
    return { text, ...size }
  }

  const keep = (blob, name) => {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }

  const painted = ({ text, width, height }, name) => {
    const image = new Image()
    image.onload = () => {
      const canvas = document.createElement("canvas")
      canvas.width = 2 * width
      canvas.height = 2 * height
      const context = canvas.getContext("2d")
      context.scale(2, 2)
      context.drawImage(image, 0, 0, width, height)
      canvas.toBlob((blob) => keep(blob, name))
    }
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text)
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".f2f-take button")
    const card = button && document.querySelector(`.st-key-card-${CSS.escape(button.dataset.chart)}`)
    if (!card || !card.querySelector(".main-svg")) return
    const made = drawing(card)
    const name = `${button.dataset.name}.${button.value}`
    if (button.value === "png") painted(made, name)
    else keep(new Blob([made.text], { type: "image/svg+xml" }), name)
  })
}
