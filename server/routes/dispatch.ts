/**
 * Handing out jobs: `/api/dispatch`.
 *
 * Must not: assign; a job is given to somebody by its own event, or by hand (`job-hands.ts`).
 */
import Type from 'typebox'
import { Candidates, DispatchDay } from '../../machines/wire/dispatch.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { DispatchPort } from '../jobs/dispatch.ts'
import { Id, Limit, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const word = Type.Optional(Type.String({ minLength: 1, maxLength: 200 }))
const Day = Type.Optional(Type.String({ format: 'date' }))
const Minutes = Type.Optional(
  Type.Integer({ minimum: 15, maximum: 720, description: 'How long a visit is reckoned to last; 120' }),
)
const DayQuery = Type.Object(
  { date: Day, process: word, region: word, text: word, minutes: Minutes, limit: Limit },
  closed,
)
const CandidatesQuery = Type.Object({ job: Id, date: Day, minutes: Minutes }, closed)

export function dispatchRoutes(app: App, dispatch: DispatchPort): void {
  const tags = ['dispatch']
  app.get(
    '/api/dispatch/day',
    {
      config: { right: 'dispatch:read' },
      schema: {
        tags,
        summary: 'What waits to be assigned, and every engineer’s jobs of a day',
        description:
          'The day is the organisation’s; without `date`, today. A region keeps the jobs of it, and the engineers who work there or everywhere. Jobs without an appointment stand at their earliest deadline.',
        querystring: DayQuery,
        response: ok(DispatchDay),
      },
    },
    (request) =>
      dispatch.day({ ...request.query, limit: request.query.limit ?? 100 }, whoAsks(request).actor),
  )
  app.get(
    '/api/dispatch/candidates',
    {
      config: { right: 'dispatch:read' },
      schema: {
        tags,
        summary: 'Whom a job suits, best first, with the reasons; and the event that gives it to him',
        description:
          'Judged for the time of the appointment: free, certified (GN-17), of the region (HV-40), within working hours (GN-01) or with overtime agreed beforehand (GN-02). `date` counts only for a job without an appointment.',
        querystring: CandidatesQuery,
        response: ok(Candidates),
      },
    },
    (request) => dispatch.candidates(request.query, whoAsks(request).actor),
  )
}
