/**
 * A piece of TypeScript that stands for a part of a CEL expression: its code, its kind, whether it may throw.
 *
 * Promises: code is only read as a kind that it has, by a helper of `ts-runtime.ts` where it came from JSON.
 * Must not: know an operator or a function.
 */
import type { Shape } from '../expression/shapes.ts'

export type Kind = Shape | { kind: 'span' } | { kind: 'null' }
/** `raw`: the code is of type unknown, as it stands in JSON, and may be undefined. `fails`: it may throw. */
export type Piece = { code: string; kind: Kind; raw?: boolean; fails: boolean }

/** What has no counterpart in TypeScript; the caller leaves a hook in its place. */
export class NoCounterpart extends Error {}

export const literal = (value: unknown): string => JSON.stringify(value) ?? 'null'

const READERS: Partial<Record<Kind['kind'], string>> = {
  string: 'text',
  int: 'number',
  double: 'number',
  bool: 'flag',
  timestamp: 'time',
  date: 'time',
  list: 'items',
  object: 'members',
  map: 'members',
  dyn: 'given',
}
/** The code with the type of its kind. */
export function use(piece: Piece): string {
  if (piece.raw !== true) return piece.code
  const reader = READERS[piece.kind.kind]
  if (reader === undefined) throw new NoCounterpart()
  return `${reader}(${piece.code})`
}
export const as = (piece: Piece, reader: string): string =>
  piece.kind.kind === 'dyn' ? `${reader}(${piece.code})` : use(piece)
export const flag = (piece: Piece): string =>
  piece.kind.kind === 'bool' ? use(piece) : as(dynamic(piece), 'flag')
export const textOf = (piece: Piece): string =>
  piece.kind.kind === 'string' ? use(piece) : as(dynamic(piece), 'text')
export const timeOf = (piece: Piece): string => (isTime(piece) ? use(piece) : as(dynamic(piece), 'time'))
export const dynamic = (piece: Piece): Piece => {
  if (piece.kind.kind !== 'dyn') throw new NoCounterpart()
  return piece
}
/** The code of the value as JSON holds it. */
export function json(piece: Piece): string {
  if (isTime(piece)) return `iso(${use(piece)})`
  if (piece.kind.kind === 'span') return `isoSpan(${use(piece)})`
  return use(piece)
}
export const isTime = ({ kind }: Piece): boolean => kind.kind === 'timestamp' || kind.kind === 'date'
export const isNumber = ({ kind }: Piece): boolean => kind.kind === 'int' || kind.kind === 'double'
export const isText = ({ kind }: Piece): boolean => kind.kind === 'string'
export const isList = ({ kind }: Piece): boolean => kind.kind === 'list'
export const made = (code: string, kind: Kind, ...from: Piece[]): Piece => ({
  code,
  kind,
  fails: from.some(({ fails }) => fails),
})
export const failing = (code: string, kind: Kind): Piece => ({ code, kind, fails: true })
export const DYN: Kind = { kind: 'dyn' }
export const BOOL: Kind = { kind: 'bool' }
export const INT: Kind = { kind: 'int' }
export const STRING: Kind = { kind: 'string' }
export const TIME: Kind = { kind: 'timestamp' }
export const SPAN: Kind = { kind: 'span' }
export const listOf = (kind: Kind): Kind => ({
  kind: 'list',
  of: kind.kind === 'span' || kind.kind === 'null' ? { kind: 'dyn' } : kind,
})
