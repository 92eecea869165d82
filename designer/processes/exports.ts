/**
 * The forms a version can be taken out in, and where each is fetched.
 *
 * Must not: make a form; the server does.
 */

/** As people ask for them: drawings and the handbook first, what other programs read after that. */
export const EXPORTS = [
  { format: 'svg', isPage: false },
  { format: 'png', isPage: false },
  { format: 'handbook', isPage: true },
  { format: 'markdown', isPage: false },
  { format: 'json', isPage: false },
  { format: 'xstate', isPage: false },
  { format: 'ts', isPage: false },
  { format: 'scxml', isPage: false },
  { format: 'mermaid', isPage: false },
] as const

export type ExportName = (typeof EXPORTS)[number]['format']

/** Drawings speak the reader's language; the handbook both, since it is handed on. */
export function exportAddress(
  process: string,
  version: number,
  format: ExportName,
  language: 'en' | 'zh',
): string {
  const isDrawing = format === 'svg' || format === 'png' || format === 'mermaid'
  const query = new URLSearchParams({ format, ...(isDrawing ? { language } : {}) })
  return `/api/processes/${encodeURIComponent(process)}/versions/${version}/export?${query}`
}

/** Saves a text as a file of the reader's. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
