/**
 * A command of a history, made fit for another definition: what that does not know is left out and told.
 *
 * Must not: judge whether the command is allowed (`advance` does), or mend a value that no longer fits.
 */
import type { Command, Effect, Entry } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import { own } from '../definition/check-value.ts'
import type { Unknown } from './rerun-outcome.ts'

/** What is sent; nothing, where nothing of it is left or it belongs to the old version alone. */
export type Fitted = { command?: Command; unknown: Unknown[] }

const asItIs = (command: Command): Fitted => ({ command, unknown: [] })
const leftOut = (what: Unknown['what'], ...names: string[]): Fitted => ({
  unknown: names.map((name) => ({ what, name })),
})

/** @param jobOf the linked job that stands in the rerun for one of the history */
export function fitted(
  { definition, items, tree }: Compiled,
  command: Command,
  jobOf: (old: string) => string | undefined,
): Fitted {
  const { context, events } = definition.schemas
  switch (command.kind) {
    case 'start': {
      const { kept, unknown } = known(command.fields, context.properties)
      return { command: { ...command, fields: kept }, unknown }
    }
    case 'correct': {
      const { kept, unknown } = known(command.fields, context.properties)
      if (Object.keys(kept).length === 0) return { unknown }
      return { command: { ...command, fields: kept }, unknown }
    }
    case 'event': {
      const event = own(events, command.type)
      if (event === undefined) return leftOut('event', command.type)
      const { kept, unknown } = known(command.payload ?? {}, event.properties)
      const at = unknown.map(({ what, name }) => ({ what, name: `${command.type}/${name}` }))
      return { command: { ...command, payload: kept }, unknown: at }
    }
    case 'tick':
    case 'untick':
      return items.has(command.item) ? asItIs(command) : leftOut('item', command.item)
    case 'reportBreach':
      return (definition.meta.reportable ?? []).includes(command.norm)
        ? asItIs(command)
        : leftOut('norm', command.norm)
    case 'moveTo': {
      const gone = command.to.filter((path) => !tree.byPath.has(path))
      return gone.length === 0 ? asItIs(command) : leftOut('state', ...gone)
    }
    case 'linkEnded': {
      const job = jobOf(command.job)
      return job === undefined ? leftOut('link', command.job) : asItIs({ ...command, job })
    }
    // The other definition's own timers fire instead, and it is run from the start, whatever version the job began on.
    case 'timer':
    case 'migrate':
    // Whether the rerun is over by then or not, it moves nothing.
    case 'erase':
      return { unknown: [] }
    default:
      return asItIs(command)
  }
}

function known(
  values: Record<string, unknown>,
  declared: Record<string, unknown> | undefined,
): { kept: Record<string, unknown>; unknown: Unknown[] } {
  const names = Object.keys(values)
  const gone = names.filter((name) => own(declared, name) === undefined)
  return {
    kept: Object.fromEntries(Object.entries(values).filter(([name]) => !gone.includes(name))),
    unknown: gone.map((name) => ({ what: 'field', name })),
  }
}

/**
 * Which linked job of the rerun stands for which of the history: their ids differ, so it goes by the link's name, the
 * process, and the how-manieth it is.
 */
export class Linked {
  readonly #was = new Map<string, { key: string; nth: number }>()
  readonly #is = new Map<string, string[]>()

  constructor(entries: readonly Pick<Entry, 'effects'>[]) {
    const counts = new Map<string, number>()
    for (const effect of entries.flatMap((entry) => entry.effects)) {
      if (effect.type !== 'startJob') continue
      const key = keyOf(effect)
      const nth = counts.get(key) ?? 0
      counts.set(key, nth + 1)
      this.#was.set(effect.job, { key, nth })
    }
  }

  /** An entry of the rerun. */
  note({ effects }: Pick<Entry, 'effects'>): void {
    for (const effect of effects) {
      if (effect.type !== 'startJob') continue
      const key = keyOf(effect)
      this.#is.set(key, [...(this.#is.get(key) ?? []), effect.job])
    }
  }

  /** A job that the history did not start is the same in both: the parent. */
  jobOf = (old: string): string | undefined => {
    const place = this.#was.get(old)
    return place === undefined ? old : this.#is.get(place.key)?.[place.nth]
  }

  /** The name that the job has for a linked one. */
  nameOf(old: string): string {
    return this.#was.get(old)?.key.split('\n')[0] ?? old
  }
}
const keyOf = ({ link, process }: Extract<Effect, { type: 'startJob' }>): string => `${link}\n${process}`
