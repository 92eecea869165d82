/**
 * One person's review of a period on one sheet, that is also printed.
 *
 * Must not: decide who may see or decide; the server says with the sheet.
 */
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { isPeriod } from '../../machines/review/period.ts'
import type { ReviewSheet } from '../../machines/wire/reviews.ts'
import { useMe } from '../session/queries.ts'
import { NotFound } from '../shell/not-found.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { MeasureParts } from './measure-parts.tsx'
import { PeriodPicker, periodName } from './period-picker.tsx'
import { useSheet } from './review-api.ts'
import { Sources } from './sources.tsx'
import { WhatFollows } from './what-follows.tsx'
import './reviews.css'

export default function ReviewPage(): ReactElement {
  const { period = '', person = '' } = useParams()
  return isPeriod(period) ? <Review period={period} person={person} /> : <NotFound />
}

const atNoon = (day: string): string => `${day}T12:00:00`

function Review({ period, person }: { period: string; person: string }): ReactElement {
  const { t } = useTranslation()
  const me = useMe().data
  const sheet = useSheet(period, person)
  const mine = me?.id === person
  const title = mine ? t('reviews.own') : t('reviews.sheet', { name: sheet.data?.name ?? person })
  const mayRead = me?.rights.includes('reviews:read') === true
  return (
    <Page
      title={title}
      beside={
        <Group gap="sm" className="review-unprinted">
          {mayRead ? (
            <Anchor component={Link} to={`/reviews?period=${period}`}>
              {t('reviews.all')}
            </Anchor>
          ) : null}
          <Anchor component={Link} to={mine ? '/worklog' : `/worklog?person=${encodeURIComponent(person)}`}>
            {t('reviews.workLog')}
          </Anchor>
          <Button variant="default" onClick={() => window.print()}>
            {t('reviews.print')}
          </Button>
        </Group>
      }
    >
      {sheet.isError ? (
        <ProblemNotice error={sheet.error} retry={() => void sheet.refetch()} />
      ) : sheet.data === undefined ? (
        <Waiting />
      ) : (
        <Sheet sheet={sheet.data} mine={mine} key={`${period} ${person}`} />
      )}
    </Page>
  )
}

function Sheet({ sheet, mine }: { sheet: ReviewSheet; mine: boolean }): ReactElement {
  const { t } = useTranslation()
  const { date, language } = useSpeech()
  const navigate = useNavigate()
  const { period, from, to, today, person, others } = sheet
  const name = periodName(period, t, language)
  const open = (next: string): string => `/reviews/${next}/${encodeURIComponent(person)}`
  return (
    <Stack gap="md" className="review-page">
      <PeriodPicker
        period={period}
        today={today}
        choose={(next) => void navigate(open(next), { replace: true })}
      />
      <Text>{t('reviews.ofPeriod', { period: name, from: date(atNoon(from)), to: date(atNoon(to)) })}</Text>
      {to >= today ? (
        <Alert color="blue" variant="light" role="note" className="review-unprinted">
          {from > today ? t('reviews.future') : t('reviews.running', { to: date(atNoon(to)) })}
        </Alert>
      ) : null}
      <MeasureParts measures={sheet.measures} />
      <WhatFollows sheet={sheet} mine={mine} />
      <Sources sheet={sheet} />
      {others.length === 0 ? null : (
        <Group gap="sm" className="review-unprinted">
          <Text size="sm" c="dimmed">
            {t('reviews.others')}
          </Text>
          {others.map((other) => (
            <Anchor component={Link} key={other} to={open(other)} size="sm">
              {periodName(other, t, language)}
            </Anchor>
          ))}
        </Group>
      )}
    </Stack>
  )
}
