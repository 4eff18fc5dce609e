// Times of day and days, in words that no country reads differently.
import { useEffect, useState } from "./vendor/hooks.js"

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const TICK_MS = 30_000
const two = (number) => String(number).padStart(2, "0")

export const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })

// "2027-03-31" as "31 Mar 2027", and back; "" for anything else.
export function dayWords(iso) {
  const [y, m, d] = iso.split("-")
  return `${+d} ${MONTHS[m - 1]} ${y}`
}
export function isoOf(words) {
  const [, d, name, y] = /^(\d{1,2}) (\w{3}) (\d{4})$/.exec(words.trim()) ?? []
  const m = MONTHS.indexOf(name) + 1
  return m ? `${y}-${two(m)}-${two(d)}` : ""
}

// Today as this device has it.
export const today = (now = new Date()) => `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`

export const counted = (n, noun, many = `${noun}s`) => `${n} ${n === 1 ? noun : many}`

// How long ago something was: "4 min", "6 days". `skew` is how far the server's clock is ahead of this device's.
export function ago(at, skew = 0) {
  const minutes = Math.max(0, Math.floor((Date.now() + skew - at) / 60_000))
  if (minutes < 1) return "just now"
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${counted(hours, "hour")} ago`
  const days = Math.floor(hours / 24)
  return `${counted(days, "day")} ago`
}

// Whoever calls this is drawn anew while time passes: "4 min ago" becomes 5.
export function useClock() {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [])
}
