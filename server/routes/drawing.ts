/**
 * `GET /api/processes/:id/drawing`: where the states of a process may stand that nobody has placed.
 *
 * Must not: lay out, or decide what is offered; the use case does.
 */
import Type from 'typebox'
import { DrawingView } from '../../machines/wire/drawing.ts'
import type { App } from '../http/app-type.ts'
import type { Drawn } from '../library/drawn.ts'
import { ById, nothing, ok } from './answers.ts'

const InLanguage = Type.Object(
  { language: Type.Union([Type.Literal('en'), Type.Literal('zh')]) },
  { additionalProperties: false },
)

export function drawingRoutes(app: App, drawn: Pick<Drawn, 'of'>): void {
  app.get(
    '/api/processes/:id/drawing',
    {
      config: { right: 'drafts:read' },
      schema: {
        tags: ['drafts'],
        summary: 'A drawing of a process that nobody has placed',
        description:
          'Of the draft, else of the latest version. It is only offered: nothing is stored with the process. It is laid out when the process comes in; where it is not ready, the answer waits for it. 204: its owner placed the states, or no drawing can be had.',
        params: ById,
        querystring: InLanguage,
        response: { ...ok(DrawingView), ...nothing },
      },
    },
    async (request, reply) => {
      const drawing = await drawn.of(request.params.id, request.query.language)
      return drawing ?? reply.code(204).send(null)
    },
  )
}
