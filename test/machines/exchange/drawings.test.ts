/**
 * Drawings and handbooks: everything is there, and no text of a definition becomes markup.
 */
import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { buildTree } from '../../../machines/definition/tree.ts'
import { EXPORT_FORMATS, exportAs } from '../../../machines/exchange/formats.ts'
import { toHandbook, toHandbookMarkdown } from '../../../machines/exchange/handbook.ts'
import { toMermaid } from '../../../machines/exchange/mermaid.ts'
import { renamed } from '../../../machines/exchange/renamed.ts'
import { type PlacedDrawing, toSvg } from '../../../machines/exchange/svg.ts'
import { readXml } from '../../../machines/exchange/xml.ts'
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
  const placed: PlacedDrawing = {
    x: 0,
    y: 0,
    width: 200,
    height: 100,
    states: [
      {
        x: 10,
        y: 10,
        width: 90,
        height: 40,
        state: { path: 'a', parent: '', kind: 'atomic', region: false, history: 'shallow', children: [] },
        box: {
          title: EVIL,
          titleLines: [EVIL],
          chipRows: [[{ kind: 'norm', icon: undefined, text: 'PC-01', width: 40 }]],
          rows: [{ text: 'row' }],
        },
      },
    ],
    marks: [{ x: 0, y: 0, width: 12, height: 12, kind: 'initial' }],
    edges: [
      {
        kind: 'transition',
        arrow: true,
        points: [
          { x: 5, y: 5 },
          { x: 5, y: 30 },
          { x: 10, y: 30 },
        ],
        labels: [
          { x: 0, y: 0, width: 50, height: 20, box: { titleLines: ['go'], guardLines: ['[if]'], chips: [] } },
        ],
      },
    ],
    dividers: [{ from: { x: 0, y: 0 }, to: { x: 0, y: 9 } }],
  }
  it('is well-formed and shows every text once, escaped', () => {
    const svg = toSvg(evil, placed)
    const read = readXml(svg)
    expect('root' in read && read.root.name).toBe('svg')
    if (!('root' in read)) return
    const texts = read.root.children.filter(({ name }) => name === 'text').map(({ text }) => text)
    expect(texts).toEqual([EVIL, 'PC-01', 'row', 'go', '[if]'])
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('NaN')
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
