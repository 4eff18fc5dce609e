// Icons, drawn inline and hidden from readers: a word stands beside every one, or is its label.
import { html } from "./html.js"

const PATHS = {
  projects: '<rect x="4" y="4" width="6.5" height="6.5" rx="1.5"/><rect x="13.5" y="4" width="6.5" height="6.5" rx="1.5"/><rect x="4" y="13.5" width="6.5" height="6.5" rx="1.5"/><rect x="13.5" y="13.5" width="6.5" height="6.5" rx="1.5"/>',
  compare: '<path d="M5.5 19.5v-7M12 19.5V5M18.500 19.500v-10"/>',
  timeline: '<path d="M4.500 7h8M8 12h9M12 17h7.500"/>',
  pen: '<path d="M4.500 19.500 5.600 15 15.800 4.800a1.600 1.600 0 0 1 2.300 0l1.100 1.100a1.600 1.600 0 0 1 0 2.300L9 18.400z"/>',
  home: '<path d="M4.500 11 12 4.500 19.500 11v8a.8.8 0 0 1-.8.8H5.300a.8.8 0 0 1-.8-.8z"/><path d="M9.800 19.800v-5.300h4.400v5.300"/>',
  charter: '<path d="M6.500 3.800h7.300l4 4v12.400H6.500z"/><path d="M9.300 11h5.600M9.300 14h5.600M9.300 17h3.400"/>',
  history: '<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2.400"/>',
  brand: '<circle cx="12" cy="12" r="7.800"/><circle cx="12" cy="12" r="3.400"/>',
  run: '<path d="M3.500 12.500h4l2.300-6 4.200 11 2.300-5h4.200"/>',
  settings: '<circle cx="12" cy="12" r="2.800"/><path d="M12 3.800v2.400M12 17.800v2.400M3.800 12h2.400M17.800 12h2.400M6.200 6.200l1.700 1.700M16.100 16.100l1.700 1.700M17.800 6.200l-1.700 1.700M7.900 16.100l-1.700 1.700"/>',
  ring: '<circle cx="12" cy="12" r="7.200"/>',
  done: '<circle cx="12" cy="12" r="8" class="f"/><path class="k" style="stroke-width:2.2" d="m8.600 12.200 2.300 2.300 4.500-4.700"/>',
  tick: '<path d="m5.500 12.500 4.300 4.300 8.700-9.300"/>',
  find: '<circle cx="10.500" cy="10.500" r="6"/><path d="m15 15 5 5"/>',
  info: '<circle cx="12" cy="12" r="8"/><path d="M12 11v5M12 8v.1"/>',
  calendar: '<rect x="3.500" y="5" width="17" height="15.500" rx="2"/><path d="M3.500 10h17M8 2.800v4M16 2.800v4"/>',
  download: '<path d="M12 4v10.500M8 10.800l4 4 4-4M5 19.500h14"/>',
  plus: '<path d="M12 5.500v13M5.500 12h13"/>',
  up: '<path d="m6 14.500 6-6 6 6"/>',
  down: '<path d="m6 9.500 6 6 6-6"/>',
  close: '<path d="m6.500 6.500 11 11M17.500 6.500l-11 11"/>',
  more: '<circle cx="6" cy="12" r="1.400" class="f"/><circle cx="12" cy="12" r="1.400" class="f"/><circle cx="18" cy="12" r="1.400" class="f"/>',
  link: '<path d="M10 14a3.700 3.700 0 0 0 5.300 0l3-3A3.700 3.700 0 0 0 13 5.700l-1 1M14 10a3.700 3.700 0 0 0-5.300 0l-3 3A3.700 3.700 0 0 0 11 18.300l1-1"/>',
  list: '<path d="M9 7h11M9 12h11M9 17h11M4.800 7h.1M4.800 12h.1M4.800 17h.1"/>',
  grid: '<rect x="4" y="5" width="16" height="14" rx="2"/><path d="M4 10h16M4 14.500h16M10 10v9"/>',
  shield: '<path d="M12 3.800 18.800 6v5.500c0 4.300-2.700 7.200-6.800 8.700-4.100-1.500-6.800-4.400-6.800-8.700V6z"/>',
  hand: '<path d="M7.500 12V6.800a1.300 1.300 0 0 1 2.600 0V11m0-5.700a1.300 1.300 0 0 1 2.600 0V11m0-4.700a1.300 1.300 0 0 1 2.600 0v5.200m0-2.700a1.300 1.300 0 0 1 2.600 0v5.400a5.700 5.700 0 0 1-10 3.700l-2.700-3.500a1.400 1.400 0 0 1 2.200-1.700l.1.2"/>',
  refused: '<circle cx="12" cy="12" r="8"/><path d="M8.500 12h7"/>',
  on: '<path d="m9.500 6 6 6-6 6"/>',
  next: '<path d="M5 12h13.500M13 6.500l5.500 5.500-5.500 5.500"/>',
  good: '<path d="M4.500 11h3v8.500h-3zM7.500 11.500 11.300 4c1.500 0 2.200 1 2.200 2.300L13 10h5a1.700 1.700 0 0 1 1.700 2l-1.200 6a1.900 1.900 0 0 1-1.900 1.500H7.500"/>',
  // The badge of a project, by its word.
  draft: '<circle cx="12" cy="12" r="7.500" stroke-dasharray="3.1 2.8"/>',
  ready: '<path d="M4 16.500c2.500-6.500 4.500-9.700 6-9.700 2.300 0-2 8.200.6 8.200 1.600 0 2-2.600 3.300-2.600 1.100 0 .6 2 2 2 .8 0 1.500-.4 2.600-1.100"/><path d="M4 20h16"/>',
  signed: '<path class="f" d="m12 3 2.200 1.700 2.800-.2.9 2.600 2.400 1.500-.8 2.700.8 2.700-2.400 1.500-.9 2.600-2.800-.2L12 19.600l-2.200-1.700-2.800.2-.9-2.600-2.400-1.500.8-2.700-.8-2.700L6.100 7.100 7 4.500l2.800.2z"/><path class="k" style="stroke-width:2" d="m8.900 11.400 2.100 2.100 4.100-4.300"/>',
  on_track: '<circle cx="12" cy="12" r="5.500" class="f"/>',
  at_risk: '<path d="M12 4.600 20.400 19H3.600z"/><path d="M12 10.200v3.800M12 16.400v.1"/>',
  late: '<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2.400"/>',
  stopped: '<path d="M8.500 4h7L20 8.500v7L15.500 20h-7L4 15.500v-7z"/><path d="M9 12h6"/>',
  closed: '<rect x="4.500" y="4.500" width="15" height="15" rx="3"/><path d="m8.500 12.300 2.400 2.400 4.600-4.900"/>',
}

// `look`: "s" for small, "dir" for one that turns with the direction of reading.
export const icon = (name, look = "") => html`<svg class="i ${look}" viewBox="0 0 24 24" aria-hidden="true" dangerouslySetInnerHTML=${{ __html: PATHS[name] }}></svg>`
