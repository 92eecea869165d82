/**
 * What changed between two versions of a process, in sentences a process owner reads before publishing.
 *
 * Promises: every difference is said, each with its place; only two that are alike have none. What merely follows
 * from a renaming (targets, expressions) is not said again.
 * Must not: judge whether a change is good, or whom it touches.
 */
import { child } from '../../machines/definition/pointer.ts'
import { DECLARED, type DeclaredKind, KIND_OF, PLACE_OF } from './clip.ts'
import { stateDifferences } from './diff-states.ts'
import { changed, titled } from './diff-words.ts'
import { type About, come, type Difference, difference, gone, membersOf } from './difference.ts'
import {
  at,
  entriesOf,
  isAlike,
  isObject,
  type Json,
  keysOf,
  listOf,
  member,
  textOf,
  withMember,
} from './json.ts'
import { type Matching, matchNames, matchStates } from './matching.ts'
import { DocumentError, type Words, words } from './problem.ts'
import { mapReferences } from './references.ts'

export type { Difference } from './difference.ts'

/** All differences from `before` to `after`, the process first, then what it declares, then its states. */
export function differences(before: Json, after: Json): Difference[] {
  if (isAlike(before, after)) return []
  if (!isObject(before) || !isObject(after)) return [rewritten]
  const states = matchStates(before, after)
  const names = matchNames(before, after)
  const named = aligned(before, states, names)
  const found = [
    ...processDifferences(named, after),
    ...DECLARED.flatMap((kind) =>
      declaredDifferences(before, named, after, kind, names.get(KIND_OF[kind]) ?? new Map()),
    ),
    ...stateDifferences(before, named, after, states),
  ]
  return found.length === 0 ? [rewritten] : found
}

const rewritten: Difference = {
  kind: 'changed',
  subject: 'process',
  pointer: '',
  sentence: words('It is written in another way, and means the same', '写法有变动，含义不变'),
}

function processDifferences(before: Json, after: Json): Difference[] {
  const about: About = { subject: 'process', pointer: '', name: words('The process', '流程') }
  const others = [
    'states',
    'initial',
    'type',
    'on',
    'always',
    'after',
    'entry',
    'exit',
    'schemas',
    'delays',
    'settings',
    'certificates',
  ]
  const found = membersOf(before, after, about, others)
  // Members that no definition has, in a broken one.
  const rest = (definition: Json): Json =>
    withMember(
      isObject(member(definition, 'schemas')) ? asObject(member(definition, 'schemas')) : {},
      'events',
      undefined,
    )
  const context = (definition: Json): Json =>
    withMember(asObject(at(definition, 'schemas', 'context')), 'properties', undefined)
  const stray = (definition: Json): Json => withMember(asObject(rest(definition)), 'context', undefined)
  if (!isAlike(stray(before), stray(after)))
    found.push(
      difference(
        'changed',
        { ...about, pointer: '/schemas' },
        words('The data of the process changed', '流程数据有变动'),
      ),
    )
  const strayContext = (definition: Json): Json =>
    withMember(asObject(context(definition)), 'required', undefined)
  if (!isAlike(strayContext(before), strayContext(after)))
    found.push(
      difference(
        'changed',
        { ...about, pointer: '/schemas/context' },
        words('The fields changed', '字段有变动'),
      ),
    )
  return found
}

const asObject = (value: Json | undefined) => (isObject(value) ? value : {})

const NOUNS: Readonly<Record<DeclaredKind, Words & { subject: Difference['subject'] }>> = {
  fields: { en: 'Field', zh: '字段', subject: 'field' },
  events: { en: 'Event', zh: '事件', subject: 'event' },
  delays: { en: 'Delay', zh: '延时', subject: 'delay' },
  settings: { en: 'Setting', zh: '设置', subject: 'setting' },
  certificates: { en: 'Certificate', zh: '证书', subject: 'certificate' },
}

function declaredDifferences(
  before: Json,
  named: Json,
  after: Json,
  kind: DeclaredKind,
  renamed: ReadonlyMap<string, string>,
): Difference[] {
  const place = PLACE_OF[kind]
  const { subject, ...noun } = NOUNS[kind]
  const [old, now] = [at(before, ...place), at(after, ...place)]
  const found: Difference[] = []
  const kept = new Set<string>()
  for (const name of keysOf(old)) {
    const other = renamed.get(name) ?? name
    const value = at(named, ...place, other) ?? null
    const next = member(now, other)
    const pointer = child('', ...place, next === undefined ? name : other)
    const about = { subject, pointer, name: titled(next ?? value, other) }
    if (next === undefined) {
      found.push(difference('removed', about, gone(noun, titled(value, name))))
      continue
    }
    kept.add(other)
    if (other !== name)
      found.push(
        difference(
          'changed',
          about,
          words(`${noun.en} “${name}” renamed to “${other}”`, `${noun.zh}“${name}”重命名为“${other}”`),
        ),
      )
    const isWhole = kind === 'certificates' || !isObject(value) || !isObject(next)
    if (!isWhole) found.push(...membersOf(value, next, about))
    else if (!isAlike(value, next))
      found.push(difference('changed', about, changed(about.name, undefined, value, next)))
  }
  for (const [name, value] of entriesOf(now))
    if (!kept.has(name))
      found.push(
        difference(
          'added',
          { subject, pointer: child('', ...place, name), name: noun },
          come(noun, titled(value, name)),
        ),
      )
  return kind === 'fields' ? [...found, ...requiredDifferences(named, after)] : found
}

function requiredDifferences(before: Json, after: Json): Difference[] {
  const list = (definition: Json): Json[] => [...listOf(at(definition, 'schemas', 'context', 'required'))]
  const old = list(before)
  const now = list(after)
  const about = (name: Json): About => {
    const key = textOf(name) ?? ''
    const pointer = child('', ...PLACE_OF.fields, key)
    return { subject: 'field', pointer, name: titled(at(after, ...PLACE_OF.fields, key), key) }
  }
  const isThere = (name: Json): boolean => at(after, ...PLACE_OF.fields, textOf(name) ?? '') !== undefined
  const found = [
    ...now
      .filter((name) => !old.includes(name))
      .map((name) => [name, 'is needed to start a job', '改为启动工单必填'] as const),
    ...old
      .filter((name) => !now.includes(name) && isThere(name))
      .map((name) => [name, 'is no longer needed to start a job', '不再是启动工单必填'] as const),
  ].map(([name, en, zh]) => {
    const place = about(name)
    return difference('changed', place, words(`${place.name.en} ${en}`, `${place.name.zh}${zh}`))
  })
  return found
}

/** The old definition in the names of the new one, so that what only follows from a renaming is alike. */
function aligned(
  before: Json,
  states: Matching,
  names: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Json {
  try {
    return mapReferences(before, ({ kind, name }) =>
      kind === 'state' ? (states.places.get(name) ?? name) : (names.get(kind)?.get(name) ?? name),
    )
  } catch (error) {
    // In a broken definition a new name may be in use already: then what follows is said, too.
    if (error instanceof DocumentError) return before
    throw error
  }
}
