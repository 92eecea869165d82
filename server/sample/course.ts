/**
 * The course of one sample job: how it began and what was done to it, each so many minutes after the last.
 *
 * Promises: plain data; times are minutes, counted from the sample day's "now" or from the step before.
 * Must not: hold a snapshot. What becomes of a job is the engine's doing alone.
 */
import type { Part } from './cast.ts'

/** A moment so many minutes from now (before it, where negative), as payloads and fields hold it. */
export type Moment = (minutes: number) => string
type Given = Record<string, unknown>
/** What goes in may name moments. */
export type Content = Given | ((moment: Moment) => Given)

export type Step = {
  /** Minutes since the step before. */
  after: number
  by: Part
} & (
  | { event: string; payload?: Content }
  | { rate: number; comment: string }
  | { complain: string }
  | { breach: string; note: string }
  | { suspend: string }
)
export type Course = {
  process: string
  by: Part
  /** Minutes before now at which it was started. */
  ago: number
  fields: Content
  steps: readonly Step[]
}

export const send = (after: number, by: Part, event: string, payload?: Content): Step => ({
  after,
  by,
  event,
  ...(payload === undefined ? {} : { payload }),
})

/** The steps up to the last one of this event. */
export function upTo(steps: readonly Step[], event: string): Step[] {
  const last = steps.findLastIndex((step) => 'event' in step && step.event === event)
  return steps.slice(0, last + 1)
}

export const contentOf = (content: Content | undefined, moment: Moment): Given =>
  typeof content === 'function' ? content(moment) : (content ?? {})
