/**
 * Guards judged with only some fields known: true for certain, false for certain, or open.
 *
 * Promises: "for certain" holds whatever everything else is. A value stands for all that the guards cannot tell from it.
 * Must not: run the machine.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Field, Guard } from '../definition/schema.ts'
import { type Outline, outlineOf } from '../expression/outline.ts'
import { type Kin, outlineParts, type Reading } from './explore-reading.ts'

/** `error`: it cannot be told, and so it opens nothing, turned round neither. `never`: false or that. */
export type Certain = 'true' | 'false' | 'error' | 'never' | 'open'
/** Filled in, with what is not known. */
const FILLED = Symbol('filled')
/** Stands for a field that holds nothing. */
export const ABSENT = Symbol('absent')
/** By name of a job field. */
export type Valuation = Readonly<Record<string, unknown>>

const isRest = (path: string): boolean => path.startsWith('settings.')

/** All that a field can hold as far as guards tell values apart. */
function domainOf(
  field: Field | undefined,
  kin: Kin | undefined,
  settings: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  const held = [...(kin?.paths ?? [])]
  const alone = held.every(isRest)
  const marks = [
    ...(kin?.literals ?? []),
    ...held.flatMap((path) => (isRest(path) ? [settings[path.slice('settings.'.length)]] : [])),
  ]
  if (field?.type === 'boolean') return [true, false, ABSENT]
  if (field?.enum !== undefined) return [...field.enum, ABSENT]
  if (!alone || field === undefined) return [FILLED, ABSENT]
  const numbers = marks.filter((mark) => typeof mark === 'number')
  if (field.type === 'array') return [...(lengths(numbers) ?? [FILLED]), ABSENT]
  if (field.type === 'number' || field.type === 'integer') return [...around(numbers), ABSENT]
  if (field.type !== 'string' || field.format !== undefined) return [FILLED, ABSENT]
  return [...new Set(marks.filter((mark) => typeof mark === 'string')), 'neither', ABSENT]
}

/** One value for each stretch between marks, and the marks. */
function around(marks: readonly number[]): readonly unknown[] {
  const sorted = [...new Set(marks)].sort((one, other) => one - other)
  const between = sorted.slice(1).map((mark, place) => (mark + (sorted[place] ?? mark)) / 2)
  const [first] = sorted
  const last = sorted.at(-1)
  return first === undefined || last === undefined ? [FILLED] : [...sorted, ...between, first - 1, last + 1]
}

const LONGEST = 12

/**
 * Lists tell themselves apart by how long they are (what is in them stays open, `certain`): up to beyond all that lengths, and sums of
 * them, are held against. None where that is too long.
 */
const lengths = (numbers: readonly number[]): readonly unknown[] | undefined => {
  const most = numbers.reduce((sum, each) => sum + Math.abs(each), 3)
  return most > LONGEST
    ? undefined
    : Array.from({ length: most }, (_, length) => Array.from({ length }, () => 'x'))
}

const nameIn = (part: Outline): string | undefined =>
  part.kind === 'path' ? [part.root, ...part.names].join('.') : undefined

/** Arithmetic, orders of texts and the like: the values of a domain do not stand for all others there. */
const isBeyond = (part: Outline): boolean =>
  part.kind === 'other' || (part.kind === 'call' && part.name !== 'has' && part.name !== 'size')

/** The length of a list, and what is added to it: the lengths of a domain do stand for all others there (`lengths`). */
const isLength = (text: string): boolean =>
  /^size\(job\.\w+\)( \+ \d+)? (>=|>|<=|<|==|!=) (settings\.\w+|\d+)$/.test(text)

const isOrder = (part: Outline): boolean =>
  part.kind === 'compare' && part.operator !== '==' && part.operator !== '!='

const TURNED = { true: 'false', false: 'true', error: 'error', never: 'open', open: 'open' } as const
const turned = (told: Certain): Certain => TURNED[told]

function joined(kind: 'and' | 'or', told: readonly Certain[]): Certain {
  const deciding = kind === 'and' ? 'false' : 'true'
  if (told.includes(deciding)) return deciding
  const open = told.includes('open')
  if (kind === 'and' && (told.includes('never') || (open && told.includes('error')))) return 'never'
  if (open) return 'open'
  if (told.includes('never')) return 'never'
  if (told.includes('error')) return 'error'
  return kind === 'and' ? 'true' : 'false'
}

export class Abstract {
  readonly #compiled: Compiled

  constructor(compiled: Compiled) {
    this.#compiled = compiled
  }

  /** What a guard comes to. */
  of(guard: Guard | undefined, valuation: Valuation): Certain {
    if (guard === undefined) return 'true'
    if ('@expr' in guard) {
      const read = outlineOf(guard['@expr'])
      return read.ok ? this.#part(read.outline, guard['@expr'], valuation) : 'open'
    }
    switch (guard.type) {
      case 'and':
      case 'or':
        return joined(
          guard.type,
          guard.params.guards.map((each) => this.of(each, valuation)),
        )
      case 'not':
        return turned(this.of(guard.params.guard, valuation))
      default:
        return 'open'
    }
  }

  #part(part: Outline, text: string, valuation: Valuation): Certain {
    if (part.kind === 'and' || part.kind === 'or')
      return joined(
        part.kind,
        part.parts.map((each) => this.#part(each, text, valuation)),
      )
    if (part.kind === 'not') return turned(this.#part(part.part, text, valuation))
    return this.#whole(text.slice(part.range.start, part.range.end), part, valuation)
  }

  /** A part without `and` and `or`: told where all that it reads is known. */
  #whole(text: string, part: Outline, valuation: Valuation): Certain {
    const parts = outlineParts(text)
    if (parts.some(({ kind }) => kind === 'loop')) return 'open'
    const paths = parts.flatMap((each) => nameIn(each) ?? [])
    if (paths.some((path) => path.startsWith('job.')) && parts.some(isBeyond) && !isLength(text))
      return 'open'
    const presence = part.kind === 'call' && part.name === 'has'
    const sized = parts.some((each) => each.kind === 'call' && each.name === 'size')
    const job: Record<string, unknown> = {}
    for (const path of paths) {
      const [root, name = '', below] = path.split('.')
      if (root === 'settings') continue
      if (root !== 'job' || below !== undefined || !Object.hasOwn(valuation, name)) return 'open'
      const value = valuation[name]
      if (value === ABSENT) continue
      if (value === FILLED && !presence) return 'open'
      if (Array.isArray(value) && !sized && !presence) return 'open'
      if (typeof value === 'string' && parts.some(isOrder)) return 'open'
      job[name] = value === FILLED ? 'filled' : value
    }
    const { expressions, settings } = this.#compiled
    const told = expressions.program(text).evaluate({
      job,
      now: 0,
      actor: { id: '', name: '', roles: [] },
      checklist: {},
      settings,
      links: {},
      timeZone: 'UTC',
    })
    if (!told.ok) return told.cause === 'missing' ? 'error' : 'open'
    return told.value === true ? 'true' : 'false'
  }
}

const MOST = 400

/** Every combination of what some fields can hold; none where there are too many. */
export function valuations(
  { definition, settings }: Compiled,
  reading: Reading,
  fields: readonly string[],
): readonly Valuation[] {
  let all: Record<string, unknown>[] = [{}]
  for (const name of fields) {
    const domain = domainOf(
      definition.schemas.context.properties[name],
      reading.kin.get(`job.${name}`),
      settings,
    )
    if (all.length * domain.length > MOST) continue
    all = all.flatMap((each) => domain.map((value) => ({ ...each, [name]: value })))
  }
  return all
}
