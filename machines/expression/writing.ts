/**
 * Values and names as CEL writes them.
 *
 * Promises: what a person typed comes back from the text as it was typed, whatever signs it holds.
 * Must not: know what is declared.
 */

/** A text in quotes. */
export function celText(text: string): string {
  const escaped = text.replaceAll(/[\\'\p{Cc}\u2028\u2029]/gu, (sign) => {
    if (sign === '\\' || sign === "'") return `\\${sign}`
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `'${escaped}'`
}

/** A number; `decimal`: with a point, though it be whole. Undefined for what CEL cannot hold. */
export function celNumber(value: number, decimal = false): string | undefined {
  if (!Number.isFinite(value)) return undefined
  if (Number.isSafeInteger(value) && !decimal) return String(value === 0 ? 0 : value)
  const text = String(value)
  // An exponent wants a point, as a decimal does.
  const [digits = '', exponent] = text.split('e')
  const pointed = digits.includes('.') ? digits : `${digits}.0`
  return exponent === undefined ? pointed : `${pointed}e${exponent}`
}

/** Words that cannot follow a point. */
const TAKEN: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null'])
const NAME = /^[A-Za-z_]\w*$/

/** `job.address["post code"]`. */
export const celPath = (root: string, names: readonly string[]): string =>
  names.reduce(
    (path, name) => (NAME.test(name) && !TAKEN.has(name) ? `${path}.${name}` : `${path}[${celText(name)}]`),
    root,
  )
