// Brings the place that somebody came to into view, once per arrival, and marks it for a moment.
const seen = new WeakMap()

export default function ({ data, parentElement }) {
  const root = parentElement.getRootNode()
  const box = (root.host ?? parentElement).closest("[data-testid=stElementContainer]")
  if (!box || seen.get(box) === data.number) return
  seen.set(box, data.number)
  const heading = box.previousElementSibling ?? box
  requestAnimationFrame(() => {
    heading.scrollIntoView({ block: "start", behavior: "smooth" })
    heading.classList.add("arrived")
  })
}
