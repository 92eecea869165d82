/**
 * The operators of CEL as TypeScript, from the pieces on either side.
 *
 * Promises: `&&` and `||` still tell where one side alone decides; what is compared is of one kind, or compared as JSON.
 * Must not: walk an expression.
 */
import {
  as,
  BOOL,
  DYN,
  dynamic,
  failing,
  flag,
  INT,
  isList,
  isNumber,
  isText,
  isTime,
  json,
  type Kind,
  listOf,
  made,
  NoCounterpart,
  type Piece,
  SPAN,
  STRING,
  TIME,
  use,
} from './ts-piece.ts'

const ORDER = new Set(['<', '<=', '>', '>='])

/** `!piece`. */
export function negated(piece: Piece): Piece {
  return made(`!${flag(piece)}`, BOOL, piece)
}

/** `-piece`. */
export function opposite(piece: Piece): Piece {
  if (!isNumber(piece) && piece.kind.kind !== 'span') throw new NoCounterpart()
  return made(`-(${use(piece)})`, piece.kind, piece)
}

/** Where the left side cannot fail, the signs of TypeScript mean the same. */
export function connected(op: '&&' | '||', left: Piece, right: Piece): Piece {
  if (!left.fails) return made(`(${flag(left)} ${op} ${flag(right)})`, BOOL, right)
  const name = op === '&&' ? 'both' : 'either'
  return failing(`${name}(() => ${flag(left)}, () => ${flag(right)})`, BOOL)
}

/** `test ? yes : no`. */
export function choice(test: Piece, yes: Piece, no: Piece): Piece {
  const isSame = yes.kind.kind === no.kind.kind && yes.kind.kind !== 'list' && yes.kind.kind !== 'object'
  const kind = isSame
    ? yes.kind
    : isNumber(yes) && isNumber(no)
      ? { kind: 'double' as const }
      : isTime(yes) && isTime(no)
        ? TIME
        : undefined
  if (kind !== undefined) return made(`(${flag(test)} ? ${use(yes)} : ${use(no)})`, kind, test, yes, no)
  const isLists = yes.kind.kind === 'list' && no.kind.kind === 'list'
  return made(`(${flag(test)} ? ${json(yes)} : ${json(no)})`, isLists ? yes.kind : DYN, test, yes, no)
}

/** `==` and `!=`. */
export function equal(op: '==' | '!=', left: Piece, right: Piece): Piece {
  const isPlain =
    (isNumber(left) && isNumber(right)) ||
    (isText(left) && isText(right)) ||
    (isTime(left) && isTime(right)) ||
    (left.kind.kind === right.kind.kind && (left.kind.kind === 'bool' || left.kind.kind === 'span'))
  if (isPlain) return made(`(${use(left)} ${op}= ${use(right)})`, BOOL, left, right)
  // A moment in JSON is text: alike only with a moment.
  if (isTime(left) !== isTime(right) && left.kind.kind !== 'null' && right.kind.kind !== 'null')
    throw new NoCounterpart()
  return made(`${op === '!=' ? '!' : ''}same(${json(left)}, ${json(right)})`, BOOL, left, right)
}

/** Order and arithmetic, of numbers, texts, lists, moments and spans. */
export function computed(op: string, left: Piece, right: Piece): Piece {
  const numbers = isNumber(left) && isNumber(right)
  const times = isTime(left) && isTime(right)
  const isSpan = (piece: Piece): boolean => piece.kind.kind === 'span'
  const spans = isSpan(left) && isSpan(right)
  const plain = (kind: Kind): Piece => made(`(${use(left)} ${op} ${use(right)})`, kind, left, right)
  if (ORDER.has(op)) {
    if (numbers || times || spans || (isText(left) && isText(right))) return plain(BOOL)
    throw new NoCounterpart()
  }
  const whole = left.kind.kind === 'int' && right.kind.kind === 'int'
  const number: Kind = whole ? INT : { kind: 'double' }
  if (numbers && (op === '+' || op === '-' || op === '*')) return plain(number)
  if (numbers && op === '/')
    return whole ? failing(`quotient(${use(left)}, ${use(right)})`, INT) : plain(number)
  if (numbers && op === '%') return failing(`remainder(${use(left)}, ${use(right)})`, number)
  if (op === '+' && isText(left) && isText(right)) return plain(STRING)
  if (op === '+' && (isList(left) || isList(right))) {
    const items = (piece: Piece): string => (isList(piece) ? use(piece) : as(dynamic(piece), 'items'))
    const kind = left.kind.kind === 'list' ? left.kind : listOf(DYN)
    return made(`[...${items(left)}, ...${items(right)}]`, kind, left, right)
  }
  if (op === '-' && times) return plain(SPAN)
  if ((op === '+' || op === '-') && spans) return plain(SPAN)
  if ((op === '+' || op === '-') && isTime(left) && isSpan(right)) return plain(TIME)
  if (op === '+' && isSpan(left) && isTime(right)) return plain(TIME)
  throw new NoCounterpart()
}

/** `item in list`. */
export function within(item: Piece, list: Piece): Piece {
  const { kind } = list
  if (kind.kind === 'list') {
    const one = equal('==', { code: 'one', kind: kind.of, raw: true, fails: true }, item)
    return made(`${use(list)}.some((one) => ${one.code})`, BOOL, list, item)
  }
  if (kind.kind === 'map' && isText(item)) return made(`isSet(${use(list)}[${use(item)}])`, BOOL, list, item)
  throw new NoCounterpart()
}
