/**
 * From a JSON pointer to its place in the text, and back.
 *
 * Promises: what is not in the text leads to what is nearest around it. Must not: know what a definition is.
 */
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import type { Span, TextNode } from './json-read.ts'

export type Place = {
  /** The value, with its key where it has one. */
  readonly whole: Span
  readonly key?: Span
  readonly node?: TextNode
  /** Whether the pointer led to the end. */
  readonly exact: boolean
}

/** Where a pointer leads. */
export function placeOf(root: TextNode, pointer: string): Place {
  let place: Place = { whole: root, node: root, exact: true }
  for (const token of tokensOf(pointer)) {
    const next = step(place.node, token)
    if (next === undefined) return { ...place, exact: false }
    place = next
  }
  return place
}

function step(node: TextNode | undefined, token: string): Place | undefined {
  if (node?.kind === 'list') {
    const entry = /^(0|[1-9]\d*)$/.test(token) ? node.entries[Number(token)] : undefined
    return entry === undefined ? undefined : { whole: entry, node: entry, exact: true }
  }
  if (node?.kind !== 'object') return undefined
  const entry = node.entries.find(({ key }) => key === token)
  if (entry === undefined) return undefined
  const { keySpan: key, node: held } = entry
  return {
    whole: { from: key.from, to: (held ?? key).to },
    key,
    ...(held === undefined ? {} : { node: held }),
    exact: true,
  }
}

/** What to underline for a pointer: a small value itself, else the key or the bracket it begins with. */
export function markOf(
  text: string,
  root: TextNode,
  pointer: string,
  range?: { start: number; end: number },
): Span {
  const { node, key, whole, exact } = placeOf(root, pointer)
  const written =
    range !== undefined && node?.kind === 'object'
      ? node.entries.find((entry) => entry.key === '@expr')?.node
      : node
  if (range !== undefined && exact && written?.kind === 'leaf') return withinText(text, written, range)
  if (exact && node?.kind === 'leaf') return node
  if (key !== undefined) return key
  return { from: whole.from, to: Math.min(whole.from + 1, whole.to) }
}

/** Letters of a text in quotes, some of them written by several signs. */
function withinText(text: string, { from, to }: Span, { start, end }: { start: number; end: number }): Span {
  const written = text.slice(from + 1, to - 1)
  const places: number[] = []
  for (let at = 0; at < written.length; ) {
    places.push(from + 1 + at)
    at += written[at] !== '\\' ? 1 : written[at + 1] === 'u' ? 6 : 2
  }
  places.push(to - 1)
  const last = places.length - 1
  const first = places[Math.min(start, last)] ?? from
  return { from: first, to: Math.max(places[Math.min(end, last)] ?? to, first) }
}

/** The pointer of the innermost key or value around an offset. */
export function pointerAt(root: TextNode, offset: number): string {
  let pointer = ''
  let node: TextNode | undefined = root
  while (node !== undefined && node.kind !== 'leaf') {
    const next: { token: string | number; node: TextNode | undefined } | undefined = inside(node, offset)
    if (next === undefined) break
    pointer = child(pointer, next.token)
    node = next.node
  }
  return pointer
}

function inside(
  node: Exclude<TextNode, { kind: 'leaf' }>,
  offset: number,
): { token: string | number; node: TextNode | undefined } | undefined {
  const holds = ({ from, to }: Span): boolean => offset >= from && offset <= to
  if (node.kind === 'list') {
    const index = node.entries.findIndex(holds)
    return index < 0 ? undefined : { token: index, node: node.entries[index] }
  }
  const entry = node.entries.find(({ keySpan, node: held }) =>
    holds({ from: keySpan.from, to: (held ?? keySpan).to }),
  )
  return entry === undefined ? undefined : { token: entry.key, node: entry.node }
}
