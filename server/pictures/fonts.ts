/**
 * The letters that pictures are written with: of a font that comes with the server, for a machine may have none.
 *
 * Promises: two weights of Chinese and Latin always; of rarer signs the parts of the font that hold them, so that
 * no picture shows an empty box where the font has a letter.
 * Must not: read the machine's own fonts; a picture looks the same everywhere.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As the font files name it. */
export const FAMILY = 'Noto Sans SC Thin'
/** Latin, and the Chinese in common use, in two weights. */
const WHOLE = ['chinese-simplified-400', 'chinese-simplified-600'] as const

const RANGES = fileURLToPath(import.meta.resolve('@fontsource/noto-sans-sc/unicode.json'))
const FILES = join(dirname(RANGES), 'files')
const known = new Map<string, Uint8Array>()
function part(name: string): Uint8Array {
  const read = known.get(name) ?? readFileSync(join(FILES, `noto-sans-sc-${name}-normal.woff2`))
  known.set(name, read)
  return read
}

type Part = { readonly name: string; readonly ranges: readonly (readonly [number, number])[] }
/** `U+20-7e,U+4e??` as pairs of first and last. */
const rangesOf = (text: string): [number, number][] =>
  text.split(',').map((range): [number, number] => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from.replaceAll('?', '0'), 16), Number.parseInt(to.replaceAll('?', 'f'), 16)]
  })

let parts: readonly Part[] | undefined
function allParts(): readonly Part[] {
  if (parts !== undefined) return parts
  const listed: unknown = JSON.parse(readFileSync(RANGES, 'utf8'))
  const entries = typeof listed === 'object' && listed !== null ? Object.entries(listed) : []
  parts = entries.flatMap(([name, ranges]): Part[] =>
    typeof ranges === 'string' ? [{ name: name.replaceAll(/[[\]]/g, ''), ranges: rangesOf(ranges) }] : [],
  )
  return parts
}

/** The 6,763 characters of GB 2312, all of which the whole parts have. */
function usualCharacters(): Set<string> {
  const rows = Array.from({ length: 0xf7 - 0xb0 + 1 }, (_, row) => 0xb0 + row)
  const cells = Array.from({ length: 94 }, (_, cell) => 0xa1 + cell)
  const codes = rows.flatMap((row) => cells.flatMap((cell) => [row, cell]))
  return new Set(new TextDecoder('gbk').decode(Uint8Array.from(codes)))
}
let usual: Set<string> | undefined
/** Latin, Chinese punctuation, full-width signs: in the whole parts, too. */
const COMMON = /[\0-\xff\u2014\u2018-\u201d\u2026\u3000-\u3011\uff01-\uff5e]/

/** The font files for a text. */
export function fontsFor(text: string): Uint8Array[] {
  usual ??= usualCharacters()
  const needed = new Set<string>(WHOLE)
  for (const sign of new Set(text)) {
    if (COMMON.test(sign) || usual.has(sign)) continue
    const code = sign.codePointAt(0) ?? 0
    const holder = allParts().find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to))
    if (holder !== undefined) needed.add(`${holder.name}-400`)
  }
  return [...needed].map(part)
}
