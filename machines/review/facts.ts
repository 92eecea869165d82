/**
 * What one entry of a job's history says about people's work: the facts that reviews are made of (GN-13).
 *
 * Promises: made of the entry and the definition alone, so that a replayed history gives the same facts; a fact is about
 * one person. `docs/reviews.md` says each rule in words.
 * Must not: add up (`measures.ts`), or read a clock.
 */
import type { Entry, Job } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'

export const WORK_KINDS = [
  'done',
  'cancelled',
  'rework',
  'complaint',
  'qualityComplaint',
  'kept',
  'late',
  'rating',
  'lowRating',
  'minor',
  'major',
  'critical',
  'handedOver',
  'tookOver',
  'helped',
] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** `value`: of a job that is done the milliseconds from its start, of a rating its score, else 0. */
export type WorkFact = { person: string; kind: WorkKind; value: number; norm?: string }

/** Events by which work has to be done anew, by whatever process names them so. */
const REWORK_EVENTS: readonly string[] = [
  'verification.fail',
  'verify.failed',
  'acceptance.reject',
  'customer.object',
]
/** A score of this or less is a dissatisfied customer's. */
const LOW_SCORE = 2
/** Only the work of those who do service work counts as help. */
const HELPERS: readonly string[] = [
  'engineer',
  'hotline-agent',
  'front-desk',
  'stock-keeper',
  'safety-officer',
]
const HANDS_ON: ReadonlySet<Entry['command']['kind']> = new Set(['event', 'tick', 'attach', 'note'])

type Told = { compiled: Pick<Compiled, 'definition'>; job: Pick<Job, 'snapshot' | 'createdAt'>; entry: Entry }

/** The facts of an entry; of a job that nobody is assigned to there are none but help and hand-overs. */
export function workOf({ compiled: { definition }, job, entry }: Told): WorkFact[] {
  const field = definition.meta.assignee
  const now = personIn(field === undefined ? undefined : job.snapshot.context.fields[field])
  const change = field === undefined ? undefined : entry.changed[field]
  const before = change === undefined ? now : personIn(change.from)
  const facts: WorkFact[] = []
  if (before !== undefined && now !== undefined && before !== now)
    facts.push({ person: before, kind: 'handedOver', value: 0 }, { person: now, kind: 'tookOver', value: 0 })
  const { command, actor } = entry
  const helps = actor.roles.some((role) => HELPERS.includes(role)) && HANDS_ON.has(command.kind)
  if (helps && before !== undefined && now !== undefined && actor.id !== now && actor.id !== before)
    facts.push({ person: actor.id, kind: 'helped', value: 0 })
  const person = now ?? before
  if (person === undefined) return facts
  const about = (kind: WorkKind, value = 0, norm?: string): void => {
    facts.push({ person, kind, value, ...(norm === undefined ? {} : { norm }) })
  }
  said(entry, about)
  const deadlines = deadlineNorms(definition)
  // A deadline that was kept takes its timer with it; a norm can also be met by a tick or a way, and that is none.
  if (entry.cancelled.length > 0)
    for (const norm of entry.norms.met) if (deadlines.has(norm)) about('kept', 0, norm)
  for (const { norm, severity, dueAt } of entry.breaches) {
    if (dueAt !== undefined) about('late', 0, norm)
    about(severity, 0, norm)
  }
  if (ends(entry) && entry.status === 'done')
    about('done', Math.max(0, Date.parse(entry.at) - Date.parse(job.createdAt)))
  if (ends(entry) && entry.status !== 'done') about('cancelled')
  return facts
}

/** What a person said or sent that tells how the work was. */
function said({ command, taken }: Entry, about: (kind: WorkKind, value?: number) => void): void {
  if (command.kind === 'complain') about(command.quality === true ? 'qualityComplaint' : 'complaint')
  if (command.kind === 'rate') {
    about('rating', command.score)
    if (command.score <= LOW_SCORE) about('lowRating', command.score)
  }
  if (command.kind === 'event' && taken.length > 0 && REWORK_EVENTS.includes(command.type)) about('rework')
}

/** What is put on a job that is over already does not end it again. */
const ends = ({ status, command }: Entry): boolean =>
  status !== 'active' &&
  !['note', 'attach', 'reportBreach', 'complain', 'rate', 'correct', 'linkEnded', 'erase'].includes(
    command.kind,
  )

const personIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const known = new WeakMap<Compiled['definition'], ReadonlySet<string>>()
/** The norms that the process sets a deadline for. */
function deadlineNorms(definition: Compiled['definition']): ReadonlySet<string> {
  const before = known.get(definition)
  if (before !== undefined) return before
  const norms = Object.values(definition.delays ?? {}).flatMap(({ meta }) =>
    (meta?.kind ?? 'deadline') === 'deadline' ? (meta?.norms ?? []) : [],
  )
  const found = new Set(norms)
  known.set(definition, found)
  return found
}
