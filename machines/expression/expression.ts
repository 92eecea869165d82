/**
 * Expressions of a definition: the contract of `expression/` with the rest of the house.
 *
 * Promises: an expression is checked before it runs, runs in bounded time, and explains itself.
 * Must not: let anything of the CEL library through; no other folder knows which library it is.
 */
import type { Actor, Fields, JobStatus } from '../advance/job.ts'

/** What an expression may see. All of it plain JSON but `now`. */
export type Variables = {
  /** The job's fields; unset ones are absent. */
  job: Fields
  /** Absent where no event is at hand (entry, exit, always, after) or its payload is not known yet. */
  event?: { type: string; payload: Record<string, unknown> }
  /** Epoch milliseconds. */
  now: number
  actor: Actor
  /** By item id. */
  checklist: Record<string, boolean>
  settings: Record<string, string | number | boolean | string[]>
  links: Record<string, { job: string; process: string; status: JobStatus }>
  /** IANA name. */
  timeZone: string
}

/** `missing`: a field is not set. `payload`: it depends on an event's payload that is not at hand. */
export type Evaluation =
  | { ok: true; value: unknown }
  | { ok: false; cause: 'missing' | 'payload' | 'error'; path?: string; message: string }

/** A part of an expression that was false (or could not be told), with what it saw. */
export type FalsePart = {
  expression: string
  range: { start: number; end: number }
  /** By path, `job.backup`: JSON values, `null` where unset. */
  values: Record<string, unknown>
}

export type Program = {
  readonly text: string
  /** Job fields it reads, by name. */
  readonly fields: readonly string[]
  readonly readsEvent: boolean
  /** Plain JSON comes out: timestamps as ISO strings, integers as numbers. Never throws. */
  evaluate(variables: Variables): Evaluation
  /** The smallest parts that made it false; empty where it was true. */
  explain(variables: Variables): FalsePart[]
}

export type ExpressionProblem = {
  code:
    | 'expression-syntax'
    | 'expression-type'
    | 'expression-unknown-name'
    | 'expression-forbidden'
    | 'expression-too-complex'
  message: { en: string; zh: string }
  range: { start: number; end: number }
}

/** `timestamp` is a date-time; `scalar` anything an assignment may hold. */
export type Expected = 'bool' | 'string' | 'timestamp' | 'any'

export type ExpressionEnvironment = {
  /** `events`: the types of events whose payload is at hand; none: `event` may not be named. */
  check(
    text: string,
    events: readonly string[],
    expected: Expected,
  ): { type?: string; problems: ExpressionProblem[] }
  /** Throws on an expression that `check` refuses for its syntax. Cached by text. */
  program(text: string): Program
}
