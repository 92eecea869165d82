/** Pictures drawn by a process of their own: one at a time, kept, given up where they take too long. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPictures } from '../../../server/pictures/pictures.ts'
import { ERRAND } from '../http/harness.ts'

const logger = pino({ level: 'silent' })

/** A process that does what it is told instead of drawing. */
function pictures(program: string, options: { limitMs?: number; idleMs?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fieldchart-pictures-'))
  const file = join(folder, 'drawing.mjs')
  writeFileSync(file, `let asked = 0\n${program}`)
  const made = createPictures({ logger, program: pathToFileURL(file), ...options })
  onTestFinished(async () => {
    await made.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const draw = async (scale: number): Promise<string> =>
    Buffer.from(await made.draw({ definition: ERRAND, language: 'en', format: 'png', scale })).toString()
  return { ...made, draw }
}
const SAY = (text: string): string => `process.send({ made: new TextEncoder().encode(${text}) })`

describe('the process that draws', () => {
  it('is asked one thing at a time, in the order of asking', async () => {
    const { draw } = pictures(`let busy = false
      process.on('message', ({ scale }) => {
        if (busy) throw new Error('asked while drawing')
        busy = true
        setTimeout(() => { busy = false; ${SAY('String(scale)')} }, 20)
      })`)
    expect(await Promise.all([1, 2, 3].map(draw))).toEqual(['1', '2', '3'])
  })
  it('draws the same only once, at once or later', async () => {
    const { draw } = pictures(`process.on('message', () => { asked += 1; ${SAY('String(asked)')} })`)
    expect(await Promise.all([draw(1), draw(1), draw(2)])).toEqual(['1', '1', '2'])
    expect(await draw(1)).toBe('1')
  })
  it('is given up where it takes too long, and the next order gets a new one', async () => {
    const { draw } = pictures(
      `process.on('message', ({ scale }) => { if (scale === 1) for (;;); ${SAY("'drawn'")} })`,
      { limitMs: 1500 },
    )
    await expect(draw(1)).rejects.toMatchObject({ code: 'picture-failed', status: 422 })
    expect(await draw(2)).toBe('drawn')
  })
  it('may die without harm', async () => {
    const { draw } = pictures(
      `process.on('message', ({ scale }) => { if (scale === 1) throw new Error('boom'); ${SAY("'drawn'")} })`,
    )
    await expect(draw(1)).rejects.toMatchObject({ code: 'picture-failed' })
    expect(await draw(2)).toBe('drawn')
  })
  it('is told none of the server’s secrets', async () => {
    const { draw } = pictures(
      `process.on('message', () => { ${SAY('JSON.stringify(Object.keys(process.env))')} })`,
    )
    expect(JSON.parse(await draw(1))).not.toContain('PATH')
  })
  it('ends when it has had nothing to do', async () => {
    const { draw } = pictures(`process.on('message', () => { ${SAY('String(process.pid)')} })`, {
      idleMs: 30,
    })
    const first = await draw(1)
    await expect.poll(() => draw(Math.random()), { interval: 100 }).not.toBe(first)
  })
  it('lets only so many wait', async () => {
    const { draw } = pictures(`process.on('message', () => { setTimeout(() => { ${SAY("'drawn'")} }, 5) })`)
    const asked = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => draw(1 + index / 10)))
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(4)
    expect(refused[0]).toMatchObject({ code: 'not-ready', status: 503 })
  })
})
