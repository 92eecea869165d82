/**
 * Puts the scenarios that come with the product into the library.
 *
 * Promises: each on the first start; on later ones anew only where the shipped one changed and nobody here changed theirs. One
 * that was deleted here stays away.
 * Must not: overwrite what an organisation made of a scenario.
 */
import { hashOf } from '../../machines/definition/hash.ts'
import type { Scenario } from '../../machines/simulate/scenario.ts'
import type { Library } from '../store/library-port.ts'

/** The author of what was shipped; no person can have this id. */
const SHIPPED_BY = '@fieldchart'

/** Returns the ids of those put in. */
export async function seedScenarios(
  library: Library,
  shipped: readonly Scenario[],
  now: number,
): Promise<string[]> {
  const put: string[] = []
  for (const scenario of shipped) {
    const hash = hashOf(scenario)
    const present = await library.scenario(scenario.id)
    const untouched = present !== undefined && present.shipped === hashOf(present.scenario)
    const due =
      present === undefined
        ? (await library.scenarioRevision(scenario.id)) === 0
        : untouched && present.shipped !== hash
    if (!due) continue
    const said = { updatedAt: new Date(now).toISOString(), updatedBy: SHIPPED_BY, shipped: hash }
    await library.saveScenario(present?.revision ?? 0, { scenario, ...said })
    put.push(scenario.id)
  }
  return put
}
