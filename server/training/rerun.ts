/**
 * Real jobs run through a draft: what would have become of them.
 *
 * Promises: nothing is changed; the work is done by processes of its own, so that no request waits for it; one at a time on a
 * server; whoever goes away stops it.
 * Must not: decide what a difference is (`machines/simulate/rerun.ts` does), or know HTTP.
 */

import { availableParallelism } from 'node:os'
import type { Entry } from '../../machines/advance/job.ts'
import { replays } from '../../machines/advance/replay.ts'
import { hashOf } from '../../machines/definition/hash.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import type { Past } from '../../machines/simulate/rerun.ts'
import type { Outcome } from '../../machines/simulate/rerun-outcome.ts'
import type { CalendarSet } from '../../machines/time/calendar.ts'
import type { RerunJobs, RerunReport } from '../../machines/wire/rerun.ts'
import { maskReasons } from '../access/masking.ts'
import { Turns } from '../jobs/turns.ts'
import { type CheckDefinition, checkDraft } from '../library/check-draft.ts'
import { createHelper, type Helper } from '../pictures/helper.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import { BadCursor, type JobStore } from '../store/port.ts'
import { closedJobs, wholeHistory } from './closed-jobs.ts'
import type { RerunAnswer, RerunOrder } from './rerun-process.ts'
import { RerunTally } from './rerun-tally.ts'

export type RerunPort = {
  /** Problems: draft-not-found, draft-invalid, bad-cursor, not-ready. What is stopped half way gives what was done. */
  run(process: string, asked: RerunJobs, gone: AbortSignal): Promise<RerunReport>
  /** For the server's stop. */
  end(): Promise<void>
}
type RerunDeps = { store: JobStore; library: Library; check: CheckDefinition }

const PROGRAM = new URL('./rerun-process.ts', import.meta.url)
/** More help little, and each takes memory. */
const MOST_HELPERS = 4
/** Enough to be worth a message, and read in a few milliseconds. */
const BATCH_ENTRIES = 200
const BATCH_JOBS = 25

type Lane = Helper<RerunOrder, RerunAnswer>
type Batch = { versions: number[]; order: Omit<RerunOrder, 'hash' | 'version'>; outcomes: Outcome[] }
type Draft = { revision: number; version: number; definition: Definition; hash: string }

export function createRerun({ store, library, check }: RerunDeps): RerunPort {
  const turns = new Turns()
  const lanes: Lane[] = Array.from({ length: Math.min(MOST_HELPERS, availableParallelism()) }, () =>
    createHelper<RerunOrder, RerunAnswer>({ program: PROGRAM, isAnswer }),
  )

  let checked: { process: string; draft: Draft } | undefined

  /** Checked when the run begins; parts that follow take it as it was found, while it is the same. */
  async function draftOf(process: string, goesOn: boolean): Promise<Draft> {
    const draft = await library.draft(process)
    if (draft === undefined) throw problem('draft-not-found')
    if (goesOn && checked?.process === process && checked.draft.revision === draft.revision)
      return checked.draft
    const { problems, definition } = await checkDraft(check, draft)
    if (definition === undefined) throw problem('draft-invalid', { problems })
    const version = ((await library.latest(process))?.version ?? 0) + 1
    checked = {
      process,
      draft: { revision: draft.revision, version, definition, hash: hashOf(definition) },
    }
    return checked.draft
  }

  /** The calendars of histories. Those that are known no more are counted by those of today. */
  async function calendarsOf(entries: readonly Past[], present: CalendarSet) {
    const sets: Record<string, CalendarSet> = {}
    for (const { calendars } of entries) sets[calendars] ??= (await library.calendarSet(calendars)) ?? present
    return sets
  }

  async function run(process: string, asked: RerunJobs, gone: AbortSignal): Promise<RerunReport> {
    const draft = await draftOf(process, asked.after !== undefined)
    const { calendarSet } = await library.settings()
    const batches: Batch[] = []
    let next: string | undefined

    async function* reading(): AsyncGenerator<Batch, void> {
      let [jobs, last]: [number, string | undefined] = [0, undefined]
      let [versions, histories, size]: [number[], Past[][], number] = [[], [], 0]
      const batch = async (): Promise<Batch> => {
        const calendars = await calendarsOf(histories.flat(), calendarSet)
        const made: Batch = { versions, order: { calendars, histories }, outcomes: [] }
        batches.push(made)
        ;[versions, histories, size] = [[], [], 0]
        return made
      }
      for await (const { job, cursor } of closedJobs(store, process, asked.after)) {
        if (gone.aborted) return
        if (jobs >= asked.jobs) {
          next = last
          break
        }
        const entries = await wholeHistory(store, job.id)
        // What it came to is no longer told by what was done.
        if (!replays(entries)) continue
        jobs += 1
        last = cursor
        versions.push(job.version)
        histories.push(entries.map(needed))
        size += entries.length
        if (size >= BATCH_ENTRIES || histories.length >= BATCH_JOBS) yield await batch()
      }
      if (histories.length > 0) yield await batch()
    }

    const feed = reading()
    await Promise.all(
      lanes.map(async (lane) => {
        for await (const batch of sharing(feed)) {
          if (gone.aborted) return
          batch.outcomes = await ask(lane, draft, batch)
        }
      }),
    )
    const tally = new RerunTally(draft.revision)
    for (const { versions, outcomes } of batches)
      for (const [n, outcome] of outcomes.entries()) tally.add(told(outcome, draft), versions[n] ?? 1)
    return { ...tally.report(), ...(next === undefined ? {} : { next }) }
  }

  return {
    async run(process, asked, gone) {
      try {
        return await turns.take('rerun', () => run(process, asked, gone))
      } catch (error) {
        throw error instanceof BadCursor ? problem('bad-cursor') : error
      }
    },
    async end() {
      await Promise.all(lanes.map((lane) => lane.end()))
    },
  }
}

/** Why something would have been refused, without what the job says of persons: nobody needs it for judging a draft. */
const told = (outcome: Outcome, { definition }: Draft): Outcome => ({
  ...outcome,
  barred: outcome.barred.map((barred) => ({ ...barred, reasons: maskReasons(definition, barred.reasons) })),
})

/** The rest of an entry is what it did then; it would only have to be sent. */
const needed = ({ from, to, taken, changed, ticks, norms, ...past }: Entry): Past => past

/** One source for several readers: whoever ends does not end it for the others. */
async function* sharing<Item>(source: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  for (;;) {
    const step = await source.next()
    if (step.done === true) return
    yield step.value
  }
}

async function ask(lane: Lane, { hash, version, definition }: Draft, { order }: Batch): Promise<Outcome[]> {
  const whole: RerunOrder = { ...order, hash, version }
  const answer = await lane.ask(whole)
  const again = answer !== undefined && 'wanted' in answer ? await lane.ask({ ...whole, definition }) : answer
  if (again === undefined || !('outcomes' in again))
    throw problem('not-ready', {
      detail: {
        en: 'The process that runs the jobs through the draft ended or took too long.',
        zh: '试算工单的进程已中断或用时过长。',
      },
      headers: { 'retry-after': '10' },
    })
  return again.outcomes
}

const isAnswer = (message: unknown): message is RerunAnswer =>
  typeof message === 'object' &&
  message !== null &&
  ('outcomes' in message || 'wanted' in message || 'failed' in message)
