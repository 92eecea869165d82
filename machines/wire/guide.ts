/**
 * Bodies of `/api/me/guide`: the first steps of whoever asks.
 *
 * Promises: names of steps are these and no others; which of them a role is shown is the pages' matter.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'

/** What the server sees for itself, in what people do and in what is there. */
const SEEN_STEPS = [
  'sample-made',
  'person-added',
  'draft-saved',
  'version-published',
  'job-started',
  'job-assigned',
  'job-worked',
  'item-ticked',
  'note-written',
  'call-taken',
] as const
/** What only the pages know: that somebody was there. */
const VISITED_STEPS = [
  'process-seen',
  'life-seen',
  'norms-seen',
  'move-seen',
  'jobs-seen',
  'job-seen',
  'inbox-seen',
  'work-seen',
  'call-seen',
  'dispatch-seen',
  'reviews-seen',
  'findings-seen',
] as const
export const GuideStep = Type.Enum([...SEEN_STEPS, ...VISITED_STEPS])
export type GuideStep = Static<typeof GuideStep>

const closed = { additionalProperties: false } as const
const Steps = Type.Array(GuideStep, { maxItems: 50, uniqueItems: true })

export const GuideView = Type.Object(
  {
    /** In no order. */
    done: Type.Array(GuideStep),
    /** He does not want to be shown it. */
    closed: Type.Boolean(),
  },
  closed,
)
export type GuideView = Static<typeof GuideView>

export const ChangeGuide = Type.Object(
  { done: Type.Optional(Steps), undone: Type.Optional(Steps), closed: Type.Optional(Type.Boolean()) },
  { ...closed, minProperties: 1 },
)
export type ChangeGuide = Static<typeof ChangeGuide>
