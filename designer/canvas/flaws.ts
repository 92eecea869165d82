/**
 * The problems of a definition as marks on its drawing: by state and by transition, told on hover.
 *
 * Promises: pure; what lies in a folded group is told on the group. Must not: find problems.
 */
import type { Problem } from '../../machines/definition/problem.ts'
import { selectedAt } from '../design/places.ts'
import type { Json } from '../document/json.ts'
import { asLanguage } from '../text/language.ts'
import { shownFor, type View } from './view.ts'

export type Flaw = { readonly errors: number; readonly warnings: number; readonly text: string }
/** By a state's path, or a transition's pointer. */
export type Flaws = ReadonlyMap<string, Flaw>

export const NO_FLAWS: Flaws = new Map()
/** More are counted, and read in the list of problems. */
const TOLD = 4

export function flawsOf(
  problems: readonly Problem[],
  definition: Json,
  { model, folded }: View,
  language: string,
): Flaws {
  const drawn = new Set(model.transitions.map(({ pointer }) => pointer))
  const placed = problems.flatMap((problem) => {
    const at = selectedAt(definition, problem.path)
    if (at.kind === 'place') return []
    const way = at.kind === 'transition' ? at.pointer : undefined
    const state = at.kind === 'state' ? at.path : statePathOf(at.pointer)
    // A line in the box of its state is marked there.
    const isLine = way !== undefined && drawn.has(way) && leads(model, way)
    return [{ key: isLine ? way : shownFor(state, folded), problem }]
  })
  const said = asLanguage(language) === 'zh-CN' ? 'zh' : 'en'
  const groups = Map.groupBy(placed, ({ key }) => key)
  return new Map(
    [...groups].map(([key, found]) => {
      const errors = found.filter(({ problem }) => problem.severity === 'error').length
      const told = found.slice(0, TOLD).map(({ problem }) => problem.message[said])
      const text = [...told, ...(found.length > TOLD ? ['…'] : [])].join('\n')
      return [key, { errors, warnings: found.length - errors, text }]
    }),
  )
}

const leads = (model: View['model'], pointer: string): boolean =>
  model.transitions.some((way) => way.pointer === pointer && way.targets.length > 0)

/** `/states/a/states/b/on/go` lies in `a.b`. */
function statePathOf(pointer: string): string {
  const path: string[] = []
  const tokens = pointer.split('/').slice(1)
  for (let index = 0; tokens[index] === 'states'; index += 2) path.push(tokens[index + 1] ?? '')
  return path.join('.')
}
