/**
 * `/api/processes/:id/draft/rerun`: real jobs run through the draft.
 *
 * Must not: know what is compared.
 */
import { RerunJobs, RerunReport } from '../../machines/wire/rerun.ts'
import type { App } from '../http/app-type.ts'
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
