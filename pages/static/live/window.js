// A long list draws only the rows in sight. Heights are measured when a row is drawn; until then they are guessed.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { scrollerOf } from "./drag.js"

const FEW = 80                                                              // so many are drawn as a whole
const SPARE = 700                                                           // pixels drawn above and below what is in sight
const STEP = 8                                                              // rows: the window moves by so many at once
const GUESS = 84
const SLIDE = { duration: 200, easing: "ease-out" }

// Which rows to draw, in order, with the gaps between them: {parts: [{row: index} | {gap: pixels, from}], least: pixels in all}.
// `keep` are places that are drawn wherever one looks: what has the focus, what is open.
export function useWindow(ids, ul, keep) {
  const [[from, to], look] = useState([0, 40]), heights = useRef(new Map()), whole = ids.length <= FEW
  const height = (id) => heights.current.get(id) ?? GUESS
  const see = () => {
    const el = ul.current
    if (!el || ids.length <= FEW) return
    const scroller = scrollerOf(el), top = scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top
    const above = top - el.getBoundingClientRect().top - SPARE, below = above + scroller.clientHeight + 2 * SPARE
    let at = 0, first = 0, last = ids.length
    for (let i = 0; i < ids.length; i++) {
      if (at < above) first = i
      at += height(ids[i])
      if (at > below) { last = i + 1; break }
    }
    first -= first % STEP; last += STEP - last % STEP
    look((now) => now[0] === first && now[1] === last ? now : [first, last])
  }
  useLayoutEffect(() => {
    if (whole) return
    let isNews = false
    for (const li of ul.current?.querySelectorAll("li[data-id]") ?? []) {
      isNews ||= heights.current.get(li.dataset.id) !== li.offsetHeight
      heights.current.set(li.dataset.id, li.offsetHeight)
    }
    see()
    if (isNews) look((now) => [...now])                                     // the list is as long as it is by now
  })
  const latest = useRef(see); latest.current = see
  useEffect(() => {
    if (whole) return
    let due = 0
    const soon = () => { due ||= requestAnimationFrame(() => { due = 0; latest.current() }) }
    addEventListener("scroll", soon, { capture: true, passive: true }); addEventListener("resize", soon)
    return () => { cancelAnimationFrame(due); removeEventListener("scroll", soon, true); removeEventListener("resize", soon) }
  }, [whole])
  if (whole) return { parts: ids.map((_, row) => ({ row })), least: 0 }
  const drawn = new Set(keep.filter((i) => i >= 0 && i < ids.length))
  for (let i = Math.max(0, from); i < Math.min(to, ids.length); i++) drawn.add(i)
  const parts = []
  let next = 0
  for (const row of [...drawn].sort((a, b) => a - b).concat(ids.length)) {
    if (row > next) parts.push({ from: next, gap: ids.slice(next, row).reduce((sum, id) => sum + height(id), 0) })
    if (row < ids.length) parts.push({ row })
    next = row + 1
  }
  // While rows are exchanged the list must not become short, or what scrolls would jump.
  return { parts, least: ids.reduce((sum, id) => sum + height(id), 0) }
}

// What can be walked through by arrows, in order.
export const walked = (ul) => [...ul.querySelectorAll("[data-walk]")]

// A row that is drawn in another place loses the focus on its way and gets it back;
// the focus of a row that went goes to its neighbour.
export function useHeldFocus(ul) {
  const held = useRef(null), at = ul.current?.getRootNode().activeElement
  const row = at && ul.current.contains(at) ? at.closest("li").querySelector("[data-walk]") : null
  held.current = row && { at, place: walked(ul.current).indexOf(row) }
  useLayoutEffect(() => {
    const { at, place } = held.current ?? {}
    held.current = null
    if (!at || !ul.current || ul.current.getRootNode().activeElement) return
    const rows = walked(ul.current), next = at.isConnected ? at : rows[Math.min(place, rows.length - 1)]
    next?.focus({ preventScroll: true })
  })
}

// What one reads stays where it is when rows come, go or move above it; rows that change places slide there.
// A long list holds it by hand at every drawing: the browser's own anchor would follow a row that is only on its way.
export function useSteady(ids, ul) {
  const before = useRef({ ids, tops: null }), long = ids.length > FEW
  if (ul.current && (long || before.current.ids !== ids)) before.current.tops = tops(ul.current)
  useLayoutEffect(() => {
    const { ids: old, tops: was } = before.current, el = ul.current
    before.current = { ids, tops: null }
    if (!was || !el) return
    const scroller = scrollerOf(el), edge = scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top
    const rows = [...el.querySelectorAll("li[data-id]")], top = (li) => li.getBoundingClientRect().top
    const held = el.getRootNode().activeElement?.closest?.("li[data-id]")
    const inSight = (li) => {
      const y = was.get(li.dataset.id)
      return y !== undefined && y >= edge && y < edge + scroller.clientHeight
    }
    // At its very beginning nothing is hidden above, so what comes may be seen to come.
    const reads = el.getBoundingClientRect().top < edge && (held && inSight(held) ? held : rows.find(inSight))
    const by = reads && (old === ids || !sameRows(old, ids)) ? top(reads) - was.get(reads.dataset.id) : 0
    if (by) scroller.scrollTop += by
    if (old !== ids && sameRows(old, ids) && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      for (const li of rows) {
        const slid = was.has(li.dataset.id) ? was.get(li.dataset.id) - top(li) : 0
        if (slid) li.animate([{ transform: `translateY(${slid}px)` }, { transform: "none" }], SLIDE)
      }
    }
  })
}
const tops = (ul) => new Map([...ul.querySelectorAll("li[data-id]")].map((li) => [li.dataset.id, li.getBoundingClientRect().top]))
const sameRows = (a, b) => a.length === b.length && [...a].sort().join() === [...b].sort().join()
