/**
 * A fixed course of random doings over all shipped processes, as one hash each: run in Node and in a browser, the
 * hashes must be the same.
 *
 * Must not: import anything that only Node, or only a test runner, has.
 */
import { advance, start } from '../../machines/advance/advance.ts'
import { allowed } from '../../machines/advance/allowed.ts'
import type { Actor, Command, Entry, Job } from '../../machines/advance/job.ts'
import { SYSTEM } from '../../machines/advance/job.ts'
import { itemsOf } from '../../machines/advance/view.ts'
import { compiled } from '../../machines/compile/compile.ts'
import { hashOf } from '../../machines/definition/hash.ts'
import { type Field, ROLES } from '../../machines/definition/schema.ts'
import { SHIPPED } from '../../machines/processes/index.ts'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'

const STEPS = 60
const actor: Actor = {
  id: 'all',
  name: 'all',
  roles: [...ROLES],
  certificates: [
    'product-training',
    'safety-training',
    'work-at-height',
    'machinery',
    'electrical',
    'dangerous-goods',
  ].map((kind) => ({ kind, validFrom: '2020-01-01T00:00:00.000Z', validUntil: '2099-01-01T00:00:00.000Z' })),
}

/** Park and Miller's generator: the same row of numbers everywhere. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

function valueFor(field: Field, now: number, pick: (below: number) => number): unknown {
  if (field.enum !== undefined) return field.enum[pick(field.enum.length)]
  switch (field.type) {
    case 'boolean':
      return pick(4) > 0
    case 'integer':
      return Math.max(field.minimum ?? 0, pick(5) + 1)
    case 'number':
      return Math.max(field.minimum ?? 0, pick(50) / 4)
    case 'array':
      return field.items === undefined ? [] : [valueFor(field.items, now, pick)]
    case 'object':
      return Object.fromEntries(
        Object.entries(field.properties ?? {}).map(([name, each]) => [name, valueFor(each, now, pick)]),
      )
    default:
      if (field.format === 'date-time') return new Date(now + pick(96) * 1_800_000).toISOString()
      if (field.format === 'date') return new Date(now).toISOString().slice(0, 10)
      if (field.format === 'duration') return 'PT2H'
      if (field.format === 'email') return 'wang@example.com'
      return 'all'
  }
}

type Schema = { properties?: Record<string, Field>; required?: readonly string[] }
const filled = ({ properties = {} }: Schema, now: number, pick: (below: number) => number) =>
  Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valueFor(field, now, pick)]))

function evidenceFor(kind: string): Extract<Command, { kind: 'tick' }>['evidence'] {
  switch (kind) {
    case 'number':
      return { kind, number: 3 }
    case 'photo':
      return { kind, file: 'a'.repeat(64) }
    case 'signature':
      return { kind, signedBy: '王芳' }
    case 'text':
    case 'serial':
      return { kind, text: 'SN-1' }
    default:
      return undefined
  }
}

/** Mostly an open event; else a tick, or the next timer. */
function next(
  process: ReturnType<typeof compiled>,
  job: Job,
  now: number,
  pick: (below: number) => number,
): Command {
  const surroundings = { now, actor, calendars: DEFAULT_CALENDARS }
  const items = itemsOf(process, job, surroundings).filter((item) => !item.done)
  const item = items[pick(Math.max(1, items.length))]
  if (item !== undefined && pick(2) === 0) {
    const evidence = evidenceFor(item.evidence)
    return { kind: 'tick', item: item.id, ...(evidence === undefined ? {} : { evidence }) }
  }
  const timer = job.timers.find((each) => !each.fired)
  if (timer !== undefined && pick(6) === 0) return { kind: 'timer', token: timer.token }
  const open = allowed(process, job, surroundings).filter((each) => each.open && each.type !== 'cancel')
  const event = open[pick(Math.max(1, open.length))]
  if (event === undefined) return { kind: 'note', text: '无事可做' }
  const schema = process.definition.schemas.events[event.type] ?? {}
  return { kind: 'event', type: event.type, payload: filled(schema, now, pick) }
}

function course(seed: number, index: number): { hash: string; accepted: number } {
  const definition = SHIPPED[index]
  if (definition === undefined) throw new Error('no such process')
  const process = compiled(definition)
  const pick = numbers(seed)
  let now = Date.UTC(2026, 2, 2, 2)
  const { properties, required = [] } = definition.schemas.context
  const wanted = Object.fromEntries(Object.entries(properties).filter(([name]) => required.includes(name)))
  const begun = start(
    process,
    { id: 'job', version: 1, fields: filled({ properties: wanted }, now, pick) },
    { now, actor, calendars: DEFAULT_CALENDARS },
  )
  if (!begun.ok) throw new Error(JSON.stringify(begun.refusal))
  let { job } = begun
  const said: (Entry | string)[] = [begun.entry]
  let accepted = 0
  for (let step = 0; step < STEPS; step++) {
    now += pick(1_200_000)
    const command = next(process, job, now, pick)
    const by = command.kind === 'timer' ? SYSTEM : actor
    const result = advance(process, job, command, { now, actor: by, calendars: DEFAULT_CALENDARS })
    said.push(result.ok ? result.entry : JSON.stringify(result.refusal))
    if (!result.ok) continue
    accepted += 1
    job = result.job
  }
  return { hash: hashOf([job, said]), accepted }
}

export default async function run(): Promise<Record<string, { hash: string; accepted: number }>> {
  return Object.fromEntries(
    SHIPPED.flatMap((definition, index) =>
      [11, 23, 37].map((seed) => [`${definition.id}/${seed}`, course(seed, index)]),
    ),
  )
}
