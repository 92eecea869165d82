/**
 * What putting a job into a state would bring: where it would be, which timers begin and end, who is told what.
 *
 * Must not: reckon; this is the outcome of a dry run.
 */
import { Alert, List, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../machines/definition/schema.ts'
import type { EntryView, Outcome } from '../../machines/wire/jobs.ts'
import { useNameOf } from '../session/people.ts'
import { useProcesses } from '../session/queries.ts'
import { inLanguage } from '../text/language.ts'
import { useSpeech } from '../text/use-language.ts'
import { type JobWords, stateInWords } from './job-words.ts'
import { ROLE_NAMES } from './statuses.ts'

export function HandPreview({ outcome, words }: { outcome: Outcome; words: JobWords }): ReactElement {
  const { t } = useTranslation()
  const { list, time } = useSpeech()
  const effectIn = useEffectWords()
  const { job, entry } = outcome
  const { armed, cancelled, effects, norms } = entry
  return (
    <Alert color="cyan" variant="light" title={t('hand.preview.title')} role="status">
      <Stack gap={6}>
        <Text size="sm">
          {job.status === 'active'
            ? t('hand.preview.now', { states: list(job.active.map((path) => stateInWords(path, words))) })
            : t('hand.preview.over')}
        </Text>
        {armed.length === 0 && cancelled.length === 0 ? (
          <Text size="sm">{t('hand.preview.noTimers')}</Text>
        ) : null}
        {armed.length === 0 ? null : (
          <>
            <Text size="sm" fw={600}>
              {t('hand.preview.armedTitle')}
            </Text>
            <List size="sm" spacing={2}>
              {armed.map(({ token, delay, dueAt }) => (
                <List.Item key={token}>
                  {t('hand.preview.armed', { title: delayTitle(delay, words), when: time(dueAt) })}
                </List.Item>
              ))}
            </List>
          </>
        )}
        {cancelled.length === 0 ? null : (
          <Text size="sm">{t('hand.preview.ended', { count: cancelled.length })}</Text>
        )}
        {effects.length === 0 ? (
          <Text size="sm">{t('hand.preview.noEffects')}</Text>
        ) : (
          <>
            <Text size="sm" fw={600}>
              {t('hand.preview.effects')}
            </Text>
            <List size="sm" spacing={2}>
              {effects.map((effect) => (
                <List.Item key={JSON.stringify(effect)}>{effectIn(effect)}</List.Item>
              ))}
            </List>
          </>
        )}
        {norms.broken.length === 0 ? null : (
          <Text size="sm" c="var(--mantine-color-error)">
            {t('hand.preview.breaches', { norms: list(norms.broken) })}
          </Text>
        )}
      </Stack>
    </Alert>
  )
}

const delayTitle = (delay: string, { definition, language }: JobWords): string =>
  inLanguage(definition?.delays?.[delay]?.meta?.title, language, delay)

const isRole = (role: unknown): role is Role => ROLE_NAMES.some((each) => each === role)
type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const isWords = (value: unknown): value is { en: string; zh: string } =>
  isRecord(value) && typeof value.en === 'string' && typeof value.zh === 'string'

function useEffectWords(): (effect: EntryView['effects'][number]) => string {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const nameOf = useNameOf()
  const processes = useProcesses()
  const who = (to: unknown): string => {
    if (!isRecord(to)) return ''
    return isRole(to.role) ? t(`roles.${to.role}`) : nameOf(text(to.person))
  }
  return (effect) => {
    if (!isRecord(effect)) return ''
    switch (effect.type) {
      case 'startJob': {
        const process = text(effect.process)
        const title = processes.data?.processes.find(({ id }) => id === process)?.title
        return t('hand.preview.startJob', { process: say(title, process) })
      }
      case 'signal':
      case 'linkEnded':
        return t(`hand.preview.${effect.type}`)
      default:
        return t('hand.preview.message', {
          text: isWords(effect.message) ? say(effect.message) : '',
          who: list((Array.isArray(effect.to) ? effect.to : []).map(who)),
        })
    }
  }
}
