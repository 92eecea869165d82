/**
 * JSON text read with its places: a tree that knows where each key and value stands, also of text that is still being
 * written, and the first thing that is wrong with it.
 *
 * Promises: never throws; text without a fault is what `JSON.parse` reads, and `value` is what it means. Refused, though
 * JSON would take it: a key given twice (one of both would be lost), keys that reach into every object, numbers that
 * cannot be kept exactly, nesting beyond 200 levels.
 * Must not: know what a definition is, or say its faults in words.
 */
import type { Json } from '../document/json.ts'

export type Span = { readonly from: number; readonly to: number }
export type Entry = {
  readonly key: string
  readonly keySpan: Span
  /** Absent while it is still to be written. */
  readonly node?: TextNode
}
export type ObjectNode = Span & { readonly kind: 'object'; readonly entries: readonly Entry[] }
type ListNode = Span & { readonly kind: 'list'; readonly entries: readonly TextNode[] }
export type LeafNode = Span & {
  readonly kind: 'leaf'
  readonly value: null | boolean | number | string
}
export type TextNode = ObjectNode | ListNode | LeafNode

export type FaultCode =
  | 'empty'
  | 'unclosedObject'
  | 'unclosedList'
  | 'unclosedText'
  | 'trailingComma'
  | 'extraComma'
  | 'commaMissing'
  | 'colonMissing'
  | 'valueMissing'
  | 'keyMissing'
  | 'quotesMissing'
  | 'wrongQuotes'
  | 'fullWidth'
  | 'comment'
  | 'wrongEnd'
  | 'wrongSign'
  | 'wrongNumber'
  | 'largeNumber'
  | 'wrongEscape'
  | 'afterEnd'
  | 'sameKey'
  | 'barredKey'
  | 'tooDeep'
export type Fault = Span & { readonly code: FaultCode; readonly sign: string }
export type Reading = {
  readonly root?: TextNode
  /** The first thing wrong; absent: `value` is there. */
  readonly fault?: Fault
  readonly value?: Json
}

const MAX_DEPTH = 200
/** Signs as a Chinese keyboard writes them, and what JSON wants. */
const HALF: Readonly<Record<string, string>> = {
  '\uff0c': ',',
  '\uff1a': ':',
  '\uff5b': '{',
  '\uff5d': '}',
  '\uff3b': '[',
  '\uff3d': ']',
  '\u3010': '[',
  '\u3011': ']',
  '\u201c': '"',
  '\u201d': '"',
  '\uff02': '"',
}
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[^\s,:[\]{}"'\uff0c\uff1a]+/y
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Reads a text, as far as it makes sense. */
export function readJson(text: string): Reading {
  const reader = new Reader(text)
  const root = reader.whole()
  const { fault } = reader
  if (root === undefined) return fault === undefined ? {} : { fault }
  return fault === undefined ? { root, value: meaningOf(root) } : { root, fault }
}

/** What a node without faults means. */
function meaningOf(node: TextNode): Json {
  if (node.kind === 'leaf') return node.value
  if (node.kind === 'list') return node.entries.map(meaningOf)
  return Object.fromEntries(
    node.entries.flatMap(({ key, node: held }): [string, Json][] =>
      held === undefined ? [] : [[key, meaningOf(held)]],
    ),
  )
}

class Reader {
  fault: Fault | undefined
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): TextNode | undefined {
    this.#space()
    if (this.#at >= this.#text.length) {
      this.#wrong('empty', 0, 0)
      return undefined
    }
    const root = this.#value(0, '')
    this.#space()
    if (this.#at < this.#text.length) this.#wrong('afterEnd', this.#at, this.#text.length)
    return root
  }

  /** The first one counts: what follows is mostly its echo. */
  #wrong(code: FaultCode, from: number, to = from + 1): void {
    this.fault ??= {
      code,
      from,
      to: Math.min(to, this.#text.length),
      sign: this.#text.slice(from, Math.min(to, from + 40)),
    }
  }

  #space(): void {
    for (;;) {
      const sign = this.#text[this.#at]
      if (sign === ' ' || sign === '\n' || sign === '\t' || sign === '\r') this.#at++
      else if (sign === '/' && (this.#text[this.#at + 1] === '/' || this.#text[this.#at + 1] === '*'))
        this.#comment()
      else return
    }
  }
  #comment(): void {
    const isLine = this.#text[this.#at + 1] === '/'
    const end = this.#text.indexOf(isLine ? '\n' : '*/', this.#at + 2)
    const to = end < 0 ? this.#text.length : isLine ? end : end + 2
    this.#wrong('comment', this.#at, to)
    this.#at = to
  }

  /** The sign here as JSON would have it; one of full width is wrong but understood. */
  #sign(): string | undefined {
    const sign = this.#text[this.#at]
    const half = sign === undefined || !Object.hasOwn(HALF, sign) ? undefined : HALF[sign]
    if (half === undefined) return sign
    this.#wrong('fullWidth', this.#at)
    return half
  }

  #value(depth: number, under: string): TextNode | undefined {
    if (depth > MAX_DEPTH) {
      this.#wrong('tooDeep', this.#at)
      this.#at = this.#text.length
      return undefined
    }
    const from = this.#at
    const sign = this.#sign()
    if (sign === '{') return this.#object(depth, under)
    if (sign === '[') return this.#list(depth)
    if (sign === '"') return { kind: 'leaf', value: this.#string(), from, to: this.#at }
    if (sign === undefined || sign === ',' || sign === '}' || sign === ']' || sign === ':') {
      this.#wrong('valueMissing', from)
      return undefined
    }
    if (sign === "'") return this.#wronglyQuoted()
    return this.#word()
  }

  #wronglyQuoted(): LeafNode {
    const from = this.#at
    const line = this.#lineEnd(from)
    const end = this.#text.slice(0, line).indexOf("'", from + 1)
    this.#at = end < 0 ? line : end + 1
    this.#wrong('wrongQuotes', from, this.#at)
    return { kind: 'leaf', value: this.#text.slice(from + 1, end < 0 ? line : end), from, to: this.#at }
  }

  /** A number, `true`, `false` or `null`; anything else wants quotes. */
  #word(): LeafNode {
    const from = this.#at
    WORD.lastIndex = from
    const word = WORD.exec(this.#text)?.[0] ?? this.#text.slice(from, from + 1)
    this.#at = from + word.length
    const leaf = (value: LeafNode['value']): LeafNode => ({ kind: 'leaf', value, from, to: this.#at })
    if (word === 'true' || word === 'false') return leaf(word === 'true')
    if (word === 'null') return leaf(null)
    if (!/^[-+.\d]/.test(word)) {
      this.#wrong('quotesMissing', from, this.#at)
      return leaf(word)
    }
    NUMBER.lastIndex = 0
    const number = Number(word)
    if (NUMBER.exec(word)?.[0] !== word) this.#wrong('wrongNumber', from, this.#at)
    else if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number)))
      this.#wrong('largeNumber', from, this.#at)
    return leaf(number === 0 ? 0 : number)
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from)
    return end < 0 ? this.#text.length : end
  }

  /** A text in quotes; one that is not closed ends with its line. */
  #string(): string {
    const text = this.#text
    const from = this.#at
    const isFull = text[from] !== '"'
    const parts: string[] = []
    let start = from + 1
    for (let at = start; ; at++) {
      const sign = text[at]
      if (sign === '"' || (isFull && sign === '\u201d')) {
        this.#at = at + 1
        return parts.join('') + text.slice(start, at)
      }
      if (sign === undefined || sign === '\n') {
        this.#at = at
        this.#wrong('unclosedText', from, at)
        return parts.join('') + text.slice(start, at)
      }
      if (sign < ' ') this.#wrong('wrongEscape', at)
      if (sign !== '\\') continue
      const { read, length } = this.#escape(at)
      parts.push(text.slice(start, at), read)
      start = at + length
      at = start - 1
    }
  }
  #escape(at: number): { read: string; length: number } {
    const name = this.#text[at + 1] ?? ''
    const simple = Object.hasOwn(ESCAPES, name) ? ESCAPES[name] : undefined
    if (simple !== undefined) return { read: simple, length: 2 }
    const hex = /^[\da-fA-F]{4}/.exec(this.#text.slice(at + 2, at + 6))?.[0]
    if (name === 'u' && hex !== undefined)
      return { read: String.fromCharCode(Number.parseInt(hex, 16)), length: 6 }
    this.#wrong('wrongEscape', at, at + 2)
    return { read: '', length: name === '\n' || name === '' ? 1 : 2 }
  }

  #list(depth: number): ListNode {
    const from = this.#at++
    const entries: TextNode[] = []
    let comma: number | undefined
    for (;;) {
      this.#space()
      const sign = this.#sign()
      if (sign === ']' || sign === undefined || sign === '}') {
        if (sign === undefined) this.#wrong('unclosedList', from)
        else if (comma !== undefined) this.#wrong('trailingComma', comma)
        if (sign === '}') this.#wrong('wrongEnd', this.#at)
        if (sign === ']') this.#at++
        return { kind: 'list', entries, from, to: this.#at }
      }
      if (sign === ',' || sign === ':') {
        this.#wrong(sign === ',' ? 'extraComma' : 'wrongSign', this.#at)
        this.#at++
        continue
      }
      if (entries.length > 0 && comma === undefined)
        this.#wrong('commaMissing', this.#endOf(entries), this.#at)
      const node = this.#value(depth + 1, '')
      if (node !== undefined) entries.push(node)
      comma = this.#comma()
    }
  }
  #endOf(nodes: readonly TextNode[]): number {
    return Math.max(0, (nodes.at(-1)?.to ?? this.#at) - 1)
  }
  /** Where a comma stands here; it is passed over. */
  #comma(): number | undefined {
    this.#space()
    return this.#sign() === ',' ? this.#at++ : undefined
  }

  #object(depth: number, under: string): ObjectNode {
    const from = this.#at++
    const entries: Entry[] = []
    const keys = new Set<string>()
    let comma: number | undefined
    for (;;) {
      this.#space()
      const sign = this.#sign()
      if (sign === '}' || sign === undefined || (sign === ']' && depth > 0)) {
        if (sign === undefined) this.#wrong('unclosedObject', from)
        else if (comma !== undefined) this.#wrong('trailingComma', comma)
        if (sign === ']') this.#wrong('wrongEnd', this.#at)
        if (sign === '}') this.#at++
        return { kind: 'object', entries, from, to: this.#at }
      }
      if (sign === ',' || sign === ':' || sign === '{' || sign === '[' || sign === ']') {
        this.#wrong(sign === ',' ? 'extraComma' : 'keyMissing', this.#at)
        this.#at++
        continue
      }
      const last = entries.at(-1)
      if (last !== undefined && comma === undefined)
        this.#wrong('commaMissing', (last.node ?? last.keySpan).to - 1, this.#at)
      entries.push(this.#entry(depth, under, keys))
      comma = this.#comma()
    }
  }
  #entry(depth: number, under: string, keys: Set<string>): Entry {
    const from = this.#at
    const key = this.#key()
    const keySpan = { from, to: this.#at }
    if (keys.has(key)) this.#wrong('sameKey', from, this.#at)
    // These would reach what every object shares; nothing on the way to the server and back takes them.
    if (key === '__proto__' || (key === 'prototype' && under === 'constructor'))
      this.#wrong('barredKey', from, this.#at)
    keys.add(key)
    this.#space()
    if (this.#sign() !== ':') {
      this.#wrong('colonMissing', from, keySpan.to)
      return { key, keySpan }
    }
    this.#at++
    this.#space()
    const node = this.#value(depth + 1, key)
    return node === undefined ? { key, keySpan } : { key, keySpan, node }
  }
  #key(): string {
    const sign = this.#sign()
    if (sign === '"') return this.#string()
    if (sign === "'") return String(this.#wronglyQuoted().value)
    const from = this.#at
    WORD.lastIndex = from
    const word = WORD.exec(this.#text)?.[0] ?? this.#text.slice(from, from + 1)
    this.#at = from + Math.max(word.length, 1)
    this.#wrong('quotesMissing', from, this.#at)
    return word
  }
}
