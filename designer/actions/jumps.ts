/**
 * Every place of a definition that one can go to by its name: states, transitions, events, fields, delays.
 *
 * Promises: pure; never throws, however broken the definition; read once for each.
 */
import { child } from '../../machines/definition/pointer.ts'
import { readChart } from '../../machines/drawing/model.ts'
import type { Selected } from '../design/design-api.ts'
import { at, entriesOf, isObject, type Json, textOf } from '../document/json.ts'
import type { Words } from '../document/problem.ts'
import { en } from '../text/en.ts'
import { zhCN } from '../text/zh-CN.ts'
import { courseInBoth, kindInBoth, openingInBoth, placeInBoth, titleInBoth } from './canvas-scene.ts'

export type Place = {
  readonly id: string
  readonly label: Words
  readonly detail: Words
  readonly selected: Selected
}

const read = new WeakMap<object, readonly Place[]>()

export function placesOf(definition: Json): readonly Place[] {
  if (!isObject(definition)) return []
  const known = read.get(definition)
  if (known !== undefined) return known
  const places = [...drawn(definition), ...DECLARED.flatMap((each) => declared(definition, each))]
  read.set(definition, places)
  return places
}

function drawn(definition: Json): Place[] {
  const model = readChart(definition)
  const states = [...model.states.values()].filter(({ path }) => path !== '')
  return [
    ...states.map(({ path, key, kind, norms }): Place => {
      const [what, where] = [kindInBoth(kind), placeInBoth(model, path)]
      const more = (language: 'en' | 'zh'): string =>
        [what[language], where?.[language] ?? '', key, ...norms].filter(Boolean).join(' \u00b7 ')
      return {
        id: path,
        label: titleInBoth(model, path),
        detail: { en: more('en'), zh: more('zh') },
        selected: { kind: 'state', path },
      }
    }),
    ...model.transitions
      .filter(({ trigger }) => trigger.kind !== 'default')
      .map((way): Place => {
        return {
          id: way.pointer,
          label: openingInBoth(model, way),
          detail: courseInBoth(model, way),
          selected: { kind: 'transition', pointer: way.pointer },
        }
      }),
  ]
}

const DECLARED = [
  { steps: ['schemas', 'events'], kind: { en: en.edit.event, zh: zhCN.edit.event } },
  { steps: ['schemas', 'context', 'properties'], kind: { en: en.panel.field, zh: zhCN.panel.field } },
  { steps: ['delays'], kind: { en: en.edit.delay, zh: zhCN.edit.delay } },
]

function declared(definition: Json, { steps, kind }: (typeof DECLARED)[number]): Place[] {
  return entriesOf(at(definition, ...steps)).map(([name, value]): Place => {
    const title = at(value, 'meta', 'title')
    const [english, chinese] = [textOf(at(title, 'en')), textOf(at(title, 'zh'))]
    const pointer = [...steps, name].reduce<string>((above, step) => child(above, step), '')
    return {
      id: pointer,
      label: { en: english ?? chinese ?? name, zh: chinese ?? english ?? name },
      detail: { en: `${kind.en} \u00b7 ${name}`, zh: `${kind.zh} \u00b7 ${name}` },
      selected: { kind: 'place', pointer },
    }
  })
}
