/** The measures of a review in their six groups, each number with what it counts. */
import { SimpleGrid, Text, Title } from '@mantine/core'
import { type ReactElement, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewSheet } from '../../machines/wire/reviews.ts'
import { useSpeech } from '../text/use-language.ts'
import { mean, percent, span } from './figures.ts'

type Measures = ReviewSheet['measures']
type Name = keyof typeof import('../text/en-reviews.ts')['reviews']['measure']
type Hinted = keyof typeof import('../text/en-reviews.ts')['reviews']['hint']
type Line = { name: Name; value: string; hint?: Hinted; bad?: boolean }
type Group = keyof typeof import('../text/en-reviews.ts')['reviews']['group']

export function MeasureParts({ measures }: { measures: Measures }): ReactElement {
  const { language, number } = useSpeech()
  const { t } = useTranslation()
  const { jobs, quality, efficiency, teamwork, satisfaction, skills, breaches } = measures
  const count = (name: Name, n: number, bad = false): Line => ({ name, value: number(n), bad: bad && n > 0 })
  const known = <T,>(value: T | undefined, write: (value: T) => string): string =>
    value === undefined ? t('reviews.none') : write(value)
  const ofFive = (value: number): string => t('reviews.ofFive', { mean: mean(value, language) })
  const groups: Record<Group, Line[]> = {
    quality: [
      count('done', jobs.done),
      count('cancelled', jobs.cancelled),
      { ...count('rework', quality.rework, true), hint: 'rework' },
      count('complaints', quality.complaints, true),
      count('qualityComplaints', quality.qualityComplaints, true),
    ],
    efficiency: [
      {
        name: 'share',
        value: known(efficiency.share, (share) => percent(share, language)),
        hint: 'share',
      },
      count('kept', efficiency.kept),
      count('late', efficiency.late, true),
      { name: 'meanTime', value: known(efficiency.meanMs, (ms) => span(ms, language)) },
      { name: 'pace', value: known(efficiency.pace, (pace) => percent(pace, language)), hint: 'pace' },
    ],
    teamwork: [
      { ...count('helped', teamwork.helped), hint: 'helped' },
      count('tookOver', teamwork.tookOver),
      count('handedOver', teamwork.handedOver),
    ],
    satisfaction: [
      { name: 'mean', value: known(satisfaction.mean, ofFive) },
      count('ratings', satisfaction.ratings),
      count('low', satisfaction.low, true),
      { name: 'surveyMean', value: known(satisfaction.surveyMean, ofFive), hint: 'surveyMean' },
      count('surveys', satisfaction.surveys),
    ],
    skills: [
      count('valid', skills.valid),
      count('expiring', skills.expiring),
      count('expired', skills.expired, true),
    ],
    breaches: [
      count('critical', breaches.critical, true),
      count('major', breaches.major, true),
      count('minor', breaches.minor),
    ],
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
      {(['quality', 'efficiency', 'teamwork', 'satisfaction', 'skills', 'breaches'] as const).map((group) => (
        <Part key={group} group={group} lines={groups[group]} />
      ))}
    </SimpleGrid>
  )
}

function Part({ group, lines }: { group: Group; lines: readonly Line[] }): ReactElement {
  const { t } = useTranslation()
  const heading = useId()
  return (
    <section className="fc-panel" style={{ padding: 16 }} aria-labelledby={heading}>
      <Title order={2} size="h5" mb="xs" id={heading}>
        {t(`reviews.group.${group}`)}
      </Title>
      <dl className="review-measures">
        {lines.map(({ name, value, hint, bad = false }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>
              <Text size="sm">{t(`reviews.measure.${name}`)}</Text>
              {hint === undefined ? null : (
                <Text size="xs" c="dimmed">
                  {t(`reviews.hint.${hint}`)}
                </Text>
              )}
            </dt>
            <dd data-bad={bad}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
