import { CancelJob, MoveJob, ReassignJob, ResumeJob, SuspendJob } from '../../machines/wire/migrations.ts'
import type { App } from '../http/app-type.ts'
import type { MaskedJobs } from '../jobs/masked-jobs.ts'
import { optional } from './answers.ts'
import { acting, actingOn } from './job-acts.ts'

export function jobHandRoutes(app: App, jobs: Pick<MaskedJobs, 'act'>): void {
  const act = actingOn(jobs)

  const moving = acting('jobs:move', 'Put a job into a state, past the rules of its process')
  app.post(
    '/api/jobs/:id/move',
    { ...moving, schema: { ...moving.schema, body: MoveJob } },
    (request, reply) => act(request, reply, { kind: 'moveTo', ...request.body }),
  )
  const suspending = acting('jobs:suspend', 'Let a job rest: nothing moves it and no time runs')
  app.post(
    '/api/jobs/:id/suspend',
    { ...suspending, schema: { ...suspending.schema, body: SuspendJob } },
    (request, reply) => act(request, reply, { kind: 'suspend', ...request.body }),
  )
  const resuming = acting('jobs:suspend', 'Let a suspended job go on, with the time it had left')
  app.post(
    '/api/jobs/:id/resume',
    { ...resuming, schema: { ...resuming.schema, body: optional(ResumeJob) } },
    (request, reply) => act(request, reply, { kind: 'resume', ...request.body }),
  )
  const reassigning = acting('jobs:reassign', 'Give a job to another person')
  app.post(
    '/api/jobs/:id/reassign',
    { ...reassigning, schema: { ...reassigning.schema, body: ReassignJob } },
    (request, reply) => act(request, reply, { kind: 'reassign', ...request.body }),
  )
  const cancelling = acting('jobs:cancel', 'Call a job off where it stands')
  app.post(
    '/api/jobs/:id/cancel',
    { ...cancelling, schema: { ...cancelling.schema, body: CancelJob } },
    (request, reply) => act(request, reply, { kind: 'cancel', ...request.body }),
  )
}
