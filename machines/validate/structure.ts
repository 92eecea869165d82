/**
 * The structural pass: holds a stranger's JSON against the schema of definitions, and hands on what is sound.
 *
 * Promises: every fault of shape with its exact place, also inside guards and actions, where the `type` decides
 * which shape is meant. What comes out is a definition in shape: broken parts are left out or stand empty, so that
 * the other passes can look at the rest; `original` leads their pointers back into what came in, and `isMended`
 * tells them where not to complain twice.
 * Must not: check references or meaning. Relies on `isWalkable` for the depth of its recursion.
 */
import { child, isWithin, tokensOf } from '../definition/pointer.ts'
import type { Definition } from '../definition/schema.ts'
import { accepts, expected, isRecord, neutral, typesOf } from './kinds.ts'
import { LIMITS } from './limits.ts'
import { type Fix, REMOVE, Report } from './report.ts'
import {
  DEFINITION_SHAPE,
  NORM_PATTERN,
  type ObjectShape,
  type PlainShape,
  resolve,
  type Shape,
  wordsOf,
} from './shapes.ts'

type Kept = { value: unknown } | undefined
/** `from`: where it stands in what came in; `to`: in what is handed on. */
type Place = { from: string; to: string }

export type Structure = {
  definition: Definition | undefined
  norms: { id: string; pointer: string }[]
  texts: { en: string; zh: string; pointer: string }[]
  /** From a pointer into `definition` to the one into the input. */
  original(pointer: string): string
  /** Whether what stands there (in `definition`) was broken, and was left out or put in place of it. */
  isMended(pointer: string): boolean
  /** Whether anything at or below a pointer was. */
  hasMended(pointer: string): boolean
  /** Nothing was left out that could have named something: what is not found here is not there. */
  isWhole: boolean
}

/** Walks the input; all faults go to `report`. */
export function readStructure(input: unknown, report: Report): Structure {
  const walk = new Walk(report)
  const kept = walk.visit(DEFINITION_SHAPE, input, { from: '', to: '' })
  const definition = kept !== undefined && isSound(kept.value) ? kept.value : undefined
  return {
    definition,
    norms: walk.norms,
    texts: walk.texts,
    original: (pointer) => walk.original(pointer),
    hasMended: (pointer) => walk.mended.some((place) => isWithin(place, pointer)),
    isWhole: !walk.lost,
    isMended: (pointer) => walk.mended.some((place) => isWithin(pointer, place)),
  }
}

/** Holds for what the walk hands on: a second walk finds nothing to mend. (Patterns and lengths aside.) */
function isSound(value: unknown): value is Definition {
  const walk = new Walk(new Report())
  return walk.visit(DEFINITION_SHAPE, value, { from: '', to: '' }) !== undefined && !walk.changed
}

const get = (record: object, key: string): unknown => Object.getOwnPropertyDescriptor(record, key)?.value

class Walk {
  readonly norms: Structure['norms'] = []
  readonly texts: Structure['texts'] = []
  readonly mended: string[] = []
  changed = false
  lost = false
  private readonly report: Report
  /** By the pointer of an array that lost entries: the original index of each that is left. */
  private readonly indices = new Map<string, number[]>()

  constructor(report: Report) {
    this.report = report
  }

  original(pointer: string): string {
    let from = ''
    let to = ''
    for (const token of tokensOf(pointer)) {
      const indices = this.indices.get(to)
      to = child(to, token)
      from = child(from, indices?.[Number(token)] ?? token)
    }
    return from
  }

  visit(shape: Shape, value: unknown, place: Place): Kept {
    const plain = resolve(shape)
    switch (plain.kind) {
      case 'union':
        return this.visitUnion(plain.of.map(resolve), value, place)
      case 'object':
        return isRecord(value) ? this.visitObject(plain, value, place) : this.wrongType([plain], value, place)
      case 'record':
        return isRecord(value)
          ? this.visitRecord(plain.values, value, place)
          : this.wrongType([plain], value, place)
      case 'array':
        return Array.isArray(value)
          ? this.visitArray(plain, value, place)
          : this.wrongType([plain], value, place)
      case 'choice':
        return this.visitChoice(plain.values, value, place)
      case 'string':
        return typeof value === 'string'
          ? this.visitString(plain, value, place)
          : this.wrongType([plain], value, place)
      case 'number':
        return this.visitNumber(plain, value, place)
      case 'any':
        return { value }
      default:
        return accepts(plain, value) ? { value } : this.wrongType([plain], value, place)
    }
  }

  private visitObject(shape: ObjectShape, value: Record<string, unknown>, place: Place): Kept {
    const kept: Record<string, unknown> = {}
    const given = Object.keys(value).filter((key) => get(value, key) !== undefined)
    const present = new Set(given)
    const missing = new Set([...shape.required].filter((key) => !present.has(key)))
    const free = [...shape.properties.keys()].filter((key) => !present.has(key))
    for (const key of given) {
      const property = shape.properties.get(key)
      const at = step(place, key)
      if (property === undefined) {
        this.changed = true
        if (typeof get(value, key) === 'object') this.lost = true
        const fix = this.report.renaming(at.from, key, free)
        if (fix?.rename !== undefined) {
          missing.delete(fix.rename)
          this.mended.push(step(place, fix.rename).to)
        }
        const remove: Fix = { title: REMOVE, path: at.from }
        this.report.add('unknown-key', at.from, { key }, { fix: fix ?? remove })
        continue
      }
      const held = this.visit(property, get(value, key), at)
      if (held !== undefined) kept[key] = held.value
      else if (shape.required.has(key)) this.mend(kept, key, property, at)
      else this.lose(at)
    }
    for (const key of missing) this.report.add('missing-key', place.from, { key })
    for (const key of shape.required) {
      const property = shape.properties.get(key)
      if (!Object.hasOwn(kept, key) && property !== undefined)
        this.mend(kept, key, property, step(place, key))
    }
    this.noteText(shape, kept, place)
    return { value: kept }
  }

  private mend(kept: Record<string, unknown>, key: string, shape: Shape, at: Place): void {
    this.lose(at)
    kept[key] = neutral(shape)
  }

  private lose(at: Place): void {
    this.changed = true
    this.lost = true
    this.mended.push(at.to)
  }

  private noteText(shape: ObjectShape, kept: Record<string, unknown>, place: Place): void {
    if (shape.properties.size !== 2 || !shape.properties.has('en') || !shape.properties.has('zh')) return
    const { en, zh } = kept
    this.texts.push({
      en: typeof en === 'string' ? en : '',
      zh: typeof zh === 'string' ? zh : '',
      pointer: place.from,
    })
  }

  private visitRecord(values: Shape, value: Record<string, unknown>, place: Place): Kept {
    const kept: Record<string, unknown> = {}
    for (const key of Object.keys(value)) {
      const at = step(place, key)
      const given = get(value, key)
      if (given === undefined) continue
      if (key === '__proto__') {
        // Never carried on: as a key of an ordinary object it would be no key at all.
        this.changed = true
        this.report.add('reserved-name', at.from, { name: key })
        continue
      }
      const held = this.visit(values, given, at)
      // A broken event is still an event: its name stays, so that what names it is not called unknown.
      if (held === undefined) this.mend(kept, key, values, at)
      else kept[key] = held.value
    }
    return { value: kept }
  }

  private visitArray(shape: PlainShape & { kind: 'array' }, value: unknown[], place: Place): Kept {
    const kept: unknown[] = []
    const indices: number[] = []
    value.forEach((entry, index) => {
      const at = { from: child(place.from, index), to: child(place.to, kept.length) }
      const held = this.visit(shape.items, entry, at)
      if (held === undefined) return
      kept.push(held.value)
      indices.push(index)
    })
    if (kept.length < value.length) {
      this.lost = true
      this.indices.set(place.to, indices)
    }
    if (value.length < shape.minItems) {
      this.lost = true
      this.report.add('empty', place.from)
    }
    return { value: kept }
  }

  private visitUnion(of: readonly PlainShape[], value: unknown, place: Place): Kept {
    const candidates = of.filter((shape) => accepts(shape, value))
    const [only] = candidates
    if (only === undefined) return this.wrongType(of, value, place)
    if (!isRecord(value)) return this.visit(only, value, place)
    const objects = candidates.filter((shape) => shape.kind === 'object')
    const typed = objects.filter((shape) => typesOf(shape).length > 0)
    if (typed.length > 1 && !Object.hasOwn(value, '@expr')) return this.visitTyped(typed, value, place)
    const chosen = objects.find(
      ({ required }) => required.size === 0 || [...required].some((key) => Object.hasOwn(value, key)),
    )
    return chosen === undefined ? this.wrongType(of, value, place) : this.visit(chosen, value, place)
  }

  /** Guards and actions: their `type` says which of the shapes is meant. */
  private visitTyped(shapes: readonly ObjectShape[], value: Record<string, unknown>, place: Place): Kept {
    const type = get(value, 'type')
    const known = shapes.flatMap(typesOf)
    if (typeof type === 'string') {
      const meant = shapes.find((shape) => typesOf(shape).includes(type))
      if (meant !== undefined) return this.visit(meant, value, place)
      const at = child(place.from, 'type')
      const code = known.includes('checklistDone') ? 'unknown-guard' : 'unknown-action'
      this.report.add(code, at, { name: type }, { fix: this.report.replacing(at, type, known) })
    } else if (type === undefined) this.report.add('missing-key', place.from, { key: 'type' })
    else this.wrongType([{ kind: 'choice', values: known }], type, step(place, 'type'))
    this.changed = true
    return undefined
  }

  private visitChoice(values: readonly string[], value: unknown, place: Place): Kept {
    if (typeof value !== 'string') return this.wrongType([{ kind: 'choice', values }], value, place)
    if (values.includes(value)) return { value }
    this.changed = true
    const fix = this.report.replacing(place.from, value, values)
    if (values.includes('dispatcher')) this.report.add('unknown-role', place.from, { name: value }, { fix })
    else this.report.add('wrong-choice', place.from, { value, choices: values.join(', ') }, { fix })
    return undefined
  }

  private visitString(shape: PlainShape & { kind: 'string' }, value: string, place: Place): Kept {
    const { pattern, minLength, maxLength } = shape
    if (value.length < minLength) this.report.add('empty', place.from)
    if (value.length > maxLength) {
      const code = maxLength === LIMITS.expression ? 'expression-too-long' : 'too-long'
      this.report.add(code, place.from, { limit: maxLength })
    } else if (pattern !== undefined && !pattern.test(value)) {
      this.report.add('bad-format', place.from, { value, expected: wordsOf(pattern) })
    } else if (pattern?.source === NORM_PATTERN) this.norms.push({ id: value, pointer: place.from })
    return { value }
  }

  private visitNumber(shape: PlainShape & { kind: 'number' }, value: unknown, place: Place): Kept {
    if (!accepts(shape, value)) return this.wrongType([shape], value, place)
    if (Number(value) < shape.minimum) this.report.add('out-of-range', place.from, { limit: shape.minimum })
    return { value }
  }

  private wrongType(shapes: readonly PlainShape[], value: unknown, place: Place): undefined {
    this.changed = true
    const words = shapes.map(expected)
    const join = (language: 'en' | 'zh', word: string) =>
      [...new Set(words.map((each) => each[language]))].join(word)
    const isTransition = shapes.some((shape) => shape.kind === 'object' && shape.properties.has('target'))
    const fix: Fix | undefined =
      isTransition && typeof value === 'string'
        ? {
            title: { en: 'Write it as a transition', zh: '改写为转移对象' },
            path: place.from,
            value: { target: value },
          }
        : undefined
    this.report.add(
      'wrong-type',
      place.from,
      { expected: { en: join('en', ' or '), zh: join('zh', '或') } },
      { fix },
    )
    return undefined
  }
}

const step = (place: Place, key: string): Place => ({
  from: child(place.from, key),
  to: child(place.to, key),
})
