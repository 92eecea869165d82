/**
 * What may stand at a place of an expression that is still being written.
 *
 * Promises: works on text that cannot be parsed yet; offers only names that the check knows, and of functions only those
 * it passes; the best fit for the expected type first. Never throws.
 * Must not: judge the expression (`check.ts`), or know an editor.
 */
import { LOOPS } from './cel.ts'
import { FUNCTION_HELP } from './function-help.ts'
import { type Before, lookBack } from './look-back.ts'
import type { Words } from './messages.ts'
import { nameAt, type Scope, type ScopeName, type TypeName, typeName, wordsOf } from './scope.ts'
import type { Fields, Shape } from './shapes.ts'
import { VARIABLES } from './vocabulary.ts'
import { celText } from './writing.ts'

type CompletionKind = 'variable' | 'field' | 'function' | 'value'
type CompletionOption = {
  /** What the list shows. */
  readonly label: string
  /** What takes the place of `from` to `to`. */
  readonly insert: string
  readonly kind: CompletionKind
  readonly type: TypeName
  readonly title: Words
  readonly documentation?: Words
}
export type Completion = {
  readonly from: number
  readonly to: number
  /** The type that is wanted here, where that can be told. */
  readonly expected?: TypeName
  readonly options: readonly CompletionOption[]
}

/**
 * The names, functions and values that may stand at `position`.
 *
 * @param expected the type the whole expression must have; `any` for no demand
 */
export function complete(
  text: string,
  position: number,
  scope: Scope,
  expected: TypeName | 'any' = 'bool',
): Completion {
  const before = lookBack(text.slice(0, Math.max(0, Math.min(position, text.length))))
  const to = endOfWord(text, position, before)
  const wanted = wantedType(before, scope, expected)
  const options = optionsAt(before, scope)
  const ranked = wanted === undefined ? options : ranking(options, wanted.type)
  return {
    from: before.from,
    to,
    ...(wanted === undefined ? {} : { expected: wanted.type }),
    options: [...valuesFor(before, wanted), ...ranked].filter((option) => fits(option, before)),
  }
}

/** The word goes on behind the cursor; a text in quotes up to where it ends. */
function endOfWord(text: string, position: number, before: Before): number {
  const rest = text.slice(position)
  if (before.quote === undefined) return position + (/^\w*/.exec(rest)?.[0].length ?? 0)
  const end = rest.indexOf(before.quote)
  return end < 0 || rest.slice(0, end).includes('\n') ? position : position + end + 1
}

const fits = ({ label }: CompletionOption, { word }: Before): boolean =>
  label.toLowerCase().includes(word.toLowerCase())

type Wanted = { readonly type: TypeName; readonly like?: ScopeName }

/** What the place asks for: the other side of a comparison, what a list holds, a condition. */
function wantedType(before: Before, scope: Scope, expected: TypeName | 'any'): Wanted | undefined {
  const { operator, path } = before
  if (before.argument !== undefined) return argumentType(before.argument)
  if (operator === undefined) return expected === 'any' ? undefined : { type: expected }
  if (operator === 'bool') return { type: 'bool' }
  const name = path === undefined ? undefined : entryOf(path, before, scope)
  if (name === undefined) return undefined
  if (operator === 'in') return { type: `list<${name.type}>`, like: name }
  return { type: operator === 'item' ? itemType(name.type) : name.type, like: name }
}

const itemType = (type: TypeName): TypeName => /^list<(.*)>$/.exec(type)?.[1] ?? 'dyn'

function argumentType({ name, index }: NonNullable<Before['argument']>): Wanted | undefined {
  const type = Object.hasOwn(FUNCTION_HELP, name) ? FUNCTION_HELP[name]?.takes[index] : undefined
  return type === undefined || type === 'dyn' ? undefined : { type }
}

const isNear = (type: TypeName, wanted: TypeName): boolean =>
  type === wanted || (['int', 'double'].includes(type) && ['int', 'double'].includes(wanted))

/** Those of the type first; then what leads on to more; functions by what they give. */
function ranking(options: readonly CompletionOption[], wanted: TypeName): CompletionOption[] {
  const rank = ({ type, kind }: CompletionOption): number => {
    if (isNear(type, wanted)) return kind === 'function' ? 1 : 0
    return type === 'object' || type === 'dyn' ? 2 : 3
  }
  return options.toSorted((one, other) => rank(one) - rank(other))
}

/* ------------------------------------------------------------ the values */

/** The few values that a name can have, in quotes. */
function valuesFor(before: Before, wanted: Wanted | undefined): CompletionOption[] {
  if (before.receiver !== undefined) return []
  const options = wanted?.like?.options
  if (before.operator === 'in' || options === undefined) {
    if (before.quote !== undefined || wanted?.type !== 'bool' || before.operator !== 'value') return []
    return [
      valueOption('true', { en: 'yes', zh: '是' }, 'bool'),
      valueOption('false', { en: 'no', zh: '否' }, 'bool'),
    ]
  }
  return options.map(({ value, title }) => ({
    ...valueOption(value, title, 'string'),
    insert: celText(value),
  }))
}
const valueOption = (label: string, title: Words, type: TypeName): CompletionOption => ({
  label,
  insert: label,
  kind: 'value',
  type,
  title,
})

/* ------------------------------------------------------------ the names */

function optionsAt(before: Before, scope: Scope): CompletionOption[] {
  if (before.quote !== undefined || before.isNumber) return []
  const { receiver } = before
  if (receiver === undefined) return [...variables(before, scope), ...functions(undefined)]
  const fields = fieldsUnder(receiver, before, scope)
  const shape = shapeAt(receiver, before, scope)
  return [...fields, ...(shape === undefined ? [] : functions(typeName(shape)))]
}

function variables({ loops }: Before, scope: Scope): CompletionOption[] {
  const entries = loops.map(({ variable, over }) => ({
    ...valueOption(variable, { en: `Entry of ${over.join('.')}`, zh: `${over.join('.')} 中的一项` }, 'dyn'),
    kind: 'variable' as const,
  }))
  const names = scope.names
    .filter(({ path }) => path.length === 0)
    .map((name) => optionFor(name, name.variable, 'variable'))
  return [...entries, ...names]
}

const optionFor = (name: ScopeName, label: string, kind: CompletionKind): CompletionOption => ({
  label,
  insert: label,
  kind,
  type: name.type,
  title: name.title,
  ...(name.description === undefined ? {} : { documentation: name.description }),
})

/** Names that may follow `receiver.`; those that no point can lead to are left to be written in brackets. */
function fieldsUnder(receiver: readonly string[], before: Before, scope: Scope): CompletionOption[] {
  const [root = '', ...path] = receiver
  const loop = before.loops.findLast(({ variable }) => variable === root)
  if (loop === undefined)
    return scope.names
      .filter(
        (name) =>
          name.variable === root &&
          name.path.length === path.length + 1 &&
          path.every((part, index) => part === name.path[index]),
      )
      .map((name) => optionFor(name, name.path.at(-1) ?? '', 'field'))
      .filter(({ label }) => /^[A-Za-z_]\w*$/.test(label))
  const shape = shapeAt(receiver, before, scope)
  const [listRoot = '', ...listPath] = loop.over
  const items = nameAt(scope, listRoot, listPath)?.field?.items
  return shape?.kind !== 'object'
    ? []
    : [...shape.fields].map(([label, inner]) => {
        const declared = path.length === 0 ? items?.properties : undefined
        const title =
          declared !== undefined && Object.hasOwn(declared, label) ? declared[label]?.meta?.title : undefined
        return {
          ...valueOption(label, wordsOf(title, label), typeName(inner)),
          kind: 'field' as const,
        }
      })
}

/** A name as a comparison has it on its other side. */
function entryOf(path: readonly string[], before: Before, scope: Scope): ScopeName | undefined {
  const [root = '', ...names] = path
  const isEntry = before.loops.some(({ variable }) => variable === root)
  if (!isEntry) return nameAt(scope, root, names)
  const shape = shapeAt(path, before, scope)
  const title = wordsOf(undefined, path.join('.'))
  return shape === undefined ? undefined : { variable: 'job', path, type: typeName(shape), title }
}

/** The shape of what a path leads to, through the variables of loops. */
function shapeAt(path: readonly string[], { loops }: Before, scope: Scope, depth = 0): Shape | undefined {
  const [root = '', ...names] = path
  const index = loops.findLastIndex(({ variable }) => variable === root)
  const loop = loops[index]
  if (loop !== undefined && depth < loops.length) {
    const list = shapeAt(loop.over, { ...EMPTY, loops: loops.slice(0, index) }, scope, depth + 1)
    return list?.kind === 'list' ? inside(list.of, names) : undefined
  }
  const variable = VARIABLES.find((one) => one === root)
  if (variable === undefined) return undefined
  if (variable === 'now') return names.length === 0 ? { kind: 'timestamp' } : undefined
  if (variable === 'tz') return names.length === 0 ? { kind: 'string' } : undefined
  const fields: Fields | undefined = variable === 'event' ? scope.event : scope.vocabulary[variable]
  return fields === undefined ? undefined : inside({ kind: 'object', fields }, names)
}
const EMPTY: Before = lookBack('')

function inside(shape: Shape, names: readonly string[]): Shape | undefined {
  return names.reduce<Shape | undefined>(
    (held, name) => (held?.kind === 'object' ? held.fields.get(name) : undefined),
    shape,
  )
}

/* ------------------------------------------------------------ the functions */

/** @param of the type before the point; undefined: there is none, and functions stand by themselves */
function functions(of: TypeName | undefined): CompletionOption[] {
  return Object.entries(FUNCTION_HELP)
    .filter(([, { on }]) =>
      of === undefined
        ? on === undefined
        : on !== undefined && (on === of || (on === 'list' && of.startsWith('list'))),
    )
    .map(([name, { gives, title, example }]) => ({
      label: name,
      insert: LOOPS.has(name) ? `${name}(each, ` : `${name}(`,
      kind: 'function' as const,
      type: gives,
      title,
      documentation: { en: example, zh: example },
    }))
}
