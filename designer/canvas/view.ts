/**
 * What of a process is drawn: the whole, or one group alone (`home`), with folded groups as one box each.
 *
 * Promises: pure and total. A transition that leads into a folded group, or out of one, ends at its border; one that
 * stays within is not drawn. Beside a group shown alone stands a stub for every state outside that a way of its leads
 * to or comes from. Paths and pointers stay those of the definition, so that what is drawn can be changed as ever.
 * Must not: know words, sizes or places.
 */
import type { Text } from '../../machines/definition/schema.ts'
import type { ChartModel, ChartState, ChartTransition } from '../../machines/drawing/model.ts'

export type View = {
  /** What is drawn; `''` is the process, or the nameless surroundings of a group shown alone. */
  readonly model: ChartModel
  /** The group shown alone; `''`: the whole process. */
  readonly home: string
  /** Drawn as one box each. */
  readonly folded: ReadonlySet<string>
  /** Stand for states outside of `home`. */
  readonly stubs: ReadonlySet<string>
}

export const isWithin = (path: string, group: string): boolean =>
  group === '' || path === group || path.startsWith(`${group}.`)

/**
 * Where a group of one model stands in a later one: the same path, or that of the sibling (of its own, or of a group
 * around it) whose key alone has changed. Undefined: it is gone.
 */
export function followed(path: string, before: ChartModel, after: ChartModel): string | undefined {
  let [was, is] = ['', '']
  for (const key of path.split('.')) {
    const siblings = before.states.get(was)?.children ?? []
    const now = after.states.get(is)?.children ?? []
    const [from, to] = [under(was, key), under(is, key)]
    const place = siblings.indexOf(from)
    const renamed = siblings.length === now.length && !now.includes(to) ? now[place] : to
    if (renamed === undefined || (renamed !== to && siblings.includes(under(was, lastKey(renamed)))))
      return undefined
    ;[was, is] = [from, renamed]
  }
  return after.states.has(is) ? is : undefined
}
const under = (group: string, key: string): string => (group === '' ? key : `${group}.${key}`)
const lastKey = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** The groups around a state, outermost first, without the process and itself. */
export function groupsAround(path: string): string[] {
  const keys = path.split('.')
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join('.'))
}

/** The state that is drawn for `path`: itself, or the folded group around it. */
export const shownFor = (path: string, folded: ReadonlySet<string>): string =>
  groupsAround(path).find((group) => folded.has(group)) ?? path

/**
 * Of the groups that are stored as folded, those that are drawn so: one opens while something in it is selected (a
 * state, or a transition that would not be drawn otherwise), and one shown alone is open.
 */
export function foldedNow(
  model: ChartModel,
  stored: readonly string[],
  selected: readonly string[],
  ways: readonly ChartTransition[],
  home: string,
): ReadonlySet<string> {
  const opened = new Set([
    home,
    ...[...selected, home].flatMap(groupsAround),
    ...ways.flatMap((way) => [...groupsAround(way.source), way.source].filter((group) => hides(group, way))),
  ])
  return new Set(
    stored.filter((path) => !opened.has(path) && (model.states.get(path)?.children.length ?? 0) > 0),
  )
}

/** Whether a way is not drawn while a group is folded. */
const hides = (group: string, { source, targets }: ChartTransition): boolean =>
  targets.length === 0
    ? source !== group
    : targets.every((target) => isWithin(target, group)) && !(source === group && targets.includes(group))

export function viewOf(model: ChartModel, wished: string, folded: ReadonlySet<string>): View {
  const home = model.states.has(wished) ? wished : ''
  if (home === '' && folded.size === 0) return { model, home, folded, stubs: new Set() }
  const inside = [...model.states.values()]
    .filter(({ path }) => isWithin(path, home) && shownFor(path, folded) === path)
    .map((state) => (folded.has(state.path) ? foldedState(model, state) : state))
  const stubs = home === '' ? [] : outsiders(model, home)
  const shown = home === '' ? inside : surrounded(model, inside, home, stubs)
  const states = new Map(shown.map((state) => [state.path, state]))
  const transitions = model.transitions.flatMap((way) => {
    if (home !== '' && way.source === '') return []
    const drawn = isWithin(way.source, home) ? fromInside(way, folded) : fromOutside(way, folded, home)
    return drawn === undefined || !states.has(drawn.source) ? [] : [drawn]
  })
  return { model: { ...model, states, transitions }, home, folded, stubs: new Set(stubs) }
}

function foldedState(model: ChartModel, state: ChartState): ChartState {
  const inside = model.states.keys().filter((path) => path !== state.path && isWithin(path, state.path))
  return { ...state, children: [], initial: undefined, holds: [...inside].length }
}

/** States outside of a group that its ways lead to, and then those that lead into it. */
function outsiders(model: ChartModel, home: string): string[] {
  const out = model.transitions
    .filter(({ source }) => isWithin(source, home))
    .flatMap(({ targets }) => targets.filter((target) => !isWithin(target, home)))
  const into = model.transitions
    .filter(({ source, targets }) => !isWithin(source, home) && targets.some((each) => isWithin(each, home)))
    .map(({ source }) => source)
  return [...new Set([...out, ...into])].filter((path) => path !== '')
}

/** Nothing but its name: what an outsider does is told where it is at home. */
const BARE = {
  region: false,
  norms: [],
  checklist: [],
  entry: [],
  exit: [],
  children: [],
  initial: undefined,
} satisfies Partial<ChartState>

/** A group and its stubs side by side; as a frame of its own the group is no region, whatever lies around it. */
function surrounded(
  model: ChartModel,
  inside: readonly ChartState[],
  home: string,
  stubs: readonly string[],
): ChartState[] {
  const root = model.states.get('')
  if (root === undefined) return [...inside]
  return [
    { ...root, ...BARE, kind: 'compound', children: [home, ...stubs] },
    ...inside.map((state) => (state.path === home ? { ...state, parent: '', region: false } : state)),
    ...stubs.flatMap((path): ChartState[] => {
      const state = model.states.get(path)
      const kind = state?.kind === 'final' ? 'final' : 'atomic'
      if (state === undefined) return []
      return [{ ...state, ...BARE, kind, parent: '', stub: true, title: titleFromAfar(model, state, home) }]
    }),
  ]
}

/** A state's title behind that of the group it lies in, unless that is around here, too. */
function titleFromAfar(model: ChartModel, { key, title, parent = '' }: ChartState, home: string): Text {
  const group = isWithin(home, parent) ? undefined : model.states.get(parent)
  const said = (language: 'en' | 'zh'): string =>
    [group, { key, title }]
      .flatMap((each) =>
        each === undefined ? [] : [each.title?.[language] ?? each.title?.en ?? each.title?.zh ?? each.key],
      )
      .join(' › ')
  return { en: said('en'), zh: said('zh') }
}

/** A way as it is drawn; undefined where all of it lies within one folded group. */
function fromInside(way: ChartTransition, folded: ReadonlySet<string>): ChartTransition | undefined {
  const source = shownFor(way.source, folded)
  if (!folded.has(source)) return { ...way, targets: shownTargets(way, folded) }
  const own = way.source === source
  if (way.targets.length === 0) return own ? way : undefined
  const again = own && way.targets.includes(source)
  const targets = shownTargets(way, folded).filter((target) => target !== source || again)
  return targets.length === 0 ? undefined : { ...way, source, targets }
}
const shownTargets = ({ targets }: ChartTransition, folded: ReadonlySet<string>): string[] => [
  ...new Set(targets.map((target) => shownFor(target, folded))),
]

function fromOutside(
  way: ChartTransition,
  folded: ReadonlySet<string>,
  home: string,
): ChartTransition | undefined {
  const targets = shownTargets(way, folded).filter((target) => isWithin(target, home))
  return targets.length === 0 ? undefined : { ...way, targets }
}
