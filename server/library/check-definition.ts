/**
 * Validation of a definition against what is in force here: the calendars of the settings, the published processes.
 *
 * Must not: hold a rule of its own; `machines/validate` holds them.
 */
import { Compile, type Validator } from 'typebox/compile'
import { Definition } from '../../machines/definition/schema.ts'
import { defaultContext, isPublishable, validate } from '../../machines/validate/validate.ts'
import type { Library } from '../store/library-port.ts'
import type { CheckDefinition } from './check-draft.ts'

/** Made when the first draft is checked: it takes a third of a second, which a start has better use for. */
let shape: Validator<Record<never, never>, typeof Definition> | undefined
const isDefinition = (value: unknown): value is Definition => {
  shape ??= Compile(Definition)
  return shape.Check(value)
}

/** The definitions of the latest versions of all processes. */
export async function latestDefinitions(library: Library): Promise<Definition[]> {
  const processes = await library.processes()
  const versions = await Promise.all(processes.map(({ id }) => library.latest(id)))
  return versions.flatMap((version) => (version === undefined ? [] : [version.definition]))
}

export const createCheck =
  (library: Library): CheckDefinition =>
  async (definition) => {
    const [known, { value }] = await Promise.all([latestDefinitions(library), library.settings()])
    const context = { ...defaultContext(known), calendars: new Set(Object.keys(value.calendars)) }
    const problems = validate(definition, context)
    return isPublishable(problems) && isDefinition(definition) ? { problems, definition } : { problems }
  }
