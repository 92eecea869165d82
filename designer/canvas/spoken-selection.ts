/**
 * Says what is selected where the keyboard cannot stand on it: a transition, several states.
 *
 * A single state needs no saying: the keyboard is on it, and it has a name.
 */
import { useEffect } from 'react'
import { wholeLine } from '../../machines/drawing/boxes.ts'
import { titleAt } from '../../machines/drawing/words.ts'
import { useActions } from '../actions/register.ts'
import type { Words } from './chart-words.ts'

/** `way`: the pointer of the selected transition. */
export function useSpokenSelection(words: Words, way: string | undefined, states: readonly string[]): void {
  const { announce } = useActions()
  const several = states.length > 1 ? words.t('panel.selected', { count: states.length }) : undefined
  const text = way === undefined ? several : wayInWords(way, words)
  useEffect(() => {
    if (text !== undefined) announce(text)
  }, [text, announce])
}

function wayInWords(pointer: string, words: Words): string | undefined {
  const { t, model } = words
  const found = model.transitions.find((each) => each.pointer === pointer)
  if (found === undefined) return undefined
  const beside = model.transitions.filter(
    ({ source, trigger }) => source === found.source && trigger.kind !== 'default',
  )
  const targets = found.targets.map((path) => titleAt(path, words)).join(t('common.list'))
  return t('actions.wayOf', {
    at: beside.indexOf(found) + 1,
    count: beside.length,
    from: titleAt(found.source, words),
    what: `${wholeLine(found, words)}${targets === '' ? '' : ` \u2192 ${targets}`}`,
  })
}
