/**
 * Lines for a spreadsheet: RFC 4180, with the mark that tells Excel it is UTF-8.
 *
 * Promises: nothing that a customer or an engineer typed is taken for a formula: a text that begins like one is given as
 * text.
 */

/** Stands before the first line. */
export const BYTE_ORDER_MARK = '\ufeff'
/** How a spreadsheet tells a formula; tab and line break may stand before one. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** A cell of text, quoted where it must be. */
function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`
