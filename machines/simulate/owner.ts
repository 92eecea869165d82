/**
 * What the process owner may do to a rehearsal that no trainee may: force a guard, change fields, jump into a state.
 *
 * Promises: done to the run's own copy; the definition, the draft and real jobs stay as they are.
 * Must not: be reachable in practice or examination.
 */
import { advance } from '../advance/advance.ts'
import { type Command, SYSTEM } from '../advance/job.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import { tokensOf } from '../definition/pointer.ts'
import type { Definition } from '../definition/schema.ts'
import { absorb, say } from './absorb.ts'
import type { Doing } from './scenario.ts'
import type { Sim, Taken } from './sim.ts'
import { surroundingsOf } from './standing.ts'

type Owned = Extract<Doing, { do: 'force' | 'set' | 'jump' }>
const BY_HAND = '试运行 · trial'

export function byOwner(sim: Sim, what: Owned): Taken {
  const did = say(sim, { is: 'did', what })
  if (what.do === 'force') {
    if (!sim.compiled.transitions.has(what.transition))
      return { ok: false, fault: 'cannot-force', reasons: [] }
    const { [what.transition]: _before, ...others } = sim.forced
    const forced = what.outcome === undefined ? others : { ...others, [what.transition]: what.outcome }
    return { ok: true, sim: { ...did, forced, compiled: withForced(sim.setup.compiled, forced) } }
  }
  const command: Command =
    what.do === 'set'
      ? { kind: 'correct', fields: what.fields, reason: BY_HAND }
      : { kind: 'moveTo', to: what.to, reason: BY_HAND, runEntry: true }
  const through = what.do === 'set' ? unlocked(sim.compiled) : sim.compiled
  const advanced = advance(through, sim.job, command, surroundingsOf(sim, { ...SYSTEM, id: 'trainee' }))
  if (!advanced.ok)
    return { ok: true, sim: say(did, { is: 'refused', what, reasons: advanced.refusal.reasons }) }
  return { ok: true, sim: absorb(did, advanced, { from: 'engine', counts: true }) }
}

/** The same process, with these guards answering as told. The hash stays: the job is not another's. */
function withForced(compiled: Compiled, forced: Readonly<Record<string, boolean>>): Compiled {
  const definition = structuredClone(compiled.definition)
  for (const [pointer, outcome] of Object.entries(forced)) {
    const place = placeOf(definition, pointer)
    if (place !== undefined) place.guard = { '@expr': String(outcome), '@lang': 'cel' }
  }
  return compile(definition, compiled.hash)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function placeOf(definition: Definition, pointer: string): Record<string, unknown> | undefined {
  let place: unknown = definition
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(place)) place = place[Number(token)]
    else if (isRecord(place) && Object.hasOwn(place, token)) place = place[token]
    else return undefined
  }
  return isRecord(place) ? place : undefined
}

/** Fields that only the process may set can be set as well. */
function unlocked(compiled: Compiled): Compiled {
  const definition = structuredClone(compiled.definition)
  for (const field of Object.values(definition.schemas.context.properties))
    if (field.meta !== undefined) delete field.meta.locked
  return compile(definition, compiled.hash)
}
