/**
 * What is to be said before jobs of one version move to another: which states, regions and names have no place of
 * their own in the new version, and what is offered for them.
 *
 * Promises: what both versions name alike is never asked about; an offer is only made where one thing alone fits.
 * Must not: hold words of its own, draw or fetch.
 */
import type { Definition, Field, Text } from '../../machines/definition/schema.ts'
import { buildTree, isBelow, type TreeNode } from '../../machines/definition/tree.ts'
import { asText } from '../../machines/drawing/model.ts'
import type { Mapping } from '../../machines/migrate/mapping.ts'
import { toJson } from '../document/json.ts'
import { matchNames, matchStates } from '../document/matching.ts'

/** A state with the titles from the outermost to its own. */
export type Place = { path: string; titles: readonly (Text | string)[] }
type Named = { name: string; title: Text | undefined }
export type Fresh = Named & { field: Field }

export type Questions = {
  /** Leaves of the old version that the new one does not have, in its order. */
  states: readonly Place[]
  /** Those that keep their path. */
  same: readonly Place[]
  /** Where a state's jobs may go. */
  targets: readonly Place[]
  /** Regions that only the new version has, with the states in each where jobs may begin. */
  regions: readonly (Place & { within: readonly Place[] })[]
  fields: readonly Named[]
  /** Of the new version, and not of the old. */
  newFields: readonly Named[]
  /** Those of them that must be filled and have no default. */
  wanted: readonly Fresh[]
  items: readonly Named[]
  newItems: readonly Named[]
  delays: readonly Named[]
  newDelays: readonly Named[]
  /** What is filled in at first. */
  offer: Mapping
}

const titleOf = (node: TreeNode): Text | string => asText(node.node.meta?.title) ?? node.key

function placeOf(node: TreeNode): Place {
  const titles: (Text | string)[] = []
  for (let each: TreeNode | undefined = node; each?.parent !== undefined; each = each.parent)
    titles.unshift(titleOf(each))
  return { path: node.path, titles }
}

/** A history state holds no job, and at the end of the process a job is over. */
const holdsJobs = (node: TreeNode): boolean =>
  node.depth > 0 && node.kind !== 'history' && !(node.kind === 'final' && node.depth === 1)

/** All that a person may have to say of a move between these versions. */
export function questionsOf(from: Definition, to: Definition): Questions {
  const [old, next] = [buildTree(from), buildTree(to)]
  const [before, after] = [toJson(from), toJson(to)]
  const { places, origins } = matchStates(before, after)
  const renamed = matchNames(before, after)
  const leaves = old.nodes.filter((node) => holdsJobs(node) && node.children.length === 0)
  const keeps = ({ path }: TreeNode): boolean => {
    const target = next.byPath.get(path)
    return target !== undefined && holdsJobs(target)
  }
  const lost = leaves.filter((leaf) => !keeps(leaf))
  const targets = next.nodes.filter(holdsJobs)
  const regions = next.nodes.filter(
    (node) => node.parent?.kind === 'parallel' && node.kind !== 'history' && !origins.has(node.path),
  )
  const fields = apart(from.schemas.context.properties, to.schemas.context.properties, fieldTitle)
  const newFields = apart(to.schemas.context.properties, from.schemas.context.properties, fieldTitle)
  const [oldItems, nextItems] = [itemsOf(from), itemsOf(to)]
  const delays = apart(from.delays ?? {}, to.delays ?? {}, ({ meta }) => meta?.title)
  return {
    states: lost.map(placeOf),
    same: leaves.filter(keeps).map(placeOf),
    targets: targets.map(placeOf),
    regions: regions.map((region) => ({
      ...placeOf(region),
      within: targets.filter((node) => node === region || isBelow(node, region)).map(placeOf),
    })),
    fields,
    newFields,
    wanted: newFields.flatMap(({ name, title }) => {
      const field = to.schemas.context.properties[name]
      const isWanted = to.schemas.context.required?.includes(name) === true && field?.default === undefined
      return field !== undefined && isWanted ? [{ name, title, field }] : []
    }),
    items: apart(oldItems, nextItems, (title) => title),
    newItems: apart(nextItems, oldItems, (title) => title),
    delays,
    newDelays: apart(to.delays ?? {}, from.delays ?? {}, ({ meta }) => meta?.title),
    offer: withoutEmpty({
      states: Object.fromEntries(
        lost.flatMap(({ path }) => {
          const target = next.byPath.get(places.get(path) ?? '')
          return target !== undefined && holdsJobs(target) ? [[path, target.path]] : []
        }),
      ),
      regions: Object.fromEntries(regions.map(({ path }) => [path, path])),
      fields: offered(fields, renamed.get('field')),
      delays: Object.fromEntries(
        Object.entries(offered(delays, renamed.get('delay'))).map(([name, other]) => [name, { to: other }]),
      ),
    }),
  }
}

const fieldTitle = ({ meta }: Field): Text | undefined => meta?.title

/** What the first has and the second has not. */
function apart<T>(
  these: Readonly<Record<string, T>>,
  others: Readonly<Record<string, unknown>>,
  title: (value: T) => Text | undefined,
): Named[] {
  return Object.entries(these)
    .filter(([name]) => !Object.hasOwn(others, name))
    .map(([name, value]) => ({ name, title: title(value) }))
}

function offered(
  lost: readonly Named[],
  renamed: ReadonlyMap<string, string> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    lost.flatMap(({ name }) => {
      const other = renamed?.get(name)
      return other === undefined ? [] : [[name, other]]
    }),
  )
}

/** Titles of checklist items by id. */
function itemsOf(definition: Definition): Record<string, Text> {
  const items: Record<string, Text> = {}
  for (const { node } of buildTree(definition).nodes) {
    const meta = node.meta
    const list = meta !== undefined && 'checklist' in meta ? meta.checklist : undefined
    for (const { id, title } of list ?? []) items[id] = title
  }
  return items
}

/** As it is sent: without lists that say nothing. */
export function withoutEmpty(mapping: Mapping): Mapping {
  const said = (list: object | undefined): boolean => list !== undefined && Object.keys(list).length > 0
  const { states, regions, fields, values, items, delays, ...rest } = mapping
  return {
    ...(states !== undefined && said(states) ? { states } : {}),
    ...(regions !== undefined && said(regions) ? { regions } : {}),
    ...(fields !== undefined && said(fields) ? { fields } : {}),
    ...(values !== undefined && said(values) ? { values } : {}),
    ...(items !== undefined && said(items) ? { items } : {}),
    ...(delays !== undefined && said(delays) ? { delays } : {}),
    ...rest,
  }
}

/** The list with one more said, or with it unsaid. */
export function put<T>(
  list: Readonly<Record<string, T>> | undefined,
  name: string,
  value: T | undefined,
): Record<string, T> {
  const rest = Object.entries(list ?? {}).filter(([other]) => other !== name)
  return Object.fromEntries(value === undefined ? rest : [...rest, [name, value]])
}
