/** Everything on the drawing that a text may be found in. */
import { wholeLine } from '../../machines/drawing/boxes.ts'
import { stateTitle } from '../../machines/drawing/words.ts'
import { inLanguage } from '../text/language.ts'
import type { Words } from './chart-words.ts'
import type { Hit } from './navigate.ts'

export function hitsIn(words: Words): Hit[] {
  const { model, language } = words
  const states = [...model.states.values()].map((state): Hit => {
    const items = state.checklist.map(({ title }) => inLanguage(title, language))
    const { key, title, norms } = state
    const text = [stateTitle(state, words), key, title?.en, title?.zh, ...norms, ...items].join(' ')
    return { kind: 'state', id: state.path, text }
  })
  const ways = model.transitions.map(
    (way): Hit => ({
      kind: 'transition',
      id: way.pointer,
      text: [wholeLine(way, words), ...way.norms].join(' '),
    }),
  )
  return [...states, ...ways]
}
