/**
 * What follows a review: the rule's proposal, what was decided and answered, and the forms for both.
 *
 * Promises: nothing typed is lost when somebody else was first: what he said appears, and the form stays.
 */
import { Alert, Button, Group, Radio, Stack, Text, Textarea, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FOLLOWS, type Follow, isMilder } from '../../machines/review/measures.ts'
import type { ReviewSay, ReviewSheet } from '../../machines/wire/reviews.ts'
import { ApiError } from '../session/api.ts'
import { useNameOf } from '../session/people.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { FollowBadge } from './follow-badge.tsx'
import { answerReview, decideReview, sheetKey } from './review-api.ts'

const LENGTH = 4000

export function WhatFollows({ sheet, mine }: { sheet: ReviewSheet; mine: boolean }): ReactElement {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const { proposal, says, mayDecide, mayAnswer } = sheet
  const [isDeciding, setDeciding] = useState(!says.some(({ kind }) => kind === 'decision'))
  return (
    <section className="fc-panel" style={{ padding: 16 }}>
      <Title order={2} size="h5" mb="xs">
        {t('reviews.what.title')}
      </Title>
      <Stack gap="md">
        <div>
          <Group gap="xs">
            <Text fw={600}>
              {t('reviews.what.proposal', { follow: t(`reviews.follow.${proposal.follow}`) })}
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {t('reviews.what.because', {
              reasons: list(proposal.reasons.map((reason) => t(`reviews.reason.${reason}`))),
            })}
          </Text>
        </div>
        {says.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('reviews.what.nothing')} {mine ? t('reviews.what.ownHint') : ''}
          </Text>
        ) : (
          says.map((say) => <Said key={`${say.kind} ${say.at} ${say.by}`} say={say} />)
        )}
        {!mayDecide ? null : isDeciding ? (
          <DecideForm sheet={sheet} done={() => setDeciding(false)} />
        ) : (
          <Group className="review-unprinted">
            <Button variant="default" onClick={() => setDeciding(true)}>
              {t('reviews.what.again')}
            </Button>
          </Group>
        )}
        {mayAnswer ? <AnswerForm sheet={sheet} /> : null}
      </Stack>
    </section>
  )
}

function Said({ say }: { say: ReviewSay }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  const name = nameOf(say.by)
  return (
    <div className="review-said">
      <Group gap="xs">
        {say.kind === 'decision' ? (
          <>
            <Text size="sm" fw={600}>
              {t('reviews.what.decision', { name, follow: t(`reviews.follow.${say.follow}`) })}
            </Text>
            <FollowBadge follow={say.follow} filled />
          </>
        ) : (
          <Text size="sm" fw={600}>
            {t('reviews.what.answer', { name })}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {time(say.at)}
        </Text>
      </Group>
      <Text size="sm">{say.kind === 'decision' ? say.note : say.text}</Text>
      {say.kind === 'decision' && say.departs !== undefined ? (
        <Text size="sm" mt={4}>
          {t('reviews.what.departs', { reason: say.departs })}
        </Text>
      ) : null}
    </div>
  )
}

/** Sends, keeps what the server has then, and tells of another who was first. */
function useSaying(sheet: ReviewSheet) {
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const key = sheetKey(sheet.period, sheet.person)
  const send = async (say: () => Promise<ReviewSheet>): Promise<boolean> => {
    setBusy(true)
    setError(undefined)
    try {
      client.setQueryData(key, await say())
      void client.invalidateQueries({ queryKey: ['reviews', sheet.period], exact: true })
      return true
    } catch (thrown) {
      setError(thrown)
      if (thrown instanceof ApiError && thrown.status === 412)
        await client.invalidateQueries({ queryKey: key })
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, error, send }
}

function SayingProblem({ error }: { error: unknown }): ReactElement | null {
  const { t } = useTranslation()
  if (error === undefined) return null
  return error instanceof ApiError && error.status === 412 ? (
    <Alert color="orange" variant="light" icon={<Icon name="alert" />} role="alert">
      {t('reviews.what.stale')}
    </Alert>
  ) : (
    <ProblemNotice error={error} />
  )
}

function DecideForm({ sheet, done }: { sheet: ReviewSheet; done(): void }): ReactElement {
  const { t } = useTranslation()
  const [follow, setFollow] = useState<Follow>(sheet.proposal.follow)
  const [note, setNote] = useState('')
  const [departs, setDeparts] = useState('')
  const { isBusy, error, send } = useSaying(sheet)
  const milder = isMilder(follow, sheet.proposal.follow)
  const ready = note.trim() !== '' && (!milder || departs.trim() !== '')
  const save = async (): Promise<void> => {
    const body = { follow, note: note.trim(), ...(milder ? { departs: departs.trim() } : {}) }
    if (await send(() => decideReview(sheet, body))) done()
  }
  return (
    <Stack gap="sm" className="review-unprinted">
      <Radio.Group
        label={t('reviews.what.choose')}
        value={follow}
        onChange={(value) => setFollow(FOLLOWS.find((each) => each === value) ?? follow)}
      >
        <Group gap="lg" mt={6}>
          {FOLLOWS.map((value) => (
            <Radio key={value} value={value} label={t(`reviews.follow.${value}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Textarea
        label={t('reviews.what.note')}
        description={t('reviews.what.noteHint')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={LENGTH}
        autosize
        minRows={2}
        required
      />
      {milder ? (
        <Textarea
          label={t('reviews.what.departsLabel')}
          description={t('reviews.what.departsHint')}
          value={departs}
          onChange={(event) => setDeparts(event.currentTarget.value)}
          maxLength={2000}
          autosize
          minRows={2}
          required
        />
      ) : null}
      <SayingProblem error={error} />
      <Group>
        <Button loading={isBusy} disabled={!ready} onClick={() => void save()}>
          {t('reviews.what.save')}
        </Button>
      </Group>
    </Stack>
  )
}

function AnswerForm({ sheet }: { sheet: ReviewSheet }): ReactElement {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { isBusy, error, send } = useSaying(sheet)
  return (
    <Stack gap="sm" className="review-unprinted">
      <Textarea
        label={t('reviews.what.reply')}
        description={t('reviews.what.replyHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={LENGTH}
        autosize
        minRows={2}
      />
      <SayingProblem error={error} />
      <Group>
        <Button
          loading={isBusy}
          disabled={text.trim() === ''}
          onClick={() =>
            void send(() => answerReview(sheet, text.trim())).then((sent) => {
              if (sent) setText('')
            })
          }
        >
          {t('reviews.what.send')}
        </Button>
      </Group>
    </Stack>
  )
}
