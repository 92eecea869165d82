/**
 * What is to be said of a place in the text: what a name stands for, and what the schema says of a key.
 *
 * Must not: know an editor.
 */
import { tokensOf } from '../../machines/definition/pointer.ts'
import type { Text } from '../../machines/definition/schema.ts'
import { placeName } from '../design/places.ts'
import type { Json } from '../document/json.ts'
import type { Span, TextNode } from './json-read.ts'
import { keysFor, type Outside, titleOfName } from './known-names.ts'
import { descriptionOf, patternOf, schemasAt } from './schema-at.ts'
import { DEFINITION } from './suggest.ts'
import { placeOf, pointerAt } from './text-places.ts'

export type Told = Span & { readonly texts: readonly Text[] }

export function tellOf(root: TextNode, offset: number, definition: Json, outside: Outside): Told | undefined {
  const pointer = pointerAt(root, offset)
  const { key, node } = placeOf(root, pointer)
  const tokens = tokensOf(pointer)
  const found = schemasAt(DEFINITION, root, tokens)
  const said = found.flatMap((schema) => descriptionOf(schema) ?? []).map((en): Text => ({ en }))
  if (key !== undefined && offset >= key.from && offset <= key.to) {
    const parent = pointer.slice(0, pointer.lastIndexOf('/'))
    const name = keysFor(definition, parent).find((each) => each.name === tokens.at(-1))
    const isState = tokens.at(-2) === 'states'
    const title = name?.title ?? (isState ? placeName(definition, pointer) : undefined)
    return told(key, [...(title === undefined ? [] : [title]), ...said])
  }
  if (node?.kind !== 'leaf' || typeof node.value !== 'string' || offset < node.from || offset > node.to)
    return undefined
  const { value } = node
  const title = found
    .map((schema) => titleOfName(definition, pointer, value, patternOf(schema), outside))
    .find((each) => each !== undefined)
  return told(node, title === undefined ? said : [title])
}

const told = ({ from, to }: Span, texts: readonly Text[]): Told | undefined => {
  const spoken = texts.filter(({ en, zh }) => en !== undefined || zh !== undefined)
  return spoken.length === 0 ? undefined : { from, to, texts: spoken }
}
