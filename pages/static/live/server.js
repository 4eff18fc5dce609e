// Where the server is and what every request of ours carries.
export const root = new URL("../../../", import.meta.url).href          // knows the base path by itself
export const api = (path) => root + "api/v1/" + path
export const HEAD = { "content-type": "application/json", "x-requested-with": "workbench" }
