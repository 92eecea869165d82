/**
 * The events that the states of several jobs take, with how many of the jobs each fits.
 *
 * Must not: judge conditions; the server does, job by job.
 */
import type { Definition, Text } from '../../machines/definition/schema.ts'
import { buildTree, type TreeNode } from '../../machines/definition/tree.ts'

export type SharedEvent = { type: string; title: Text; payload: unknown; count: number }
type Standing = { job: { active: readonly string[]; status: string }; definition: Definition | undefined }

/** A state, and those around it, the process last. */
export function withAround(node: TreeNode | undefined): TreeNode[] {
  const found: TreeNode[] = []
  for (let at = node; at !== undefined; at = at.parent) found.push(at)
  return found
}

/** Of those that the roles may send; which fit most jobs come first. */
export function eventsOf(jobs: readonly Standing[], roles: readonly string[]): SharedEvent[] {
  const trees = new Map<Definition, ReturnType<typeof buildTree>>()
  const events = new Map<string, SharedEvent>()
  for (const { job, definition } of jobs) {
    if (definition === undefined || job.status !== 'active') continue
    const tree = trees.get(definition) ?? buildTree(definition)
    trees.set(definition, tree)
    const taken = new Set(
      job.active
        .flatMap((path) => withAround(tree.byPath.get(path)))
        .flatMap(({ transitions }) => transitions)
        .flatMap(({ trigger }) => (trigger.kind === 'on' ? [trigger.descriptor] : [])),
    )
    for (const type of taken) {
      const declared = definition.schemas.events ?? {}
      const event = Object.hasOwn(declared, type) ? declared[type] : undefined
      if (event === undefined || !event.meta.roles.some((role) => roles.includes(role))) continue
      const known = events.get(type)
      if (known !== undefined) known.count += 1
      else
        events.set(type, {
          type,
          title: event.meta.title,
          payload: { properties: event.properties ?? {}, required: event.required ?? [] },
          count: 1,
        })
    }
  }
  return [...events.values()].sort((one, other) => other.count - one.count)
}
