/**
 * Drawings and handbooks: everything is there, and no text of a definition becomes markup.
 */
import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { buildTree } from '../../../machines/definition/tree.ts'
import { drawDefinition } from '../../../machines/drawing/draw.ts'
import { createElk } from '../../../machines/drawing/elk.ts'
import { EXPORT_FORMATS, exportAs } from '../../../machines/exchange/formats.ts'
import { toHandbook, toHandbookMarkdown } from '../../../machines/exchange/handbook.ts'
import { toMermaid } from '../../../machines/exchange/mermaid.ts'
import { renamed } from '../../../machines/exchange/renamed.ts'
import { toSvg } from '../../../machines/exchange/svg.ts'
import { readXml } from '../../../machines/exchange/xml.ts'
import { fault } from '../../../machines/processes/fault/process.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'
import { event, processOf } from '../advance/fixtures.ts'

const EVIL = '</title><script>alert(1)</script>"\'| `--> {%% #'
const evil: Definition = processOf(
  { a: { meta: { title: { en: EVIL, zh: EVIL } }, on: { go: { target: 'b' } } }, b: { type: 'final' } },
  {
    meta: { title: { en: EVIL, zh: EVIL } },
    schemas: { context: { properties: {} }, events: { go: event() } },
  },
)

describe('Mermaid', () => {
  it('names every state and draws every transition that leads somewhere', () => {
    for (const definition of SHIPPED) {
      const drawn = toMermaid(definition, 'zh')
      const { nodes, root } = buildTree(definition)
      expect(drawn.match(/^\s*state ".*" as s\d+$/gm)?.length).toBe(nodes.length - 1)
      const ways = nodes
        .flatMap(({ transitions }) => transitions.flatMap(({ targets }) => targets))
        .filter((target) => target !== root)
      expect(drawn.match(/^\s*\w+ --> s\d+ : /gm)?.length).toBe(ways.length)
    }
  })
  it('takes the sting out of every sign', () => {
    const drawn = toMermaid(evil, 'en')
    expect(drawn).not.toContain('<script')
    expect(drawn.split('\n').filter((line) => line.includes('%%'))).toEqual([])
    expect(drawn.match(/-->/g)?.length).toBe(3)
  })
})

describe('the handbook', () => {
  it.each(SHIPPED.map((definition) => [definition.id, definition] as const))(
    'of %s holds every state, event, deadline, item and norm in both languages',
    (_, definition) => {
      const page = toHandbookMarkdown(definition, 'both').replaceAll('\\', '')
      for (const { node, parent } of buildTree(definition).nodes) {
        if (parent === undefined || node.meta === undefined) continue
        for (const title of [node.meta.title.en, node.meta.title.zh]) expect(page).toContain(title)
      }
      const titles = [
        ...Object.values(definition.schemas.events).map(({ meta }) => meta.title),
        ...Object.values(definition.delays ?? {}).flatMap(({ meta }) =>
          meta === undefined ? [] : [meta.title],
        ),
      ]
      for (const { en, zh } of titles)
        for (const title of [en, zh])
          expect(page).toContain(title?.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
      for (const norm of new Set(JSON.stringify(definition).match(/\b[A-Z]{2}-\d{2}\b/g)))
        expect(page).toContain(norm)
    },
  )
  it('holds no text of the definition as markup, and no script', () => {
    const html = toHandbook(evil, 'both')
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
    const table = toHandbookMarkdown(evil, 'en')
      .split('\n')
      .filter((line) => line.startsWith('| '))
    for (const line of table) expect(line.replaceAll('\\|', '').match(/\|/g)?.length).toBeLessThanOrEqual(6)
    expect(toHandbookMarkdown(evil, 'en')).not.toContain('<script')
  })
  it('is in the language asked for', () => {
    expect(toHandbook(homeVisit, 'zh')).toContain('lang="zh-CN"')
    expect(toHandbook(homeVisit, 'zh')).not.toContain('On entering')
    expect(toHandbook(homeVisit, 'en')).not.toContain('进入时')
  })
})

describe('SVG', () => {
  const textsOf = (svg: string): string[] => {
    const read = readXml(svg)
    if (!('root' in read)) throw new Error('not well-formed')
    return read.root.children.filter(({ name }) => name === 'text').map(({ text }) => text)
  }
  it('is well-formed, shows hostile words as words, and holds no script', async () => {
    const svg = toSvg(await drawDefinition(evil, undefined, 'en', createElk()), EVIL)
    const shown = textsOf(svg)
    expect(shown.filter((text) => text.includes('<script>alert(1)')).length).toBeGreaterThanOrEqual(2)
    expect(svg).not.toMatch(/<script|NaN|undefined/)
  })
  it.each(['en', 'zh'] as const)('is in the language asked for: %s', async (language) => {
    const shown = textsOf(toSvg(await drawDefinition(fault, undefined, language, createElk()), 'x')).join(' ')
    const title = fault.states.open?.meta?.title
    expect(shown).toContain(title?.[language])
    expect(shown).not.toContain(title?.[language === 'en' ? 'zh' : 'en'])
  })
  it('stands where the owner put it', async () => {
    const places = { states: { a: { x: 300, y: 120 }, b: { x: 40, y: 400 } } }
    const placed = await drawDefinition(evil, places, 'en', createElk())
    const [a, b] = ['a', 'b'].map((path) => placed.states.find(({ state }) => state.path === path))
    expect([(a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0)]).toEqual([260, -280])
    expect(toSvg(placed, 'x')).toContain(`x="${a?.x}" y="${a?.y}"`)
  })
})

describe('all forms', () => {
  it.each(EXPORT_FORMATS)('%s of a process with hostile words can be made, and runs nothing', (format) => {
    const { text } = exportAs(evil, format)
    if (format !== 'json' && format !== 'xstate' && format !== 'ts') expect(text).not.toContain('<script')
  })
  it('a process under another id is sound still', () => {
    const other = renamed(JSON.parse(JSON.stringify(homeVisit)), 'other-visit')
    expect(JSON.stringify(other.states)).not.toContain('#home-visit')
    const errors = validate(other, defaultContext([...SHIPPED])).filter(
      ({ severity }) => severity === 'error',
    )
    expect(errors).toEqual([])
  })
})
