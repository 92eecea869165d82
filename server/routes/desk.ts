/**
 * The dispatcher's desk: `/api/jobs:batch`, `/api/jobs/board`, `/api/jobs/sheet`, and views of lists under `/api/me/views`.
 *
 * Must not: hold a rule; each act of a batch is judged as by its own route.
 */
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Batch, type BatchResult, BatchResults, Board, SaveView, ViewList } from '../../machines/wire/desk.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { conditionsOf } from '../http/conditions.ts'
import { problemFrom } from '../http/errors.ts'
import { type ActResult, type BatchPort, faultsOf } from '../jobs/batch.ts'
import type { BoardPort } from '../jobs/board.ts'
import type { JobSheetPort } from '../jobs/job-sheet.ts'
import type { SeenOutcome } from '../jobs/masked-jobs.ts'
import type { ViewsPort } from '../jobs/views.ts'
import { languageOf, problem, problemBody } from '../problem-details.ts'
import { ById, DryRun, ok } from './answers.ts'
import { filtering, filterOf, foundWithin, narrowing, Sort } from './job-query.ts'

const closed = { additionalProperties: false } as const
const BoardQuery = Type.Object(
  {
    process: Type.String({ minLength: 1, maxLength: 200 }),
    ...narrowing,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  },
  closed,
)
const SheetQuery = Type.Object(
  {
    ...filtering,
    sort: Sort,
    columns: Type.Optional(
      Type.String({
        maxLength: 2000,
        description: 'Separated by commas, in this order; fields of jobs as `f.<name>`',
      }),
    ),
    language: Type.Optional(Type.Enum(['en', 'zh'])),
  },
  closed,
)

export type DeskPorts = {
  batch: BatchPort<SeenOutcome>
  board: BoardPort
  sheet: JobSheetPort
  views: ViewsPort
}

export function deskRoutes(app: App, { batch, board, sheet, views }: DeskPorts): void {
  app.post(
    // Two colons are one in the address.
    '/api/jobs::batch',
    {
      config: { right: 'jobs:batch' },
      schema: {
        tags: ['jobs'],
        summary: 'Do something to many jobs at once, with a result for each',
        description:
          'Each act is what its own route would do, with the same rights and refusals; `results` are in the order of `acts`. A repeat with the same `Idempotency-Key` does what was left undone and answers for the rest as before.',
        querystring: DryRun,
        body: Batch,
        response: ok(BatchResults),
      },
    },
    async (request) => {
      const { dryRun } = request.query
      const conditions = conditionsOf(request, request.body, dryRun)
      const results = await batch.act(request.body.acts, whoAsks(request).actor, conditions)
      for (const error of faultsOf(results)) request.log.error({ err: error }, 'an act of a batch failed')
      const answerTo = answering(request)
      return { results: request.body.acts.map(({ job }, at) => answerTo(job, results[at])) }
    },
  )

  app.get(
    '/api/jobs/board',
    {
      config: { right: 'jobs:list' },
      schema: {
        tags: ['jobs'],
        summary: 'The active jobs of a process by state, those due first on top',
        querystring: BoardQuery,
        response: ok(Board),
      },
    },
    (request) => {
      const { process, limit = 20, ...filter } = request.query
      const within = foundWithin(request, 'jobs:list', filter)
      return board.board(process, { ...filter, ...within }, limit, whoAsks(request).actor)
    },
  )

  app.get(
    '/api/jobs/sheet',
    {
      config: { right: 'jobs:list' },
      schema: { tags: ['jobs'], summary: 'Found jobs as CSV (UTF-8, RFC 4180)', querystring: SheetQuery },
    },
    (request, reply) => {
      const { sort = '-createdAt', columns, language = 'en', ...asked } = request.query
      const query = { ...filterOf(asked), ...foundWithin(request, 'jobs:list', asked), sort }
      const lines = sheet.sheet(query, columns?.split(','), language, whoAsks(request).actor)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="jobs.csv"')
        .header('cache-control', 'no-store')
        .send(Readable.from(lines))
    },
  )

  viewRoutes(app, views)
}

/** The result of an act, problems in the reader's language. */
function answering(
  request: FastifyRequest,
): (job: string, result: ActResult<SeenOutcome> | undefined) => BatchResult {
  const language = languageOf(request.headers['accept-language'])
  return (job, result) => {
    if (result !== undefined && 'outcome' in result) {
      const { seq, status, active } = result.outcome.job
      return { job, status: 200, after: { seq, status, active } }
    }
    const found = problemFrom(result?.error) ?? problem('internal')
    return { job, status: found.status, problem: problemBody(found, language, request.id) }
  }
}

function viewRoutes(app: App, views: ViewsPort): void {
  const tags = ['me']
  const config = { right: 'views:use' as const }
  const response = ok(ViewList)
  const me = (request: Pick<FastifyRequest, 'identity'>): string => whoAsks(request).person.id
  app.get(
    '/api/me/views',
    { config, schema: { tags, summary: 'The views of lists that whoever asks keeps', response } },
    (request) => views.list(me(request)),
  )
  app.post(
    '/api/me/views',
    { config, schema: { tags, summary: 'Keep a view', body: SaveView, response } },
    (request) => views.create(me(request), request.body),
  )
  app.put(
    '/api/me/views/:id',
    { config, schema: { tags, summary: 'Keep a view otherwise', params: ById, body: SaveView, response } },
    (request) => views.change(me(request), request.params.id, request.body),
  )
  app.delete(
    '/api/me/views/:id',
    { config, schema: { tags, summary: 'Drop a view', params: ById, response } },
    (request) => views.drop(me(request), request.params.id),
  )
}
