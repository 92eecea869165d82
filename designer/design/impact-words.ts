/**
 * How a timer changes for a running job, in words.
 *
 * Must not: find what changed (`machines/compare` does).
 */
import type { DraftImpact } from '../../machines/wire/drafts.ts'
import { said } from '../document/diff-words.ts'
import { toJson } from '../document/json.ts'
import type { Words } from '../document/problem.ts'

type Timer = DraftImpact['versions'][number]['states'][number]['timers'][number]
type Terms = NonNullable<Timer['before']>

export type TimerSaid =
  | { kind: 'new' | 'gone'; length: Words | undefined }
  /** The figure before and after; undefined where it is not the figure that changed. */
  | { kind: 'changed'; from: Words | undefined; to: Words | undefined }

export function timerSaid({ before, after }: Timer): TimerSaid {
  if (before === undefined || after === undefined)
    return { kind: before === undefined ? 'new' : 'gone', length: lengthOf(before ?? after) }
  const [from, to] = figures(before, after)
  const isTold = from !== undefined && to !== undefined && from.en !== to.en
  return { kind: 'changed', from: isTold ? from : undefined, to: isTold ? to : undefined }
}

/** The duration itself, or else the one setting of it that is another now. */
function figures(before: Terms, after: Terms): [Words | undefined, Words | undefined] {
  if (typeof before.duration === 'string' && typeof after.duration === 'string')
    return [lengthOf(before), lengthOf(after)]
  const [old, now] = [before.settings ?? {}, after.settings ?? {}]
  const others = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  )
  const [name] = others
  if (name !== undefined && others.length === 1) return [figureOf(old[name]), figureOf(now[name])]
  return [lengthOf(before), lengthOf(after)]
}

const figureOf = (value: unknown): Words | undefined =>
  value === undefined ? undefined : said(toJson(value))

/** Of an expression, the figure of the one setting that it reads. */
function lengthOf(terms: Terms | undefined): Words | undefined {
  if (terms === undefined) return undefined
  if (typeof terms.duration === 'string') return said(terms.duration)
  const values = Object.values(terms.settings ?? {})
  return values.length === 1 ? figureOf(values[0]) : undefined
}
