/**
 * A job's history as inspection events, in the shape that Stately Inspect 0.7 takes: pure transitions emit none, so
 * they are made of what was committed.
 *
 * Promises: an actor for the job, then an event and a snapshot for each entry; values of fields marked `personal`,
 * notes, reasons, evidence and names are left out, because the inspector is another company's page.
 * Must not: read a store or a clock, or run the machine.
 */
import type { StatelyInspectionEvent } from '@statelyai/inspect'
import type { Command, Entry, Fields, JobStatus, StateValue, Timer } from '../../machines/advance/job.ts'
import { own } from '../../machines/definition/check-value.ts'
import type { Definition, Field, StateNode } from '../../machines/definition/schema.ts'
import type { FeedItem } from '../store/port.ts'

/** Of the inspector whose shapes these are. */
const INSPECTOR_VERSION = '0.7.2'
/** Stands for a value that is about a person. */
const HIDDEN = '•••'

/** A job as it stood after an entry, as far as an inspector shows it. */
export type Inspected = {
  job: string
  process: string
  version: number
  parent?: { job: string; process: string }
  at: string
  to: StateValue
  active: string[]
  status: JobStatus
  fields: Fields
  /** Ticked items, and when. */
  checklist: Record<string, { at: string }>
  /** Armed ones: an entry names the timer that fired by its token alone. */
  timers: Record<string, Timer>
}

/** The job after one more entry. `before`: after the entry before it; `undefined` for a job's first. */
export function inspected(before: Inspected | undefined, { entry, process, version }: FeedItem): Inspected {
  const { job, at, to, active, status, command } = entry
  const parent = command.kind === 'start' ? command.parent : before?.parent
  return {
    ...{ job, process, version, at, to, active, status },
    ...(parent === undefined ? {} : { parent }),
    fields: changedFields(before?.fields ?? {}, entry.changed),
    checklist: ticked(before?.checklist ?? {}, entry),
    timers: armed(before?.timers ?? {}, entry),
  }
}

function changedFields(before: Fields, changed: Entry['changed']): Fields {
  const fields = { ...before }
  for (const [name, { to }] of Object.entries(changed)) {
    if (to === undefined) delete fields[name]
    else fields[name] = to
  }
  return fields
}
function ticked(before: Inspected['checklist'], { ticks, at }: Entry): Inspected['checklist'] {
  const kept = Object.entries(before).filter(([item]) => ticks[item] !== false)
  const done = Object.entries(ticks).filter(([, tick]) => tick)
  return { ...Object.fromEntries(kept), ...Object.fromEntries(done.map(([item]) => [item, { at }])) }
}
function armed(before: Inspected['timers'], entry: Entry): Inspected['timers'] {
  const gone = new Set(entry.cancelled)
  if (entry.command.kind === 'timer') gone.add(entry.command.token)
  if (entry.status !== 'active') return {}
  const kept = Object.entries(before).filter(([token]) => !gone.has(token))
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(entry.armed.map((timer) => [timer.token, timer])),
  }
}

/** Of which tree of jobs an event is. `parent` is named where it is part of the same stream. */
export type Place = { root: string; parent?: string }

/** Makes a job known to the inspector. `drawn`: its definition, from `drawnDefinition`. */
export function actorEvent(
  job: Inspected,
  definition: Definition,
  { root, parent }: Place,
  drawn: string,
): StatelyInspectionEvent {
  return {
    type: '@xstate.actor',
    name: `${job.process} v${job.version} ${job.job}`,
    sessionId: job.job,
    rootId: root,
    parentId: parent,
    definition: drawn,
    snapshot: snapshotOf(job, definition),
    ...stamp(job.at, `${job.job}.actor`),
  }
}

/** What came in, and what the job became. `before`: the job before this entry; `source`: the job it came from. */
export function entryEvents(
  before: Inspected | undefined,
  after: Inspected,
  { entry }: FeedItem,
  definition: Definition,
  { root, source }: { root: string; source: string | undefined },
): StatelyInspectionEvent[] {
  const event = { ...eventOf(entry.command, before, definition), by: entry.actor.roles }
  const common = { sessionId: entry.job, rootId: root, event }
  const id = `${entry.job}.${entry.seq}`
  return [
    { type: '@xstate.event', sourceId: source, ...common, ...stamp(entry.at, `${id}.event`) },
    {
      type: '@xstate.snapshot',
      snapshot: snapshotOf(after, definition),
      ...common,
      ...stamp(entry.at, `${id}.snapshot`),
    },
  ]
}

const stamp = (at: string, id: string) => ({
  createdAt: String(Date.parse(at)),
  id,
  _version: INSPECTOR_VERSION,
})

/** As XState writes a machine's snapshot to JSON. */
function snapshotOf(job: Inspected, definition: Definition) {
  const end =
    job.status === 'active'
      ? { status: 'active' as const, output: undefined }
      : { status: 'done' as const, output: { status: job.status } }
  return {
    ...end,
    error: undefined,
    value: job.to,
    context: {
      fields: withoutPersons(definition.schemas.context.properties, job.fields),
      checklist: job.checklist,
    },
    historyValue: {},
    children: {},
    tags: [...new Set(job.active.flatMap((path) => tagsAlong(definition, path)))],
  }
}

/** Tags of the state at a path and of those around it. */
function tagsAlong(definition: Definition, path: string): string[] {
  let states: Record<string, StateNode> | undefined = definition.states
  const tags: string[] = []
  for (const key of path.split('.')) {
    const state: StateNode | undefined = states === undefined ? undefined : own(states, key)
    tags.push(...(state?.tags ?? []))
    states = state?.states
  }
  return tags
}

/** The event as the machine took it; what is done to a job beside its events goes by the name of the command. */
function eventOf(command: Command, before: Inspected | undefined, definition: Definition) {
  const fields = (values: Fields) => withoutPersons(definition.schemas.context.properties, values)
  switch (command.kind) {
    case 'start':
      return { type: 'xstate.init', input: fields(command.fields) }
    case 'event':
      return declared(definition, command.type, command.payload)
    case 'timer': {
      const timer = before?.timers[command.token]
      if (timer?.event === undefined) return { type: timer?.id ?? 'xstate.after' }
      return declared(definition, timer.event.type, timer.event.payload)
    }
    case 'linkEnded':
      return { type: `xstate.done.actor.${command.job}`, output: { status: command.status } }
    case 'tick':
    case 'untick':
      return { type: `fieldchart.${command.kind}`, item: command.item }
    case 'reportBreach':
      return { type: 'fieldchart.reportBreach', norm: command.norm, severity: command.severity }
    case 'rate':
      return { type: 'fieldchart.rate', score: command.score }
    case 'correct':
      return { type: 'fieldchart.correct', fields: fields(command.fields) }
    default:
      return { type: `fieldchart.${command.kind}` }
  }
}

function declared({ schemas }: Definition, type: string, payload: unknown) {
  const properties = own(schemas.events, type)?.properties ?? {}
  return { type, payload: withoutPersons(properties, isRecord(payload) ? payload : {}) }
}

/** Values that no field describes are left out too: nobody has said what they are about. */
function withoutPersons(properties: Record<string, Field>, values: Fields): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, withoutPerson(own(properties, name), value)]),
  )
}
function withoutPerson(field: Field | undefined, value: unknown): unknown {
  if (value === null || value === undefined) return value
  if (field === undefined || field.meta?.personal === true) return HIDDEN
  if (Array.isArray(value)) return value.map((one) => withoutPerson(field.items, one))
  if (isRecord(value)) return withoutPersons(field.properties ?? {}, value)
  return value
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
