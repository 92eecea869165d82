/**
 * `/api/training/scenarios`, `/api/training/check` and `/api/processes/:id/scenarios`: the library of scenarios, and scenarios as tests.
 *
 * Must not: judge a scenario; the use cases do.
 */
import Type from 'typebox'
import {
  CheckedScenario,
  CheckScenario,
  RequireScenarios,
  SaveScenario,
  ScenarioList,
  ScenarioRuns,
  ScenarioView,
} from '../../machines/wire/training.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag, requiredIfMatch } from '../http/conditions.ts'
import type { ProcessRunsPort } from '../training/process-runs.ts'
import type { ScenariosPort } from '../training/scenarios.ts'
import { ById, created, nothing, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const tags = ['training']

export function scenarioRoutes(app: App, scenarios: ScenariosPort, runs: ProcessRunsPort): void {
  app.get(
    '/api/training/scenarios',
    {
      config: { right: 'training:read' },
      schema: { tags, summary: 'All scenarios, by id', response: ok(ScenarioList) },
    },
    () => scenarios.list(),
  )
  app.post(
    '/api/training/scenarios',
    {
      config: { right: 'training:write' },
      schema: {
        tags,
        summary: 'Keep a new scenario',
        description: 'What is wrong with it is in `problems`; it can be kept all the same.',
        body: SaveScenario,
        response: created(ScenarioView),
      },
    },
    async (request, reply) => {
      const { scenario } = request.body
      const saved = await scenarios.save(scenario.id, 0, scenario, whoAsks(request).actor)
      return reply.code(201).header('etag', etag(saved.revision)).send(saved)
    },
  )
  app.get(
    '/api/training/scenarios/:id',
    {
      config: { right: 'training:write' },
      schema: {
        tags,
        summary: 'A scenario whole, with what is wrong with it now',
        params: ById,
        response: ok(ScenarioView),
      },
    },
    async (request, reply) => {
      const found = await scenarios.get(request.params.id)
      reply.header('etag', etag(found.revision))
      return found
    },
  )
  app.put(
    '/api/training/scenarios/:id',
    {
      config: { right: 'training:write' },
      schema: {
        tags,
        summary: 'Save a scenario',
        description: '`If-Match` with the ETag that was read.',
        params: ById,
        body: SaveScenario,
        response: ok(ScenarioView),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const expected = requiredIfMatch(request)
      const saved = await scenarios.save(id, expected, request.body.scenario, whoAsks(request).actor)
      reply.header('etag', etag(saved.revision))
      return saved
    },
  )
  app.delete(
    '/api/training/scenarios/:id',
    {
      config: { right: 'training:write' },
      schema: {
        tags,
        summary: 'Delete a scenario; attempts keep theirs',
        params: ById,
        response: nothing,
      },
    },
    async (request, reply) => {
      await scenarios.delete(request.params.id, requiredIfMatch(request), whoAsks(request).actor)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/training/check',
    {
      config: { right: 'training:write' },
      schema: {
        tags,
        summary: 'What is wrong with a scenario as typed, and how its known runs come out',
        body: CheckScenario,
        response: ok(CheckedScenario),
      },
    },
    (request) => scenarios.check(request.body.scenario, request.body.draft === true),
  )
  app.get(
    '/api/processes/:id/scenarios/runs',
    {
      config: { right: 'training:read' },
      schema: {
        tags,
        summary: 'All scenarios of a process run at once',
        description: 'With `draft=true` on the draft, beside how each comes out on the latest version.',
        params: ById,
        querystring: Type.Object({ draft: Type.Optional(Type.Boolean()) }, closed),
        response: ok(ScenarioRuns),
      },
    },
    (request) => runs.runs(request.params.id, request.query.draft === true),
  )
  app.put(
    '/api/processes/:id/scenarios/required',
    {
      config: { right: 'approval:write' },
      schema: {
        tags,
        summary: 'Whether a process is published only where its scenarios come out as they say',
        params: ById,
        body: RequireScenarios,
        response: ok(RequireScenarios),
      },
    },
    (request) => runs.require(request.params.id, request.body.required, whoAsks(request).actor),
  )
}
