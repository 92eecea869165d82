/**
 * The first look at a definition from outside: is it JSON, is it small enough, is it flat enough to walk?
 *
 * Promises: no recursion, and no more work than the size limit allows, whatever comes.
 * Must not: know what a definition is.
 */
import { child } from '../definition/pointer.ts'
import type { Report } from './report.ts'

export const LIMITS = {
  bytes: 1024 * 1024,
  /** Levels of JSON. The deepest lawful definition (12 states deep, 8 guards deep) needs fewer. */
  jsonDepth: 100,
  states: 500,
  stateDepth: 12,
  events: 200,
  guardDepth: 8,
  expression: 2000,
} as const

type Pending = { value: unknown; pointer: string; depth: number }

/** Reports what bars any further look. True where there is nothing of the kind. */
export function isWalkable(input: unknown, report: Report): boolean {
  let bytes = 0
  const pending: Pending[] = [{ value: input, pointer: '', depth: 0 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, pointer, depth } = next
    if (depth > LIMITS.jsonDepth) {
      report.add('too-deep', shorten(pointer), { limit: LIMITS.jsonDepth })
      return false
    }
    if (!isJson(value)) {
      report.add('not-json', pointer, { what: typeof value })
      return false
    }
    bytes += 1 + sizeOf(value)
    if (typeof value === 'object' && value !== null) {
      // The limit is watched while children are listed, for one array may hold millions of them.
      for (const key of Object.keys(value)) {
        bytes += Array.isArray(value) ? 1 : key.length + 3
        if (bytes > LIMITS.bytes) break
        const held = Object.getOwnPropertyDescriptor(value, key)?.value
        if (held !== undefined || Array.isArray(value))
          pending.push({ value: held, pointer: child(pointer, key), depth: depth + 1 })
      }
    }
    if (bytes > LIMITS.bytes) {
      report.add('too-large', '', { limit: '1 MiB' })
      return false
    }
  }
  return true
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value === 'object' && (Array.isArray(value) || isPlain(value))
}

/** Made by braces or by a parser: no class of its own. (Not by identity, which differs between windows.) */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.hasOwn(Object(prototype), 'hasOwnProperty')
}

/** Bytes of UTF-8, roughly: what is not Latin takes three. */
function sizeOf(value: unknown): number {
  if (typeof value !== 'string') return 4
  if (value.length > LIMITS.bytes) return value.length
  let size = 2
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    size += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
  }
  return size
}

/** A pointer of a hundred levels says no more than one of twelve. */
const shorten = (pointer: string): string => pointer.split('/').slice(0, 13).join('/')
