/** Jobs and commits for the tests of stores: small, valid, and different only in what a test is about. */
import type { Entry, Job, Timer } from '../../machines/advance/job.ts'
import { SYSTEM } from '../../machines/advance/job.ts'
import type { Commit, JobChange, JobIndex, NewOutboxItem } from '../../server/store/port.ts'

/** The n-th minute of a day: a time that sorts as n does. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 4, 1) + minute * 60_000).toISOString()

export const timer = (token: string, dueAt: string, more: Partial<Timer> = {}): Timer => ({
  token,
  id: `xstate.after.${token}`,
  delay: 'answer',
  armedAt: at(0),
  dueAt,
  fired: false,
  ...more,
})

export const job = (id: string, seq = 1, more: Partial<Job> = {}): Job => ({
  id,
  process: 'home-visit',
  version: 1,
  hash: '0'.repeat(64),
  seq,
  status: 'active',
  snapshot: { status: 'active', value: 'booked', historyValue: {}, context: { fields: {}, checklist: {} } },
  timers: [],
  breaches: [],
  links: [],
  evidence: [],
  createdAt: at(0),
  updatedAt: at(seq),
  ...more,
})

export const entryOf = ({ id, seq, status, updatedAt }: Job, active: string[]): Entry => ({
  job: id,
  seq,
  at: updatedAt,
  actor: SYSTEM,
  calendars: 'c',
  command: { kind: 'note', text: `note ${seq} of ${id}` },
  to: 'booked',
  active,
  status,
  taken: [],
  changed: {},
  ticks: {},
  breaches: [],
  armed: [],
  cancelled: [],
  effects: [],
  norms: { met: [], broken: [] },
})

export const change = (changed: Job, index: Partial<JobIndex> = {}): JobChange => {
  const full = { active: ['booked'], overdue: false, text: '', ...index }
  return { job: changed, expectedSeq: changed.seq - 1, entry: entryOf(changed, full.active), index: full }
}

export const commit = (changes: JobChange[], more: Partial<Commit> = {}): Commit => ({
  changes,
  outbox: [],
  ...more,
})

export const message = (id: string, notBefore: string, more: Partial<NewOutboxItem> = {}): NewOutboxItem => ({
  id,
  job: 'a',
  kind: 'notify',
  body: { to: '客户' },
  notBefore,
  ...more,
})
