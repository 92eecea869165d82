/**
 * `/api/training/results`: what rehearsals came to, by person, by norm and on the drawing of a process.
 *
 * Must not: add up anything.
 */
import Type from 'typebox'
import { Role } from '../../machines/definition/schema.ts'
import { AttemptMode, TrainingResults } from '../../machines/wire/training.ts'
import type { App } from '../http/app-type.ts'
import { languageOf } from '../problem-details.ts'
import type { ResultsPort } from '../training/results.ts'
import { Id, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const tags = ['training']
const Day = Type.String({ format: 'date' })
const filters = {
  process: Type.Optional(Id),
  person: Type.Optional(Id),
  role: Type.Optional(Role),
  /** Of those who work there by name. */
  region: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  mode: Type.Optional(AttemptMode),
  /** Both within. */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
}

export function trainingResultRoutes(app: App, results: ResultsPort): void {
  app.get(
    '/api/training/results',
    {
      config: { right: 'training:results' },
      schema: {
        tags,
        summary:
          'What attempts that are over came to: by person, by norm, and what of a process was practised',
        description:
          '`from` and `to` are days, both within. With `process` also how often each of its transitions and states was gone through.',
        querystring: Type.Object(filters, closed),
        response: ok(TrainingResults),
      },
    },
    (request) => results.results(request.query),
  )
  app.get(
    '/api/training/results.csv',
    {
      config: { right: 'training:results' },
      schema: {
        tags,
        summary: 'The results by person or by norm as CSV (UTF-8, RFC 4180)',
        querystring: Type.Object(
          {
            ...filters,
            by: Type.Optional(Type.Enum(['people', 'norms'])),
            language: Type.Optional(Type.Enum(['en', 'zh'])),
          },
          closed,
        ),
      },
    },
    async (request, reply) => {
      const {
        by = 'people',
        language = languageOf(request.headers['accept-language']),
        ...query
      } = request.query
      const sheet = await results.sheet(query, by, language)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="training-${by}.csv"`)
        .header('cache-control', 'no-store')
        .send(sheet)
    },
  )
}
