/** What is offered as the drawing of a process that nobody has placed. */
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDrawn } from '../../../server/library/drawn.ts'
import type { DrawingOrder } from '../../../server/pictures/draw-view.ts'
import { memoryShelf } from '../../../server/pictures/drawing-shelf.ts'
import { createDrawings } from '../../../server/pictures/drawings.ts'
import { createWorld, ERRAND, type World, type WorldOptions } from './harness.ts'

const NAMED = { ...ERRAND, id: 'unplaced' }
const LAYOUT = { states: { open: { x: 40, y: 60 }, done: { x: 400, y: 60 } } }
const drawing = (as: World['as'], id: string, language = 'en') =>
  as('engineer', 'GET', `/api/processes/${id}/drawing?language=${language}`)

/** With what was to be laid out ahead. */
async function world(options: WorldOptions = {}) {
  const ahead: [string, DrawingOrder][] = []
  const drawings = createDrawings({ shelf: memoryShelf(), logger: pino({ level: 'silent' }) })
  onTestFinished(drawings.close)
  const noted = {
    draw: drawings.draw,
    ahead: (place: string, order: DrawingOrder) => void ahead.push([place, order]),
  }
  return { ahead, ...(await createWorld({ ...options, deps: { drawings: noted } })) }
}

describe('the drawing of a process', () => {
  it('that came in without places is offered, and stored nowhere', async () => {
    const { as, library } = await world()
    await as('process-owner', 'POST', '/api/processes', { definition: NAMED })
    const answer = await drawing(as, 'unplaced')
    expect(answer.statusCode).toBe(200)
    const { states, lines } = answer.json()
    expect(states.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      '',
      'done',
      'dropped',
      'open',
    ])
    expect(lines.length).toBeGreaterThan(0)
    expect(await library.draft('unplaced')).not.toHaveProperty('layout')
  })
  it('that its owner placed is his own', async () => {
    const { as, ahead, library } = await world()
    await as('process-owner', 'POST', '/api/processes', { definition: NAMED, layout: LAYOUT })
    expect((await drawing(as, 'unplaced')).statusCode).toBe(204)
    expect(ahead).toEqual([])
    expect((await library.draft('unplaced'))?.layout).toEqual(LAYOUT)
  })
  it('without a draft is that of its latest version', async () => {
    const { as } = await world()
    expect((await drawing(as, 'errand')).statusCode).toBe(200)
  })
  it('says in each language what is as wide there', async () => {
    const { as } = await world()
    const [en, zh] = [await drawing(as, 'errand', 'en'), await drawing(as, 'errand', 'zh')]
    expect(en.json()).not.toEqual(zh.json())
    expect((await drawing(as, 'errand', 'fr')).statusCode).toBe(400)
  })
  it('is laid out ahead in both languages, however it came in', async () => {
    const { as, ahead, library } = await world()
    const places = (): string[] => ahead.splice(0).map(([place]) => place)
    await as('process-owner', 'POST', '/api/processes', { definition: NAMED })
    await expect.poll(places).toEqual(['unplaced zh', 'unplaced en'])
    const text = JSON.stringify({ ...ERRAND, id: 'other' })
    await as('process-owner', 'POST', '/api/processes/import?format=json', { text, id: 'imported' })
    await expect.poll(places).toEqual(['imported zh', 'imported en'])
    await as('process-owner', 'POST', '/api/processes', {
      from: { process: 'errand' },
      id: 'copied',
      title: { en: 'Copied' },
    })
    await expect.poll(places).toEqual(['copied zh', 'copied en'])
    const definition = { ...NAMED, initial: 'done' }
    const saved = await as(
      'process-owner',
      'PUT',
      '/api/processes/unplaced/draft',
      { definition },
      { 'if-match': '"1"' },
    )
    expect(saved.statusCode).toBe(200)
    await expect.poll(() => ahead.map(([, order]) => order.definition)).toEqual([definition, definition])
    expect(await library.draft('unplaced')).not.toHaveProperty('layout')
  })
  it('is laid out ahead after a start, of every process in use', async () => {
    const { as, ahead, library } = await world()
    await as('process-owner', 'PUT', '/api/processes/complaint/archived', { archived: true })
    await expect.poll(() => ahead.splice(0).length).toBe(2)
    const drawings = {
      draw: async () => undefined,
      ahead: (place: string, order: DrawingOrder) => void ahead.push([place, order]),
    }
    await createDrawn(library, drawings).allAhead()
    expect(ahead.map(([place]) => place)).toEqual(['errand zh', 'errand en'])
  })
  it('nobody knows, nobody may see, or nobody can draw', async () => {
    const { as } = await world()
    expect((await drawing(as, 'nothing')).json().code).toBe('process-not-found')
    expect((await as(undefined, 'GET', '/api/processes/errand/drawing?language=en')).statusCode).toBe(401)
    await as('process-owner', 'POST', '/api/processes', { definition: { id: 'broken', states: 7 } })
    expect([200, 204]).toContain((await drawing(as, 'broken')).statusCode)
  })
})
