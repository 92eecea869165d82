/**
 * Which certificates a process asks of the person it gives a job to.
 *
 * Promises: what is asked where the process assigns by an event is asked of a reassignment by hand, and no more.
 * Must not: judge the other conditions of those events; they are about the moment, not the person.
 */
import type { Compiled } from '../compile/compile.ts'
import { judge } from '../compile/guards.ts'
import type { Guard, Transition } from '../definition/schema.ts'
import type { Case } from './case.ts'
import type { Reason } from './job.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/**
 * A way in which the process gives a job to somebody: the property of the event that names him (or `actor`), and what
 * is asked of him; no demand lets everybody through.
 */
export type Assignment = { event: string | undefined; source: string; demand: Guard | undefined }

/** Every transition that puts somebody into this field. */
export const assignmentsTo = ({ tree }: Compiled, field: string): Assignment[] =>
  tree.nodes.flatMap(({ transitions }) =>
    transitions.flatMap(({ transition, trigger }) => {
      const source = assigns(transition, field)
      if (source === undefined) return []
      const event = trigger.kind === 'on' ? trigger.descriptor : undefined
      return [{ event, source, demand: about(transition.guard, source, field) }]
    }),
  )

/** Why the person may not be the one in this field; empty where he may. Of several ways to assign one is enough. */
export function missingQualifications(at: Case, field: string, person: string): Reason[] {
  const { fields, checklist } = at.before.snapshot.context
  const standing = { fields: { ...fields, [field]: person }, checklist, active: new Set<string>() }
  let missing: Reason[] = []
  for (const { demand } of assignmentsTo(at.compiled, field)) {
    const verdict = demand === undefined ? undefined : judge(at.compiled.build, demand, at.frame, standing)
    if (verdict === undefined || verdict.is === 'true') return []
    missing = missing.length === 0 ? verdict.reasons : missing
  }
  return missing
}

/** The name of what is put into the field: a payload's property, or `actor`. */
function assigns({ actions = [] }: Transition, field: string): string | undefined {
  for (const action of actions) {
    if (action.type !== '@xstate.assign' || !Object.hasOwn(action.context, field)) continue
    const value: unknown = action.context[field]
    const text = isRecord(value) && typeof value['@expr'] === 'string' ? value['@expr'].trim() : ''
    if (text === 'actor.id') return 'actor'
    const name = /^event\.([A-Za-z_]\w*)$/.exec(text)?.[1]
    if (name !== undefined) return name
  }
  return undefined
}

/** The part of a guard that asks for certificates of that person. */
function about(guard: Guard | undefined, source: string, field: string): Guard | undefined {
  if (guard === undefined || '@expr' in guard) return undefined
  if (guard.type === 'qualified') {
    const of = guard.params.of ?? 'actor'
    return of === source || of === field
      ? { type: 'qualified', params: { certificate: guard.params.certificate, of: field } }
      : undefined
  }
  if (guard.type !== 'and' && guard.type !== 'or') return undefined
  const parts = guard.params.guards.map((part) => about(part, source, field))
  const asked = parts.filter((part) => part !== undefined)
  // One way of several that asks nothing lets everybody through.
  if (asked.length === 0 || (guard.type === 'or' && asked.length < parts.length)) return undefined
  return { type: guard.type, params: { guards: asked } }
}
