/**
 * The few elements that a drawing in SVG is made of.
 *
 * Promises: every text is escaped, every number rounded to a tenth. Must not: know what is drawn.
 */
import { DRAWING_ICONS, type DrawingIcon } from '../drawing/icons.ts'
import { escapeAttribute, escapeText } from './xml.ts'

type Attributes = Readonly<Record<string, string | number | undefined>>
type Point = { readonly x: number; readonly y: number }

export const rounded = (value: number): string => String(Math.round(value * 10) / 10)

export const attributes = (given: Attributes): string =>
  Object.entries(given)
    .flatMap(([key, value]) =>
      value === undefined
        ? []
        : [` ${key}="${typeof value === 'number' ? rounded(value) : escapeAttribute(value)}"`],
    )
    .join('')

export const element = (name: string, given: Attributes, inner?: string): string =>
  inner === undefined ? `<${name}${attributes(given)}/>` : `<${name}${attributes(given)}>${inner}</${name}>`

export type Font = { readonly size: number; readonly weight: number; readonly line: number }

/** A line of text whose box begins at a corner, or is centred under it. */
export const text = (line: string, { x, y }: Point, font: Font, fill: string, anchor?: 'middle'): string =>
  element(
    'text',
    {
      x,
      // The base line stands so that Latin capitals and Chinese signs both look centred.
      y: y + font.line / 2 + font.size * 0.36,
      'font-size': font.size,
      'font-weight': font.weight,
      fill,
      'text-anchor': anchor,
    },
    escapeText(line),
  )

/** A sign of the drawing, its upper left corner at a point. */
export const icon = (name: DrawingIcon, { x, y }: Point, size: number, stroke: string): string =>
  element('path', {
    d: DRAWING_ICONS[name],
    transform: `translate(${rounded(x)} ${rounded(y)}) scale(${Math.round((size / 24) * 1000) / 1000})`,
    fill: 'none',
    stroke,
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  })
