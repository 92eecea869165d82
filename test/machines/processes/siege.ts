/**
 * Tries to get round a rule: from a job as it stands, every event, tick and timer, in every order, by people with
 * every role, until nothing new comes up or the stated number of situations has been seen.
 *
 * Promises: what is told as reached was reached by commands that the engine accepted.
 * Must not: mend the job; the rehearsal it starts from stays as it is.
 */
import { advance } from '../../../machines/advance/advance.ts'
import type { Actor, Certificate, Command, Evidence, Job } from '../../../machines/advance/job.ts'
import { itemsOf, viewOf } from '../../../machines/advance/view.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { ROLES } from '../../../machines/definition/schema.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import type { Rehearsal } from '../kit.ts'

export type Siege = {
  /** What each event carries: one payload, or several to be tried. Absent: none. */
  payloads: Record<string, Record<string, unknown> | Record<string, unknown>[]>
  /** The step that the rule asks for: kept from the besieger. */
  without?: { events?: string[]; items?: string[] }
  /** Certificates of the besieger; none by default. */
  certificates?: string[]
  people?: Record<string, Certificate[]>
  /** Fields that only grow, and tell no two situations apart. */
  ignore?: string[]
  most?: number
}

const YEARS = { validFrom: '2020-01-01T00:00:00.000Z', validUntil: '2099-01-01T00:00:00.000Z' }
export const held = (...kinds: string[]): Certificate[] => kinds.map((kind) => ({ kind, ...YEARS }))

/** Who may do all that any role may. Not `system`: only jobs are that. */
const besieger = (certificates: string[]): Actor => ({
  id: 'engineer-1',
  name: 'anyone',
  roles: [...ROLES],
  certificates: held(...certificates),
})

const evidence = (kind: string): { evidence?: Evidence } => {
  if (kind === 'signature') return { evidence: { kind, signedBy: 'Wang Fang' } }
  if (kind === 'number') return { evidence: { kind, number: 1 } }
  if (kind === 'text' || kind === 'serial') return { evidence: { kind, text: 'as seen' } }
  return kind === 'photo' ? { evidence: { kind, file: 'a'.repeat(64) } } : {}
}

type Found = { situations: number; exhausted: boolean; states: Set<string>; jobs: Job[] }

/** Everything that can be reached. `states` holds the paths of all active states ever seen, ancestors too. */
export function besiege(rehearsal: Rehearsal, siege: Siege): Found {
  const { compiled } = rehearsal
  const { without = {}, ignore = [], most = 1500 } = siege
  const actor = besieger(siege.certificates ?? [])
  const surroundings = (job: Job) => ({
    now: Math.max(rehearsal.now.getTime(), Date.parse(job.updatedAt)),
    actor,
    people: siege.people ?? {},
    calendars: DEFAULT_CALENDARS,
  })
  const keyOf = ({ snapshot: { value, historyValue, context }, status }: Job): string => {
    const fields = Object.entries(context.fields).filter(([name]) => !ignore.includes(name))
    return canonicalJson({
      value,
      historyValue,
      status,
      fields: Object.fromEntries(fields),
      ticks: Object.keys(context.checklist).sort(),
    })
  }
  /** Ticks bar nothing by being there, so all are made at once. */
  const ticked = (job: Job): Job =>
    itemsOf(compiled, job, surroundings(job))
      .filter((item) => !item.done && !without.items?.includes(item.id))
      .reduce((before, item) => {
        const command: Command = { kind: 'tick', item: item.id, ...evidence(item.evidence) }
        const after = advance(compiled, before, command, surroundings(before))
        return after.ok ? after.job : before
      }, job)
  const commands: Command[] = Object.keys(compiled.definition.schemas.events)
    .filter((type) => !without.events?.includes(type))
    .flatMap((type) =>
      [siege.payloads[type] ?? {}].flat().map((payload) => ({ kind: 'event', type, payload })),
    )
  const movesOf = (job: Job): { command: Command; at: number }[] => {
    const { now } = surroundings(job)
    const timers = job.timers.filter((timer) => !timer.fired)
    return [
      ...commands.map((command) => ({ command, at: now })),
      ...timers.map((timer) => ({
        command: { kind: 'timer' as const, token: timer.token },
        at: Math.max(now, Date.parse(timer.dueAt)),
      })),
    ]
  }

  const seen = new Set<string>()
  const queue: Job[] = []
  const states = new Set<string>()
  const reach = (job: Job): void => {
    const key = keyOf(job)
    if (seen.has(key)) return
    seen.add(key)
    queue.push(job)
    for (const leaf of viewOf(compiled, job).active) {
      const words = leaf.split('.')
      for (let depth = 1; depth <= words.length; depth++) states.add(words.slice(0, depth).join('.'))
    }
  }
  reach(ticked(rehearsal.job))
  for (let index = 0; index < queue.length && queue.length < most; index++) {
    const job = queue[index]
    if (job === undefined) break
    if (job.status !== 'active') continue
    for (const { command, at } of movesOf(job)) {
      const advanced = advance(compiled, job, command, { ...surroundings(job), now: at })
      if (advanced.ok) reach(ticked(advanced.job))
    }
  }
  return { situations: queue.length, exhausted: queue.length < most, states, jobs: queue }
}
