// Where the server is, and how it is asked: what was refused is an answer, what may succeed later is thrown as `Later`.
export const root = new URL("../../../", import.meta.url).href              // knows the base path by itself
export const api = (path) => root + "api/v1/" + path

const HEAD = { "content-type": "application/json", "x-requested-with": "workbench" }
const LATER = new Set([502, 503, 504])                                      // the database is busy, or the server behind the proxy is away
const LONGEST_WAIT = 15_000
const KEEPALIVE_BYTES = 60_000                                              // browsers refuse to send more that shall outlive its page

export const FIRST_WAIT = 500
export const longer = (wait) => Math.min(LONGEST_WAIT, wait * 2)
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

export class Later extends Error {
  constructor(seconds = 0) { super("later"); this.ms = 1000 * seconds }
}

async function ask(path, options) {
  let response
  try {
    response = await fetch(api(path), options)
  } catch {
    throw new Later()
  }
  if (LATER.has(response.status)) throw new Later(Number(response.headers.get("retry-after")) || 0)
  return response
}

export async function read(path) {
  const response = await ask(path, { cache: "default" })
  if (!response.ok) return { ok: false, status: response.status }
  try {
    return { ok: true, told: await response.json(), at: Date.parse(response.headers.get("date")) }
  } catch {
    throw new Later()                                                       // the answer was cut in the middle
  }
}

export async function send(path, data) {
  const body = JSON.stringify(data), bytes = new TextEncoder().encode(body).length  // letters of many languages take two and more
  const response = await ask(path, { method: "POST", headers: HEAD, body, keepalive: bytes < KEEPALIVE_BYTES })
  try {
    return await response.json()
  } catch {
    if (response.ok) throw new Later()
    return { ok: false, error: `The server refused this (${response.status}). Tell the person who runs the workbench.` }
  }
}

// Sends a file as it is.
export async function sendFile(path, file) {
  const response = await ask(path, { method: "POST", headers: { ...HEAD, "content-type": "application/octet-stream" }, body: file })
  return response.json()
}

// Asks until there is an answer; `isAway` hears of each time that there is none.
export async function insist(ask, isAway) {
  for (let wait = FIRST_WAIT; ; wait = longer(wait)) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Later)) throw error
      isAway()
      await sleep(Math.max(wait, error.ms))
    }
  }
}

// Sent once, for somebody who waits: that it did not get there is the answer then.
export const sendOnce = (path, data, error = "There is no connection. Try again.") => send(path, data).catch(() => ({ ok: false, error }))

// Told for what it is worth: nobody waits for an answer.
export const tell = (path, data) => fetch(api(path), { method: "POST", headers: HEAD, body: JSON.stringify(data), keepalive: true }).catch(() => {})
