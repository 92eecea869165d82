/**
 * The path of a transition through its points, with rounded corners, and its arrow head.
 *
 * Must not: choose points; they are ELK's.
 */
import type { Point } from './graph.ts'

const distance = (from: Point, to: Point): number => Math.hypot(to.x - from.x, to.y - from.y)
const towards = (from: Point, to: Point, length: number): Point => {
  const whole = distance(from, to)
  if (whole === 0) return from
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole }
}
const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`

/** An SVG path; corners are rounded as far as the pieces beside them allow. */
export function roundedPath(points: readonly Point[], radius = 7): string {
  const [first] = points
  if (first === undefined) return ''
  let path = `M${at(first)}`
  for (let index = 1; index < points.length; index += 1) {
    const before = points[index - 1]
    const corner = points[index]
    const after = points[index + 1]
    if (before === undefined || corner === undefined) continue
    if (after === undefined) {
      path += `L${at(corner)}`
      continue
    }
    const room = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
    path += `L${at(towards(corner, before, room))}Q${at(corner)} ${at(towards(corner, after, room))}`
  }
  return path
}

/** A filled triangle at the end of the last piece. */
export function arrowHead(points: readonly Point[], length = 9, half = 4.2): string {
  const tip = points.at(-1)
  const before = points.findLast((point) => tip !== undefined && distance(point, tip) > 0.5)
  if (tip === undefined || before === undefined) return ''
  const back = towards(tip, before, length)
  const across = { x: ((tip.y - back.y) * half) / length, y: ((back.x - tip.x) * half) / length }
  const left = { x: back.x + across.x, y: back.y + across.y }
  const right = { x: back.x - across.x, y: back.y - across.y }
  return `M${at(tip)}L${at(left)}L${at(right)}Z`
}
