/**
 * Event descriptors, the keys of `on`: an event's type, `*` for any, `visit.*` for `visit` and all that begins with it.
 *
 * Promises: matches as XState does. Must not: know which of several matches wins.
 */

/** Whether an event's type answers to a descriptor. */
export function matchesDescriptor(descriptor: string, type: string): boolean {
  if (descriptor === '*' || descriptor === type) return true
  if (!descriptor.endsWith('.*')) return false
  const prefix = descriptor.slice(0, -2)
  return type === prefix || type.startsWith(`${prefix}.`)
}

/** Whether it can match more than one event. */
export const isWildcard = (descriptor: string): boolean => descriptor === '*' || descriptor.endsWith('.*')
