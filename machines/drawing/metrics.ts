/**
 * The sizes of everything drawn, in pixels: what the layout reserves and what the components draw.
 *
 * Promises: layout and drawing agree because both read these figures.
 * Must not: touch the DOM; the measure of a text comes in as a function.
 */

/** The width of a line of text at a size and weight. */
export type Measure = (text: string, size: number, weight: number) => number

export const FONT =
  "'Inter', 'Segoe UI', system-ui, -apple-system, 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

export const STATE = {
  padX: 12,
  padY: 10,
  title: { size: 13, weight: 600, line: 18 },
  minWidth: 96,
  maxTitle: 210,
  /** Between title and rows, and between rows. */
  gap: 6,
  finalIcon: 22,
} as const
export const GROUP = {
  padX: 14,
  padTop: 10,
  padBottom: 18,
  title: { size: 13, weight: 700, line: 18 },
  /** Between header and substates. */
  headGap: 14,
  maxTitle: 420,
  tools: 52,
} as const
export const CHIP = { size: 11, weight: 500, height: 18, padX: 6, icon: 12, iconGap: 4, gap: 4 } as const
export const ROW = { size: 11, weight: 400, line: 16, icon: 12, iconGap: 5, max: 260 } as const
export const LABEL = {
  padX: 6,
  padY: 3,
  title: { size: 11.5, weight: 600, line: 16 },
  guard: { size: 11, weight: 400, line: 15 },
  icon: 13,
  iconGap: 4,
  max: 190,
  /** Between the labels of a stack. */
  gap: 4,
} as const
export const DOT = 12
export const HISTORY = 28
export const FORK = { width: 48, height: 6 } as const

/** Chinese, full-width signs, and numbers in circles. */
const WIDE = /[\u2460-\u24ff\u2e80-\uffef]/
/** Dashes, quotation marks, dots, arrows and signs of mathematics: Chinese fonts draw them as wide as the rest. */
const WIDE_AMONG_WIDE = /[\u2014\u2018-\u201d\u2026\u2190-\u22ff]/

/** Wide scripts and full-width signs take an em, the rest about half: enough where nothing can be measured. */
export const estimateWidth: Measure = (text, size, weight) => {
  const amongWide = WIDE.test(text)
  let ems = 0
  for (const sign of text) {
    if (WIDE.test(sign) || (amongWide && WIDE_AMONG_WIDE.test(sign))) ems += 1
    else if (/[A-Z@%&MW]/.test(sign)) ems += 0.68
    else if (/[ .,:;'|!il()[\]]/.test(sign)) ems += 0.3
    else ems += 0.55
  }
  return ems * size * (weight >= 600 ? 1.06 : 1)
}

/** Breaks a text into lines no wider than `max`, between words or between Chinese signs; the last is cut with …. */
export function wrap(
  text: string,
  max: number,
  lines: number,
  font: { size: number; weight: number },
  measure: Measure,
): string[] {
  const pieces = text.trim().match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) ?? []
  const found: string[] = []
  let line = ''
  for (const [index, piece] of pieces.entries()) {
    if (line !== '' && measure((line + piece).trimEnd(), font.size, font.weight) > max) {
      if (found.length === lines - 1) {
        return [...found, shorten(line + pieces.slice(index).join(''), max, font, measure)]
      }
      found.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  if (line !== '') found.push(shorten(line.trimEnd(), max, font, measure))
  return found
}

/** Cuts a text at the end so that it fits with an ellipsis. */
export function shorten(
  text: string,
  max: number,
  font: { size: number; weight: number },
  measure: Measure,
): string {
  if (measure(text, font.size, font.weight) <= max) return text
  const signs = [...text]
  let low = 0
  let high = signs.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (measure(`${signs.slice(0, middle).join('')}…`, font.size, font.weight) <= max) low = middle
    else high = middle - 1
  }
  return `${signs.slice(0, low).join('').trimEnd()}…`
}
