/**
 * Figures of the work itself: commands by process and outcome, commits, what is due, what waits, who listens.
 *
 * Promises: labels are processes, kinds of command and codes: none is of a job or a person. What is due and what waits is
 * counted when it is asked for, up to `MOST_COUNTED`, so that a backlog does not make the figures a load of their own.
 * Must not: change anything, or hold up a commit.
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { JobStore } from '../store/port.ts'
import type { JobWork } from './job-work.ts'

const MOST_COUNTED = 1000
const COMMIT_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2]

type Watched = {
  work: Pick<JobWork, 'onCommitted' | 'onRefused'>
  store: Pick<JobStore, 'health' | 'dueTimers' | 'outboxDue'>
  /** The jobs' time, epoch ms. */
  now(): number
  /** How many streams are open, by kind. */
  streams: Readonly<Record<string, () => number>>
}

export function registerWorkMetrics(registry: Registry, { work, store, now, streams }: Watched): void {
  const registers = [registry]
  const commands = new Counter({
    name: 'fieldchart_commands_total',
    help: 'Commands on jobs: done (committed), or refused by the code of the refusal',
    labelNames: ['process', 'kind', 'outcome'],
    registers,
  })
  work.onCommitted(({ commands: done }) => {
    for (const each of done) commands.inc({ ...each, outcome: 'done' })
  })
  work.onRefused(({ process, kind, code }) => commands.inc({ process, kind, outcome: code }))

  const commit = new Histogram({
    name: 'fieldchart_commit_seconds',
    help: 'How long a group of writes took, its sync included',
    buckets: COMMIT_BUCKETS,
    registers,
  })
  const sync = new Histogram({
    name: 'fieldchart_sync_seconds',
    help: 'How long the end of a group took: writing the log and syncing it',
    buckets: COMMIT_BUCKETS,
    registers,
  })
  const group = new Histogram({
    name: 'fieldchart_commit_group_size',
    help: 'Writes that shared one sync',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  })
  store.health.onCommit(({ writes, ms, syncMs }) => {
    group.observe(writes)
    commit.observe(ms / 1000)
    sync.observe(syncMs / 1000)
  })

  counted(registry, 'fieldchart_timers_due', 'Timers that are due and have not fired', async () => {
    const due = await store.dueTimers(new Date(now()).toISOString(), MOST_COUNTED)
    return due.length
  })
  counted(registry, 'fieldchart_outbox_waiting', 'Messages that are not delivered yet', async () => {
    const waiting = await store.outboxDue(LAST_MOMENT, MOST_COUNTED)
    return waiting.length
  })
  const open = new Gauge({
    name: 'fieldchart_streams_open',
    help: 'Streams that are open',
    labelNames: ['kind'],
    registers,
    collect: () => {
      for (const [kind, count] of Object.entries(streams)) open.set({ kind }, count())
    },
  })
}
/** Whatever waits is due by then. */
const LAST_MOMENT = '9999-12-31T23:59:59.999Z'

function counted(registry: Registry, name: string, help: string, count: () => Promise<number>): void {
  const gauge: Gauge = new Gauge({
    name,
    help: `${help}; ${MOST_COUNTED} stands for that many or more`,
    registers: [registry],
    collect: async (): Promise<void> => gauge.set(await count()),
  })
}
