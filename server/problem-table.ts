/**
 * Every error that the server answers with: a code, its status, a title and an explanation in both languages.
 *
 * Promises: `docs/api.md` lists the same codes (a test compares them); `GET /api/problems/<code>` explains each.
 * Must not: know how an answer is made of them (`problem-details.ts`).
 */
import { PEOPLE } from './problems/people.ts'
import { PROCESSES } from './problems/processes.ts'
import { REQUESTS } from './problems/requests.ts'
import type { Row, Words } from './problems/row.ts'
import { SIGN_IN } from './problems/sign-in.ts'
import { TRAINING } from './problems/training.ts'

export type { Words }
export type Language = keyof Words

export const PROBLEMS = {
  ...REQUESTS,
  ...PEOPLE,
  ...SIGN_IN,
  ...PROCESSES,
  ...TRAINING,
} as const satisfies Record<string, Row>

export type ProblemCode = keyof typeof PROBLEMS
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code)
