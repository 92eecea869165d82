/**
 * Every error that the server answers with: one table of codes, and the RFC 9457 body made from it.
 *
 * Promises: each code has one status, a title and an explanation in both languages; `docs/api.md` lists the same
 * codes (a test compares them); `GET /api/problems/<code>` explains each.
 * Must not: carry a stack trace, a path of the disk or anything a stranger should not read.
 */
import type { Refusal } from '../machines/advance/job.ts'

import { type Language, PROBLEMS, type ProblemCode, type Words } from './problem-table.ts'

export type ProblemMore = {
  /** What is wrong in this case: one text, or one in each language. */
  detail?: string | Words
  /** Sent with the answer: `Retry-After`, `ETag`. */
  headers?: Record<string, string>
  [extension: string]: unknown
}

/** An error that is meant for whoever asked. Anything else that is thrown becomes `internal`. */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string | Words | undefined
  readonly headers: Record<string, string>
  readonly extensions: Record<string, unknown>

  constructor(code: ProblemCode, more: ProblemMore = {}) {
    const { detail, headers, ...extensions } = more
    super(`${code}: ${typeof detail === 'string' ? detail : (detail?.en ?? PROBLEMS[code].title.en)}`)
    this.name = 'ApiProblem'
    this.code = code
    this.status = PROBLEMS[code].status
    this.detail = detail
    this.headers = headers ?? {}
    this.extensions = extensions
  }
}

/** Makes the problem; the caller throws it. */
export const problem = (code: ProblemCode, more: ProblemMore = {}): ApiProblem => new ApiProblem(code, more)

/** An entry of `errors`: a place by its JSON pointer, and what is wrong there. `message` is for programs that know no other. */
export const wrongAt = (pointer: string, en: string, zh: string) => ({
  pointer,
  message: en,
  messages: { en, zh },
})

/** The engine's refusals that are not a conflict with the job's state. */
const REFUSAL_CODES: Partial<Record<Refusal['code'], ProblemCode>> = {
  'role-missing': 'role-missing',
  'payload-invalid': 'payload-invalid',
  'fields-invalid': 'fields-invalid',
}
/** The engine's refusal as a problem: 403 for a role, 422 for data, 409 for everything else. */
export const problemOfRefusal = (refusal: Refusal): ApiProblem => {
  const messages = refusal.reasons.map((reason) => reason.message)
  const said = (language: Language) =>
    messages.map((message) => message[language]).join(language === 'zh' ? '；' : '; ')
  return new ApiProblem(REFUSAL_CODES[refusal.code] ?? 'refused', {
    ...(messages.length > 0 ? { detail: { en: said('en'), zh: said('zh') } } : {}),
    refusal: refusal.code,
    code: refusal.code,
    reasons: refusal.reasons,
  })
}

/** The language of an `Accept-Language` header (RFC 9110 12.5.4) that we have; English where it names neither. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const q = parameters
        .map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1])
        .find(Boolean)
      return { tag: tag.trim(), q: q === undefined ? 1 : Number(q) }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
  for (const { tag } of wanted) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh'
    if (tag === 'en' || tag.startsWith('en-')) return 'en'
  }
  return 'en'
}

type ProblemBody = {
  type: string
  title: string
  status: number
  code: string
  titles: Words
  detail?: string
  details?: Words
  instance?: string
  [extension: string]: unknown
}

/** The `application/problem+json` body (RFC 9457 3.1). `instance`: the request's id. */
export function problemBody(from: ApiProblem, language: Language, instance?: string): ProblemBody {
  const { title, status } = PROBLEMS[from.code]
  const { detail } = from
  const said =
    detail === undefined
      ? {}
      : typeof detail === 'string'
        ? { detail }
        : { detail: detail[language], details: detail }
  return {
    code: from.code,
    ...from.extensions,
    type: `/api/problems/${from.code}`,
    title: title[language],
    status,
    titles: title,
    ...said,
    ...(instance === undefined ? {} : { instance }),
  }
}
