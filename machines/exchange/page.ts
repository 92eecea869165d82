/**
 * A page of headings, paragraphs, lists and tables, as HTML for printing and as Markdown.
 *
 * Promises: all text is escaped; the HTML needs nothing from outside and holds no script.
 * Must not: know what the page is about.
 */
import { escapeAttribute, escapeText } from './xml.ts'

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  /** Cells may hold several lines. */
  | { kind: 'table'; head: string[]; rows: string[][] }
export type Part = { language: 'en' | 'zh'; blocks: Block[] }

const STYLE = `body{font:14px/1.5 Inter,'Segoe UI',system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;color:#212930;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.9em}h2{font-size:1.4em;border-bottom:2px solid #212930;margin-top:2em}h3{font-size:1.1em;margin-top:1.6em}
table{border-collapse:collapse;width:100%;margin:.5em 0}th,td{border:1px solid #aab4be;padding:.3em .5em;text-align:start;vertical-align:top;overflow-wrap:anywhere}
th{background:#eceff2}thead{display:table-header-group}tr,h2,h3,h4{break-inside:avoid}h2,h3,h4{break-after:avoid}section+section{break-before:page}
@page{margin:16mm}@media print{body{max-width:none;margin:0;font-size:11px}}`

const lines = (text: string): string => escapeText(text).replaceAll('\n', '<br>')

export function toHtml(title: string, parts: readonly Part[]): string {
  const [first] = parts
  const sections = parts.map(
    ({ language, blocks }) =>
      `<section lang="${htmlLanguage(language)}">\n${blocks.map(htmlBlock).join('\n')}\n</section>`,
  )
  return `<!doctype html>
<html lang="${escapeAttribute(htmlLanguage(first?.language ?? 'en'))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${sections.join('\n')}
</body>
</html>
`
}
const htmlLanguage = (language: 'en' | 'zh'): string => (language === 'zh' ? 'zh-CN' : 'en')

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${lines(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${lines(block.text)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${lines(item)}</li>`).join('')}</ul>`
    case 'table': {
      const row = (cells: readonly string[], name: string): string =>
        `<tr>${cells.map((cell) => `<${name}>${lines(cell)}</${name}>`).join('')}</tr>`
      return `<table><thead>${row(block.head, 'th')}</thead><tbody>${block.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
    }
  }
}

export const toMarkdown = (parts: readonly Part[]): string =>
  `${parts.map(({ blocks }) => blocks.map(markdownBlock).join('\n\n')).join('\n\n---\n\n')}\n`

/** Signs that Markdown or the HTML in it would take for its own. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]>|#~]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
const inCell = (text: string): string => plain(text).replaceAll('\n', '<br>')

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inCell(block.text)}`
    case 'paragraph':
      // A number or a sign at the beginning would make a list of it.
      return plain(block.text).replaceAll(/^(\s*)([-+]|\d+[.)])/gm, '$1\\$2')
    case 'list':
      return block.items.map((item) => `- ${inCell(item)}`).join('\n')
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows]
        .map((cells, index) => `| ${cells.map((cell) => (index === 1 ? cell : inCell(cell))).join(' | ')} |`)
        .join('\n')
  }
}
