/**
 * What a known run comes to on the draft, against what it says: in the draft's words, else in those of the version before.
 *
 * Must not: fetch.
 */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunResult } from '../../machines/wire/training.ts'
import { treeOf } from '../document/document.ts'
import { isObject, toJson } from '../document/json.ts'
import { titleOf } from '../document/questions.ts'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'

/** A state may be named by one it is in. */
const isIn = (path: string, active: readonly string[]): boolean =>
  active.some((each) => each === path || each.startsWith(`${path}.`))

const shared = (one: string, other: string): number => {
  const others = other.split('.')
  const apart = one.split('.').findIndex((key, index) => key !== others[index])
  return apart < 0 ? Number.POSITIVE_INFINITY : apart
}
/** Of all that it is in at once, what is nearest: regions beside it say nothing. */
function insteadOf(path: string, active: readonly string[]): string[] {
  const most = Math.max(...active.map((each) => shared(path, each)))
  return active.filter((each) => shared(path, each) === most)
}

export function useScenarioWords(before: unknown): { why(run: RunResult): string[] } {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const { document } = useDesign()
  return useMemo(() => {
    const definitions = [document.definition, toJson(before ?? null)]
    const state = (path: string): string => {
      for (const definition of definitions) {
        const node = isObject(definition) ? treeOf(definition).byPath.get(path) : undefined
        if (node !== undefined) return say(titleOf(definition ?? null, node), path)
      }
      return path
    }
    const step = ({ step: index, reasons }: NonNullable<RunResult['fault']>): string =>
      reasons.length === 0
        ? t('tested.why.stepBare', { step: index + 1 })
        : t('tested.why.step', { step: index + 1, why: list(reasons.map(({ message }) => say(message))) })
    const why = ({ ok, fault, found, expected }: RunResult): string[] => {
      if (ok) return []
      // Where it stopped short, what it came to until then says nothing.
      if (fault !== undefined) return [found === undefined ? t('tested.why.begin') : step(fault)]
      if (found === undefined) return [t('tested.why.begin')]
      const lines: string[] = []
      if (found.passed !== expected.passed)
        lines.push(t(`tested.why.${found.passed ? 'passed' : 'failed'}`, { points: found.points }))
      if (found.status !== expected.status)
        lines.push(
          t('tested.why.status', {
            is: t(`status.${found.status}`),
            expected: t(`status.${expected.status}`),
          }),
        )
      const missing = expected.active.filter((path) => !isIn(path, found.active))
      if (missing.length > 0)
        lines.push(
          t('tested.why.states', {
            is: list([...new Set(missing.flatMap((path) => insteadOf(path, found.active)).map(state))]),
            expected: list(missing.map(state)),
          }),
        )
      const broken = found.broken.filter((norm) => !expected.broken.includes(norm))
      if (broken.length > 0) lines.push(t('tested.why.broken', { norms: list(broken) }))
      const kept = expected.broken.filter((norm) => !found.broken.includes(norm))
      if (kept.length > 0) lines.push(t('tested.why.kept', { norms: list(kept) }))
      return lines
    }
    return { why }
  }, [t, say, list, document, before])
}
