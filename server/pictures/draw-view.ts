/**
 * Where everything of a definition's drawing lies, laid out for one that nobody has placed.
 *
 * Must not: run in the server's own process (`drawings.ts` starts one for it): a large layout takes seconds.
 */
import type { Text } from '../../machines/definition/schema.ts'
import { drawDefinition } from '../../machines/drawing/draw.ts'
import { createElk } from '../../machines/drawing/elk.ts'
import { drawingView } from '../../machines/drawing/view.ts'
import type { DrawingView } from '../../machines/wire/drawing.ts'

export type DrawingOrder = {
  /** Any JSON: a draft may be broken. */
  definition: unknown
  language: 'en' | 'zh'
  /** Titles of the organisation's calendars. */
  calendars: readonly (readonly [key: string, title: Text])[]
}

const elk = createElk()

/** Throws where it cannot be laid out. */
export async function drawView({ definition, language, calendars }: DrawingOrder): Promise<DrawingView> {
  return drawingView(await drawDefinition(definition, undefined, language, elk, new Map(calendars)))
}
