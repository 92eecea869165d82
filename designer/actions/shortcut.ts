/**
 * Shortcuts as they are written in the list of actions: whether a key press is one, and how it is shown on a keyboard
 * of this kind.
 *
 * Written as `Mod+Shift+Z`, `F2`, `.`, `Alt+ArrowUp`, `Mod+Plus`: `Mod` is Cmd on a Mac and Ctrl elsewhere.
 * Promises: pure; letters are met on any layout, signs also as a Chinese input method writes them.
 * Must not: look at what the press was meant for (`action-keys.ts` does).
 */

type Chord = { mod: boolean; alt: boolean; shift: boolean; key: string }

/** What a press tells of itself; part of the browser's own event. */
export type Press = {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Full-width signs mean the plain ones. */
const PLAIN: Readonly<Record<string, string>> = {
  '\uff1f': '?',
  '\u3002': '.',
  '\uff0c': ',',
  '\u300b': '>',
  '\u300a': '<',
  '\uff0b': '+',
  '\uff0d': '-',
  '\u3010': '[',
  '\u3011': ']',
}
const NAMED: Readonly<Record<string, string>> = { '+': 'Plus', '=': 'Plus', '-': 'Minus', _: 'Minus' }

function chordOf(shortcut: string): Chord {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  return {
    mod: parts.includes('Mod'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
    key: key.length === 1 ? key.toLowerCase() : key,
  }
}

function keyOf({ key, code, altKey }: Press): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  // With Alt a Mac types another letter, and a layout may have none of the Latin ones.
  if (letter !== undefined && (altKey || !/^[a-z]$/i.test(key))) return letter.toLowerCase()
  const plain = PLAIN[key] ?? key
  return NAMED[plain] ?? (plain.length === 1 ? plain.toLowerCase() : plain)
}

/** Shift belongs to a sign on one layout and not on the next. */
const isSign = (key: string): boolean => (key.length === 1 && !/[a-z0-9]/.test(key)) || isZoom(key)
const isZoom = (key: string): boolean => key === 'Plus' || key === 'Minus'

/** Whether a press is the shortcut. */
export function isPressed(shortcut: string, press: Press, mac: boolean): boolean {
  const { mod, alt, shift, key } = chordOf(shortcut)
  const [main, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey]
  return (
    key === keyOf(press) &&
    main === mod &&
    !other &&
    press.altKey === alt &&
    (press.shiftKey === shift || (isSign(key) && !shift))
  )
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '\u2191',
  ArrowDown: '\u2193',
  ArrowLeft: '\u2190',
  ArrowRight: '\u2192',
  Escape: 'Esc',
  Plus: '+',
  Minus: '\u2212',
}
const MAC: Readonly<Record<string, string>> = {
  Enter: '\u21a9',
  Delete: '\u2326',
  Backspace: '\u232b',
  Tab: '\u21e5',
}
const OTHERS: Readonly<Record<string, string>> = { Delete: 'Del' }

/** As it stands on the keys: `Ctrl+Shift+Z`, or `⇧⌘Z` on a Mac. */
export function shownKeys(shortcut: string, mac: boolean): string {
  const { mod, alt, shift, key } = chordOf(shortcut)
  const named = SIGNS[key] ?? (mac ? MAC : OTHERS)[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  if (mac) return `${alt ? '\u2325' : ''}${shift ? '\u21e7' : ''}${mod ? '\u2318' : ''}${named}`
  return [...(mod ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), named].join('+')
}

/** Whether a keyboard has Cmd where others have Ctrl. */
export const isMac = (platform: string): boolean => /mac|iphone|ipad/i.test(platform)
