/**
 * A rehearsal under way: what `run.ts` makes of a scenario and the steps taken, kept whole so that any moment of it can be gone back to.
 *
 * Promises: plain and frozen in meaning: every step makes a new one, and an old one stays as it was.
 * Must not: hold behaviour, or anything that differs between two runs of the same setup and steps.
 */
import type { Entry, Job, Reason } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import type { Text } from '../definition/schema.ts'
import type { CalendarSet } from '../time/calendar.ts'
import type { Act, Doing, Scenario, Step, Temper } from './scenario.ts'

/** `owner`: no score, and every rule can be set aside by hand. */
export type Mode = 'practice' | 'examination' | 'owner'

/** All that a run depends on. The same setup and steps give the same run, everywhere. */
export type Setup = {
  readonly scenario: Scenario
  /** The version of the process, or a draft made ready to run. */
  readonly compiled: Compiled
  readonly version: number
  readonly calendars: CalendarSet
  readonly seed: number
  readonly mode: Mode
}

/** A happening whose time is known. `n` keeps the order of those at one moment. */
export type Coming = { readonly happening: string; readonly at: number; readonly n: number }

/** `tried`: a barred event was chosen; nothing was done, but it would have been. */
export type Mark = {
  readonly at: number
  /** Index of the step it belongs to; -1 before the first. */
  readonly step: number
  readonly norm: string
  readonly is: 'met' | 'broken' | 'tried'
  readonly from: 'engine' | 'timer' | 'move' | 'prohibited' | 'barred'
  readonly critical: boolean
  readonly why?: Text
}

export type Line = { readonly at: number; readonly step: number } & (
  | { readonly is: 'said'; readonly by: string; readonly text: Text; readonly temper?: Temper }
  | { readonly is: 'told'; readonly text: Text }
  /** By the trainee. `move` where it was a choice the scenario words. */
  | { readonly is: 'did'; readonly what: Doing; readonly move?: string }
  | { readonly is: 'acted'; readonly by: string; readonly act: Act }
  | { readonly is: 'refused'; readonly what: Doing; readonly reasons: readonly Reason[] }
  /** What should have happened, and the process did not take. */
  | { readonly is: 'lapsed'; readonly act: Act; readonly reasons: readonly Reason[] }
  | { readonly is: 'timer'; readonly delay: string }
  | { readonly is: 'entered'; readonly active: readonly string[] }
  | { readonly is: 'broke'; readonly norm: string; readonly critical: boolean; readonly why?: Text }
  | { readonly is: 'noticed'; readonly message: Text }
  | { readonly is: 'explained'; readonly text: Text }
  | { readonly is: 'over'; readonly why: Ending }
)

/** `until`: in a state the scenario ends in. `stuck`: more happened at one moment than can be meant. */
export type Ending = 'job' | 'until' | 'critical' | 'time' | 'gave-up' | 'stuck'

export type Sim = {
  readonly setup: Setup
  /** With the guards that the owner forced; else that of the setup. */
  readonly compiled: Compiled
  readonly forced: Readonly<Record<string, boolean>>
  readonly job: Job
  readonly entries: readonly Entry[]
  /** Epoch milliseconds of the run's own clock. */
  readonly now: number
  /** When the trainee came in. */
  readonly startedAt: number
  readonly steps: readonly Step[]
  readonly lines: readonly Line[]
  readonly marks: readonly Mark[]
  readonly coming: readonly Coming[]
  /** How often each happening has been set going. */
  readonly happened: Readonly<Record<string, number>>
  /** Moves made, by id. */
  readonly moved: Readonly<Record<string, number>>
  readonly tempers: Readonly<Record<string, Temper>>
  /** State of the random numbers. */
  readonly random: number
  /** Tries that were barred. */
  readonly refused: number
  readonly over?: { readonly why: Ending; readonly at: number }
}

/** `fault`: the step makes no sense here at all (a move that is not offered, time running backwards). */
export type Taken =
  | { readonly ok: true; readonly sim: Sim }
  | { readonly ok: false; readonly fault: SimFault; readonly reasons: readonly Reason[] }
export type SimFault =
  | 'over'
  | 'not-offered'
  | 'not-in-this-mode'
  | 'bad-time'
  | 'cannot-start'
  | 'cannot-force'

/** What the trainee may choose, forbidden things among it: he is not told which. */
export type Choice =
  | {
      readonly is: 'event'
      readonly type: string
      readonly title: Text
      /** Shown to no trainee. */
      readonly open: boolean
      readonly reasons: readonly Reason[]
      /** JSON Schema of the payload. */
      readonly payload: unknown
    }
  | {
      readonly is: 'tick'
      readonly item: string
      readonly title: Text
      readonly evidence: string
      readonly required: boolean
      readonly done: boolean
    }
  | { readonly is: 'move'; readonly move: string; readonly text: Text }
  | { readonly is: 'prohibited'; readonly norm: string; readonly text: Text }
