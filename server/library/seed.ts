/**
 * Puts the processes that come with the product into the library.
 *
 * Promises: each as version 1 on the first start; on later ones as a new version only where the shipped process
 * changed and nobody here published one of their own since, nor has a draft. Where the process asks people to agree
 * before it changes (GN-19), the new version is laid before them as a draft. Jobs keep their versions in any case.
 * Must not: overwrite what an organisation made of a process, or publish past its rule.
 */
import { hashOf } from '../../machines/definition/hash.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import type { Library } from '../store/library-port.ts'

/** The author of what was shipped; no person can have this id. */
const SHIPPED_BY = '@fieldchart'

/** Returns what was published, as `process vN`. */
export async function seedLibrary(
  library: Library,
  shipped: readonly Definition[],
  now: number,
): Promise<string[]> {
  const published: string[] = []
  for (const definition of shipped) {
    if (!(await isDue(library, definition))) continue
    if (await asksForAgreement(library, definition.id)) {
      await library.saveDraft(definition.id, 0, {
        definition,
        updatedAt: new Date(now).toISOString(),
        updatedBy: SHIPPED_BY,
      })
      continue
    }
    const { process, version } = await library.publish(definition.id, 0, {
      definition,
      note: 'Shipped with Fieldchart · 随 Fieldchart 提供',
      author: SHIPPED_BY,
      publishedAt: new Date(now).toISOString(),
    })
    published.push(`${process} v${version}`)
  }
  return published
}

async function asksForAgreement(library: Library, id: string): Promise<boolean> {
  const process = (await library.processes()).find((one) => one.id === id)
  return process?.approval !== undefined && process.approval.rule.kind !== 'none'
}

async function isDue(library: Library, definition: Definition): Promise<boolean> {
  if ((await library.draft(definition.id)) !== undefined) return false
  const latest = await library.latest(definition.id)
  return latest === undefined || (latest.author === SHIPPED_BY && latest.hash !== hashOf(definition))
}
