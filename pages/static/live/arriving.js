// Whoever was led to a list was led there to add to it: the line for that takes the focus, or the heading where there is none.
import { useEffect, useRef } from "./vendor/hooks.js"
import { arrival, arriveAt, pageOf, whereIs } from "./address.js"

export function useLed({ doc, part, list }) {
  const section = useRef(), to = arrival.value
  const isHere = to && to.page === pageOf(location.href) && !to.list && to.at === list && whereIs(doc, part, list).page === to.page
  useEffect(() => {
    if (!isHere) return
    arriveAt(section.current.querySelector("input.add, .addrow button") ?? section.current.querySelector("h2"))
  }, [isHere && to.number])
  return section
}
