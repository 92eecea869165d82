/**
 * A signature as strokes, and as a picture.
 *
 * Promises: strokes are kept in parts of the pad's width, so that they keep their form when it turns or grows; the
 * picture is dark on white in every theme, for it goes on paper.
 * Must not: know how the strokes came about.
 */
import { toBlob } from './shrink.ts'

/** `x` and `y` in parts of the pad's width. */
export type Point = { readonly x: number; readonly y: number }
export type Stroke = readonly Point[]

/** Height by width. */
export const PROPORTION = 0.4
const PICTURE = 900
const INK = '#10264a'
const PEN = 0.006

/** A stroke as the path of an SVG whose width is `width`: curves through the middles, so that no corner shows. */
export function pathOf(stroke: Stroke, width: number): string {
  const at = ({ x, y }: Point): string => `${(x * width).toFixed(1)} ${(y * width).toFixed(1)}`
  const [first] = stroke
  const last = stroke.at(-1)
  if (first === undefined || last === undefined) return ''
  // A dot is a stroke too.
  if (stroke.length === 1) return `M${at(first)}l0.1 0`
  const curves = stroke.slice(1, -1).map((point, index) => {
    const next = stroke[index + 2] ?? point
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`
  })
  return `M${at(first)}${curves.join('')}L${at(last)}`
}

/** Enough ink that somebody meant it: a dot or a slip of the finger is no signature. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  const points = strokes.flat()
  const across = spread(points.map(({ x }) => x))
  const down = spread(points.map(({ y }) => y))
  return points.length >= 4 && Math.max(across, down) > 0.05
}
const spread = (values: readonly number[]): number => Math.max(0, ...values) - Math.min(1, ...values)

function paper(): { canvas: HTMLCanvasElement; pen: CanvasRenderingContext2D } | undefined {
  const canvas = document.createElement('canvas')
  canvas.width = PICTURE
  canvas.height = PICTURE * PROPORTION
  const pen = canvas.getContext('2d')
  if (pen === null) return undefined
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  return { canvas, pen }
}

export async function drawnSignature(strokes: readonly Stroke[]): Promise<Blob | undefined> {
  const sheet = paper()
  if (sheet === undefined) return undefined
  const { canvas, pen } = sheet
  pen.strokeStyle = INK
  pen.lineWidth = PEN * PICTURE
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  for (const stroke of strokes) pen.stroke(new Path2D(pathOf(stroke, PICTURE)))
  return toBlob(canvas, 'image/png')
}

const HANDS = '"Segoe Script", "Snell Roundhand", "STKaiti", "KaiTi", "Kaiti SC", cursive'

/** The name as by a pen: for who cannot draw. */
export async function typedSignature(name: string): Promise<Blob | undefined> {
  const sheet = paper()
  if (sheet === undefined) return undefined
  const { canvas, pen } = sheet
  pen.fillStyle = INK
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  let size = 150
  do {
    pen.font = `${size}px ${HANDS}`
    size -= 6
  } while (size > 30 && pen.measureText(name).width > canvas.width * 0.9)
  pen.fillText(name, canvas.width / 2, canvas.height / 2, canvas.width * 0.94)
  return toBlob(canvas, 'image/png')
}
