// Somebody by their name, who need not be here: two letters in a colour, which is that of the name alone while nobody gives another.
import { html } from "./html.js"
import { coloured, initials } from "./people.js"

export const Face = ({ name, colour, look = "" }) => html`<span class="av ${look} ${name ? `c${colour ?? coloured([{ name }])[0].colour}` : "ghost"}" aria-hidden="true">${initials(name) || "?"}</span>`
