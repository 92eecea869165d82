/**
 * The parts of a page that the keyboard goes round by F6: header, tools, drawing, code, panel, problems.
 *
 * A part says `data-area` of itself. Promises: who comes back to a part is where he was in it.
 * Must not: keep anything when a part is gone.
 */

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"], [contenteditable="true"]'
const lastIn = new WeakMap<Element, HTMLElement>()
let lastRegion: Element | undefined

export const regionOf = (target: EventTarget | null): HTMLElement | undefined => {
  const found = target instanceof Element ? target.closest('[data-area]') : null
  return found instanceof HTMLElement ? found : undefined
}
export const canvasOf = (): HTMLElement | undefined =>
  regionOf(document.querySelector('[data-area="canvas"]'))

/** Whether the keyboard is on the drawing: also where what it was on there is gone. */
export function isOnCanvas(target: EventTarget | null): boolean {
  const region = regionOf(target)
  const isNowhere = target === document.body || target === document.documentElement
  return isNowhere
    ? lastRegion !== undefined && lastRegion === canvasOf()
    : region !== undefined && region === canvasOf()
}

/** Remembers where the keyboard is. */
export function noteFocus({ target }: FocusEvent): void {
  const region = regionOf(target)
  if (region === undefined || !(target instanceof HTMLElement)) return
  lastRegion = region
  lastIn.set(region, target)
}

/** Hands the keyboard to a part: to where it was in it, else to its first control, else to itself. */
export function enter(region: HTMLElement): void {
  const was = lastIn.get(region)
  const chosen = region.querySelector<HTMLElement>('.react-flow__node.selected')
  const to =
    region.dataset.area === 'canvas'
      ? (chosen ?? region)
      : was?.isConnected === true && region.contains(was) && was.matches(FOCUSABLE)
        ? was
        : (region.querySelector<HTMLElement>(FOCUSABLE) ?? region)
  if (to === region && !region.hasAttribute('tabindex')) region.tabIndex = -1
  to.focus()
}

/** The next part, round and round; `back`: the one before. */
export function enterNext(back: boolean): void {
  const regions: Element[] = [...document.querySelectorAll<HTMLElement>('[data-area]')].filter(
    (region) => region.offsetParent !== null || region.getClientRects().length > 0,
  )
  const here = regionOf(document.activeElement) ?? lastRegion
  const index = here === undefined ? -1 : regions.indexOf(here)
  const step = back ? -1 : 1
  const next = regions[(index < 0 ? (back ? -1 : 0) : index + step + regions.length) % regions.length]
  if (next instanceof HTMLElement) enter(next)
}

/** Hands the keyboard to a part by its name, where it is on the page. */
export function enterRegion(name: 'panel' | 'canvas' | 'problems' | 'toolbar'): void {
  const region = regionOf(document.querySelector(`[data-area="${name}"]`))
  if (region !== undefined) enter(region)
}
