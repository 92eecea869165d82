/**
 * What stands before the cursor in an expression that is being written: the word begun, the path it follows, the
 * comparison it completes, the call and the loops it stands in.
 *
 * Promises: one pass over the text, whatever it holds. Never throws.
 * Must not: know what is declared.
 */

type Loop = { readonly variable: string; readonly over: readonly string[] }
export type Before = {
  /** Where the word that is being written begins; within quotes, at the quote. */
  readonly from: number
  readonly word: string
  /** The quote that is open. */
  readonly quote?: string
  readonly isNumber: boolean
  /** `job.address` for `job.address.ci`. */
  readonly receiver?: readonly string[]
  /** `value`: after a comparison with `path`; `in`: after `path in`; `item`: within `path in [`; `bool`: after && || !. */
  readonly operator?: 'value' | 'in' | 'item' | 'bool'
  readonly path?: readonly string[]
  /** The function, and the argument of it, where nothing else is said about the place. */
  readonly argument?: { readonly name: string; readonly index: number }
  /** Loops around the place, outer ones first. */
  readonly loops: readonly Loop[]
}

type Token = {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'open'
  readonly text: string
  readonly at: number
}
const TOKEN =
  /\s+|\/\/[^\n]*|(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?<open>"(?:\\.|[^"\\\n])*$|'(?:\\.|[^'\\\n])*$)|(?<number>\d[\w.]*)|(?<name>[A-Za-z_]\w*)|(?<sign>&&|\|\||[=!<>]=|.)/gsu

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const found of text.matchAll(TOKEN))
    for (const kind of ['text', 'open', 'number', 'name', 'sign'] as const) {
      const part = found.groups?.[kind]
      if (part !== undefined) tokens.push({ kind, text: part, at: found.index })
    }
  return tokens
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])
const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

/** What the text before the cursor says of the place behind it. */
export function lookBack(text: string): Before {
  const tokens = tokensOf(text)
  const last = tokens.at(-1)
  const isBegun =
    last !== undefined && last.kind !== 'sign' && last.kind !== 'text' && endsAt(last) === text.length
  const before = isBegun ? tokens.slice(0, -1) : tokens
  const word = isBegun ? last.text : ''
  const isOpen = isBegun && last.kind === 'open'
  const receiver = isOpen ? undefined : receiverOf(before)
  const start = receiver === undefined ? before : before.slice(0, before.length - 2 * receiver.length)
  const quote = isOpen ? { quote: word.slice(0, 1) } : {}
  return {
    from: isBegun ? last.at : text.length,
    word: isOpen ? word.slice(1) : word,
    ...quote,
    isNumber: isBegun && last.kind === 'number',
    ...(receiver === undefined ? {} : { receiver }),
    ...placeAfter(start),
    loops: loopsAround(before),
  }
}

const endsAt = ({ at, text }: Token): number => at + text.length
const isSign = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'sign' && token.text === text

/** `job.address.` at the end. */
function receiverOf(tokens: readonly Token[]): string[] | undefined {
  return isSign(tokens.at(-1), '.') ? pathEndingAt(tokens, tokens.length - 2) : undefined
}

/** The names joined by points that end with the token at `index`. */
function pathEndingAt(tokens: readonly Token[], index: number): string[] | undefined {
  const names: string[] = []
  for (let here = index; tokens[here]?.kind === 'name'; here -= 2) {
    names.unshift(tokens[here]?.text ?? '')
    if (!isSign(tokens[here - 1], '.')) return names
  }
  return undefined
}

/** What is wanted of what comes next. */
function placeAfter(tokens: readonly Token[]): Pick<Before, 'operator' | 'path' | 'argument'> {
  const last = tokens.at(-1)
  const end = tokens.length - 1
  if (last === undefined) return {}
  if (last.kind === 'name' && last.text === 'in') return withPath('in', pathEndingAt(tokens, end - 1))
  if (last.kind !== 'sign') return {}
  if (['&&', '||', '!', '?'].includes(last.text)) return { operator: 'bool' }
  if (COMPARISONS.has(last.text)) return withPath('value', pathEndingAt(tokens, end - 1))
  if (last.text === '(' || last.text === ',' || last.text === '[') return withinBracket(tokens)
  return {}
}

const withPath = (
  operator: 'value' | 'in' | 'item',
  path: string[] | undefined,
): Pick<Before, 'operator' | 'path'> => (path === undefined ? { operator } : { operator, path })

/** After an opening bracket or a comma: an argument, an item of a list, or a condition in brackets. */
function withinBracket(tokens: readonly Token[]): Pick<Before, 'operator' | 'path' | 'argument'> {
  const { at, commas } = openBracket(tokens)
  const before = tokens[at - 1]
  if (isSign(tokens[at], '[')) {
    const isIn = before?.kind === 'name' && before.text === 'in'
    return isIn ? withPath('item', pathEndingAt(tokens, at - 2)) : {}
  }
  if (before?.kind === 'name' && before.text !== 'in')
    return { argument: { name: before.text, index: commas } }
  return isSign(tokens[at], '(') ? placeAfter(tokens.slice(0, at)) : {}
}

/** The innermost bracket that is open at the end, and the commas since. */
function openBracket(tokens: readonly Token[]): { at: number; commas: number } {
  let depth = 0
  let commas = 0
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at]
    if (token?.kind !== 'sign') continue
    if (')]}'.includes(token.text)) depth += 1
    else if ('([{'.includes(token.text)) {
      if (depth === 0) return { at, commas }
      depth -= 1
    } else if (token.text === ',' && depth === 0) commas += 1
  }
  return { at: -1, commas }
}

/** `path.exists(each, ` that are still open. */
function loopsAround(tokens: readonly Token[]): Loop[] {
  const open: (Loop | undefined)[] = []
  tokens.forEach((token, at) => {
    if (token.kind !== 'sign') return
    if ('([{'.includes(token.text)) open.push(loopAt(tokens, at))
    else if (')]}'.includes(token.text)) open.pop()
  })
  return open.filter((loop) => loop !== undefined)
}

function loopAt(tokens: readonly Token[], at: number): Loop | undefined {
  const [name, variable, comma] = [tokens[at - 1], tokens[at + 1], tokens[at + 2]]
  if (name === undefined || !LOOPS.has(name.text) || !isSign(tokens[at - 2], '.')) return undefined
  const over = pathEndingAt(tokens, at - 3)
  if (over === undefined || variable?.kind !== 'name' || !isSign(comma, ',')) return undefined
  return { variable: variable.text, over }
}
