/**
 * `/api/sample`: the sample day.
 *
 * Must not: know what is in it.
 */
import { SampleState } from '../../machines/wire/sample.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { SamplePort } from '../sample/sample-day.ts'
import { ok } from './answers.ts'
import { withinOf } from './job-query.ts'

export function sampleRoutes(app: App, sample: SamplePort): void {
  const tags = ['sample']
  app.get(
    '/api/sample',
    {
      config: { right: 'sample:read' },
      schema: { tags, summary: 'Whether a sample day is there, and how large', response: ok(SampleState) },
    },
    (request) => sample.state(withinOf(request, 'jobs:read').within),
  )
  app.post(
    '/api/sample',
    {
      config: { right: 'sample:write' },
      schema: {
        tags,
        summary: 'Make a sample day: 40 jobs of all shipped processes in all stages, and people for them',
        description:
          'All jobs come in one commit, with earlier times, made by the same rules as any others. Where a sample day is there, nothing changes. The ids of its jobs and people begin with `sample-`.',
        response: ok(SampleState),
      },
    },
    (request) => sample.make(whoAsks(request).actor),
  )
  app.delete(
    '/api/sample',
    {
      config: { right: 'sample:write' },
      schema: {
        tags,
        summary: 'Take the sample day away, with all that was done to its jobs',
        description:
          'No other job is touched; sums and inboxes are as if it had never been there. Its people are disabled.',
        response: ok(SampleState),
      },
    },
    (request) => sample.remove(whoAsks(request).actor),
  )
}
