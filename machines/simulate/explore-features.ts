/**
 * What a place in a search shows that others may not: where the job is, what its telling fields hold, which parts of guards are true.
 *
 * Promises: places of the same features are alike to every guard that is read from the definition alone.
 * Must not: grow with the job's history.
 */
import { frameOf, standingAt } from '../advance/case.ts'
import { type Fields, SYSTEM } from '../advance/job.ts'
import { restore } from '../advance/run-machine.ts'
import type { Field, Guard } from '../definition/schema.ts'
import type { Place, World } from './explore-node.ts'
import type { Reading } from './explore-reading.ts'
import { judging, type Truth, truthOf } from './explore-truth.ts'

function shown(field: Field | undefined, value: unknown, now: number): string {
  if (value === undefined || value === null) return '-'
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) {
    const listed = field?.items?.enum === undefined ? '' : value.map(String).sort().join()
    return `[${Math.min(2, value.length)}${listed}]`
  }
  if (typeof value === 'number') return value === 0 ? '0' : value > 0 ? '+' : '<'
  if (typeof value !== 'string') return '*'
  if (field?.enum !== undefined || field?.format === 'person') return value
  if (field?.format === 'date-time') return Date.parse(value) > now ? 'ahead' : 'past'
  return '*'
}

export type Features = {
  readonly leaves: readonly string[]
  readonly holds: readonly string[]
  /** Of each transition that is looked for and whose source is active: how near it is. */
  readonly goals: readonly string[]
  /** What the atoms of the reading come to. */
  readonly truths: readonly Truth[]
  /** By transition: what it would bring nearer, and how near that is. */
  readonly towards: ReadonlyMap<string, string>
}

/** Names of all that is so at a place: where it is, and what holds there. */
export function featuresOf(
  world: World,
  reading: Reading,
  place: Place,
  open: ReadonlySet<string>,
): Features {
  const { compiled, calendars, people } = world
  const { job, now } = place
  const { properties } = compiled.definition.schemas.context
  const { fields, checklist } = job.snapshot.context
  const holds: string[] = []
  for (const name of reading.telling) holds.push(`${name}:${shown(properties[name], fields[name], now)}`)
  const frame = frameOf(compiled, job, { now, actor: SYSTEM, people: { ...people }, calendars })
  const at = judging(compiled.build, frame, standingAt(restore(compiled, job.snapshot)))
  const truths = reading.atoms.map((atom, index) => kept(world, index, atom, fields, () => truthOf(at, atom)))
  for (const [index, truth] of truths.entries()) holds.push(`${index}?${truth}`)
  for (const [which, { length = 0 } = []] of Object.entries(
    Object.groupBy(job.links, ({ link, status }) => `${link}=${status}`),
  ))
    holds.push(`${which}×${Math.min(2, length)}`)
  for (const { delay, fired } of job.timers) holds.push(`${delay}@${fired}`)
  for (const item of Object.keys(checklist)) holds.push(`#${item}`)
  const items = [...compiled.items.values()].filter(
    ({ item, state }) =>
      item.required !== false && place.active.has(state) && !Object.hasOwn(checklist, item.id),
  )
  const bits = (pointer: string): string =>
    [
      ...(reading.asks.get(pointer) ?? []).map((index) => truths[index]?.[0]),
      ...(reading.weighs.get(pointer) ?? []).map((name) => shown(properties[name], fields[name], now)),
    ].join('')
  const goals: string[] = []
  const aims = new Set<string>()
  const towards = new Map<string, string>()
  for (const pointer of open) {
    const placed = compiled.transitions.get(pointer)
    if (placed === undefined) continue
    const own = bits(pointer)
    if (own !== '')
      aims.add(`${reading.asks.get(pointer)?.join()} ${reading.weighs.get(pointer)?.join()} ${own}`)
    const near = [placed, ...(reading.leading.get(pointer) ?? [])].filter(({ source }) =>
      place.active.has(source.path),
    )
    for (const each of near) {
      const owed = items.filter(({ state }) => isAlong(state, each.source.path)).length
      const goal = `${pointer} ${own} ${each.pointer} ${bits(each.pointer)} ${owed}`
      goals.push(goal)
      towards.set(each.pointer, `${towards.get(each.pointer) ?? ''} ${goal}`)
    }
  }
  return { leaves: place.leaves, holds: [...holds, ...aims], goals, truths, towards }
}

/** An atom that only asks for fields says the same of the same fields. */
function kept(
  { compiled, told }: World,
  index: number,
  atom: Guard,
  fields: Fields,
  ask: () => Truth,
): Truth {
  if (!('@expr' in atom) || /\b(now|checklist|links)\b/.test(atom['@expr'])) return ask()
  const read = compiled.expressions.program(atom['@expr']).fields
  const key = `${index} ${JSON.stringify(read.map((name) => fields[name] ?? null))}`
  const known = told.get(key) ?? ask()
  told.set(key, known)
  return known
}

/** Whether one state is the other, or stands above or below it. */
export const isAlong = (one: string, other: string): boolean =>
  one === other || one === '' || other === '' || one.startsWith(`${other}.`) || other.startsWith(`${one}.`)

/** What has been seen, so that what is new can be told. */
export class Seen {
  readonly #one = new Set<string>()
  readonly #two = new Set<string>()

  /** 2: something never seen; 1: two things never seen together; 0: nothing new. Remembers it. */
  newsOf({ leaves, holds, goals }: Features): 0 | 1 | 2 {
    let news: 0 | 1 | 2 = 0
    for (const each of [...leaves, ...holds, ...goals])
      if (!this.#one.has(each)) {
        this.#one.add(each)
        news = 2
      }
    for (const leaf of leaves)
      for (const each of [...leaves, ...holds]) {
        const both = `${leaf} ${each}`
        if (this.#two.has(both)) continue
        this.#two.add(both)
        if (news === 0) news = 1
      }
    return news
  }
}
