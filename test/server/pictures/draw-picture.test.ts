/** Pictures as they come out: of pixels, with Chinese letters on a machine that has none, within limits. */
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { fault } from '../../../machines/processes/fault/process.ts'
import { drawPicture, type PictureOrder } from '../../../server/pictures/draw-picture.ts'
import { fontsFor } from '../../../server/pictures/fonts.ts'
import { ERRAND } from '../http/harness.ts'

type Pixels = {
  width: number
  height: number
  dark(x: number, y: number, width: number, height: number): number
}

/** A PNG of 8-bit RGBA, its rows unfiltered. */
function readPng(bytes: Uint8Array): Pixels {
  const file = Buffer.from(bytes)
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const data: Buffer[] = []
  let [width, height] = [0, 0]
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    const kind = file.toString('latin1', at + 4, at + 8)
    const body = file.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      expect([body[8], body[9]]).toEqual([8, 6])
    }
    if (kind === 'IDAT') data.push(body)
    at += length + 12
  }
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * 4, height)
  return {
    width,
    height,
    dark(x, y, wide, high) {
      let count = 0
      for (let row = y; row < y + high; row += 1)
        for (let column = x; column < x + wide; column += 1)
          if ((rows[(row * width + column) * 4] ?? 255) < 128) count += 1
      return count
    },
  }
}

function unfilter(raw: Buffer, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height)
  const at = (row: number, index: number): number =>
    row < 0 || index < 0 ? 0 : (out[row * stride + index] ?? 0)
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0
    for (let index = 0; index < stride; index += 1) {
      const [a, b, c] = [at(row, index - 4), at(row - 1, index), index < 4 ? 0 : at(row - 1, index - 4)]
      const p = a + b - c
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)]
      const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c
      const guess = [0, a, b, Math.floor((a + b) / 2), paeth][filter] ?? 0
      out[row * stride + index] = ((raw[row * (stride + 1) + 1 + index] ?? 0) + guess) & 255
    }
  }
  return out
}

const titled = (zh: string): Definition => ({ ...ERRAND, meta: { ...ERRAND.meta, title: { en: 'x', zh } } })
async function made(order: Omit<PictureOrder, 'language'> & { language?: 'en' | 'zh' }): Promise<Uint8Array> {
  const drawn = await drawPicture({ language: 'zh', ...order })
  if (!('made' in drawn)) throw new Error('too large')
  return drawn.made
}
/** The dark pixels of the process's title, which stands in the upper left corner of its frame. */
const inkOf = async (title: string): Promise<number> =>
  readPng(await made({ definition: titled(title), format: 'png' })).dark(44, 40, 80, 18)

describe('a PNG', () => {
  it('is as large as its drawing, times the scale', async () => {
    const svg = Buffer.from(await made({ definition: fault, format: 'svg' })).toString()
    const [, width, height] = /viewBox="\S+ \S+ (\d+) (\d+)"/.exec(svg) ?? []
    const whole = readPng(await made({ definition: fault, format: 'png' }))
    expect([whole.width, whole.height]).toEqual([Number(width), Number(height)])
    const half = readPng(await made({ definition: fault, format: 'png', scale: 0.5 }))
    expect(Math.abs(half.width - whole.width / 2)).toBeLessThanOrEqual(1)
  })
  it('writes Chinese, each sign with its own strokes, without a font of the machine', async () => {
    const [none, one, box, many] = await Promise.all(
      ['\u3000', '\u4e00', '\u56fd', '\u9f9e\u9f9e'].map(inkOf),
    )
    expect(none).toBe(0)
    expect(one).toBeGreaterThan(5)
    // An empty box for every sign would give as much ink for each.
    expect(box).toBeGreaterThan(2 * (one ?? 0))
    expect(many).toBeGreaterThan(2 * (one ?? 0))
    expect(many).not.toBe(2 * (box ?? 0))
  })
  it('writes signs that the common part of the font lacks', () => {
    const usual = fontsFor('上门服务：“home visit”（1）…').length
    for (const rare of ['①', '≠', '→', 'Ж', 'ő', '堃'])
      expect([rare, fontsFor(`上门${rare}`).length]).toEqual([rare, usual + 1])
  })
  it('is refused beyond the limits, with the largest scale that is not', async () => {
    const far = (by: number) => ({ states: { open: { x: 0, y: 0 }, done: { x: by, y: by } } })
    const order = { definition: ERRAND, language: 'en', format: 'png' } as const
    const refused = await drawPicture({ ...order, layout: far(3000), scale: 4 })
    if (!('tooLarge' in refused)) throw new Error('drawn')
    const { width, height, most } = refused.tooLarge
    expect(most).toBeGreaterThan(1)
    expect(most * width * most * height).toBeLessThanOrEqual(40_000_000)
    expect(await drawPicture({ ...order, layout: far(400_000) })).toHaveProperty('tooLarge')
  })
})
