/** The list of actions as a whole: named in both languages, no key twice, found by what is typed. */
import { describe, expect, it } from 'vitest'
import { type Action, bound } from '../../../designer/actions/action.ts'
import { APP_ACTIONS } from '../../../designer/actions/app-actions.ts'
import { CANVAS_ACTIONS } from '../../../designer/actions/canvas-actions.ts'
import { DESIGN_ACTIONS } from '../../../designer/actions/design-actions.ts'
import { rating } from '../../../designer/actions/fuzzy.ts'
import { placesOf } from '../../../designer/actions/jumps.ts'
import { itemsOf, type Saying } from '../../../designer/actions/palette-items.ts'
import { toJson } from '../../../designer/document/json.ts'
import { createTranslator } from '../../../designer/text/language.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'

type Listed = Pick<Action<never>, 'id' | 'title' | 'keys' | 'scope' | 'keysOnly'>
const ALL: readonly Listed[] = [...APP_ACTIONS, ...DESIGN_ACTIONS, ...CANVAS_ACTIONS]
const chinese = createTranslator('zh-CN').t
const english = createTranslator('en').t

describe('every action', () => {
  it('has an id and a title of its own in both languages', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length)
    for (const t of [english, chinese]) {
      const titles = ALL.map(({ title }) => t(title))
      expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
    }
    for (const { title } of ALL) expect(chinese(title)).toMatch(/[\u4e00-\u9fff]/)
  })
  it('shares no key with another, save Escape, which leads out of where one is', () => {
    const keys = ALL.flatMap((action) => action.keys ?? [])
    const twice = keys.filter((each, index) => keys.indexOf(each) !== index)
    expect(twice).toEqual(['Escape'])
  })
  it('holds single letters on the canvas alone', () => {
    const loose = ALL.filter(
      ({ scope, keys = [] }) => scope !== 'canvas' && keys.some((each) => /^\w$/.test(each)),
    )
    expect(loose.map(({ id }) => id)).toEqual([])
  })
  it('leaves nothing out of the palette that has no key', () => {
    expect(ALL.filter(({ keysOnly, keys }) => keysOnly === true && keys === undefined)).toEqual([])
  })
})

describe('the palette', () => {
  const saying = (t: typeof english, other: typeof english): Saying => ({
    say: (said) => ('key' in said ? t(said.key, said.values) : said.en),
    tell: (key) => t(key),
    both: (said) =>
      typeof said === 'string'
        ? [t(said), other(said)]
        : 'key' in said
          ? [t(said.key, said.values), other(said.key, said.values)]
          : [said.en, said.zh],
    why: (barred) => (typeof barred === 'string' ? t(barred) : barred.en),
  })
  const done: string[] = []
  const scene = {
    processes: [{ id: 'home-visit', title: { en: 'Home visit', zh: '\u4e0a\u95e8\u670d\u52a1' } }],
    go: (address: string) => void done.push(address),
    switchTheme: () => undefined,
    switchLanguage: () => undefined,
    showPalette: () => undefined,
    showSheet: () => undefined,
    signOut: () => undefined,
  }
  const actions = APP_ACTIONS.map((action) => bound(action, () => scene))
  const found = (query: string): string[] =>
    itemsOf(actions, undefined, query, saying(english, chinese)).map(({ title }) => title)

  it('finds in both languages, whichever is shown', () => {
    expect(found('dark')[0]).toBe(english('actions.theme'))
    expect(found('\u6df1\u8272')[0]).toBe(english('actions.theme'))
    expect(found('jobs')[0]).toBe(english('actions.goJobs'))
    expect(found('gtjobs')).toContain(english('actions.goJobs'))
    expect(found('qqq')).toEqual([])
  })
  it('goes to a place by its name', () => {
    const [visit] = itemsOf(actions, undefined, '\u4e0a\u95e8', saying(english, chinese))
    visit?.run?.()
    expect(done).toEqual(['/processes/home-visit'])
  })
  it('says why something cannot be done', () => {
    const empty = APP_ACTIONS.map((action) => bound(action, () => ({ ...scene, processes: [] })))
    const items = itemsOf(empty, undefined, 'design a process', saying(english, chinese))
    expect(items[0]?.why).toBe(english('actions.why.noProcess'))
  })
  it('knows every state, transition, event, field and delay of a process', () => {
    for (const shipped of SHIPPED) {
      const places = placesOf(toJson(shipped))
      const count = (kind: string): number => places.filter(({ selected }) => selected.kind === kind).length
      expect(count('state')).toBeGreaterThan(3)
      expect(count('transition')).toBeGreaterThan(count('state') / 2)
      expect(new Set(places.map(({ id }) => id)).size).toBe(places.length)
      expect(places.every(({ label }) => label.en !== '' && label.zh !== '')).toBe(true)
    }
  })
})

describe('a rating', () => {
  const best = (query: string, texts: string[]): string | undefined =>
    texts
      .map((text) => ({ text, score: rating(query, [text]) }))
      .filter(({ score }) => score !== undefined)
      .toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))[0]?.text
  it('prefers the beginning, then a word, then letters within', () => {
    expect(best('al', ['Final', 'Show all', 'Align left'])).toBe('Align left')
    expect(best('all', ['Recall', 'Show all'])).toBe('Show all')
  })
  it('wants every word, in any order', () => {
    expect(rating('left align', ['Align left edges'])).toBeDefined()
    expect(rating('left right', ['Align left edges'])).toBeUndefined()
  })
})
