// Whoever was led to a list was led there to add to it: the line for that takes the focus, or the heading where there is none.
import { useEffect, useRef } from "./vendor/hooks.js"
import { arrival, arrived, keepInView, pageOf, whereIs } from "./address.js"

export function useLed({ doc, part, list }) {
  const section = useRef(), to = arrival.value
  const isHere = to && to.page === pageOf(location.href) && !to.list && to.at === list && whereIs(doc, part, list).page === to.page
  useEffect(() => {
    if (!isHere) return
    const into = section.current.querySelector("input.add") ?? section.current.querySelector("h2")
    into.focus({ preventScroll: true })
    keepInView(into)
    arrived()
  }, [isHere && to.number])
  return section
}
