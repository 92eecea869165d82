/**
 * Words for writing a scenario in TypeScript: each returns plain JSON of the scenario language.
 *
 * Must not: hide behaviour. What comes out is what a trainer would see in the editor.
 */
import type { Evidence } from '../advance/job.ts'
import type { Text } from '../definition/schema.ts'
import type { Act, Doing, KnownRun, Step, Temper } from '../simulate/scenario.ts'

export const says = (by: string, text: Text, temper?: Temper): Act => ({
  act: 'say',
  by,
  text,
  ...(temper === undefined ? {} : { temper }),
})
export const tells = (text: Text): Act => ({ act: 'tell', text })
/** An event by somebody of the cast. */
export const sends = (by: string, type: string, payload: Record<string, unknown> = {}): Act => ({
  act: 'event',
  by,
  type,
  payload,
})
/** An item ticked by somebody of the cast. */
export const ticks = (by: string, item: string, evidence?: Evidence): Act => ({
  act: 'tick',
  by,
  item,
  ...(evidence === undefined ? {} : { evidence }),
})

const step = (what: Doing, after?: string): Step => ({ ...(after === undefined ? {} : { after }), what })
/** Steps of a known run, or of what came before: `after` counts from the step before. */
export const send = (type: string, payload: Record<string, unknown> = {}, after?: string): Step =>
  step({ do: 'event', type, payload }, after)
/** Before the trainee comes in, by somebody else. */
export const sent = (by: string, type: string, payload: Record<string, unknown> = {}, after?: string): Step =>
  step({ do: 'event', type, payload, by }, after)
export const tick = (item: string, after?: string, evidence?: Evidence): Step =>
  step({ do: 'tick', item, ...(evidence === undefined ? {} : { evidence }) }, after)
export const move = (id: string, after?: string): Step => step({ do: 'move', move: id }, after)
export const forbidden = (norm: string, after?: string): Step => step({ do: 'prohibited', norm }, after)
export const wait = (after: string): Step => step({ do: 'wait' }, after)

/** Stand-ins for evidence. */
export const PHOTO: Evidence = { kind: 'photo', file: 'f'.repeat(64) }
export const signature = (signedBy: string): Evidence => ({
  kind: 'signature',
  file: 'e'.repeat(64),
  signedBy,
})
export const written = (text: string): Evidence => ({ kind: 'text', text })
export const counted = (number: number): Evidence => ({ kind: 'number', number })

/** How a passing run ends. */
export const passes = (
  active: string[],
  status: KnownRun['expect']['status'] = 'active',
): KnownRun['expect'] => ({
  passed: true,
  status,
  active,
  broken: [],
})
export const fails = (
  active: string[],
  broken: string[],
  status: KnownRun['expect']['status'] = 'active',
): KnownRun['expect'] => ({ passed: false, status, active, broken })
