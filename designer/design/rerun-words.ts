/**
 * What is said of a job that would have gone otherwise: events, states and deadlines by the draft's words, else by those of the version before.
 *
 * Must not: fetch.
 */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { tokensOf } from '../../machines/definition/pointer.ts'
import type { Barred } from '../../machines/simulate/rerun-outcome.ts'
import type { RerunJob, RerunReport } from '../../machines/wire/rerun.ts'
import { treeOf } from '../document/document.ts'
import { at, isObject, type Json, listOf, toJson } from '../document/json.ts'
import { titleOf } from '../document/questions.ts'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'

export type RerunWords = {
  /** Why it differs, a line each. */
  why(job: RerunJob): string[]
  unknown(what: RerunReport['unknown'][number]): string
}

/** By hand on a job's page, or by the process itself. */
const HANDS = ['start', 'correct', 'moveTo', 'suspend', 'resume', 'reassign', 'cancel', 'linkEnded'] as const
type Hand = (typeof HANDS)[number]
const isHand = (did: string): did is Hand => HANDS.some((each) => each === did)

export function useRerunWords(before: unknown): RerunWords {
  const { t } = useTranslation()
  const { say, list, time } = useSpeech()
  const { document } = useDesign()
  return useMemo(() => {
    const definitions: Json[] = [document.definition, toJson(before ?? null)]

    const bothOr = (name: string, en: Json | undefined, zh: Json | undefined): string =>
      say({ ...(typeof en === 'string' ? { en } : {}), ...(typeof zh === 'string' ? { zh } : {}) }, name)
    const declared = (name: string, ...place: string[]): string => {
      for (const definition of definitions) {
        const title = at(definition, ...place, name, 'meta', 'title')
        const [en, zh] = [at(title, 'en'), at(title, 'zh')]
        if (typeof en === 'string' || typeof zh === 'string') return bothOr(name, en, zh)
      }
      return name
    }
    const event = (type: string): string => declared(type, 'schemas', 'events')
    const state = (path: string): string => {
      for (const definition of definitions) {
        if (!isObject(definition)) continue
        const node = treeOf(definition).byPath.get(path)
        if (node !== undefined) return say(titleOf(definition, node), path)
      }
      return path
    }
    const item = (id: string): string => {
      for (const definition of definitions) {
        if (!isObject(definition)) continue
        for (const { pointer } of treeOf(definition).nodes) {
          const items = listOf(at(definition, ...tokensOf(pointer), 'meta', 'checklist'))
          const found = items.find((each) => at(each, 'id') === id)
          const [en, zh] = [at(found, 'title', 'en'), at(found, 'title', 'zh')]
          if (typeof en === 'string' || typeof zh === 'string') return bothOr(id, en, zh)
        }
      }
      return id
    }
    const stand = ({ status, active }: NonNullable<RerunJob['is']>): string =>
      t('rerun.stand', { states: list(active.map(state)), status: t(`status.${status}`) })

    const did = ({ did: kind, name }: Barred): string => {
      if (kind === 'event') return event(name ?? '')
      if (kind === 'timer') return t('rerun.did.timer', { delay: declared(name ?? '', 'delays') })
      return isHand(kind) ? t(`rerun.did.${kind}`) : t('rerun.did.other')
    }
    const barred = (each: Barred): string => {
      const reasons = each.reasons.map(({ message }) => say(message))
      return t(reasons.length === 0 ? 'rerun.barredBare' : 'rerun.barred', {
        did: did(each),
        when: time(each.at),
        why: list(reasons),
      })
    }
    const why = (job: RerunJob): string[] => [
      ...job.barred.slice(0, 1).map(barred),
      ...(job.barred.length + job.barredMore > 1
        ? [t('rerun.barredMore', { count: job.barred.length + job.barredMore - 1 })]
        : []),
      ...ends(job),
      ...job.breaches.map(({ norm, change }) => t(`rerun.change.${change}`, { norm })),
    ]
    const ends = ({ was, is }: RerunJob): string[] => {
      if (is === undefined) return [t('rerun.notStarted')]
      const [then, now] = [stand(was), stand(is)]
      return then === now ? [] : [t('rerun.end', { was: then, is: now })]
    }
    const unknown: RerunWords['unknown'] = ({ what, name }) => {
      switch (what) {
        case 'event':
          return t('rerun.left.event', { name: event(name) })
        case 'field': {
          const [type, field] = name.split('/')
          return field === undefined
            ? t('rerun.left.field', { name: declared(name, 'schemas', 'context', 'properties') })
            : t('rerun.left.payload', {
                name: declared(field, 'schemas', 'events', type ?? '', 'properties'),
                event: event(type ?? ''),
              })
        }
        case 'item':
          return t('rerun.left.item', { name: item(name) })
        case 'state':
          return t('rerun.left.state', { name: state(name) })
        default:
          return t(`rerun.left.${what}`, { name })
      }
    }
    return { why, unknown }
  }, [t, say, list, time, document, before])
}
