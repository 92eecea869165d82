/**
 * A definition as a picture: laid out, drawn, and for PNG made of pixels.
 *
 * Promises: the same order gives the same bytes, here and on the command line; a picture beyond the limits is
 * refused before it takes memory.
 * Must not: run in the server's own process (`pictures.ts` starts one for it): a large layout takes seconds.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { inLanguage } from '../../machines/definition/in-language.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import { drawDefinition } from '../../machines/drawing/draw.ts'
import { createElk } from '../../machines/drawing/elk.ts'
import { pictureSize, toSvg } from '../../machines/exchange/svg.ts'
import { FAMILY, fontsFor } from './fonts.ts'

export type PictureOrder = {
  definition: Definition
  /** As stored beside the definition; a drawing without one is laid out. */
  layout?: unknown
  language: 'en' | 'zh'
  format: 'svg' | 'png'
  /** Of a PNG: pixels to a pixel of the drawing. Default: 1, or what the limits allow. */
  scale?: number
}
export type PictureResult =
  | { made: Uint8Array }
  /** `most`: the largest scale that this drawing may have. */
  | { tooLarge: { width: number; height: number; most: number } }

/** 160 MB of memory while it is drawn. */
const MOST_PIXELS = 40_000_000
/** What common viewers still open. */
const LONGEST_SIDE = 16_384
/** Smaller, no word can be read. */
const LEAST_SCALE = 0.25

/** Throws where it cannot be laid out. */
export async function drawPicture(order: PictureOrder): Promise<PictureResult> {
  const { svg, width, height } = await drawnFor(order)
  if (order.format === 'svg') return { made: Buffer.from(svg) }
  const most = Math.floor(mostScale(width, height) * 100) / 100
  const scale = order.scale ?? Math.min(1, most)
  if (scale > most || scale < LEAST_SCALE) return { tooLarge: { width, height, most } }
  return { made: await pixels(svg, scale) }
}

type Drawn = { readonly svg: string; readonly width: number; readonly height: number }
/** Who asks for one format of a drawing often asks for the other, too. */
const KEPT = 4
const kept = new Map<string, Drawn>()

async function drawnFor({ definition, layout, language }: PictureOrder): Promise<Drawn> {
  const key = JSON.stringify([definition, layout ?? null, language])
  const found = kept.get(key)
  if (found !== undefined) return found
  const chart = await drawDefinition(definition, layout, language, createElk())
  const title = inLanguage(definition.meta.title, language, definition.id)
  const drawn = { svg: toSvg(chart, title), ...pictureSize(chart) }
  const [oldest] = kept.keys()
  if (oldest !== undefined && kept.size >= KEPT) kept.delete(oldest)
  kept.set(key, drawn)
  return drawn
}

const mostScale = (width: number, height: number): number =>
  Math.min(Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height))

let renderer: Promise<void> | undefined
async function loadRenderer(): Promise<void> {
  await initWasm(await readFile(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))))
}

async function pixels(svg: string, scale: number): Promise<Uint8Array> {
  renderer ??= loadRenderer()
  await renderer
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers: fontsFor(svg), defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  })
  try {
    const image = drawing.render()
    try {
      return image.asPng()
    } finally {
      image.free()
    }
  } finally {
    drawing.free()
  }
}
