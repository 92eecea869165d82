/** What life tells of the selected state or transition, and the way to its jobs. */
import { Anchor, List, Stack, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { VersionLife } from '../../machines/wire/life.ts'
import type { Choice } from '../canvas/chart.tsx'
import { normInWords } from '../canvas/chip.tsx'
import { stretchInWords } from '../text/format.ts'
import { useSpeech } from '../text/use-language.ts'
import type { Lived } from './life-of.ts'

/** The list of the jobs in a state of a version. */
export function jobsAddress({ process, version }: VersionLife, path: string, overdue: boolean): string {
  const search = new URLSearchParams({ process, version: String(version), state: path, status: 'active' })
  if (overdue) search.set('overdue', 'true')
  return `/jobs?${search}`
}

export function ChoiceLife({
  choice,
  lived,
  life,
}: {
  choice: NonNullable<Choice>
  lived: Lived
  life: VersionLife
}): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const state = 'state' in choice ? lived.byPath.get(choice.state) : undefined
  const breaches =
    'state' in choice ? (state?.breaches ?? []) : (lived.byPointer.get(choice.transition) ?? [])
  const stretch = (ms: number) => stretchInWords(ms, language)
  return (
    <Stack gap="xs" className="fc-panel" p="sm">
      {'state' in choice ? (
        <>
          {state === undefined || state.jobs === 0 ? (
            <Text size="sm">{t('life.noJobs')}</Text>
          ) : (
            <Anchor component={Link} to={jobsAddress(life, choice.state, false)} size="sm" fw={600}>
              {t('life.showJobs', { count: state.jobs })}
            </Anchor>
          )}
          {state === undefined || state.overdue === 0 ? null : (
            <Anchor
              component={Link}
              to={jobsAddress(life, choice.state, true)}
              size="sm"
              fw={600}
              c="var(--mantine-color-error)"
            >
              {t('life.showOverdue', { count: state.overdue })}
            </Anchor>
          )}
          {state?.medianMs === undefined || state.p90Ms === undefined ? (
            <Text size="sm" c="dimmed">
              {t('life.noStays')}
            </Text>
          ) : (
            <Text size="sm">
              {t('life.stay', {
                median: stretch(state.medianMs),
                p90: stretch(state.p90Ms),
                count: state.visits,
              })}
            </Text>
          )}
        </>
      ) : null}
      {breaches.length === 0 ? (
        'state' in choice ? null : (
          <Text size="sm" c="dimmed">
            {t('life.noBreaches')}
          </Text>
        )
      ) : (
        <>
          <Title order={3} size="h6">
            {t('life.breachesHere')}
          </Title>
          <List size="sm" spacing={4}>
            {breaches.map(({ place, norm, late, broken }) => (
              <List.Item key={`${place} ${norm}`} className="fc-wrap">
                {normInWords(norm, language)}{' '}
                <Text span size="sm" fw={600} c="var(--mantine-color-error)">
                  {[
                    late > 0 ? t('life.lateTimes', { count: late }) : '',
                    broken > 0 ? t('life.brokenTimes', { count: broken }) : '',
                  ]
                    .filter((part) => part !== '')
                    .join(t('common.list'))}
                </Text>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  )
}
