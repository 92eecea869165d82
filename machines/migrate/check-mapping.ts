/**
 * Whether a mapping makes sense between two versions, told before any job is looked at.
 *
 * Promises: every fault at once, each with a JSON pointer into the mapping. What depends on a job (its values, the
 * regions it is in) is told job by job.
 * Must not: know jobs.
 */
import type { Compiled } from '../compile/compile.ts'
import { checkValue, own, type ValueProblem } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { Value } from '../definition/schema.ts'
import { isBelow } from '../definition/tree.ts'
import type { Mapping } from './mapping.ts'

type Found = ValueProblem[]
const fault = (pointer: string, en: string, zh: string): ValueProblem => ({ pointer, message: { en, zh } })
const noOld = (pointer: string, name: string) =>
  fault(pointer, `The old version has no ${name}`, `旧版本中没有 ${name}`)
const noNew = (pointer: string, name: string) =>
  fault(pointer, `The new version has no ${name}`, `新版本中没有 ${name}`)

/** All that is wrong with a mapping from one version to the other. */
export function checkMapping(from: Compiled, to: Compiled, mapping: Mapping): ValueProblem[] {
  return [
    ...checkStates(from, to, mapping),
    ...checkRegions(to, mapping),
    ...checkNames(
      '/fields',
      mapping.fields,
      (name) => own(from.definition.schemas.context.properties, name) !== undefined,
      (name) => own(to.definition.schemas.context.properties, name) !== undefined,
    ),
    ...checkValues(to, mapping),
    ...checkNames(
      '/items',
      mapping.items,
      (id) => from.items.has(id),
      (id) => to.items.has(id),
    ),
    ...checkDelays(from, to, mapping),
  ]
}

function checkStates(from: Compiled, to: Compiled, { states = {} }: Mapping): Found {
  return Object.entries(states).flatMap(([old, next]) => {
    const at = child('/states', old)
    const target = to.tree.byPath.get(next)
    const found: Found = []
    if (!from.tree.byPath.has(old)) found.push(noOld(at, old))
    if (target === undefined) found.push(noNew(at, next))
    else if (target.kind === 'final' && target.depth === 1)
      found.push(
        fault(
          at,
          `${next} is the end; cancel or finish such jobs instead`,
          `${next} 是终点，请改为取消或完成这些工单`,
        ),
      )
    return found
  })
}

function checkRegions(to: Compiled, { regions = {} }: Mapping): Found {
  return Object.entries(regions).flatMap(([region, begins]) => {
    const at = child('/regions', region)
    const [node, target] = [to.tree.byPath.get(region), to.tree.byPath.get(begins)]
    if (node === undefined || target === undefined) return [noNew(at, node === undefined ? region : begins)]
    if (node.parent?.kind !== 'parallel')
      return [fault(at, `${region} is not a region of a parallel state`, `${region} 不是并行状态的区域`)]
    return target === node || isBelow(target, node)
      ? []
      : [fault(at, `${begins} does not lie in ${region}`, `${begins} 不在 ${region} 之内`)]
  })
}

function checkNames(
  place: string,
  names: Record<string, string | null> | undefined,
  inOld: (name: string) => boolean,
  inNew: (name: string) => boolean,
): Found {
  const taken = new Set<string>()
  return Object.entries(names ?? {}).flatMap(([old, next]) => {
    const at = child(place, old)
    const found: Found = []
    if (!inOld(old)) found.push(noOld(at, old))
    if (next === null) return found
    if (!inNew(next)) found.push(noNew(at, next))
    if (taken.has(next)) found.push(fault(at, `Two lead to ${next}`, `有两项都指向 ${next}`))
    taken.add(next)
    return found
  })
}

const isExpression = (value: Value): value is Extract<Value, { '@expr': string }> =>
  typeof value === 'object' && value !== null && '@expr' in value

function checkValues(to: Compiled, { values = {} }: Mapping): Found {
  return Object.entries(values).flatMap(([name, value]) => {
    const at = child('/values', name)
    const field = own(to.definition.schemas.context.properties, name)
    if (field === undefined) return [noNew(at, name)]
    if (!isExpression(value)) return checkValue(field, value, at)
    return to.expressions
      .check(value['@expr'], [], 'any')
      .problems.map(({ message }) => ({ pointer: at, message }))
  })
}

function checkDelays(from: Compiled, to: Compiled, { delays = {} }: Mapping): Found {
  return Object.entries(delays).flatMap(([old, { to: next = old }]) => {
    const at = child('/delays', old)
    const found: Found = []
    if (own(from.definition.delays, old) === undefined) found.push(noOld(at, old))
    if (own(to.definition.delays, next) === undefined) found.push(noNew(at, next))
    return found
  })
}
