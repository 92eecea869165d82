/**
 * What is measured: a home visit, and an event that can come for ever.
 *
 * `customer.update` on a visit that was taken in: its fields are written by the machine, the state stays. A real one,
 * with its schema, roles, norms, history entry, search text and the timers that follow fields looked at.
 */
import { start } from '../../machines/advance/advance.ts'
import type { Actor, Advanced, Command, Entry, Fields, Job } from '../../machines/advance/job.ts'
import { compiled } from '../../machines/compile/compile.ts'
import { homeVisit } from '../../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'

export const TOKEN = 'bench-bench-bench-bench-bench-bench-bench'
export const PROCESS = homeVisit.id
export const visit = compiled(homeVisit)

const actor: Actor = { id: 'bench', name: 'Bench', roles: ['dispatcher', 'engineer'] }
export const surroundings = (now: number) => ({ now, actor, calendars: DEFAULT_CALENDARS })

/** Where the server's clock begins, so that timers fall due in no run: it would be another measurement. */
export const CLOCK = Date.parse('2031-02-20T09:00:00+08:00')
/** Each changes what the one before wrote. */
const EVENTS = ['near', 'far'].map((distanceBand) => ({
  type: 'customer.update',
  payload: { distanceBand },
}))
export const eventAt = (n: number) => EVENTS[n % EVENTS.length] ?? { type: 'none', payload: {} }
/** What all running jobs have behind them: the first of them moves deadlines, the others do not. */
export const BEFORE: Command = { kind: 'event', ...eventAt(EVENTS.length - 1) }
export const FIELDS: Fields = {
  timeWanted: '2031-03-03T10:00:00+08:00',
  customerName: 'Chen Wei',
  customerPhone: '13800138000',
  problem: 'The machine does not start: the fan turns for a second, then nothing. Began after a power cut.',
  problemKind: 'hardware',
  severity: 'high',
  region: 'east',
}

export function done(advanced: Advanced): { job: Job; entry: Entry } {
  if (!advanced.ok) throw new Error(`the measured job was refused: ${JSON.stringify(advanced.refusal)}`)
  return advanced
}
export const begun = (id: string, fields: Fields, now: number) =>
  done(start(visit, { id, version: 1, fields }, surroundings(now)))
