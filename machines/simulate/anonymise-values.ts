/**
 * The values of a job's history without what they tell of people and places.
 *
 * Promises: everything personal and every text somebody typed is replaced; the same value by the same stand-in, so that guards
 * that compare two of them agree as they did; what a process itself names (choices, words in its rules) stays; a stand-in fits its field.
 * Must not: keep the way back from a stand-in to what it stands for.
 */

import type { Evidence } from '../advance/job.ts'
import { own } from '../definition/check-value.ts'
import { canonicalJson, hashOf } from '../definition/hash.ts'
import { literalsOf } from '../definition/literals.ts'
import type { Definition, Field, Text } from '../definition/schema.ts'
import type { Cast } from './anonymise-people.ts'
import { movedDay, movedMoment } from './anonymise-time.ts'

export type StandInOptions = {
  /** Stand-ins as long as what they stand for: some rules count letters. */
  asLong: boolean
}
type Fields = Record<string, Field> | undefined

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const WORDS = {
  text: { en: 'Text', zh: '文字' },
  evidence: { en: 'Proof', zh: '凭证文字' },
  serial: { en: 'Serial number', zh: '序列号' },
  signed: { en: 'Signed by', zh: '签名人' },
  mail: { en: 'Mail', zh: '邮箱' },
} as const satisfies Record<string, Text>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export class StandIns {
  readonly #cast: Cast
  readonly #shift: number
  readonly #options: StandInOptions
  /** Words that the process's own rules use. */
  readonly #known: ReadonlySet<string>
  readonly #texts = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #files = new Map<string, string>()

  constructor(definition: Definition, cast: Cast, shift: number, options: StandInOptions) {
    this.#cast = cast
    this.#shift = shift
    this.#options = options
    this.#known = literalsOf(definition)
  }

  /** Those of a declared set; one that is not declared is left out. */
  fields(declared: Fields, values: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const field = own(declared, name)
        return field === undefined ? [] : [[name, this.#value(field, value, field.meta?.title ?? WORDS.text)]]
      }),
    )
  }

  /** What another process says, whose fields are not known here. */
  untyped(value: unknown): unknown {
    if (typeof value === 'string') return this.#untypedText(value)
    if (Array.isArray(value)) return value.map((each) => this.untyped(each))
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.untyped(each)]))
    return value
  }

  evidence({ kind, text, number, file, signedBy }: Evidence): Evidence {
    const label = kind === 'serial' ? WORDS.serial : WORDS.evidence
    return {
      kind,
      ...(text === undefined ? {} : { text: this.text(text, label) }),
      ...(number === undefined ? {} : { number }),
      ...(file === undefined ? {} : { file: this.#file(file) }),
      ...(signedBy === undefined ? {} : { signedBy: this.text(signedBy, WORDS.signed) }),
    }
  }

  /** A text as both languages have it. */
  words(value: string, label: Text): Text {
    const zh = this.text(value, label)
    const n = /\d+$/.exec(zh)?.[0] ?? ''
    return { en: `${label.en ?? label.zh ?? ''} ${n}`.trim(), zh }
  }

  text(value: string, label: Text, field?: Pick<Field, 'minLength' | 'maxLength'>): string {
    const person = this.#cast.nameOf(value)
    if (person !== undefined && isFitting(person, field)) return person
    return this.#standIn(
      '',
      value,
      (n) => this.#fitted(`${label.zh ?? label.en ?? ''} ${n}`, n, value, field),
      label,
    )
  }

  #standIn(kind: string, value: string, make: (n: number) => string, label: Text): string {
    const key = `${kind}\n${value}`
    const before = this.#texts.get(key)
    if (before !== undefined) return before
    const counted = canonicalJson(label)
    const n = (this.#counts.get(counted) ?? 0) + 1
    this.#counts.set(counted, n)
    const made = make(n)
    this.#texts.set(key, made)
    return made
  }

  #fitted(
    wanted: string,
    n: number,
    value: string,
    field: Pick<Field, 'minLength' | 'maxLength'> = {},
  ): string {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = field
    const least = this.#options.asLong ? Math.max(minLength, value.length) : minLength
    const text = wanted.length > maxLength ? String(n).slice(0, maxLength) : wanted
    return text.length < least ? `${text} `.padEnd(Math.min(least, maxLength), '*') : text
  }

  #value(field: Field, value: unknown, label: Text): unknown {
    const title = field.meta?.title ?? label
    if (Array.isArray(value)) {
      const { items } = field
      return value.map((each) => (items === undefined ? this.untyped(each) : this.#value(items, each, title)))
    }
    if (isRecord(value))
      return field.properties === undefined ? this.untyped(value) : this.fields(field.properties, value)
    if (typeof value === 'string') return this.#string(field, value, title)
    // A number about a person tells of him; yes or no does not.
    if (typeof value === 'number' && field.meta?.personal === true) return field.minimum ?? 0
    return value
  }

  #string(field: Field, value: string, title: Text): string {
    if (field.enum !== undefined) return value
    switch (field.format) {
      case 'date-time':
        return movedMoment(value, this.#shift)
      case 'date':
        return movedDay(value, this.#shift)
      case 'duration':
        return value
      case 'person':
        return this.#cast.keyOf(value) ?? this.text(value, title, field)
      case 'email':
        return this.#standIn('mail', value, (n) => `mail-${n}@example.com`, WORDS.mail)
      default:
        if (field.meta?.personal !== true && this.#known.has(value)) return value
        return this.#cast.keyOf(value) ?? this.text(value, title, field)
    }
  }

  #untypedText(value: string): string {
    if (this.#known.has(value)) return value
    if (MOMENT.test(value)) return movedMoment(value, this.#shift)
    if (DAY.test(value)) return movedDay(value, this.#shift)
    return this.#cast.keyOf(value) ?? this.text(value, WORDS.text)
  }

  /** As good a hash as any, of nothing. */
  #file(hash: string): string {
    const before = this.#files.get(hash)
    if (before !== undefined) return before
    const made = hashOf(`file ${this.#files.size + 1}`)
    this.#files.set(hash, made)
    return made
  }
}

const isFitting = (
  text: string,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Partial<Field> = {},
) => text.length >= minLength && text.length <= maxLength
