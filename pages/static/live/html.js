// Markup in templates: the one way in which views are written.
import { h } from "./vendor/preact.js"
import htm from "./vendor/htm.js"

export const html = htm.bind(h)
