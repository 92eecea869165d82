/**
 * A placed drawing as one SVG file, in light colours.
 *
 * Promises: what the layout placed is drawn where it was placed, with every line of text in its box; all text is
 * escaped; the file needs nothing from outside and holds no script.
 * Must not: lay out or measure. The layout comes in as plain data; `PlacedDrawing` names the part of it that is read.
 */
import type { Definition } from '../definition/schema.ts'
import { inLanguage, type Language } from './words.ts'
import { escapeAttribute, escapeText } from './xml.ts'

type Point = { readonly x: number; readonly y: number }
type Rect = Point & { readonly width: number; readonly height: number }
type Chip = {
  readonly kind: string
  readonly icon: string | undefined
  readonly text: string
  readonly width: number
}
type LabelBox = {
  readonly titleLines: readonly string[]
  readonly guardLines: readonly string[]
  readonly chips: readonly Chip[]
}
/** Of `PlacedChart` what a picture needs; a placed chart fits as it is. */
export type PlacedDrawing = Rect & {
  readonly states: readonly (Rect & {
    readonly state: {
      readonly path: string
      readonly parent: string | undefined
      readonly kind: string
      readonly region: boolean
      readonly history: string
      readonly children: readonly string[]
    }
    readonly box: {
      readonly title: string
      readonly titleLines: readonly string[]
      readonly chipRows: readonly (readonly Chip[])[]
      readonly rows: readonly { readonly text: string }[]
    }
  })[]
  readonly marks: readonly (Rect & { readonly kind: string })[]
  readonly edges: readonly {
    readonly kind: string
    readonly points: readonly Point[]
    readonly arrow: boolean
    readonly labels: readonly (Rect & { readonly box: LabelBox })[]
  }[]
  readonly dividers: readonly { readonly from: Point; readonly to: Point }[]
}

const INK = '#212930'
const FAINT = '#57606a'
const LINE = '#8a949e'
const EDGE = '#55606b'
const PAPER = '#fbfcfd'
const FONT = "Inter, 'Segoe UI', system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
const MARGIN = 16

const n = (value: number): string => String(Math.round(value * 10) / 10)
const attributes = (given: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(given)
    .flatMap(([key, value]) =>
      value === undefined
        ? []
        : [` ${key}="${typeof value === 'number' ? n(value) : escapeAttribute(value)}"`],
    )
    .join('')
const tag = (
  name: string,
  given: Readonly<Record<string, string | number | undefined>>,
  inner?: string,
): string =>
  inner === undefined ? `<${name}${attributes(given)}/>` : `<${name}${attributes(given)}>${inner}</${name}>`

type Font = { size: number; weight: number; line: number; fill: string }
const TITLE: Font = { size: 13, weight: 600, line: 18, fill: INK }
const GROUP: Font = { size: 13, weight: 700, line: 18, fill: INK }
const ROW: Font = { size: 11, weight: 400, line: 16, fill: FAINT }
const LABEL: Font = { size: 11.5, weight: 600, line: 16, fill: INK }
const GUARD: Font = { size: 11, weight: 400, line: 15, fill: FAINT }
const CHIP = { height: 18, gap: 4, size: 11 }

const text = (line: string, x: number, y: number, font: Font, anchor?: 'middle'): string =>
  tag(
    'text',
    {
      x,
      y: y + font.line / 2 + font.size * 0.36,
      'font-size': font.size,
      'font-weight': font.weight,
      fill: font.fill,
      'text-anchor': anchor,
    },
    escapeText(line),
  )

/** The drawing. `placed`: a `PlacedChart` of the same definition. */
export function toSvg(definition: Definition, placed: PlacedDrawing, language: Language = 'en'): string {
  const width = placed.width + 2 * MARGIN
  const height = placed.height + 2 * MARGIN
  const title = inLanguage(definition.meta.title, language, definition.id)
  const inner = [
    tag('title', {}, escapeText(title)),
    tag('rect', { x: placed.x - MARGIN, y: placed.y - MARGIN, width, height, fill: PAPER }),
    ...placed.states.map(state),
    ...placed.dividers.map(({ from, to }) =>
      tag('path', {
        d: `M${at(from)}L${at(to)}`,
        stroke: LINE,
        'stroke-width': 1.5,
        'stroke-dasharray': '5 4',
        fill: 'none',
      }),
    ),
    ...placed.edges.map(edge),
    ...placed.marks.map(mark),
    ...placed.edges.flatMap(({ labels }) => labels.map(label)),
  ]
  const box = [placed.x - MARGIN, placed.y - MARGIN, width, height].map(n).join(' ')
  const head = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: box,
    width,
    height,
    'font-family': FONT,
    role: 'img',
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg${head}>\n${inner.join('\n')}\n</svg>\n`
}

const at = ({ x, y }: Point): string => `${n(x)} ${n(y)}`

function state(placed: PlacedDrawing['states'][number]): string {
  const { state: of, box, x, y, width, height } = placed
  const isGroup = of.children.length > 0 || of.kind === 'compound' || of.kind === 'parallel'
  if (of.kind === 'history') {
    const mark = of.history === 'deep' ? 'H*' : 'H'
    return (
      tag('circle', {
        cx: x + width / 2,
        cy: y + height / 2,
        r: width / 2,
        fill: '#fff',
        stroke: LINE,
        'stroke-width': 1.5,
      }) + text(mark, x + width / 2, y + height / 2 - 9, { ...TITLE, size: 12 }, 'middle')
    )
  }
  const frame = tag('rect', {
    x,
    y,
    width,
    height,
    rx: 9,
    fill: of.parent === undefined ? 'none' : isGroup ? '#0f3c5a0a' : '#fff',
    stroke: isGroup ? '#aab4be' : LINE,
    'stroke-width': isGroup ? 1 : 1.5,
    'stroke-dasharray': of.region ? '5 4' : undefined,
  })
  const ring =
    of.kind === 'final'
      ? tag('rect', {
          x: x + 3,
          y: y + 3,
          width: width - 6,
          height: height - 6,
          rx: 7,
          fill: 'none',
          stroke: LINE,
        })
      : ''
  return frame + ring + contents(box, x + (isGroup ? 14 : 12), y + 10, isGroup ? GROUP : TITLE)
}

function contents(box: PlacedDrawing['states'][number]['box'], x: number, top: number, font: Font): string {
  let y = top
  const parts: string[] = []
  for (const line of box.titleLines) {
    parts.push(text(line, x, y, font))
    y += font.line
  }
  for (const row of box.chipRows) {
    y += 6
    parts.push(chips(row, x, y))
    y += CHIP.height
  }
  if (box.rows.length > 0) y += 6
  for (const row of box.rows) {
    parts.push(text(row.text, x, y, ROW))
    y += ROW.line
  }
  return parts.join('')
}

/** What a count counts. */
const SIGNS: Readonly<Record<string, string>> = { checklist: '☑', entry: '⇥', exit: '↦', action: '▸' }

function chips(row: readonly Chip[], from: number, y: number): string {
  let x = from
  return row
    .map(({ kind, icon, text: count, width }) => {
      const sign = icon === undefined ? undefined : SIGNS[icon]
      const words = sign === undefined ? count : `${sign} ${count}`
      const isNorm = kind === 'norm' || kind === 'more'
      const drawn =
        tag('rect', { x, y, width, height: CHIP.height, rx: 5, fill: isNorm ? '#e8edf7' : '#eceff2' }) +
        text(
          words,
          x + width / 2,
          y,
          { size: CHIP.size, weight: 500, line: CHIP.height, fill: isNorm ? '#2b4474' : INK },
          'middle',
        )
      x += width + CHIP.gap
      return drawn
    })
    .join('')
}

function edge({ points, kind, arrow }: PlacedDrawing['edges'][number]): string {
  const line = tag('path', {
    d: rounded(points),
    fill: 'none',
    stroke: EDGE,
    'stroke-width': 1.4,
    'stroke-dasharray': kind === 'default' ? '4 4' : undefined,
  })
  const head = arrow ? arrowHead(points) : ''
  return head === '' ? line : line + tag('path', { d: head, fill: EDGE })
}

const mark = ({ kind, x, y, width, height }: PlacedDrawing['marks'][number]): string =>
  kind === 'initial'
    ? tag('circle', { cx: x + width / 2, cy: y + height / 2, r: width / 2, fill: INK })
    : tag('rect', { x, y, width, height, rx: 2, fill: INK })

function label({ x, y, width, height, box }: PlacedDrawing['edges'][number]['labels'][number]): string {
  const parts = [tag('rect', { x, y, width, height, rx: 6, fill: PAPER })]
  let top = y + 3
  for (const line of box.titleLines) {
    parts.push(text(line, x + 7, top, LABEL))
    top += LABEL.line
  }
  for (const line of box.guardLines) {
    parts.push(text(line, x + 7, top, GUARD))
    top += GUARD.line
  }
  if (box.chips.length > 0) parts.push(chips(box.chips, x + 7, top + 2))
  return parts.join('')
}

const distance = (from: Point, to: Point): number => Math.hypot(to.x - from.x, to.y - from.y)
function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  const share = whole === 0 ? 0 : length / whole
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}
/** A line with rounded corners. */
function rounded(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1]
      const after = points[index + 1]
      if (before === undefined) return `M${at(point)}`
      if (after === undefined) return `L${at(point)}`
      const room = Math.min(7, distance(before, point) / 2, distance(point, after) / 2)
      return `L${at(towards(point, before, room))}Q${at(point)} ${at(towards(point, after, room))}`
    })
    .join('')
}
function arrowHead(points: readonly Point[]): string {
  const tip = points.at(-1)
  const before = points.findLast((point) => tip !== undefined && distance(point, tip) > 0.5)
  if (tip === undefined || before === undefined) return ''
  const back = towards(tip, before, 9)
  const across = { x: ((tip.y - back.y) * 4.2) / 9, y: ((back.x - tip.x) * 4.2) / 9 }
  const left = { x: back.x + across.x, y: back.y + across.y }
  const right = { x: back.x - across.x, y: back.y - across.y }
  return `M${at(tip)}L${at(left)}L${at(right)}Z`
}
