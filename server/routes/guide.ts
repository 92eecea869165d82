/**
 * `/api/me/guide`: the first steps of whoever asks.
 *
 * Must not: take a person's id: everybody has his own and no other.
 */
import { ChangeGuide, GuideView } from '../../machines/wire/guide.ts'
import type { GuidePort } from '../access/guide.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { ok } from './answers.ts'

export function guideRoutes(app: App, guide: GuidePort): void {
  const tags = ['session']
  const config = { right: 'me:read' as const }
  app.get(
    '/api/me/guide',
    { config, schema: { tags, summary: 'Which first steps whoever asks has done', response: ok(GuideView) } },
    (request) => guide.read(whoAsks(request).person.id),
  )
  app.patch(
    '/api/me/guide',
    {
      config,
      schema: {
        tags,
        summary: 'Tick first steps by hand, untick them, or put the list away',
        description: 'What the server sees for itself stays ticked.',
        body: ChangeGuide,
        response: ok(GuideView),
      },
    },
    (request) => guide.change(whoAsks(request).person.id, request.body),
  )
}
