/**
 * XML read into elements, and elements written as XML: as much of it as files of statecharts use.
 *
 * Promises: reading never throws, uses no stack for depth and takes time linear in the text. A DTD is refused whole,
 * and with it every entity but the five of XML itself and character references: nothing can be fetched or multiplied.
 * Must not: check a schema. Processing instructions are passed over.
 */
import type { Said } from './note.ts'

export type Element = {
  /** Without its prefix. */
  name: string
  /** The address that its prefix stands for; empty for none. */
  space: string
  /** By name; those with a prefix by `address|name`. */
  attributes: ReadonlyMap<string, string>
  children: Element[]
  /** Character data directly inside, with its spaces. */
  text: string
  /** `line:column` of its `<`. */
  place: string
}
export type XmlError = {
  code: 'unreadable' | 'forbidden-markup' | 'too-deep'
  place: string
  what: string | Said
}

const MAX_DEPTH = 60
const MAX_ATTRIBUTES = 100
const NAME = /[A-Za-z_\u0080-\uffff][\w.\-\u0080-\uffff]*(?::[A-Za-z_\u0080-\uffff][\w.\-\u0080-\uffff]*)?/y
const SPACES = /[ \t\r\n]*/y
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

class Broken extends Error {
  readonly error: Omit<XmlError, 'place'>
  readonly at: number
  constructor(code: XmlError['code'], what: string | Said, at: number) {
    super(code)
    this.error = { code, what }
    this.at = at
  }
}

type Open = { element: Element; raw: string; spaces: ReadonlyMap<string, string> }

/** The root element, or what is wrong. Never throws. */
export function readXml(text: string): { root: Element } | { error: XmlError } {
  const reader = new XmlReader(text)
  try {
    return { root: reader.document() }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { error: { ...error.error, place: reader.placeOf(error.at) } }
  }
}

class XmlReader {
  readonly #text: string
  readonly #lines: number[]
  #at = 0

  constructor(text: string) {
    this.#text = text.replace(/^\uFEFF/, '')
    this.#lines = [0]
    for (let at = this.#text.indexOf('\n'); at !== -1; at = this.#text.indexOf('\n', at + 1))
      this.#lines.push(at + 1)
  }

  placeOf(at: number): string {
    let low = 0
    let high = this.#lines.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#lines[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return `${low + 1}:${at - (this.#lines[low] ?? 0) + 1}`
  }

  document(): Element {
    const open: Open[] = []
    let root: Element | undefined
    while (this.#at < this.#text.length) {
      const begin = this.#text.indexOf('<', this.#at)
      const data = this.#text.slice(this.#at, begin === -1 ? undefined : begin)
      this.#data(data, open.at(-1))
      if (begin === -1) break
      this.#at = begin
      if (this.#skipped(open.at(-1))) continue
      if (this.#text.startsWith('</', begin)) this.#close(open)
      else {
        if (root !== undefined && open.length === 0)
          throw new Broken(
            'unreadable',
            { en: 'there is a second outermost element', zh: '存在第二个根元素' },
            begin,
          )
        const element = this.#start(open)
        root ??= element
      }
    }
    const last = open.at(-1)
    if (last !== undefined)
      throw new Broken(
        'unreadable',
        { en: `<${last.raw}> is not closed`, zh: `<${last.raw}> 没有结束` },
        this.#text.length,
      )
    if (root === undefined)
      throw new Broken('unreadable', { en: 'there is no element', zh: '没有任何元素' }, 0)
    return root
  }

  #data(data: string, inside: Open | undefined): void {
    if (inside !== undefined) inside.element.text += this.#decoded(data, this.#at)
    else if (data.trim() !== '')
      throw new Broken(
        'unreadable',
        { en: 'there is text outside the outermost element', zh: '根元素之外有文本' },
        this.#at,
      )
  }

  /** Comments, instructions and CDATA. */
  #skipped(inside: Open | undefined): boolean {
    if (this.#text.startsWith('<!--', this.#at)) this.#past('-->')
    else if (this.#text.startsWith('<![CDATA[', this.#at)) {
      const from = this.#at + 9
      this.#past(']]>')
      if (inside === undefined)
        throw new Broken(
          'unreadable',
          { en: 'there is text outside the outermost element', zh: '根元素之外有文本' },
          from,
        )
      inside.element.text += this.#text.slice(from, this.#at - 3)
    } else if (this.#text.startsWith('<?', this.#at)) this.#past('?>')
    else if (this.#text.startsWith('<!', this.#at)) {
      const what = /^<!\w*/.exec(this.#text.slice(this.#at, this.#at + 12))?.[0] ?? '<!'
      throw new Broken('forbidden-markup', what, this.#at)
    } else return false
    return true
  }
  #past(end: string): void {
    const found = this.#text.indexOf(end, this.#at)
    if (found === -1)
      throw new Broken('unreadable', { en: `“${end}” is missing`, zh: `缺少“${end}”` }, this.#at)
    this.#at = found + end.length
  }

  #close(open: Open[]): void {
    const begin = this.#at
    this.#at += 2
    const raw = this.#name()
    this.#spaces()
    if (this.#text[this.#at] !== '>') throw new Broken('unreadable', `</${raw}`, begin)
    this.#at += 1
    if (open.pop()?.raw !== raw)
      throw new Broken(
        'unreadable',
        { en: `</${raw}> closes nothing`, zh: `</${raw}> 没有对应的开始标签` },
        begin,
      )
  }

  #start(open: Open[]): Element {
    const begin = this.#at
    if (open.length >= MAX_DEPTH) throw new Broken('too-deep', '', begin)
    this.#at += 1
    const raw = this.#name()
    const given = this.#attributes()
    const isWhole = this.#text[this.#at] === '/'
    if (isWhole) this.#at += 1
    if (this.#text[this.#at] !== '>') throw new Broken('unreadable', `<${raw}`, begin)
    this.#at += 1
    const parent = open.at(-1)
    const spaces = spacesOf(given, parent?.spaces ?? new Map())
    const { name, space } = resolved(raw, spaces, true)
    const attributes = new Map<string, string>()
    for (const [key, value] of given) {
      if (key === 'xmlns' || key.startsWith('xmlns:')) continue
      const at = resolved(key, spaces, false)
      attributes.set(at.space === '' ? at.name : `${at.space}|${at.name}`, value)
    }
    const element: Element = { name, space, attributes, children: [], text: '', place: this.placeOf(begin) }
    parent?.element.children.push(element)
    if (!isWhole) open.push({ element, raw, spaces })
    return element
  }

  #attributes(): Map<string, string> {
    const found = new Map<string, string>()
    for (;;) {
      this.#spaces()
      const next = this.#text[this.#at]
      if (next === '>' || next === '/' || next === undefined) return found
      const begin = this.#at
      const name = this.#name()
      this.#spaces()
      if (this.#text[this.#at] !== '=')
        throw new Broken('unreadable', { en: `“${name}” has no value`, zh: `“${name}”没有值` }, begin)
      this.#at += 1
      this.#spaces()
      const quote = this.#text[this.#at]
      const end = quote === '"' || quote === "'" ? this.#text.indexOf(quote, this.#at + 1) : -1
      if (end === -1)
        throw new Broken('unreadable', { en: `“${name}” has no value`, zh: `“${name}”没有值` }, begin)
      const value = this.#text.slice(this.#at + 1, end)
      if (value.includes('<') || found.has(name) || found.size >= MAX_ATTRIBUTES)
        throw new Broken('unreadable', name, begin)
      found.set(name, this.#decoded(value.replaceAll(/[\t\r\n]/g, ' '), begin))
      this.#at = end + 1
    }
  }

  #name(): string {
    NAME.lastIndex = this.#at
    const found = NAME.exec(this.#text)?.[0]
    if (found === undefined)
      throw new Broken('unreadable', this.#text.slice(this.#at, this.#at + 10), this.#at)
    this.#at += found.length
    return found
  }
  #spaces(): void {
    SPACES.lastIndex = this.#at
    this.#at += SPACES.exec(this.#text)?.[0].length ?? 0
  }

  #decoded(text: string, at: number): string {
    if (!text.includes('&')) return text
    return text.replaceAll(/&([^;&\s]{0,12};?)/g, (whole, inner: string) => {
      const name = inner.replace(/;$/, '')
      const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
      const code =
        number === null
          ? undefined
          : Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16)
      if (inner.endsWith(';') && code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code)
      const entity = ENTITIES.get(name)
      if (!inner.endsWith(';') || entity === undefined)
        throw new Broken(inner.endsWith(';') ? 'forbidden-markup' : 'unreadable', whole, at)
      return entity
    })
  }
}

function spacesOf(
  given: ReadonlyMap<string, string>,
  above: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = [...given].flatMap(([key, value]): [string, string][] =>
    key === 'xmlns' ? [['', value]] : key.startsWith('xmlns:') ? [[key.slice(6), value]] : [],
  )
  return own.length === 0 ? above : new Map([...above, ...own])
}
function resolved(
  raw: string,
  spaces: ReadonlyMap<string, string>,
  isElement: boolean,
): { name: string; space: string } {
  const colon = raw.indexOf(':')
  if (colon === -1) return { name: raw, space: isElement ? (spaces.get('') ?? '') : '' }
  const prefix = raw.slice(0, colon)
  return { name: raw.slice(colon + 1), space: spaces.get(prefix) ?? prefix }
}

/* ---------------------------------------------------------------- writing */

export type Attributes = Readonly<Record<string, string | undefined>>
/** An element to be written; `children` in order, or text alone. */
export type Node = { name: string; attributes: Attributes; children: Node[] | string }
export const node = (name: string, attributes: Attributes = {}, children: Node[] | string = []): Node => ({
  name,
  attributes,
  children,
})

/** What XML cannot hold at all becomes the replacement sign. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
/** Text as it may stand between tags. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(FORBIDDEN, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
/** Text as it may stand between double quotes. */
export const escapeAttribute = (text: string): string =>
  escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')

/** Written with two spaces a level. */
export function writeXml(root: Node): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>']
  write(root, '', lines)
  return `${lines.join('\n')}\n`
}
function write({ name, attributes, children }: Node, indent: string, lines: string[]): void {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeAttribute(value)}"`],
  )
  const open = `${indent}<${name}${given.join('')}`
  if (children.length === 0) lines.push(`${open}/>`)
  else if (typeof children === 'string') lines.push(`${open}>${escapeText(children)}</${name}>`)
  else {
    lines.push(`${open}>`)
    for (const child of children) write(child, `${indent}  `, lines)
    lines.push(`${indent}</${name}>`)
  }
}
