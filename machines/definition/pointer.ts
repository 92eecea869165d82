/**
 * JSON pointers (RFC 6901): how problems, transitions and form fields name a place in a definition.
 *
 * Must not: know what a definition is.
 */

/** One reference token, escaped. */
const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1')
const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')

/** `pointer` with further tokens: `child('/a', 'b/c', 0)` is `/a/b~1c/0`. */
export const child = (pointer: string, ...tokens: (string | number)[]): string =>
  tokens.reduce<string>((path, token) => `${path}/${escapeToken(String(token))}`, pointer)

/** The tokens of a pointer, unescaped; none for the whole document. */
export const tokensOf = (pointer: string): string[] =>
  pointer === '' ? [] : pointer.slice(1).split('/').map(unescapeToken)

/** Whether `pointer` names `ancestor` or something inside it. */
export const isWithin = (pointer: string, ancestor: string): boolean =>
  pointer === ancestor || pointer.startsWith(`${ancestor}/`)

/** What a pointer names in a document: `found: false` where there is no such place. */
export function valueAt(document: unknown, pointer: string): { found: boolean; value?: unknown } {
  let value = document
  for (const token of tokensOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return { found: false }
    value = Object.getOwnPropertyDescriptor(value, token)?.value
  }
  return { found: true, value }
}
