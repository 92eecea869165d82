/**
 * Who is asked, what each said, and one's own say: of a draft, or of another rule.
 *
 * Must not: send anything itself.
 */
import { Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approval, ApprovalRule, GiveApproval } from '../../machines/wire/drafts.ts'
import { useNameOf } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { isAsked } from './use-approvals.ts'

const NOTE_LENGTH = 2000
const COLOURS = { approve: 'teal', object: 'red', withdraw: 'gray', missing: 'gray' } as const

type Matter = {
  rule: ApprovalRule
  /** Whose it is. */
  by: string
  approvals: readonly Approval[]
  missing: readonly string[]
  satisfied: boolean
}

export function SayPart({
  matter,
  barred,
  send,
}: {
  matter: Matter
  /** Why nothing can be said just now. */
  barred?: string | undefined
  send(said: GiveApproval): Promise<unknown>
}): ReactElement {
  const { t } = useTranslation()
  const me = useMe().data
  const { rule, by, approvals, missing, satisfied } = matter
  const mine = approvals.find(({ person }) => person === me?.id)
  const waitsForSecond = rule.kind === 'second-person' && approvals.length === 0
  return (
    <Stack gap="sm">
      <RuleText rule={rule} by={by} />
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {approvals.map((said) => (
          <Said key={said.person} person={said.person} said={said} />
        ))}
        {missing
          .filter((id) => !approvals.some(({ person }) => person === id))
          .map((id) => (
            <Said key={id} person={id} said={undefined} />
          ))}
        {waitsForSecond ? <Said person={undefined} said={undefined} /> : null}
      </Stack>
      {satisfied ? <Text size="sm">{t('page.approval.satisfied')}</Text> : null}
      {me !== undefined && isAsked({ rule, by }, me) ? (
        <OwnSay mine={mine} barred={barred} send={send} />
      ) : null}
    </Stack>
  )
}

/** A rule in words; `by`: of a matter that is this person's, so that he is named as the one who is not asked. */
export function RuleText({ rule, by }: { rule: ApprovalRule; by?: string }): ReactElement {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const nameOf = useNameOf()
  const people = rule.kind === 'all' ? list(rule.people.map(nameOf)) : ''
  return (
    <Text size="sm" className="fc-wrap">
      {by === undefined && rule.kind === 'second-person'
        ? t('page.approval.hints.second-person')
        : t(`page.approval.rules.${rule.kind}`, { who: nameOf(by ?? ''), people })}
    </Text>
  )
}

function Said({ person, said }: { person: string | undefined; said: Approval | undefined }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  const me = useMe().data
  const verdict = said?.verdict ?? 'missing'
  const name = person === undefined ? t('page.approval.second') : nameOf(person)
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Badge
        color={COLOURS[verdict]}
        variant="light"
        c="var(--mantine-color-text)"
        style={{ flex: 'none', minWidth: 84 }}
      >
        {t(`page.approval.verdicts.${verdict}`)}
      </Badge>
      <div style={{ minWidth: 0 }}>
        <Text size="sm" className="fc-wrap">
          <Text span inherit fw={600}>
            {person !== undefined && person === me?.id ? t('page.approval.you', { name }) : name}
          </Text>
          {said === undefined ? '' : ` · ${time(said.at)}`}
        </Text>
        {said?.note === undefined ? null : (
          <Text size="sm" c="dimmed" className="fc-wrap">
            {said.note}
          </Text>
        )}
      </div>
    </Group>
  )
}

function OwnSay({
  mine,
  barred,
  send,
}: {
  mine: Approval | undefined
  barred: string | undefined
  send(said: GiveApproval): Promise<unknown>
}): ReactElement {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState<GiveApproval['verdict']>()
  const [error, setError] = useState<unknown>()
  const say = async (verdict: GiveApproval['verdict']): Promise<void> => {
    setBusy(verdict)
    setError(undefined)
    const text = note.trim()
    try {
      await send({ verdict, ...(text === '' ? {} : { note: text }) })
      setNote('')
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(undefined)
    }
  }
  return (
    <Stack gap="xs" className="fc-panel" p="sm">
      <Text size="sm" fw={600}>
        {t('page.approval.yours')}
      </Text>
      <Textarea
        label={t('page.approval.note')}
        description={t('page.approval.noteHint')}
        value={note}
        maxLength={NOTE_LENGTH}
        autosize
        minRows={1}
        maxRows={5}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {barred === undefined ? null : (
        <Text size="sm" c="dimmed" role="status">
          {barred}
        </Text>
      )}
      {error === undefined ? null : <ProblemNotice error={error} />}
      <Group gap="sm">
        {mine?.verdict === 'approve' ? null : (
          <Button
            size="sm"
            color="teal.9"
            loading={busy === 'approve'}
            disabled={barred !== undefined}
            onClick={() => void say('approve')}
          >
            {t('page.approval.agree')}
          </Button>
        )}
        {mine?.verdict === 'object' ? null : (
          <Button
            size="sm"
            variant="default"
            loading={busy === 'object'}
            disabled={barred !== undefined}
            onClick={() => void say('object')}
          >
            {t('page.approval.object')}
          </Button>
        )}
        {mine === undefined ? null : (
          <Button
            size="sm"
            variant="default"
            loading={busy === 'withdraw'}
            disabled={barred !== undefined}
            onClick={() => void say('withdraw')}
          >
            {t('page.approval.withdraw')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
