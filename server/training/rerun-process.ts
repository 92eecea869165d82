/**
 * The process that does jobs over again: a batch of histories in, what became of each out.
 *
 * Promises: a draft is compiled once for all batches; it ends with the server that started it.
 * Must not: be imported but for its types; `rerun.ts` starts it.
 */
import { type Compiled, compile } from '../../machines/compile/compile.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import { type Past, rerun } from '../../machines/simulate/rerun.ts'
import type { Outcome } from '../../machines/simulate/rerun-outcome.ts'
import type { CalendarSet } from '../../machines/time/calendar.ts'

export type RerunOrder = {
  /** Of the draft's definition; that itself only where it is asked for. */
  hash: string
  definition?: Definition
  version: number
  /** By the hash that the histories name. */
  calendars: Record<string, CalendarSet>
  histories: Past[][]
}
/** `wanted`: the definition is not known here, or not any more. */
export type RerunAnswer = { outcomes: Outcome[] } | { wanted: 'definition' } | { failed: string }

let known: Compiled | undefined

function answer({ hash, definition, version, calendars, histories }: RerunOrder): RerunAnswer {
  if (definition !== undefined) known = compile(definition, hash)
  if (known?.hash !== hash) return { wanted: 'definition' }
  const through = known
  const calendarsOf = (of: string): CalendarSet => {
    const set = calendars[of] ?? Object.values(calendars)[0]
    if (set === undefined) throw new Error('an order without calendars')
    return set
  }
  return {
    outcomes: histories.map((entries) =>
      rerun({ compiled: through, version, entries, calendars: calendarsOf }),
    ),
  }
}

process.on('message', (order: RerunOrder) => {
  try {
    process.send?.(answer(order))
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) })
  }
})
process.on('disconnect', () => process.exit())
