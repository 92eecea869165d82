/**
 * `allowed`: every event of the present state as one person sees it, open or barred and why.
 *
 * Promises: an event told as barred is refused by `advance`; one told as open is refused only for its payload.
 * Must not: change anything.
 */
import type { Compiled } from '../compile/compile.ts'
import { plain, roleMissing } from '../compile/reasons.ts'
import type { EventSchema } from '../definition/schema.ts'
import { frameOf, standingAt } from './case.ts'
import { resting } from './hands.ts'
import type { Allowed, Job, Reason, Surroundings } from './job.ts'
import { type EventVerdict, isTakenHere, judgeEvent } from './judge-event.ts'
import { restore } from './run-machine.ts'

/** In the order in which the definition declares its events. Events that only jobs send each other are left out. */
export function allowed(compiled: Compiled, job: Job, surroundings: Surroundings): Allowed[] {
  if (job.status !== 'active') return []
  const snapshot = restore(compiled, job.snapshot)
  const frame = frameOf(compiled, job, surroundings)
  const standing = standingAt(snapshot)
  return Object.entries(compiled.definition.schemas.events).flatMap(([type, event]) => {
    if (event.meta.roles.every((role) => role === 'system')) return []
    if (!isTakenHere(compiled, type, standing)) return []
    const verdict = judgeEvent(compiled, type, frame, standing)
    if (verdict.is === 'not-allowed-here') return []
    const told = describe(type, event, verdict, surroundings)
    return [job.suspended === undefined ? told : { ...told, open: false, reasons: [resting()] }]
  })
}

function describe(type: string, event: EventSchema, verdict: EventVerdict, { actor }: Surroundings): Allowed {
  const { title, description, roles, norms = [] } = event.meta
  const reasons: Reason[] = [
    ...(roles.some((role) => actor.roles.includes(role)) ? [] : roleMissing(roles)),
    ...(verdict.is === 'open' ? [] : verdict.reasons),
  ]
  if (reasons.length === 0 && verdict.is !== 'open')
    reasons.push(plain(verdict.is, 'Not possible now', '目前不可行'))
  const carried = verdict.taken.flatMap(({ transition }) => transition.meta?.norms ?? [])
  return {
    type,
    title,
    ...(description === undefined ? {} : { description }),
    open: reasons.length === 0,
    reasons,
    payload: {
      type: 'object',
      properties: event.properties ?? {},
      required: event.required ?? [],
      additionalProperties: false,
    },
    norms: [...new Set([...norms, ...carried])],
    roles: roles.filter((role) => role !== 'system'),
  }
}
