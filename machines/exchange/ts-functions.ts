/**
 * The functions and methods of CEL as TypeScript, from the pieces they are given.
 *
 * Must not: walk an expression; loops bind names and are the walker's.
 */
import {
  BOOL,
  DYN,
  failing,
  INT,
  isList,
  isNumber,
  isText,
  isTime,
  json,
  listOf,
  made,
  NoCounterpart,
  type Piece,
  STRING,
  TIME,
  textOf,
  timeOf,
  use,
} from './ts-piece.ts'

/** `name(piece, other)`. */
export function called(name: string, piece: Piece, other: Piece | undefined): Piece {
  switch (name) {
    case 'size':
      return size(piece)
    case 'dyn':
      return made(json(piece), DYN, piece)
    case 'string':
      if (isText(piece)) return made(use(piece), STRING, piece)
      if (isTime(piece)) return made(json(piece), STRING, piece)
      return failing(`asText(${use(piece)})`, STRING)
    case 'bool':
      return failing(`flag(${use(piece)})`, BOOL)
    case 'int':
      return failing(`whole(${use(piece)})`, INT)
    case 'double':
      return isNumber(piece)
        ? made(use(piece), { kind: 'double' }, piece)
        : failing(`decimal(${use(piece)})`, { kind: 'double' })
    case 'timestamp':
      return isText(piece) ? failing(`time(${use(piece)})`, TIME) : made(timeOf(piece), TIME, piece)
    case 'plus':
    case 'minus':
      if (other === undefined) break
      return failing(`${name}(${timeOf(piece)}, ${textOf(other)})`, TIME)
    case 'minutesOfDay':
    case 'dayOfWeek':
      return made(`${name}(${timeOf(piece)})`, INT, piece)
  }
  throw new NoCounterpart()
}

function size(piece: Piece): Piece {
  if (isText(piece)) return made(`[...${use(piece)}].length`, INT, piece)
  if (isList(piece)) return made(`${use(piece)}.length`, INT, piece)
  throw new NoCounterpart()
}

/** `piece.name(given)`. */
export function methodOf(piece: Piece, name: string, given: readonly Piece[]): Piece {
  if (name === 'size' && given.length === 0) return size(piece)
  const all = [piece, ...given]
  const values = given.map(use).join(', ')
  if (name === 'join' && isList(piece))
    return failing(`${use(piece)}.map(text).join(${given.length === 0 ? "''" : values})`, STRING)
  if (!isText(piece)) throw new NoCounterpart()
  const on_ = use(piece)
  switch (name) {
    case 'startsWith':
    case 'endsWith':
      return made(`${on_}.${name}(${values})`, BOOL, ...all)
    case 'contains':
      return made(`${on_}.includes(${values})`, BOOL, ...all)
    case 'indexOf':
    case 'lastIndexOf':
      return made(`${on_}.${name}(${values})`, INT, ...all)
    case 'substring':
      return failing(`part(${on_}, ${values})`, STRING)
    case 'trim':
      return made(`${on_}.trim()`, STRING, ...all)
    case 'lowerAscii':
      return made(`${on_}.toLowerCase()`, STRING, ...all)
    case 'upperAscii':
      return made(`${on_}.toUpperCase()`, STRING, ...all)
    case 'split':
      return made(`${on_}.split(${values})`, listOf(STRING), ...all)
    default:
      throw new NoCounterpart()
  }
}
