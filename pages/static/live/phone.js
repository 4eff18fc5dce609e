// Whether the page is as narrow as on a phone, where what stands beside comes below and what is wide is left out.
import { useEffect, useState } from "./vendor/hooks.js"

export const PHONE = matchMedia("(max-width: 640px)")

export function usePhone() {
  const [isPhone, set] = useState(PHONE.matches)
  useEffect(() => {
    const hear = () => set(PHONE.matches)
    PHONE.addEventListener("change", hear)
    return () => PHONE.removeEventListener("change", hear)
  }, [])
  return isPhone
}
