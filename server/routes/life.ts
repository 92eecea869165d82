/**
 * The life of processes: `/api/processes/:id/life` and `/api/norm-report`.
 *
 * Must not: add up anything; the use case asks the store, which keeps the sums.
 */
import Type, { type Static } from 'typebox'
import { NormReport, ReportJobs, ReportKey, ReportOutcome, VersionLife } from '../../machines/wire/life.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { LifePort } from '../jobs/life.ts'
import type { NormKey } from '../store/life-port.ts'
import { ById, Limit, ok } from './answers.ts'
import { withinOf } from './job-query.ts'

const closed = { additionalProperties: false } as const
const Day = Type.Optional(Type.String({ format: 'date' }))
const word = Type.Optional(Type.String({ minLength: 1, maxLength: 200 }))
const range = { from: Day, to: Day }
const filter = { norm: word, process: word, engineer: word, customer: word, ...range }
/** Each once: `norm,month`. */
const By = Type.Optional(
  Type.String({
    pattern: '^(norm|process|engineer|customer|month|day)(,(norm|process|engineer|customer|month|day)){0,5}$',
    description: 'What a row is of, separated by commas: norm, process, engineer, customer, month, day',
  }),
)
const LifeQuery = Type.Object(
  { version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })), ...range },
  closed,
)
const ReportQuery = Type.Object({ ...filter, by: By, limit: Limit }, closed)
const SheetQuery = Type.Object(
  { ...filter, by: By, language: Type.Optional(Type.Enum(['en', 'zh'])) },
  closed,
)
const JobsQuery = Type.Object(
  {
    ...filter,
    outcome: ReportOutcome,
    limit: Limit,
    cursor: Type.Optional(Type.String({ maxLength: 100 })),
  },
  closed,
)

const isKey = (key: string): key is NormKey => ReportKey.enum.some((known) => known === key)
const keysOf = (by: Static<typeof By> = 'norm'): NormKey[] => [...new Set(by.split(','))].filter(isKey)

export function lifeRoutes(app: App, life: LifePort): void {
  const tags = ['life']
  app.get(
    '/api/processes/:id/life',
    {
      config: { right: 'life:read' },
      schema: {
        tags,
        summary: 'A version with its running jobs by state, the time they stay, and where norms are broken',
        description:
          'Days are the organisation’s, both ends included. Times are of stays that ended in the range. Without `version`, the latest.',
        params: ById,
        querystring: LifeQuery,
        response: ok(VersionLife),
      },
    },
    (request) => {
      const { version, ...days } = request.query
      return life.version(request.params.id, version, days)
    },
  )
  app.get(
    '/api/norm-report',
    {
      config: { right: 'norms:report' },
      schema: {
        tags,
        summary: 'Norms met, late, broken and not applicable, worst first',
        description:
          'Met, late and broken count times: a deadline that ran out is late, any other breach broken. Not applicable counts jobs that ended without the norm having come up.',
        querystring: ReportQuery,
        response: ok(NormReport),
      },
    },
    (request) => {
      const { by, limit = 200, ...asked } = request.query
      return life.report(
        { ...asked, ...withinOf(request, 'norms:report') },
        keysOf(by),
        limit,
        whoAsks(request).actor,
      )
    },
  )
  app.get(
    '/api/norm-report/jobs',
    {
      config: { right: 'norms:report' },
      schema: {
        tags,
        summary: 'The jobs behind a number of the norm report, newest first',
        querystring: JobsQuery,
        response: ok(ReportJobs),
      },
    },
    (request) =>
      life.jobs(
        {
          ...request.query,
          ...withinOf(request, 'norms:report'),
          limit: request.query.limit ?? 50,
        },
        whoAsks(request).actor,
      ),
  )
  app.get(
    '/api/norm-report/sheet',
    {
      config: { right: 'norms:report' },
      schema: {
        tags,
        summary: 'The norm report as CSV (UTF-8, RFC 4180)',
        querystring: SheetQuery,
      },
    },
    async (request, reply) => {
      const { by, language = 'en', ...asked } = request.query
      const filter = { ...asked, ...withinOf(request, 'norms:report') }
      const sheet = await life.sheet(filter, keysOf(by), language, whoAsks(request).actor)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="norm-report.csv"')
        .header('cache-control', 'no-store')
        .send(sheet)
    },
  )
}
