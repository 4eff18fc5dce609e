// A browser and a server as far as the document of a tab needs them.
const listeners = new Map()
export const windowEvent = (name, event = {}) => (listeners.get(name) ?? []).forEach((f) => f(event))
const listen = (name, f) => listeners.set(name, [...(listeners.get(name) ?? []), f])

export const kept = new Map()
export const sources = []                                                  // every stream that was opened
export const world = { document: null, answers: [], requests: [], isOffline: false, keepsNothing: false }

globalThis.location = new URL("http://workbench.test/problems?project=p1")
globalThis.history = { replaceState() {}, pushState() {} }
globalThis.addEventListener = listen
globalThis.removeEventListener = () => {}
globalThis.document = { hidden: false, addEventListener: listen, getElementById: () => null }
globalThis.localStorage = {
  get length() { return kept.size },
  key: (i) => [...kept.keys()][i],
  getItem: (key) => kept.get(key) ?? null,
  removeItem: (key) => kept.delete(key),
  setItem: (key, text) => { if (world.keepsNothing) throw new Error("full"); kept.set(key, text) },
}
globalThis.EventSource = class {
  static CLOSED = 2
  constructor(url) { this.url = url; sources.push(this) }
  addEventListener() {}
  close() {}
}

export const SCHEMA = {
  project: { title: "Project", page: "home", own: [{ name: "name", kind: "text", label: "Name" }], lists: {}, tabs: [] },
  problems: {
    title: "Problems", page: "problems", tabs: [],
    own: [{ name: "scope", kind: "long", label: "In scope" }, { name: "budget", kind: "money", label: "Budget" }, { name: "currency", kind: "choice", label: "Currency" }],
    lists: { problems: { title: "Problems", singular: "problem", fields: [{ name: "statement", kind: "text", label: "Statement" }, { name: "users", kind: "integer", label: "Users" }] } },
  },
}

export const DOCUMENT = () => ({
  number: 10, name: "Better search", archived: false, derived: { sign: { met: 1, of: 16 }, health: [], parts: {} },
  parts: {
    project: { own: { name: "Better search" }, lists: {} },
    problems: { own: { scope: "English", budget: [1000, "1,000"] }, lists: { problems: [["a", { statement: "First" }], ["b", { statement: "Second", users: [7, "7"] }]] } },
  },
})

const answer = (status, data, headers = {}) => ({
  ok: status < 400, status, headers: { get: (name) => headers[name] ?? null }, json: async () => structuredClone(data),
})

globalThis.fetch = async (url, { method = "GET", body, keepalive } = {}) => {
  if (world.isOffline) throw new TypeError("offline")
  const path = String(url).split("api/v1/")[1]
  if (path.startsWith("schema")) return answer(200, SCHEMA)
  if (path.endsWith("/document")) return answer(200, world.document)
  if (path.endsWith("/here")) return answer(204, null)
  world.requests.push({ path, keepalive, ...JSON.parse(body) })
  const next = world.answers.shift() ?? "saved"
  if (next === "lost") throw new TypeError("the answer was lost")
  if (typeof next === "function") return answer(200, await next(world.requests.at(-1)))
  if (next === "saved") return answer(200, everythingSaved(world.requests.at(-1)))
  return answer(next.status, next.data, next.headers)
}

// What a server says that takes everything as it was typed.
export function everythingSaved({ items }, number = world.document.number + world.requests.length) {
  const saved = items.filter((i) => i.cells).map((i) => [i.list, i.record, Object.fromEntries(Object.entries(i.cells).map(([name, [, raw]]) => [name, raw]))])
  return { ok: true, number, saved, refused: [], conflicts: [] }
}

export const until = async (ask, ms = 3000) => {
  const end = Date.now() + ms
  while (!ask() && Date.now() < end) await new Promise((done) => setTimeout(done, 5))
  return ask()
}

let count = 0
export async function opened(told = DOCUMENT()) {
  Object.assign(world, { document: told, answers: [], requests: [], isOffline: false, keepsNothing: false })
  const { open } = await import("../../../pages/static/live/doc.js")
  const doc = open(`p${++count}`)
  await doc.ready
  return doc
}
