/**
 * `/api/privacy`: what is kept of a person, given out and erased; `/api/processes/:id/retention`: how long.
 *
 * Must not: know what is personal, or where it stands.
 */
import {
  ErasePersonal,
  EraseReport,
  ExportPersonal,
  PersonalData,
  Retention,
  SetRetention,
} from '../../machines/wire/privacy.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { PrivacyPort } from '../privacy/privacy.ts'
import type { RetentionPort } from '../privacy/retention.ts'
import { ById, ok } from './answers.ts'

const config = { right: 'privacy:manage' } as const

export function privacyRoutes(app: App, privacy: PrivacyPort, retention: RetentionPort): void {
  const tags = ['privacy']
  app.post(
    '/api/privacy/export',
    {
      config,
      schema: {
        tags,
        summary: 'All that is kept of a person',
        description:
          'His jobs with their histories, those they belong to, and surveys of the customer. Files of evidence are named by their hash.',
        body: ExportPersonal,
        response: ok(PersonalData),
      },
    },
    async (request, reply) => {
      const data = await privacy.collect(request.body)
      reply.header('content-disposition', 'attachment; filename="personal-data.json"')
      return data
    },
  )
  app.post(
    '/api/privacy/erase',
    {
      config,
      schema: {
        tags,
        summary: 'Erase what is personal in jobs that are over',
        description:
          'States, times, deadlines and norms stay; personal fields, everything that somebody typed or signed, and files of evidence are gone from every file of the data folder when this answers. It cannot be undone: ask with `dryRun` first. Jobs that go on are left, and told as `open`. Backups made before still hold it.',
        body: ErasePersonal,
        response: ok(EraseReport),
      },
    },
    (request) => privacy.erase(request.body, whoAsks(request).actor),
  )
  app.get(
    '/api/processes/:id/retention',
    {
      config: { right: 'processes:read' },
      schema: {
        tags,
        summary: 'How long what is personal in jobs of a process is kept',
        params: ById,
        response: ok(Retention),
      },
    },
    (request) => retention.get(request.params.id),
  )
  app.put(
    '/api/processes/:id/retention',
    {
      config,
      schema: {
        tags,
        summary: 'Set how long',
        description:
          'Days after the last that happened to a job that is over. What is due is erased within the hour, as by `POST /api/privacy/erase`, but each job by itself.',
        params: ById,
        body: SetRetention,
        response: ok(Retention),
      },
    },
    (request) => retention.set(request.params.id, request.body, whoAsks(request).actor.id),
  )
}
