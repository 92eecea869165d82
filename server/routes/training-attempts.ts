/**
 * `/api/training/attempts`: rehearsals under way and over, each with its steps.
 *
 * Must not: count anything; the use case does.
 */
import Type from 'typebox'
import {
  AddSteps,
  AttemptMode,
  AttemptPage,
  AttemptStatus,
  AttemptView,
  FinishAttempt,
  StartAttempt,
  StepsAdded,
} from '../../machines/wire/training.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { problem } from '../problem-details.ts'
import { BadCursor } from '../store/port.ts'
import type { AttemptsPort } from '../training/attempts.ts'
import { ById, created, Id, Limit, ok, optional } from './answers.ts'

const closed = { additionalProperties: false } as const
const tags = ['training']
const PAGE = 50

export function attemptRoutes(app: App, attempts: AttemptsPort): void {
  app.post(
    '/api/training/attempts',
    {
      config: { right: 'training:attempt' },
      schema: {
        tags,
        summary: 'Begin a rehearsal of a scenario, in practice or as an examination',
        description:
          'The answer holds all that a page needs to run it: the scenario as it is now, the definition, the calendars and the seed. In an examination the scenario comes without explanations, hints, known runs and what is counted.',
        body: StartAttempt,
        response: created(AttemptView),
      },
    },
    async (request, reply) => {
      const attempt = await attempts.start(request.body, whoAsks(request).actor)
      return reply.code(201).header('location', `/api/training/attempts/${attempt.id}`).send(attempt)
    },
  )
  app.get(
    '/api/training/attempts',
    {
      config: { right: 'training:attempt' },
      schema: {
        tags,
        summary: 'Attempts, newest first: one’s own, or all for those entitled to results',
        querystring: Type.Object(
          {
            scenario: Type.Optional(Id),
            person: Type.Optional(Id),
            process: Type.Optional(Id),
            mode: Type.Optional(AttemptMode),
            status: Type.Optional(AttemptStatus),
            assignment: Type.Optional(Id),
            session: Type.Optional(Id),
            limit: Limit,
            cursor: Type.Optional(Type.String({ maxLength: 200 })),
          },
          closed,
        ),
        response: ok(AttemptPage),
      },
    },
    async (request) => {
      const { limit = PAGE, ...query } = request.query
      try {
        return await attempts.list({ limit, ...query }, whoAsks(request).actor)
      } catch (error) {
        throw error instanceof BadCursor ? problem('bad-cursor') : error
      }
    },
  )
  app.get(
    '/api/training/attempts/:id',
    {
      config: { right: 'training:attempt' },
      schema: {
        tags,
        summary: 'An attempt with its steps, and its score card once it is over',
        params: ById,
        response: ok(AttemptView),
      },
    },
    (request) => attempts.get(request.params.id, whoAsks(request).actor),
  )
  app.post(
    '/api/training/attempts/:id/steps',
    {
      config: { right: 'training:attempt' },
      schema: {
        tags,
        summary: 'Add steps to one’s own attempt; in practice also take some back',
        description:
          'Durable before the answer; the same steps again change nothing. `409 attempt-behind` holds the present `steps`, where the sender does not know of some. Steps after the end are left out: `count` says how many there are, `over` why it has ended.',
        params: ById,
        body: AddSteps,
        response: ok(StepsAdded),
      },
    },
    (request) => attempts.addSteps(request.params.id, request.body, whoAsks(request).actor),
  )
  app.post(
    '/api/training/attempts/:id/finish',
    {
      config: { right: 'training:attempt' },
      schema: {
        tags,
        summary: 'End one’s own attempt and have it counted',
        description:
          'The server replays all steps and counts for itself. Where the page `claimed` another result, the attempt is void: `422 attempt-forged`.',
        params: ById,
        body: optional(FinishAttempt),
        response: ok(AttemptView),
      },
    },
    (request) => attempts.finish(request.params.id, request.body ?? {}, whoAsks(request).actor),
  )
}
