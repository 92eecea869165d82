/**
 * Where attempts find the scenario that is rehearsed.
 */
import { scenarios as repair } from '../../machines/processes/depot-repair/scenarios.ts'
import { scenarios as residency } from '../../machines/processes/on-site-residency/scenarios.ts'
import { scenarios as safety } from '../../machines/processes/site-safety/scenarios.ts'
import type { KeptScenario } from './attempts.ts'

const SHIPPED = new Map([...repair, ...residency, ...safety].map((one) => [one.id, one]))

/** Those that come with the product. */
export async function shippedScenario(id: string): Promise<KeptScenario | undefined> {
  const scenario = SHIPPED.get(id)
  return scenario === undefined ? undefined : { revision: 1, scenario }
}
