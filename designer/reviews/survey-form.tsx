/** The windows of surveys: taking down what a customer answered, and withdrawing what was taken down wrongly. */
import { Button, Group, Rating, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Survey, SurveyView } from '../../machines/wire/reviews.ts'
import { usePeople } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { addSurvey, withdrawSurvey } from './review-api.ts'

const ASPECTS = ['quality', 'speed', 'attitude'] as const
type Scores = Survey['scores']
const NO_SCORES: Scores = { quality: 0, speed: 0, attitude: 0 }

function useSending(close: () => void) {
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const send = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
      for (const key of ['surveys', 'reviews']) void client.invalidateQueries({ queryKey: [key] })
      close()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  return { isBusy, error, send }
}

export function SurveyDialog({ period, close }: { period: string; close(): void }): ReactElement {
  const { t } = useTranslation()
  const me = useMe().data
  const people = usePeople()
  const [customer, setCustomer] = useState('')
  const [respondent, setRespondent] = useState('')
  const [engineer, setEngineer] = useState<string | null>(null)
  const [scores, setScores] = useState(NO_SCORES)
  const [comment, setComment] = useState('')
  const { isBusy, error, send } = useSending(close)
  const ready = customer.trim() !== '' && ASPECTS.every((name) => scores[name] > 0)
  const optional = (name: string, value: string): Record<string, string> =>
    value.trim() === '' ? {} : { [name]: value.trim() }
  const save = (): Promise<void> =>
    send(() =>
      addSurvey({
        period,
        customer: customer.trim(),
        scores,
        ...(engineer === null ? {} : { engineer }),
        ...optional('respondent', respondent),
        ...optional('comment', comment),
      }),
    )
  const about = [...people.values()].filter(
    ({ id, roles, disabled }) => id !== me?.id && !disabled && roles.some((role) => role !== 'customer'),
  )
  return (
    <Dialog title={t('reviews.survey.add')} closeLabel={t('reviews.survey.close')} close={close} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !isBusy) void save()
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('reviews.survey.customer')}
            description={t('reviews.survey.customerHint')}
            value={customer}
            onChange={(event) => setCustomer(event.currentTarget.value)}
            maxLength={200}
            required
            data-autofocus
          />
          <TextInput
            label={t('reviews.survey.respondent')}
            value={respondent}
            onChange={(event) => setRespondent(event.currentTarget.value)}
            maxLength={200}
          />
          <Select
            label={t('reviews.survey.engineer')}
            placeholder={t('reviews.survey.engineerAll')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('reviews.survey.engineerAll') }}
            value={engineer}
            onChange={setEngineer}
            data={about.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Stack gap={6} role="group" aria-label={t('reviews.survey.scores')}>
            <Text size="sm" fw={500} aria-hidden="true">
              {t('reviews.survey.scores')}
            </Text>
            {ASPECTS.map((name) => (
              <Group key={name} gap="sm" wrap="nowrap">
                <Text size="sm" w={90}>
                  {t(`reviews.survey.${name}`)}
                </Text>
                <Rating
                  size="lg"
                  value={scores[name]}
                  onChange={(value) => setScores({ ...scores, [name]: value })}
                  getSymbolLabel={(n) => `${t(`reviews.survey.${name}`)} ${t('reviews.survey.score', { n })}`}
                />
              </Group>
            ))}
          </Stack>
          <Textarea
            label={t('reviews.survey.comment')}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            maxLength={4000}
            autosize
            minRows={2}
          />
          {error === undefined ? null : <ProblemNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('reviews.survey.cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!ready}>
              {t('reviews.survey.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

export function WithdrawDialog({ survey, close }: { survey: SurveyView; close(): void }): ReactElement {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const { isBusy, error, send } = useSending(close)
  return (
    <Dialog
      title={t('reviews.survey.withdrawTitle', {
        customer: survey.customer ?? t('reviews.survey.hiddenCustomer'),
      })}
      closeLabel={t('reviews.survey.close')}
      close={close}
      size="md"
    >
      <Stack gap="sm">
        <Textarea
          label={t('reviews.survey.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={2000}
          autosize
          minRows={2}
          required
          data-autofocus
        />
        {error === undefined ? null : <ProblemNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('reviews.survey.cancel')}
          </Button>
          <Button
            color="red"
            loading={isBusy}
            disabled={reason.trim() === ''}
            onClick={() => void send(() => withdrawSurvey(survey.id, reason.trim()))}
          >
            {t('reviews.survey.withdraw')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
