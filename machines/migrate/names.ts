/**
 * How states, fields and moments are called in what is said of a move.
 *
 * Must not: decide anything.
 */
import type { Reason } from '../advance/job.ts'
import { inWords } from '../compile/reasons.ts'
import { own } from '../definition/check-value.ts'
import type { Definition } from '../definition/schema.ts'
import type { TreeNode } from '../definition/tree.ts'
import { toLocal, zoneOf } from '../time/zone.ts'

export type Words = { en: string; zh: string }
/** What a move brings for one job, and what stands in its way: both in words, by a code. */
export const say = (code: string, en: string, zh: string, more: Partial<Reason> = {}): Reason => ({
  code,
  message: { en, zh },
  ...more,
})

export const stateTitle = (node: TreeNode): Words => inWords(node.node.meta?.title, node.path)
export const fieldTitle = ({ schemas }: Definition, name: string): Words =>
  inWords(own(schemas.context.properties, name)?.meta?.title, name)
export const delayTitle = ({ delays }: Definition, name: string): Words =>
  inWords(own(delays, name)?.meta?.title, name)

/** A moment to the minute, on the clocks of the organisation. */
export const moment = (iso: string, timeZone: string): string =>
  new Date(toLocal(zoneOf(timeZone), Date.parse(iso))).toISOString().slice(0, 16).replace('T', ' ')
