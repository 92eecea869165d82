/**
 * `/api/reviews`, `/api/work-log`, `/api/surveys`: people's work by period and day, and what customers said of it.
 *
 * Must not: decide whose review one may see; the use case does, for it depends on whose it is.
 */
import Type from 'typebox'
import {
  AddSurvey,
  AnswerReview,
  DecideReview,
  Period,
  ReviewList,
  ReviewSheet,
  Survey,
  SurveyList,
  SurveyView,
  WithdrawSurvey,
  WorkLog,
} from '../../machines/wire/reviews.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag, requiredIfMatch } from '../http/conditions.ts'
import type { ReviewsPort } from '../reviews/reviews.ts'
import type { SurveysPort } from '../reviews/surveys.ts'
import type { WorkLogPort } from '../reviews/work-log.ts'
import { After, ById, created, Id, Limit, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const ByPerson = Type.Object({ period: Period, person: Id }, closed)

export function reviewRoutes(app: App, reviews: ReviewsPort): void {
  const tags = ['reviews']
  app.get(
    '/api/reviews',
    {
      config: { right: 'reviews:read' },
      schema: {
        tags,
        summary: 'Everybody’s measures of a period, with what the rule proposes and what was decided',
        querystring: Type.Object({ period: Period }, closed),
        response: ok(ReviewList),
      },
    },
    (request) => reviews.list(request.query.period, whoAsks(request).actor),
  )
  app.get(
    '/api/reviews/:period/:person',
    {
      config: { right: 'reviews:own' },
      schema: {
        tags,
        summary: 'One person’s review: his own, or anybody’s for those entitled',
        params: ByPerson,
        response: ok(ReviewSheet),
      },
    },
    async (request, reply) => {
      const { person, period } = request.params
      const sheet = await reviews.sheet(person, period, whoAsks(request).actor)
      reply.header('etag', etag(sheet.revision))
      return sheet
    },
  )
  app.post(
    '/api/reviews/:period/:person/decisions',
    {
      config: { right: 'reviews:decide' },
      schema: {
        tags,
        summary: 'Decide what follows; the measures of the moment are kept with it',
        description:
          '`If-Match` with the ETag of the sheet. `departs` says why, where it is milder than the proposal.',
        params: ByPerson,
        body: DecideReview,
        response: created(ReviewSheet),
      },
    },
    async (request, reply) => {
      const at = { ...request.params, revision: requiredIfMatch(request) }
      const sheet = await reviews.decide(at, request.body, whoAsks(request).actor)
      return reply.code(201).header('etag', etag(sheet.revision)).send(sheet)
    },
  )
  app.post(
    '/api/reviews/:period/:person/answers',
    {
      config: { right: 'reviews:own' },
      schema: {
        tags,
        summary: 'Answer to one’s own review',
        description: '`If-Match` with the ETag of the sheet.',
        params: ByPerson,
        body: AnswerReview,
        response: created(ReviewSheet),
      },
    },
    async (request, reply) => {
      const at = { ...request.params, revision: requiredIfMatch(request) }
      const sheet = await reviews.answer(at, request.body, whoAsks(request).actor)
      return reply.code(201).header('etag', etag(sheet.revision)).send(sheet)
    },
  )
}

export function workLogRoutes(app: App, log: WorkLogPort): void {
  app.get(
    '/api/work-log',
    {
      config: { right: 'reviews:own' },
      schema: {
        tags: ['reviews'],
        summary: 'What a person did on a day, made from the histories of jobs',
        description:
          'Without `person` one’s own; another’s for those entitled to reviews. Without `day` today’s.',
        querystring: Type.Object(
          {
            person: Type.Optional(Id),
            day: Type.Optional(Type.String({ format: 'date' })),
            after: After,
            limit: Limit,
          },
          closed,
        ),
        response: ok(WorkLog),
      },
    },
    (request) => {
      const { actor } = whoAsks(request)
      const { person = actor.id, day, after = 0, limit = 200 } = request.query
      return log.day({ person, after, limit, ...(day === undefined ? {} : { day }) }, actor)
    },
  )
}

export function surveyRoutes(app: App, surveys: SurveysPort): void {
  const tags = ['reviews']
  app.get(
    '/api/surveys',
    {
      config: { right: 'surveys:read' },
      schema: {
        tags,
        summary: 'What customers answered, newest first; withdrawn ones too',
        querystring: Type.Object(
          {
            period: Type.Optional(Period),
            customer: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          },
          closed,
        ),
        response: ok(SurveyList),
      },
    },
    async (request) => ({ surveys: await surveys.list(request.query, whoAsks(request).actor) }),
  )
  app.post(
    '/api/surveys',
    {
      config: { right: 'surveys:write' },
      schema: { tags, summary: 'Record a customer’s answers', body: AddSurvey, response: created(Survey) },
    },
    async (request, reply) =>
      reply.code(201).send(await surveys.add(request.body, whoAsks(request).person.id)),
  )
  app.post(
    '/api/surveys/:id/withdraw',
    {
      config: { right: 'surveys:write' },
      schema: {
        tags,
        summary: 'Let a record no longer count, with the reason',
        params: ById,
        body: WithdrawSurvey,
        response: ok(SurveyView),
      },
    },
    (request) => surveys.withdraw(request.params.id, request.body.reason, whoAsks(request).actor),
  )
}
