/**
 * A problem as a page, for where a browser was sent and no page of ours is there to show it.
 *
 * Promises: no script, nothing loaded, both languages, the reader's first.
 * Must not: be sent to programs; they read problem details.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ApiProblem, languageOf } from '../problem-details.ts'
import { type Language, PROBLEMS, type Words } from '../problem-table.ts'

const BACK: Words = { en: 'Back to signing in', zh: '\u8fd4\u56de\u767b\u5f55\u9875' }
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')

const STYLE = `:root{color-scheme:light dark;--line:#d5dae1;--back:#f4f6f8;--panel:#fff;--dim:#55606e;--link:#1c5fa8}
@media(prefers-color-scheme:dark){:root{--line:#3a424d;--back:#14181d;--panel:#1c2128;--dim:#a6b0bd;--link:#7db8f2}}
body{margin:0;background:var(--back);font:16px/1.55 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif}
main{max-width:30rem;margin:12vh auto 0;padding:0 1rem}
section{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:1.5rem}
h1{font-size:1.25rem;margin:0 0 .5rem}h2{font-size:1rem;margin:1.25rem 0 .25rem}p{margin:0 0 .75rem}
div{border-top:1px solid var(--line);margin-top:1rem;color:var(--dim)}a{color:var(--link)}
footer{margin-top:1rem;font-size:.85rem;color:var(--dim);overflow-wrap:anywhere}`

const LOCALE = { en: 'en', zh: 'zh-CN' } as const
const other = (language: Language): Language => (language === 'en' ? 'zh' : 'en')

function pageOf({ code, extensions }: ApiProblem, language: Language, id: string): string {
  const { title, about } = PROBLEMS[code]
  const second = other(language)
  const said = typeof extensions.said === 'string' ? ` (${extensions.said})` : ''
  return `<!doctype html>
<html lang="${LOCALE[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title[language])} · Fieldchart</title><style>${STYLE}</style></head>
<body><main><section>
<h1>${escaped(title[language] + said)}</h1><p>${escaped(about[language])}</p>
<p><a href="/">${BACK[language]}</a></p>
<div lang="${LOCALE[second]}"><h2>${escaped(title[second])}</h2><p>${escaped(about[second])}</p>
<p><a href="/">${BACK[second]}</a></p></div>
</section><footer>${escaped(code)} · ${escaped(id)}</footer></main></body></html>
`
}

/** Whether a browser asks for something to show. */
export const wantsPage = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/html')

export function sendProblemPage(
  request: FastifyRequest,
  reply: FastifyReply,
  found: ApiProblem,
): FastifyReply {
  const language = languageOf(request.headers['accept-language'])
  return reply
    .code(found.status)
    .headers(found.headers)
    .header('vary', 'accept, accept-language')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .serializer((value: unknown) => String(value))
    .send(pageOf(found, language, request.id))
}
