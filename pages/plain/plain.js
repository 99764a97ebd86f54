// What a press sends stands on the phone until it has arrived. Written for browsers of many years: no `?.`, no `??`.
(() => {
  const said = document.currentScript.dataset, line = document.getElementById("line")
  const PATIENCE = 20000, AGAIN = 8000, CLAIM = 30000, PAUSE = 300, OLD = 7 * 24 * 3600 * 1000
  const main = document.querySelector("form input[name=step], form input[name=form]")
  const form = main && main.form, place = location.pathname + "#" + (main ? main.name + main.value : "")
  const begun = {}  // the fields that were touched since the page opened: what is found on the phone comes later
  let busy = false, waiting = 0, pressed = null, looked = false  // whether what the phone had kept is there again

  const tell = (name, late) => {
    line.textContent = said[name]
    line.className = late ? "late" : ""
    line.hidden = false
  }

  // The phone's own store: "outbox" holds what was pressed, "typed" what stands in the fields.
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("f2f", 1)
    asked.onupgradeneeded = () => ["outbox", "typed"].forEach((name) => asked.result.createObjectStore(name))
    asked.onsuccess = () => done(asked.result)
    asked.onerror = failed
  })
  const within = (name, work) => opened.then((db) => new Promise((done, failed) => {
    const change = db.transaction(name, "readwrite"), asked = work(change.objectStore(name))
    change.oncomplete = () => done(asked && asked.result)
    change.onerror = change.onabort = failed
  }))
  const put = (name, key, value) => within(name, (store) => store.put(value, key))
  const get = (name, key) => within(name, (store) => store.get(key))
  const drop = (name, key) => within(name, (store) => store.delete(key))

  const given = (from) => Array.from(new FormData(from).entries())

  // One window at a time sends it: whoever claims it first. Of what arrived twice all the same the server takes one.
  const claimed = (key) => opened.then((db) => new Promise((done) => {
    const change = db.transaction("outbox", "readwrite"), store = change.objectStore("outbox"), asked = store.get(key)
    let found = null
    asked.onsuccess = () => {
      const one = asked.result
      if (!one || one.until > Date.now()) return
      one.until = Date.now() + CLAIM
      store.put(one, key)
      found = one
    }
    change.oncomplete = () => done(found)
  }))

  const post = (one) => {
    const body = new FormData()
    one.fields.forEach((pair) => pair[1] instanceof File ? body.append(pair[0], pair[1], pair[1].name) : body.append(pair[0], pair[1]))
    const late = new Promise((_, failed) => setTimeout(() => failed(new Error("late")), one.files ? 6 * PATIENCE : PATIENCE))
    const asked = fetch(one.to, { method: "POST", body, credentials: "same-origin", headers: { "x-f2f-script": "1" } })
    return Promise.race([asked, late]).then((answer) => {
      if (answer.status > 501) throw new Error("away")
      return answer.text().then((text) => ({ text, json: (answer.headers.get("content-type") || "").indexOf("json") > 0 }))
    })
  }

  const goTo = (to) => {
    const way = new URL(to, location.href)
    const same = way.pathname + way.search === location.pathname + location.search
    if (!same) return location.assign(to)
    history.replaceState(null, "", to)
    location.reload()
  }

  const send = (key) => claimed(key).then((one) => {
    if (!one) {
      busy = false
      return setTimeout(again, AGAIN)
    }
    busy = true
    tell("sending")
    return post(one).then((answer) => Promise.all([drop("outbox", key), drop("typed", key)]).then(() => {
      tell("received")
      if (answer.json) return goTo(JSON.parse(answer.text).to)
      document.open()
      document.write(answer.text)
      document.close()
    }), () => {
      one.until = 0
      return put("outbox", key, one).then(() => {
        busy = false
        tell(navigator.onLine ? "failed" : "kept", true)
        clearTimeout(waiting)
        waiting = setTimeout(() => again(), AGAIN)
      })
    })
  })

  // What stands in the fields now goes, not what stood there when the line broke.
  const again = () => {
    if (busy) return
    get("outbox", place).then((one) => {
      if (!one) return
      if (main.name === "step" && one.until === 0) {
        const last = one.fields[one.fields.length - 1]
        one.fields = given(form).concat([last])
      }
      return put("outbox", place, one).then(() => send(place))
    }).catch(() => {})
  }

  const keep = () => busy || !looked || put("typed", place, { at: Date.now(), fields: given(form).filter((pair) => typeof pair[1] === "string") }).catch(() => {})

  // What was typed and never sent is there again, with what the page showed then: the server tells what has moved since.
  const restore = (kept) => {
    if (!kept || Date.now() - kept.at > OLD) return
    const now = JSON.stringify(given(form).filter((pair) => typeof pair[1] === "string"))
    if (now === JSON.stringify(kept.fields)) return
    const known = {}
    kept.fields.forEach((pair) => { (known[pair[0]] = known[pair[0]] || []).push(pair[1]) })
    const asks = (seen) => Object.keys(JSON.parse(seen || "{}")).sort().join()
    const same = form.elements.seen && known.seen && asks(known.seen[0]) === asks(form.elements.seen.value)
    Array.from(form.elements).forEach((one) => {
      if (begun[one.name]) return
      if (one.name === "seen" && !same) return  // other questions stand here by now
      if (!one.name || one.type === "file" || (one.type === "hidden" && one.name !== "seen")) return
      const had = known[one.name] || []
      if (one.type === "radio" || one.type === "checkbox") one.checked = had.indexOf(one.value) >= 0
      else if (had.length) one.value = had[0]
    })
    tell("restored")
  }

  const count = (box) => {
    let told = box.nextElementSibling
    if (!told || told.className !== "quiet count") {
      told = document.createElement("p")
      told.className = "quiet count"
      box.parentNode.insertBefore(told, box.nextSibling)
    }
    told.textContent = said.count.replace("{n}", Array.from(box.value).length).replace("{most}", box.dataset.most)
  }
  Array.from(document.querySelectorAll("[data-most]")).forEach((box) => {
    count(box)
    box.addEventListener("input", () => count(box))
  })

  const errors = document.getElementById("errors")
  if (errors) errors.focus()

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[name=do]")
    if (button) pressed = button
  })
  if (form && window.indexedDB && window.fetch) {
    let typing
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      if (busy) return
      const button = pressed && pressed.form === form ? pressed : form.querySelector("button[name=do]")
      const fields = given(form).concat([["do", button.value]])
      const one = { to: form.getAttribute("action"), fields, until: 0, files: fields.some((pair) => typeof pair[1] !== "string") }
      busy = true
      clearTimeout(typing)
      put("outbox", place, one).then(() => send(place)).catch(() => {
        const told = document.createElement("input")
        told.type = "hidden"
        told.name = "do"
        told.value = button.value
        form.appendChild(told)
        form.submit()
      })
    })
    const touched = (event) => { begun[event.target.name] = true }
    form.addEventListener("input", (event) => { touched(event); clearTimeout(typing); typing = setTimeout(keep, PAUSE) })
    form.addEventListener("change", (event) => { touched(event); keep() })
    // What may answer it already, once some of it is written.
    const offers = document.getElementById("offers")
    let looks = 0
    form.addEventListener("change", (event) => {
      if (!offers || ["title", "text", "category"].indexOf(event.target.name) < 0) return
      const fields = given(form).filter((pair) => typeof pair[1] === "string").concat([["do", "offers"]]), look = ++looks
      post({ to: form.getAttribute("action"), fields }).then((answer) => {  // one that comes late speaks of what stood there before
        if (look === looks) offers.innerHTML = answer.json && JSON.parse(answer.text).found || ""
      }).catch(() => {})
    })
    get("outbox", place).then((one) => {
      if (!one) return get("typed", place).then(restore)
      restore({ at: Date.now(), fields: one.fields })
      again()
    }).catch(() => {}).then(() => {
      looked = true
      if (Object.keys(begun).length) keep()
    })
  }

  addEventListener("offline", () => tell("offline", true))
  addEventListener("online", () => { line.hidden = true; again() })
  if (!navigator.onLine) tell("offline", true)

  if (form && window.BroadcastChannel) {
    const others = new BroadcastChannel("f2f")
    others.onmessage = (event) => {
      if (event.data.place !== place) return
      if (line.hidden) tell("other_tab")
      if (event.data.asks) others.postMessage({ place })
    }
    others.postMessage({ place, asks: true })
  }
})()
