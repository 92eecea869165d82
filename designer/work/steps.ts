/**
 * What can be done to a job in the order in which an engineer looks for it: the next step first, what can be done in any
 * state last, what is barred apart.
 *
 * Promises: the next step is a way on that the process means to be gone: one that drops a checklist, asks for a reason, or
 * is as well a customer's to ask for is offered beside it, never as it; where there is none, none is made up.
 * Must not: hide anything: what is allowed or barred is in one of the lists.
 */
import type { Allowed } from '../../machines/advance/job.ts'
import { matchesDescriptor } from '../../machines/definition/descriptor.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import { buildTree, type TreeTransition } from '../../machines/definition/tree.ts'

export type Steps = {
  /** The way on from here: open, or held up by the checklist alone. */
  next: Allowed | undefined
  /** Other ways on from where the job stands. */
  others: Allowed[]
  /** Possible here as in any other state. */
  anywhere: Allowed[]
  barred: Allowed[]
}

export function stepsOf(
  definition: Definition,
  active: readonly string[],
  events: readonly Allowed[],
): Steps {
  const places = placesOf(definition, active)
  const rankOf = ({ type }: Allowed): number => places.get(type)?.rank ?? Number.POSITIVE_INFINITY
  const ranked = events.toSorted((one, other) => rankOf(one) - rankOf(other))
  const next = ranked.find((event) => {
    const place = places.get(event.type)
    return place?.isMeant === true && !isSpecial(event) && (event.open || waitsForItems(event))
  })
  const rest = ranked.filter((event) => event !== next)
  return {
    next,
    others: rest.filter((event) => event.open && places.has(event.type)),
    anywhere: rest.filter((event) => event.open && !places.has(event.type)),
    barred: rest.filter((event) => !event.open),
  }
}

/** What the checklist alone holds up is still the next step: what is above it leads there. */
const waitsForItems = (event: Allowed): boolean =>
  event.reasons.length > 0 && event.reasons.every(({ item }) => item !== undefined)

/** It wants a reason, or a customer may ask for it, too. */
function isSpecial({ payload, roles }: Allowed): boolean {
  const required =
    typeof payload === 'object' && payload !== null && 'required' in payload ? payload.required : []
  return (
    (Array.isArray(required) && required.includes('reason')) ||
    (roles.length > 1 && roles.includes('customer'))
  )
}

type Place = { rank: number; isMeant: boolean }

/** The events that the innermost active states wait for themselves: the deepest state first, in its own order. */
function placesOf(definition: Definition, active: readonly string[]): ReadonlyMap<string, Place> {
  const tree = buildTree(definition)
  const types = Object.keys(definition.schemas.events)
  const leaves = active.flatMap((path) => tree.byPath.get(path) ?? [])
  const places = new Map<string, Place>()
  for (const leaf of leaves.toSorted((one, other) => other.depth - one.depth))
    for (const first of leaf.transitions)
      for (const type of types.filter((each) => isOn(first, each) && !places.has(each)))
        places.set(type, {
          rank: places.size,
          isMeant: leaf.transitions.some(
            (each) => isOn(each, type) && each.transition.meta?.waivesChecklist !== true,
          ),
        })
  return places
}
const isOn = ({ trigger }: TreeTransition, type: string): boolean =>
  trigger.kind === 'on' && matchesDescriptor(trigger.descriptor, type)
