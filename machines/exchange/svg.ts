/**
 * A placed drawing as one SVG file, in light colours.
 *
 * Promises: what the layout placed is drawn where it was placed, with every line of text in its box, and looks as it
 * does on the page; all text is escaped; the file needs nothing from outside and holds no script.
 * Must not: lay out or measure.
 */
import { type Chip, isOpenGroup, type LabelBox, type StateBox } from '../drawing/boxes.ts'
import type {
  PlacedChart,
  PlacedEdge,
  PlacedLabel,
  PlacedMark,
  PlacedState,
  Point,
} from '../drawing/graph.ts'
import { CHIP, FONT, GROUP, LABEL, ROW, STATE } from '../drawing/metrics.ts'
import { arrowHead, roundedPath } from '../drawing/path.ts'
import { attributes, element, type Font, icon, rounded, text } from './svg-elements.ts'
import { escapeText } from './xml.ts'

const INK = '#212930'
const FAINT = '#57606a'
const LINE = '#8a949e'
const EDGE = '#55606b'
const PAPER = '#fbfcfd'
const STATE_FILL = '#ffffff'
const GROUP_LINE = '#aab4be'
const WARNING = '#b3261e'
const CHIP_COLOURS = {
  norm: { fill: '#e8edf7', ink: '#2b4474' },
  more: { fill: '#e8edf7', ink: '#2b4474' },
  badge: { fill: '#eceff2', ink: INK },
} as const
const MARGIN = 16

/** The size of the picture of a drawing, in pixels. */
export const pictureSize = ({ width, height }: PlacedChart): { width: number; height: number } => ({
  width: Math.ceil(width) + 2 * MARGIN,
  height: Math.ceil(height) + 2 * MARGIN,
})

/** The drawing under a title, which readers of the screen are told. */
export function toSvg(chart: PlacedChart, title: string): string {
  const { width, height } = pictureSize(chart)
  const corner = { x: chart.x - MARGIN, y: chart.y - MARGIN }
  const inner = [
    element('title', {}, escapeText(title)),
    element('rect', { ...corner, width, height, fill: PAPER }),
    ...chart.states.map(state),
    ...chart.dividers.map(divider),
    ...chart.edges.map(edge),
    ...chart.marks.map(mark),
    // Headings stand above the lines that cross their group, as on the page.
    ...chart.states.filter((placed) => isOpenGroup(placed.state)).map(heading),
    ...chart.edges.flatMap(({ labels }) => labels.map(label)),
  ]
  const head = attributes({
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: [corner.x, corner.y, width, height].map(rounded).join(' '),
    width,
    height,
    'font-family': FONT,
    role: 'img',
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg${head}>\n${inner.filter((part) => part !== '').join('\n')}\n</svg>\n`
}

const at = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`

const divider = ({ from, to }: PlacedChart['dividers'][number]): string =>
  element('path', {
    d: `M${at(from)}L${at(to)}`,
    stroke: LINE,
    'stroke-width': 1.5,
    'stroke-dasharray': '5 4',
    fill: 'none',
  })

function state(placed: PlacedState): string {
  const { state: of, box, x, y } = placed
  if (of.kind === 'history') return history(placed)
  const group = isOpenGroup(of)
  // A region within dividers has no border of its own.
  if (placed.open) return ''
  const outline = frame(placed, group)
  return group
    ? outline
    : outline + contents(box, { x: x + STATE.padX, y: y + STATE.padY }, of.kind, STATE.title)
}

function frame({ state: of, x, y, width, height }: PlacedState, group: boolean): string {
  const outer = element('rect', {
    x,
    y,
    width,
    height,
    rx: 9,
    fill: of.parent === undefined ? 'none' : group ? '#0f3c5a' : STATE_FILL,
    'fill-opacity': group && of.parent !== undefined ? '0.04' : undefined,
    stroke: group ? GROUP_LINE : LINE,
    'stroke-width': group ? 1 : 1.5,
    'stroke-dasharray': of.region ? '5 4' : undefined,
  })
  if (of.kind !== 'final') return outer
  const ring = { x: x + 3, y: y + 3, width: width - 6, height: height - 6, rx: 7 }
  return outer + element('rect', { ...ring, fill: 'none', stroke: LINE })
}

function history({ state: { history: kind }, x, y, width, height }: PlacedState): string {
  const middle = { x: x + width / 2, y: y + height / 2 }
  const circle = { cx: middle.x, cy: middle.y, r: width / 2, fill: STATE_FILL }
  const font = { size: 12, weight: 600, line: 18 }
  return (
    element('circle', { ...circle, stroke: LINE, 'stroke-width': 1.5 }) +
    text(kind === 'deep' ? 'H*' : 'H', { x: middle.x, y: middle.y - 9 }, font, INK, 'middle')
  )
}

function heading({ state: of, box, x, y }: PlacedState): string {
  const paper = element('rect', {
    x: x + 1,
    y: y + 1,
    width: box.width - 2,
    height: box.height,
    rx: 8,
    fill: PAPER,
    'fill-opacity': '0.88',
  })
  return paper + contents(box, { x: x + GROUP.padX, y: y + GROUP.padTop }, of.kind, GROUP.title)
}

/** Title, chips and inner transitions from a corner down. */
function contents(box: StateBox, { x, y }: Point, kind: string, font: Font): string {
  const isEnd = kind === 'final'
  const parts = isEnd ? [bullsEye({ x: x + 8, y: y + (box.titleLines.length * font.line) / 2 })] : []
  let top = y
  for (const line of box.titleLines) {
    parts.push(text(line, { x: x + (isEnd ? STATE.finalIcon : 0), y: top }, font, INK))
    top += font.line
  }
  for (const row of box.chipRows) {
    top += STATE.gap
    parts.push(chips(row, { x, y: top }))
    top += CHIP.height
  }
  if (box.rows.length > 0) top += STATE.gap
  for (const row of box.rows) {
    const ink = row.icon === 'warning' ? WARNING : FAINT
    parts.push(icon(row.icon, { x, y: top + (ROW.line - ROW.icon) / 2 }, ROW.icon, ink))
    parts.push(text(row.text, { x: x + ROW.icon + ROW.iconGap, y: top }, ROW, ink))
    top += ROW.line
  }
  return parts.join('')
}

const bullsEye = ({ x, y }: Point): string =>
  element('circle', { cx: x, cy: y, r: 6.8, fill: 'none', stroke: INK, 'stroke-width': 1.5 }) +
  element('circle', { cx: x, cy: y, r: 3.6, fill: INK })

const CHIP_FONT = { size: CHIP.size, weight: CHIP.weight, line: CHIP.height }

function chips(row: readonly Chip[], from: Point): string {
  let { x } = from
  return row
    .map((chip) => {
      const drawn = chipAt(chip, { x, y: from.y })
      x += chip.width + CHIP.gap
      return drawn
    })
    .join('')
}

function chipAt({ kind, icon: sign, text: said, width }: Chip, { x, y }: Point): string {
  const { fill, ink } = CHIP_COLOURS[kind]
  const box = element('rect', { x, y, width, height: CHIP.height, rx: 5, fill })
  if (sign === undefined) return box + text(said, { x: x + width / 2, y }, CHIP_FONT, ink, 'middle')
  const after = x + CHIP.padX + CHIP.icon + CHIP.iconGap
  return (
    box +
    icon(sign, { x: x + CHIP.padX, y: y + (CHIP.height - CHIP.icon) / 2 }, CHIP.icon, ink) +
    text(said, { x: after, y }, CHIP_FONT, ink)
  )
}

function edge({ points, kind, arrow }: PlacedEdge): string {
  const line = element('path', {
    d: roundedPath(points),
    fill: 'none',
    stroke: EDGE,
    'stroke-width': 1.4,
    'stroke-dasharray': kind === 'default' ? '4 4' : undefined,
  })
  const head = arrow ? arrowHead(points) : ''
  return head === '' ? line : line + element('path', { d: head, fill: EDGE })
}

const mark = ({ kind, x, y, width, height }: PlacedMark): string =>
  kind === 'initial'
    ? element('circle', { cx: x + width / 2, cy: y + height / 2, r: width / 2, fill: INK })
    : element('rect', { x, y, width, height, rx: 2, fill: INK })

function label({ x, y, width, height, box }: PlacedLabel): string {
  const paper = element('rect', { x, y, width, height, rx: 6, fill: PAPER })
  return paper + labelText(box, { x: x + LABEL.padX, y: y + LABEL.padY })
}

function labelText(box: LabelBox, { x, y }: Point): string {
  const parts: string[] = []
  let top = y
  const sign = box.icon
  const indent = sign === undefined ? 0 : LABEL.icon + LABEL.iconGap
  if (sign !== undefined)
    parts.push(icon(sign, { x, y: top + (LABEL.title.line - LABEL.icon) / 2 }, LABEL.icon, INK))
  for (const [index, line] of box.titleLines.entries()) {
    parts.push(text(line, { x: index === 0 ? x + indent : x, y: top }, LABEL.title, INK))
    top += LABEL.title.line
  }
  for (const line of box.guardLines) {
    parts.push(text(line, { x, y: top }, LABEL.guard, FAINT))
    top += LABEL.guard.line
  }
  if (box.chips.length > 0) parts.push(chips(box.chips, { x, y: top + 2 }))
  return parts.join('')
}
