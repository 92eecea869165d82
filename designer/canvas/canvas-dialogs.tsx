/** What the canvas asks before it acts: what opens a new transition, and whether something in use is to be deleted. */
import type { ReactElement } from 'react'
import { asText } from '../../machines/drawing/model.ts'
import { delayInWords, stateTitle, titleAt } from '../../machines/drawing/words.ts'
import { at, entriesOf, type Json } from '../document/json.ts'
import { inLanguage } from '../text/language.ts'
import { DeleteDialog } from './canvas-parts.tsx'
import type { Words } from './chart-words.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import type { Canvas } from './use-canvas.ts'

type Option = { value: string; label: string }

export function CanvasDialogs({
  canvas,
  definition,
  words,
}: {
  canvas: Canvas
  definition: Json
  words: Words
}): ReactElement | null {
  const { asking } = canvas
  const { model } = words
  const close = (): void => canvas.setAsking(undefined)
  if (asking === undefined) return null
  if (asking.kind === 'delete')
    return (
      <DeleteDialog
        title={asking.title}
        lines={asking.lines}
        close={close}
        confirm={() => canvas.removeNow(asking.paths)}
      />
    )
  const declared = (...place: string[]): Option[] =>
    entriesOf(at(definition, ...place)).map(([name, value]) => ({
      value: name,
      label: inLanguage(asText(at(value, 'meta', 'title')), words.language, name),
    }))
  return (
    <ConnectDialog
      draft={asking.draft}
      states={stateOptions(words)}
      events={declared('schemas', 'events')}
      delays={declared('delays').map((each) => ({
        ...each,
        label: `${each.label} · ${delayWords(each.value, words)}`,
      }))}
      canBeDone={(model.states.get(asking.draft.source)?.children.length ?? 0) > 0}
      close={close}
      finish={canvas.finishWay}
    />
  )
}

/** Every state, with the group it lies in. */
const stateOptions = (words: Words): Option[] =>
  [...words.model.states.values()]
    .filter(({ parent }) => parent !== undefined)
    .map((state) => ({
      value: state.path,
      label: `${stateTitle(state, words)}${state.depth > 1 ? ` · ${titleAt(state.parent ?? '', words)}` : ''}`,
    }))

function delayWords(name: string, words: Words): string {
  const used = words.model.transitions.find(
    ({ trigger }) => trigger.kind === 'after' && trigger.delay === name,
  )
  return used?.trigger.kind === 'after' ? delayInWords(used.trigger.definition, name, words) : name
}
