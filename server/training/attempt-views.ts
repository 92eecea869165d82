/**
 * Attempts as they are shown: to who makes them, and to trainers.
 *
 * Promises: as long as an examination is open, its trainee gets the scenario without the answers, and no points.
 * Must not: decide who may see an attempt (`attempts.ts`).
 */
import { examined } from '../../machines/simulate/examined.ts'
import type { AttemptSummary, AttemptView } from '../../machines/wire/training.ts'
import type { Library } from '../store/library-port.ts'
import type { AttemptRecord, StoredAttempt } from '../store/training-port.ts'
import type { AttemptRuns } from './attempt-runs.ts'

export type Names = (person: string) => string

/** People by their names; who is gone by his id. */
export async function namesOf(library: Library): Promise<Names> {
  const names = new Map((await library.people()).map(({ id, name }) => [id, name]))
  return (person) => names.get(person) ?? person
}

export function summaryOf(record: AttemptRecord, name: Names): AttemptSummary {
  const { id, scenario, revision, title, process, version, mode, person, status, startedAt } = record
  const { assignment, session, points, endedAt } = record
  return {
    id,
    scenario,
    revision,
    title,
    process,
    version,
    mode,
    person,
    name: name(person),
    status,
    startedAt,
    ...(assignment === undefined ? {} : { assignment }),
    ...(session === undefined ? {} : { session }),
    ...(points === undefined ? {} : { points }),
    ...(endedAt === undefined ? {} : { endedAt }),
  }
}

type Viewing = { runs: AttemptRuns; library: Library; engine: string }

/** @param own whether it is shown to who makes it */
export async function viewOf(
  { runs, library, engine }: Viewing,
  { record, steps, card }: StoredAttempt,
  own: boolean,
): Promise<AttemptView> {
  const whole = await runs.scenarioOf(record)
  const setup = await runs.setupOf(record, whole)
  const secret = own && record.mode === 'examination' && record.status === 'open'
  const { certificate, seed, hash } = record
  return {
    ...summaryOf(record, await namesOf(library)),
    seed,
    hash,
    engine: record.engine,
    ...(record.engine === engine ? {} : { otherEngine: true as const }),
    calendars: setup.calendars,
    content: secret ? examined(whole) : whole,
    definition: setup.compiled.definition,
    steps,
    ...(card === undefined ? {} : { card }),
    ...(certificate === undefined ? {} : { certificate }),
  }
}
