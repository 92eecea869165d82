/** Drawings laid out ahead by a process of their own: one at a time, the wanted first, kept, the newest alone. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DrawingShelf, folderShelf, memoryShelf } from '../../../server/pictures/drawing-shelf.ts'
import { createDrawings } from '../../../server/pictures/drawings.ts'

const logger = pino({ level: 'silent' })
const folderOf = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldchart-drawings-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const empty = { height: 1, states: [], marks: [], lines: [], dividers: [] }
const order = (definition: unknown, language: 'en' | 'zh' = 'en') =>
  ({ definition, language, calendars: [] }) as const
/** Answers a drawing as wide as it was asked for the how manieth time, after a while. */
const COUNT = `let asked = 0, busy = false
  process.on('message', ({ definition }) => {
    if (busy) throw new Error('asked while laying out')
    busy = true
    asked += 1
    const drawing = { ...${JSON.stringify(empty)}, width: asked }
    setTimeout(() => {
      busy = false
      if (definition === 'die') process.exit(1)
      if (definition !== 'hang') process.send(definition === 'broken' ? { failed: 'broken' } : { drawing })
    }, 15)
  })`

function drawings(shelf: DrawingShelf = memoryShelf(), limitMs = 5000) {
  const file = join(folderOf(), 'laying-out.mjs')
  writeFileSync(file, COUNT)
  const made = createDrawings({ shelf, logger, program: pathToFileURL(file), limitMs })
  onTestFinished(made.close)
  const width = async (definition: unknown): Promise<number | undefined> =>
    (await made.draw(order(definition)))?.width
  return { ...made, width }
}

describe('drawings', () => {
  it('are laid out one at a time, each once, at once or later', async () => {
    const { width } = drawings()
    expect(await Promise.all(['a', 'b', 'a'].map(width))).toEqual([1, 2, 1])
    expect([await width('b'), await width('a')]).toEqual([2, 1])
  })
  it('that somebody waits for go before those ahead', async () => {
    const { ahead, width } = drawings()
    for (const id of ['a', 'b', 'c']) ahead(id, order(id))
    // The first is under way already.
    expect(await width('wanted')).toBe(2)
    expect([await width('b'), await width('c')]).toEqual([3, 4])
  })
  it('ahead wait for the newest of their place alone', async () => {
    const { ahead, width } = drawings()
    ahead('busy', order('busy'))
    for (let save = 0; save < 100; save += 1) ahead('p en', order({ save }))
    expect(await width({ save: 99 })).toBe(2)
    expect(await width({ save: 50 })).toBe(3)
  })
  it.each(['die', 'hang', 'broken'])(
    'that cannot be made (%s) are not tried again, and harm no other',
    async (what) => {
      const { draw, width } = drawings(memoryShelf(), 800)
      const [none, other] = await Promise.all([draw(order(what)), width('other')])
      expect(none).toBeUndefined()
      expect(other).toBeGreaterThan(0)
      const begun = performance.now()
      expect(await draw(order(what))).toBeUndefined()
      expect(performance.now() - begun).toBeLessThan(400)
    },
  )
  it('are asked for by so many at most', async () => {
    const { width } = drawings()
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => width(index)))
    expect(all.filter((one) => one === undefined)).toHaveLength(4)
  })
  it('leave nobody waiting when the server stops', async () => {
    const { ahead, draw, close } = drawings()
    ahead('ahead', order('ahead'))
    const waiting = [draw(order('hang')), draw(order('b'))]
    await close()
    expect(await Promise.all(waiting)).toEqual([undefined, undefined])
    expect(await draw(order('c'))).toBeUndefined()
  })
})

describe('the folder of drawings', () => {
  it('outlives a restart, and what was cut off counts as not there', async () => {
    const folder = folderOf()
    await drawings(folderShelf(folder)).width('a')
    await drawings(folderShelf(folder)).width('b')
    const { width } = drawings(folderShelf(folder))
    await width('new')
    // Those kept tell of the count of another process.
    expect([await width('a'), await width('b'), await width('c')]).toEqual([1, 1, 2])
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{"width":1,')
    const after = drawings(folderShelf(folder))
    expect([await after.width('c'), await after.width('a')]).toEqual([1, 2])
  })
  it('keeps so many, the newest', async () => {
    const folder = folderOf()
    const shelf = folderShelf(folder, 10)
    for (let index = 0; index < 25; index += 1) {
      await shelf.write(`k${index}`, { ...empty, width: index })
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    expect(readdirSync(folder).length).toBeLessThanOrEqual(10)
    expect((await folderShelf(folder).read('k24'))?.width).toBe(24)
    expect(await folderShelf(folder).read('k0')).toBeUndefined()
  })
  it('that cannot be written to is done without', async () => {
    const file = join(folderOf(), 'no-folder')
    writeFileSync(file, '')
    const { width } = drawings(folderShelf(file))
    expect(await width('a')).toBe(1)
    expect(await width('a')).toBe(1)
  })
})
