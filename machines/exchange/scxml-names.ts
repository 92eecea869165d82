/**
 * The words of SCXML and of our own elements in it, for writing and reading alike.
 *
 * Must not: hold behaviour.
 */
export const SCXML = 'http://www.w3.org/2005/07/scxml'
/** The address of our elements and attributes. */
export const OURS = 'urn:fieldchart:scxml:1'
export const ours = (name: string): string => `${OURS}|${name}`
export const PREFIX = 'fieldchart'

/** Our transitions in `after` wait for these events. */
export const afterEvent = (delay: string, id: string): string => `after.${delay}.${id}`
export const doneEvent = (id: string): string => `done.state.${id}`
/** Names of events at the beginning of which another program's meaning lies. */
export const isDone = (event: string): boolean => event.startsWith('done.state.')
