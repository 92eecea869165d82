/** Surveys of customers by period: what was answered, and taking down a new one. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { isPeriod, periodAt } from '../../machines/review/period.ts'
import type { SurveyView } from '../../machines/wire/reviews.ts'
import { useNameOf } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { PeriodPicker, periodName, useToday } from './period-picker.tsx'
import { useSurveys } from './review-api.ts'
import { SurveyDialog, WithdrawDialog } from './survey-form.tsx'
import './reviews.css'

export default function SurveyPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const today = useToday()
  const asked = search.get('period')
  const period =
    asked !== null && isPeriod(asked) ? asked : today === undefined ? undefined : periodAt(today, 'quarter')
  const surveys = useSurveys(period)
  const mayWrite = useMe().data?.rights.includes('surveys:write') === true
  const [isAdding, setAdding] = useState(false)
  const [withdrawn, setWithdrawn] = useState<SurveyView>()
  const add = mayWrite ? <Button onClick={() => setAdding(true)}>{t('reviews.survey.add')}</Button> : null
  const found = surveys.data?.surveys ?? []
  return (
    <Page title={t('reviews.survey.title')} beside={found.length === 0 ? null : add}>
      <Stack gap="md" maw={1000}>
        {period === undefined || today === undefined ? null : (
          <PeriodPicker
            period={period}
            today={today}
            choose={(next) => setSearch({ period: next }, { replace: true })}
          />
        )}
        {surveys.isError ? (
          <ProblemNotice error={surveys.error} retry={() => void surveys.refetch()} />
        ) : surveys.data === undefined ? (
          <Waiting />
        ) : found.length === 0 ? (
          <Empty title={t('reviews.survey.empty')} lead={t('reviews.survey.emptyLead')}>
            {add}
          </Empty>
        ) : (
          found.map((survey) => (
            <Answered
              key={survey.id}
              survey={survey}
              withdraw={mayWrite ? () => setWithdrawn(survey) : undefined}
            />
          ))
        )}
      </Stack>
      {isAdding && period !== undefined ? (
        <SurveyDialog period={period} close={() => setAdding(false)} />
      ) : null}
      {withdrawn === undefined ? null : (
        <WithdrawDialog survey={withdrawn} close={() => setWithdrawn(undefined)} />
      )}
    </Page>
  )
}

function Answered({
  survey,
  withdraw,
}: {
  survey: SurveyView
  withdraw: (() => void) | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { time, language } = useSpeech()
  const nameOf = useNameOf()
  const { customer, respondent, engineer, scores, by, at, withdrawn, period } = survey
  return (
    <Stack
      component="article"
      className="fc-panel"
      p="md"
      gap={6}
      opacity={withdrawn === undefined ? 1 : 0.75}
    >
      <Group justify="space-between" gap="sm">
        <Text fw={600} className="fc-wrap">
          {customer ?? t('reviews.survey.hiddenCustomer')}
          {respondent === undefined ? '' : ` · ${respondent}`}
        </Text>
        <Group gap="md" className="review-scores">
          {(['quality', 'speed', 'attitude'] as const).map((name) => (
            <Text span size="sm" key={name}>
              {t(`reviews.survey.${name}`)} <b>{t('reviews.survey.score', { n: scores[name] })}</b>
            </Text>
          ))}
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {[
          periodName(period, t, language),
          engineer === undefined ? t('reviews.survey.engineerAll') : nameOf(engineer),
        ].join(' · ')}
      </Text>
      <Comment survey={survey} />
      <Group justify="space-between" gap="sm">
        <Text size="xs" c="dimmed">
          {t('reviews.survey.by', { name: nameOf(by), time: time(at) })}
        </Text>
        {withdrawn !== undefined ? (
          <Text size="sm">{t('reviews.survey.withdrawn', { reason: withdrawn.reason })}</Text>
        ) : withdraw === undefined ? null : (
          <Button size="compact-sm" variant="subtle" onClick={withdraw}>
            {t('reviews.survey.withdraw')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function Comment({ survey: { comment, masked = [] } }: { survey: SurveyView }): ReactElement | null {
  const { t } = useTranslation()
  if (comment === undefined && !masked.includes('comment')) return null
  return (
    <Text size="sm" className="fc-wrap" {...(comment === undefined ? { c: 'dimmed' } : {})}>
      {comment ?? t('reviews.survey.hiddenComment')}
    </Text>
  )
}
