/**
 * An application with a small process and a scenario of it, and short words for rehearsing over HTTP.
 */
import type { LightMyRequestResponse } from 'fastify'
import type { Role } from '../../../machines/definition/schema.ts'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'
import { firstDay } from '../../../machines/processes/site-safety/scenarios/first-day.ts'
import type { Scenario, Step } from '../../../machines/simulate/scenario.ts'
import { seedScenarios } from '../../../server/training/seed-scenarios.ts'
import { createWorld, type World, type WorldOptions } from '../http/harness.ts'

export { firstDay }
export const BY_THE_BOOK: readonly Step[] = firstDay.runs['by-the-book']?.steps ?? []
export const ENVELOPE: readonly Step[] = firstDay.runs['red-envelope']?.steps ?? []
export const HOUR = 3600 * 1000

export type Room = World & {
  begin(mode?: 'practice' | 'examination', role?: Role, more?: object): Promise<string>
  steps(
    id: string,
    from: number,
    steps: readonly Step[],
    more?: { role?: Role; count?: number },
  ): Promise<LightMyRequestResponse>
  finish(id: string, claimed?: object, role?: Role): Promise<LightMyRequestResponse>
  /** An examination gone through by the book and ended. */
  pass(role?: Role, more?: object): Promise<string>
}

export async function createRoom(
  options: WorldOptions & { scenarios?: readonly Scenario[] } = {},
): Promise<Room> {
  const world = await createWorld({ processes: [siteSafety], ...options })
  const { as, wall } = world
  await seedScenarios(world.library, options.scenarios ?? [firstDay], wall.now())
  const begin: Room['begin'] = async (mode = 'practice', role = 'engineer', more = {}) => {
    const answer = await as(role, 'POST', '/api/training/attempts', {
      scenario: firstDay.id,
      mode,
      ...more,
    })
    return answer.json().id
  }
  const steps: Room['steps'] = (id, from, added, { role = 'engineer', count } = {}) =>
    as(role, 'POST', `/api/training/attempts/${id}/steps`, {
      from,
      steps: added,
      ...(count === undefined ? {} : { count }),
    })
  const finish: Room['finish'] = (id, claimed, role = 'engineer') =>
    as(role, 'POST', `/api/training/attempts/${id}/finish`, claimed === undefined ? {} : { claimed })
  return {
    ...world,
    begin,
    steps,
    finish,
    pass: async (role = 'engineer', more = {}) => {
      const id = await begin('examination', role, more)
      wall.set(wall.now() + HOUR)
      await steps(id, 0, BY_THE_BOOK, { role })
      await finish(id, undefined, role)
      return id
    },
  }
}
