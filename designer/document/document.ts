/**
 * The edited process: a definition, sound or broken, and where its states lie on the canvas.
 *
 * Promises: a definition that nobody changed comes out as it came in; it may be any JSON, so that a broken one can be
 * mended here. The layout is kept by the path of each state, and every command that renames or moves a state
 * takes its place along in the same step, so that undoing brings both back; paths also say what is meant when two
 * versions of a layout are compared or merged, as made-up ids would not.
 * Must not: hold what is selected, looked at or folded out in a panel (no part of what is saved); be changed in place.
 */
import type { Definition } from '../../machines/definition/schema.ts'
import { buildTree, type Tree } from '../../machines/definition/tree.ts'
import { type Box, type Layout, readLayout } from '../../machines/drawing/places.ts'
import { isObject, type Json, type JsonObject, member, toJson } from './json.ts'
import { DocumentError } from './problem.ts'

export { type Box, type Layout, readLayout }
export type Document = { readonly definition: Json; readonly layout: Layout }

const EMPTY_LAYOUT: Layout = { states: {} }

/**
 * A document from what the server or a file gave.
 *
 * @throws DocumentError where the definition is no JSON, or nested beyond 200 levels
 */
export function openDocument(definition: unknown, layout?: unknown): Document {
  return {
    definition: toJson(definition),
    layout: layout === undefined ? EMPTY_LAYOUT : readLayout(toJson(layout)),
  }
}

/** The whole document as JSON, and back: what patches are made of. */
export const documentJson = ({ definition, layout }: Document): Json => ({
  definition,
  layout: { states: layout.states },
})

const layouts = new WeakMap<object, Layout>()

/** @throws DocumentError where there is no definition */
export function documentOf(json: Json): Document {
  const definition = member(json, 'definition')
  if (definition === undefined) throw new DocumentError('there is no definition', '缺少流程定义')
  const stored = member(json, 'layout')
  return { definition, layout: isObject(stored) ? remembered(stored) : EMPTY_LAYOUT }
}

function remembered(stored: JsonObject): Layout {
  const known = layouts.get(stored)
  if (known !== undefined) return known
  const layout = readLayout(stored)
  layouts.set(stored, layout)
  return layout
}

/** The tree takes any JSON object; whether it is a definition is for the validator to say. */
const isReadable = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const trees = new WeakMap<object, Tree>()

/**
 * The states and transitions of a definition, however broken.
 *
 * @throws DocumentError where it is no object at all: there is nothing to draw or to change by commands
 */
export function treeOf(definition: Json): Tree {
  if (!isObject(definition) || !isReadable(definition))
    throw new DocumentError('the definition is not an object', '流程定义不是一个对象')
  const known = trees.get(definition)
  if (known !== undefined) return known
  const tree = buildTree(definition)
  trees.set(definition, tree)
  return tree
}
