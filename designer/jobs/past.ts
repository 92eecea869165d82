/**
 * A job's past, from its history: how it stood after any entry, and the way it took there.
 *
 * Promises: entries are told in the words of the version that was in force then; nothing is guessed where the history
 * does not reach.
 * Must not: fetch, draw, or hold words.
 */
import type { Breach, Timer } from '../../machines/advance/job.ts'
import type { EntryView } from '../../machines/wire/jobs.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
/** The version that an entry moved the job to. */
export const movedTo = ({ command }: EntryView): number | undefined =>
  isRecord(command) && command.kind === 'migrate' && typeof command.version === 'number'
    ? command.version
    : undefined

/** What a note says. */
export const noteOf = ({ command }: EntryView): string | undefined =>
  isRecord(command) && command.kind === 'note' && typeof command.text === 'string' ? command.text : undefined

/** The version in force after each entry; `undefined` where that is not known. */
export function versionsAlong(
  entries: readonly EntryView[],
  startedOn: number | undefined,
): (number | undefined)[] {
  let version = startedOn
  return entries.map((entry) => {
    version = movedTo(entry) ?? version
    return version
  })
}

/** How a job stood after one entry. */
export type Moment = {
  entry: EntryView
  version: number | undefined
  fields: Record<string, unknown>
  /** Fields that held, or had held, something which is hidden from the reader. */
  masked: readonly string[]
  /** Items confirmed at the time. */
  done: ReadonlySet<string>
  breaches: readonly Breach[]
  /** Armed and not yet run out. */
  running: readonly Timer[]
}

/** @param index of an entry; all before it are needed, none after. */
export function momentAt(
  entries: readonly EntryView[],
  versions: readonly (number | undefined)[],
  index: number,
): Moment | undefined {
  const entry = entries[index]
  if (entry === undefined) return undefined
  const fields: Record<string, unknown> = {}
  const masked = new Set<string>()
  const done = new Set<string>()
  const running = new Map<string, Timer>()
  const breaches: Breach[] = []
  for (const each of entries.slice(0, index + 1)) {
    for (const [name, { to }] of Object.entries(each.changed)) {
      if (to === undefined) delete fields[name]
      else fields[name] = to
      if (each.masked?.includes(name) === true) masked.add(name)
    }
    for (const [item, isDone] of Object.entries(each.ticks)) {
      if (isDone) done.add(item)
      else done.delete(item)
    }
    for (const token of each.cancelled) running.delete(token)
    for (const timer of each.armed) running.set(timer.token, timer)
    if (isRecord(each.command) && each.command.kind === 'timer' && typeof each.command.token === 'string')
      running.delete(each.command.token)
    breaches.push(...each.breaches)
  }
  const isOver = entry.status !== 'active'
  return {
    entry,
    version: versions[index],
    fields,
    masked: [...masked],
    done,
    breaches,
    running: isOver ? [] : [...running.values()].sort((one, other) => one.dueAt.localeCompare(other.dueAt)),
  }
}

/** The way a job took: how often it came to each state, and took each transition. */
export type Way = {
  states: ReadonlyMap<string, number>
  transitions: ReadonlyMap<string, number>
}

/**
 * Up to and with the entry at `index`, on the version of that entry: another version's places are not on this drawing.
 * A state that was only passed through counts as come to once for each time that it was left.
 */
export function wayTo(
  entries: readonly EntryView[],
  versions: readonly (number | undefined)[],
  index: number,
): Way {
  const states = new Map<string, number>()
  const transitions = new Map<string, number>()
  const add = (to: Map<string, number>, key: string): void => {
    to.set(key, (to.get(key) ?? 0) + 1)
  }
  let before = new Set<string>()
  for (const [at, entry] of entries.slice(0, index + 1).entries()) {
    if (versions[at] !== versions[index]) continue
    const now = new Set(entry.active.flatMap(withGroups))
    for (const path of now) if (!before.has(path)) add(states, path)
    for (const pointer of movedTo(entry) === undefined ? entry.taken : []) {
      add(transitions, pointer)
      const source = stateOf(pointer)
      if (source !== '' && !now.has(source) && !before.has(source)) add(states, source)
    }
    before = now
  }
  return { states, transitions }
}

/** The states that the job came to last, of those it is in after the entry at `index`. */
export function lastEntered(entries: readonly EntryView[], index: number): string[] {
  const now = entries[index]?.active ?? []
  for (let at = index; at > 0; at -= 1) {
    const before = entries[at - 1]?.active ?? []
    const entered = now.filter((path) => !before.includes(path))
    if (entered.length > 0) return entered
  }
  return now
}

/** `a.b.c`, `a.b` and `a`. */
const withGroups = (path: string): string[] =>
  path.split('.').map((_, index, keys) => keys.slice(0, index + 1).join('.'))

/** The state that a transition belongs to: `/states/a/states/b/on/go/0` is of `a.b`. */
function stateOf(pointer: string): string {
  const keys: string[] = []
  const tokens = pointer.split('/').slice(1)
  while (tokens[0] === 'states' && tokens[1] !== undefined) {
    keys.push(tokens[1])
    tokens.splice(0, 2)
  }
  return keys.join('.')
}
