// Whoever was led to a list was led there to add to it: the line for that takes the focus.
import { useEffect, useRef } from "./vendor/hooks.js"
import { arrival, arrived, keepInView, pageOf, whereIs } from "./address.js"

export function useLed({ doc, part, list }) {
  const line = useRef(), to = arrival.value, isHere = to && to.page === pageOf(location.href) && !to.record && to.at === list && whereIs(doc, part, list).page === to.page
  useEffect(() => {
    const into = isHere && (line.current?.querySelector("input.add") ?? line.current)
    if (!into) return
    into.focus({ preventScroll: true })
    keepInView(into)
    arrived()
  }, [isHere && to.number])
  return line
}
