/**
 * Where a run stands, as conditions and choices of a scenario ask.
 *
 * Must not: change anything.
 */
import { frameOf, standingAt } from '../advance/case.ts'
import type { Actor, Surroundings } from '../advance/job.ts'
import { restore } from '../advance/run-machine.ts'
import { variablesOf } from '../compile/frame.ts'
import type { Expression } from '../definition/schema.ts'
import { roughLength } from '../time/duration.ts'
import { actorOf, peopleOf } from './people.ts'
import { TRAINEE } from './scenario.ts'
import type { Sim } from './sim.ts'

/** Milliseconds of a duration without months and years. */
export const lengthOf = (duration: string): number => roughLength(duration) ?? 0

/** As ISO 8601 with milliseconds: what a step's `after` holds. */
export function durationOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const rest = ms % 1000
  return `PT${seconds}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}S`
}

export const surroundingsOf = ({ setup, now }: Sim, actor: Actor): Surroundings => ({
  now,
  actor,
  people: peopleOf(setup.scenario),
  calendars: setup.calendars,
})

/** Paths of all states the job is in, parents too. */
export function statesOf(leaves: readonly string[]): Set<string> {
  const states = new Set<string>()
  for (const leaf of leaves) {
    const parts = leaf.split('.')
    for (let length = 1; length <= parts.length; length++) states.add(parts.slice(0, length).join('.'))
  }
  return states
}

/** A run that began with a job as it stood has no entry before its first step, but says where it stands. */
export function activeOf({ entries, lines }: Sim): readonly string[] {
  const last = entries.at(-1)
  if (last !== undefined) return last.active
  const begun = lines.find((line) => line.is === 'entered')
  return begun?.active ?? []
}
export const isIn = (sim: Sim, path: string): boolean => statesOf(activeOf(sim)).has(path)

/** An expression that cannot be told (a field is not set) does not hold. */
export function holds(sim: Sim, expression: Expression | undefined): boolean {
  if (expression === undefined) return true
  const { compiled, job, setup } = sim
  const frame = frameOf(compiled, job, surroundingsOf(sim, actorOf(setup.scenario, TRAINEE)))
  const standing = standingAt(restore(compiled, job.snapshot))
  const told = compiled.expressions.program(expression['@expr']).evaluate(variablesOf(frame, standing))
  return told.ok && told.value === true
}
