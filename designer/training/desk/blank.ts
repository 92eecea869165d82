/**
 * A scenario to begin with: empty, or copied.
 *
 * Promises: has the shape of a scenario, so that it can be kept at once; what is still missing is told by its problems.
 * Must not: read a clock or draw lots; both come in.
 */
import type { Definition, Role } from '../../../machines/definition/schema.ts'
import type { Scenario } from '../../../machines/simulate/scenario.ts'

const OUTSIDERS = new Set<string>(['customer', 'system', 'administrator', 'auditor', 'trainer'])

/** The role that most events of the process are for: who works it. */
export function workerOf(definition: Definition): Role | undefined {
  const counts = new Map<Role, number>()
  for (const { meta } of Object.values(definition.schemas.events))
    for (const role of meta.roles)
      if (role !== 'system' && !OUTSIDERS.has(role)) counts.set(role, (counts.get(role) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}

export type Beginning = {
  readonly id: string
  readonly process: string
  readonly title: Scenario['title']
  readonly role: Role
  readonly difficulty: Scenario['difficulty']
  /** ISO. */
  readonly now: string
  readonly seed: number
}

export const blankScenario = ({ id, process, title, role, difficulty, now, seed }: Beginning): Scenario => ({
  id,
  process,
  title,
  briefing: { en: '' },
  difficulty,
  tags: [],
  seed,
  start: {
    now,
    fields: {},
    trainee: { name: { en: 'Trainee', zh: '\u5b66\u5458' }, roles: [role] },
  },
  cast: {},
  happens: [],
  moves: [],
  rubric: { norms: {}, critical: [], passMark: 80 },
  runs: {},
})
