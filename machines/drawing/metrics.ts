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

/** Chinese, full-width signs, and numbers in circles; dashes, quotation marks, dots, arrows, signs of mathematics. */
const WIDE = /[\u2014\u2018-\u201d\u2026\u2190-\u22ff\u2460-\u24ff\u2e80-\uffef]/

/** Of ASCII from the blank on, in thousandths of an em: each sign as the widest of the usual fonts draws it. */
const REGULAR = widthsIn(`
  318 401 474 838 636 950 780 278 390 390 500 838 318 361 318 392 636 636 636 636 636 636 636 636 636 636 337
  337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 535 656 557 863 748 787 633 787 695 635 611 732
  684 989 685 611 685 390 392 390 838 559 606 613 635 550 635 615 352 635 634 278 278 579 284 974 634 612 635
  635 411 521 392 634 592 818 592 592 525 636 337 636 838`)
const BOLD = widthsIn(`
  348 456 574 838 696 1002 872 325 457 457 523 838 380 415 380 387 696 696 696 696 696 696 696 696 696 696 400
  400 838 838 838 580 1007 774 762 734 830 683 683 821 837 372 568 775 637 995 837 850 733 850 770 720 682 812
  774 1103 771 724 725 457 387 457 838 567 626 675 716 593 716 678 435 716 712 343 343 665 343 1042 712 687
  716 716 493 595 478 712 652 924 645 652 582 712 365 712 838`)
/** Letters with accents, and other alphabets. */
const OTHER = { regular: 690, bold: 760 } as const
function widthsIn(list: string): readonly number[] {
  return list.trim().split(/\s+/).map(Number)
}

/**
 * As wide as a text gets in any font that it is likely to be drawn in: the same on every machine, so that what one laid
 * out fits on the other.
 */
export const estimateWidth: Measure = (text, size, weight) => {
  const [widths, other] = weight >= 600 ? [BOLD, OTHER.bold] : [REGULAR, OTHER.regular]
  let width = 0
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    width += code < 0x7f ? (widths[code - 0x20] ?? 0) : WIDE.test(sign) ? 1000 : other
  }
  return (width / 1000) * size * 1.012 + 0.5
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
