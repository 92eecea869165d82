/**
 * Bodies of `/api/sample`: the sample day.
 *
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'

export const SampleState = Type.Object(
  {
    /** Sample jobs that are there, also those that people started from others. 0: there is no sample day. */
    jobs: Type.Integer(),
    /** Jobs in all: with none the pages offer the sample day. */
    allJobs: Type.Integer(),
    /** Sample people who are not disabled. */
    people: Type.Integer(),
  },
  { additionalProperties: false },
)
export type SampleState = Static<typeof SampleState>
