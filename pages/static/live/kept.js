// What the server has not confirmed yet, kept on this device under the name of the browser tab that it was typed in. A tab that
// is gone leaves it behind, and the next one takes it over; what a living tab keeps is that tab's own business.
import { signal } from "./vendor/signals-core.js"

export const newId = (bytes = 5) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((b) => b.toString(16).padStart(2, "0")).join("")
export const tab = newId()                                                  // in memory only: a duplicated tab would copy anything else
export const refused = signal(false)                                        // private browsing, or the device is full

const PREFIX = "kept", LEFT_ALONE_MS = 60_000
const key = (owner, project, name) => [PREFIX, owner, project, name].join(":")
const locks = globalThis.navigator?.locks                                   // only where the address is safe: https, or this machine

// A lock lives exactly as long as its tab.
locks?.request("tab:" + tab, () => new Promise(() => {}))

export function keep(project, name, value) {
  try {
    localStorage.setItem(key(tab, project, name), JSON.stringify({ at: Date.now(), value }))
  } catch {
    refused.value = true                                                    // the page still saves; only a closed tab could lose something
  }
}

export function forget(project, name) {
  try { localStorage.removeItem(key(tab, project, name)) } catch { /* then nothing was kept either */ }
}

// What tabs that are gone have left of a project, as [name, value, when], oldest first; from now on it is kept under this tab's name.
export function adopt(project) {
  const take = async () => {
    const living = await livingTabs()
    const found = entries().filter((e) => e.project === project && e.owner !== tab && !(living ? living.has(e.owner) : isFresh(e.at)))
    for (const { owner, name, text } of found) {
      localStorage.removeItem(key(owner, project, name))
      localStorage.setItem(key(tab, project, name), text)
    }
    return found.sort((a, b) => a.at - b.at).map(({ name, value, at }) => [name, value, at])
  }
  const taken = locks ? locks.request(PREFIX, take) : take()                // one tab at a time, or two would take the same
  return taken.catch(() => [])                                              // nothing was kept, or it is not ours to repair
}

async function livingTabs() {
  if (!locks) return null
  const { held, pending } = await locks.query()
  return new Set([...held, ...pending].filter((l) => l.name.startsWith("tab:")).map((l) => l.name.slice(4)))
}

// Where tabs cannot be told apart by locks, what was touched just now belongs to one that is open. A clock that jumped is no matter.
const isFresh = (at) => Math.abs(Date.now() - at) < LEFT_ALONE_MS

function entries() {
  const found = []
  for (let i = 0; i < localStorage.length; i++) {
    const [prefix, owner, project, ...rest] = localStorage.key(i).split(":")
    if (prefix !== PREFIX || !rest.length) continue
    const text = localStorage.getItem(localStorage.key(i))
    try { found.push({ owner, project, name: rest.join(":"), text, ...JSON.parse(text) }) } catch { /* not ours to repair */ }
  }
  return found
}
