/**
 * The validator, off the page's own thread: a large definition takes a tenth of a second and more.
 *
 * Must not: hold a rule, or remember anything between two checks.
 */
import type { Definition } from '../../machines/definition/schema.ts'
import { defaultContext, validate } from '../../machines/validate/validate.ts'

export type Check = {
  definition: unknown
  calendars: readonly string[]
  /** Those that the definition speaks of. */
  processes: readonly Pick<Definition, 'id' | 'schemas'>[]
}

addEventListener('message', ({ data }: MessageEvent<Check>) => {
  const { definition, calendars, processes } = data
  postMessage(validate(definition, { ...defaultContext(processes), calendars: new Set(calendars) }))
})
