/**
 * A definition, from anyone, to all that is wrong with it.
 *
 * Promises: never throws, whatever comes; all problems at once, errors first, then by place; every `path` names a
 * place that is there. A definition without errors compiles and runs.
 * Must not: mend anything, or fetch what a definition leans on (`context` brings it).
 */
import type { Problem } from '../definition/problem.ts'
import { createExpressionEnvironment } from '../expression/environment.ts'
import { checkChecklists } from './checklists.ts'
import type { ValidationContext } from './context.ts'
import { checkData } from './data.ts'
import { checkDelays } from './delays.ts'
import { checkExpressions } from './expressions.ts'
import { isWalkable } from './limits.ts'
import { checkLoops } from './loops.ts'
import { buildModel, sinkOver } from './model.ts'
import { checkNames } from './names.ts'
import { checkReachability } from './reachability.ts'
import { checkReferences } from './references.ts'
import { Report } from './report.ts'
import { checkStates } from './states.ts'
import { readStructure } from './structure.ts'
import { checkTextsAndNorms, checkTitles } from './texts-and-norms.ts'
import { checkTransitions } from './transitions.ts'

export { defaultContext, type ValidationContext } from './context.ts'

/**
 * @param definition any JSON value
 * @returns errors (they bar publishing) and warnings; none for a sound definition
 */
export function validate(definition: unknown, context: ValidationContext): Problem[] {
  const report = new Report()
  if (!isWalkable(definition, report)) return report.problems()
  const structure = readStructure(definition, report)
  checkTextsAndNorms(structure, context, report)
  if (structure.definition === undefined) return report.problems()
  const model = buildModel(structure.definition, context, sinkOver(report, structure))
  checkNames(model)
  checkStates(model)
  checkTransitions(model)
  checkReferences(model)
  checkData(model)
  checkDelays(model)
  checkChecklists(model)
  checkTitles(model)
  checkReachability(model)
  checkLoops(model)
  checkExpressions(model, createExpressionEnvironment(structure.definition))
  return report.problems()
}

/** Whether nothing bars publishing. */
export const isPublishable = (problems: readonly Problem[]): boolean =>
  problems.every(({ severity }) => severity === 'warning')
