/**
 * What real jobs are good for beside the work itself: `/api/processes/:id/draft/rerun` runs them through the draft,
 * `/api/jobs/:id/scenario` makes a scenario of one.
 *
 * Must not: know what is compared or replaced.
 */
import { JobScenario } from '../../machines/wire/job-scenario.ts'
import { RerunJobs, RerunReport } from '../../machines/wire/rerun.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import type { ScenarioFromJob } from '../training/from-job.ts'
import type { RerunPort } from '../training/rerun.ts'
import { ById, ok } from './answers.ts'

export function rerunRoutes(app: App, rerun: RerunPort): void {
  app.post(
    '/api/processes/:id/draft/rerun',
    {
      config: { right: 'drafts:rerun' },
      schema: {
        tags: ['drafts'],
        summary: 'What the last jobs that are over would have come to by the draft',
        description:
          'Each job is done over again from its history: its commands at their times, by the same persons with the certificates of then, and the draft’s own deadlines between them. Nothing is changed. `next` goes on with earlier jobs; a request that is given up stops.',
        params: ById,
        body: RerunJobs,
        response: ok(RerunReport),
      },
    },
    (request, reply) => {
      const gone = new AbortController()
      reply.raw.on('close', () => gone.abort())
      return rerun.run(request.params.id, request.body, gone.signal)
    },
  )
}

export function jobScenarioRoutes(
  app: App,
  jobs: Pick<JobsPort, 'mustReach'>,
  fromJob: ScenarioFromJob,
): void {
  app.post(
    '/api/jobs/:id/scenario',
    {
      config: { right: 'jobs:scenario' },
      schema: {
        tags: ['training'],
        summary: 'A scenario from a real job, with other people, places and days',
        description:
          'Made from the job’s history and stored nowhere. Persons, personal fields, every text that somebody typed and files are replaced, days moved by whole weeks; the same value by the same stand-in. `differs` says where it takes another course than the job did, `leftOut` what it has not. Read it over before others see it: what a case was about can tell of whom it was.',
        params: ById,
        response: ok(JobScenario),
      },
    },
    async (request) => {
      const { id } = request.params
      await jobs.mustReach(id, 'jobs:scenario', whoAsks(request).actor)
      return fromJob(id)
    },
  )
}
