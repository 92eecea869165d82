/** One finding with what became of it, and the window in which it is set aside or taken up again. */
import { Anchor, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { FindingStatus, FindingView } from '../../machines/wire/findings.ts'
import { normInWords } from '../canvas/chip.tsx'
import { useNameOf } from '../session/people.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { FINDINGS, turnFinding } from './finding-api.ts'
import { designAt } from './use-led.ts'

const COLOURS: Record<FindingStatus, string> = { open: 'orange', answered: 'teal', dismissed: 'gray' }

export function FindingCard({
  finding,
  turn,
}: {
  finding: FindingView
  turn: (() => void) | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { say, time, language } = useSpeech()
  const nameOf = useNameOf()
  const { process, version, placeTitles, status, source, norm, job, answer, turns } = finding
  const place =
    placeTitles.length === 0 ? t('findings.whole') : placeTitles.map((title) => say(title)).join(' › ')
  return (
    <Stack component="article" className="fc-panel" p="md" gap={6}>
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600} className="fc-wrap">
            {say(finding.processTitle, process)}
            {t('common.colon')}
            {place}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              t('findings.onVersion', { version }),
              t(`findings.sources.${source}`),
              t('findings.by', { name: finding.byName, time: time(finding.at) }),
            ].join(' · ')}
          </Text>
        </div>
        <Badge variant="light" color={COLOURS[status]} c="var(--mantine-color-text)" miw="max-content">
          {t(`findings.status.${status}`)}
        </Badge>
      </Group>
      <Text size="sm" className="fc-wrap" style={{ whiteSpace: 'pre-wrap' }}>
        {finding.text}
      </Text>
      {norm === undefined ? null : (
        <Text size="sm" c="dimmed">
          {normInWords(norm, language)}
        </Text>
      )}
      {turns.map(({ to, at, by, reason }) => (
        <Text size="sm" key={at} className="fc-wrap">
          {t(`findings.turned.${to}`, { name: nameOf(by), reason })}
        </Text>
      ))}
      {answer === undefined ? null : (
        <Text size="sm">{t('findings.answeredBy', { version: answer.version, time: time(answer.at) })}</Text>
      )}
      <Group gap="md">
        {job === undefined ? null : (
          <Anchor component={Link} to={`/jobs/${encodeURIComponent(job)}`} size="sm">
            {t('findings.fromJob')}
          </Anchor>
        )}
        {status === 'open' ? (
          <Anchor component={Link} to={designAt(process, finding.place)} size="sm">
            {t('findings.show')}
          </Anchor>
        ) : null}
        {turn === undefined ? null : (
          <Button size="compact-sm" variant="subtle" onClick={turn}>
            {t(status === 'open' ? 'findings.dismiss' : 'findings.reopen')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

export function TurnDialog({ finding, close }: { finding: FindingView; close(): void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const way = finding.status === 'open' ? 'dismiss' : 'reopen'
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await turnFinding(finding.id, way, reason.trim())
      close()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
    void client.invalidateQueries({ queryKey: [FINDINGS] })
  }
  return (
    <Dialog title={t(`findings.${way}Title`)} closeLabel={t('findings.close')} close={close} size="md">
      <Stack gap="sm">
        <Text size="sm" c="dimmed" className="fc-wrap">
          {finding.text}
        </Text>
        <Textarea
          label={t('findings.reason')}
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
            {t('findings.cancel')}
          </Button>
          <Button loading={isBusy} disabled={reason.trim() === ''} onClick={() => void send()}>
            {t(`findings.${way}`)}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
