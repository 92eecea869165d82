/**
 * `/api/processes/:id/migrations`: running jobs moved to another version.
 *
 * Must not: know how a job is moved; the use case does.
 */
import Type from 'typebox'
import {
  MigrationDetail,
  MigrationList,
  MovedJobs,
  MoveOutcome,
  StartMigration,
} from '../../machines/wire/migrations.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { MigrationsPort } from '../jobs/migrations.ts'
import { ById, created, DryRun, Id, Limit, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const ByMigration = Type.Object({ id: Id, migration: Id }, closed)
const ResultQuery = Type.Object(
  {
    after: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Limit,
    outcome: Type.Optional(MoveOutcome),
    /** A path: jobs that were in it or below it. */
    state: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  closed,
)

export function migrationRoutes(app: App, migrations: MigrationsPort): void {
  const tags = ['migrations']
  app.post(
    '/api/processes/:id/migrations',
    {
      config: { right: 'migrations:run' },
      schema: {
        tags,
        summary: 'Begin to move running jobs to another version',
        description:
          'It goes on by itself; `GET` tells how far it is. With `dryRun=true` no job is moved, and what would become of each is told by the same routes.',
        params: ById,
        querystring: DryRun,
        body: StartMigration,
        response: created(MigrationDetail),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { dryRun = false } = request.query
      const run = await migrations.begin(id, request.body, whoAsks(request).actor, dryRun)
      return reply.code(201).header('location', `/api/processes/${id}/migrations/${run.id}`).send(run)
    },
  )
  app.get(
    '/api/processes/:id/migrations',
    {
      config: { right: 'migrations:read' },
      schema: {
        tags,
        summary: 'Migrations of a process, newest first',
        params: ById,
        response: ok(MigrationList),
      },
    },
    async (request) => ({ migrations: await migrations.list(request.params.id) }),
  )
  app.get(
    '/api/processes/:id/migrations/:migration',
    {
      config: { right: 'migrations:read' },
      schema: {
        tags,
        summary: 'A migration, how far it is, and what came of the jobs by state',
        params: ByMigration,
        response: ok(MigrationDetail),
      },
    },
    (request) => migrations.get(request.params.id, request.params.migration),
  )
  app.get(
    '/api/processes/:id/migrations/:migration/jobs',
    {
      config: { right: 'migrations:read' },
      schema: {
        tags,
        summary: 'What came of each job, by job id',
        params: ByMigration,
        querystring: ResultQuery,
        response: ok(MovedJobs),
      },
    },
    (request) => {
      const { limit = 100, ...query } = request.query
      return migrations.results(request.params.id, request.params.migration, { ...query, limit })
    },
  )
  const acting = (summary: string) => ({
    config: { right: 'migrations:run' as const },
    schema: { tags, summary, params: ByMigration, response: ok(MigrationDetail) },
  })
  app.post(
    '/api/processes/:id/migrations/:migration/stop',
    acting('Stop a migration; jobs that were moved stay moved'),
    (request) => migrations.stop(request.params.id, request.params.migration),
  )
  app.post(
    '/api/processes/:id/migrations/:migration/resume',
    acting('Go on with a migration that was stopped or broke off'),
    (request) => migrations.resume(request.params.id, request.params.migration),
  )
}
