/**
 * Before a version is published: what changes, what it means for running jobs, and a note.
 *
 * Must not: judge; the server refuses what may not be published, and its words are shown.
 */
import { Alert, Button, Group, ScrollArea, Stack, Table, Text, Textarea, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../machines/definition/problem.ts'
import type { DraftImpact } from '../../machines/wire/drafts.ts'
import type { VersionView } from '../../machines/wire/processes.ts'
import { toJson } from '../document/json.ts'
import { DocumentError } from '../document/problem.ts'
import { ApiError, api } from '../session/api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { Differences } from './differences.tsx'

const NOTE_LENGTH = 2000

type Props = {
  title: string
  /** The version that it would follow; undefined: there is none. */
  latest: VersionView | undefined
  warnings: readonly Problem[]
  /** Of the draft; 0 where the server has none. */
  revision: number
  publish(note: string): Promise<number>
  close(): void
}

export function PublishDialog(props: Props): ReactElement {
  const { title, close } = props
  const { t } = useTranslation()
  const [published, setPublished] = useState<number>()
  return (
    <Dialog close={close} title={t('design.publish.title', { title })} closeLabel={t('design.publish.close')}>
      {published === undefined ? (
        <Preview {...props} done={setPublished} />
      ) : (
        <Stack>
          <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
            {t('design.publish.done', { version: published })}
          </Alert>
          <Group justify="flex-end">
            <Button onClick={close} data-autofocus>
              {t('design.publish.close')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  )
}

function Preview({
  latest,
  warnings,
  revision,
  publish,
  close,
  done,
}: Props & { done(version: number): void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document } = useDesign()
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      done(await publish(note.trim()))
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack>
      {latest === undefined ? (
        <Text size="sm">{t('design.publish.first')}</Text>
      ) : (
        <section>
          <Title order={3} size="h6" mb="xs">
            {t('design.publish.changes', { version: latest.version })}
          </Title>
          <Differences before={toJson(latest.definition)} after={document.definition} />
        </section>
      )}
      {latest === undefined || revision === 0 ? null : <Impact revision={revision} />}
      {warnings.length === 0 ? null : (
        <section>
          <Title order={3} size="h6" mb="xs">
            {t('design.publish.warnings')}
          </Title>
          <Stack component="ul" gap={4} m={0} pl="lg" mah={140} style={{ overflow: 'auto' }}>
            {warnings.map(({ code, path, message }) => (
              <Text component="li" size="sm" key={`${code} ${path} ${message.en}`} className="fc-wrap">
                {say(message)}
              </Text>
            ))}
          </Stack>
        </section>
      )}
      <Textarea
        label={t('design.publish.note')}
        description={t('design.publish.noteHint')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={NOTE_LENGTH}
        autosize
        minRows={2}
        maxRows={6}
        required
        data-autofocus
      />
      {error === undefined ? null : <Refusal error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('design.publish.cancel')}
        </Button>
        <Button loading={isBusy} disabled={note.trim() === ''} onClick={() => void send()}>
          {t('design.publish.go')}
        </Button>
      </Group>
    </Stack>
  )
}

function Refusal({ error }: { error: unknown }): ReactElement {
  const { say } = useSpeech()
  return error instanceof DocumentError ? (
    <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
      {say(error.words)}
    </Alert>
  ) : (
    <ProblemNotice error={error} />
  )
}

function Impact({ revision }: { revision: number }): ReactElement | null {
  const { t } = useTranslation()
  const { process } = useDesign()
  const impact = useQuery({
    queryKey: ['processes', process, 'impact', revision],
    queryFn: ({ signal }) => api.impact(process, signal),
    retry: false,
    staleTime: 0,
  })
  if (impact.isPending) return <Waiting />
  if (impact.isError) {
    // What is invalid or unchanged has no impact to tell of; publishing itself says so.
    const isSaid = impact.error instanceof ApiError && impact.error.status < 500 && impact.error.status > 0
    return isSaid ? null : <ProblemNotice error={impact.error} retry={() => void impact.refetch()} />
  }
  const versions = impact.data.versions.filter(({ jobs }) => jobs > 0)
  return (
    <section>
      <Title order={3} size="h6" mb="xs">
        {t('design.publish.jobs')}
      </Title>
      {versions.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('design.publish.jobsNone')}
        </Text>
      ) : (
        <ScrollArea.Autosize mah={240} type="auto">
          {versions.map((version) => (
            <ImpactTable key={version.version} impact={version} />
          ))}
        </ScrollArea.Autosize>
      )}
    </section>
  )
}

function ImpactTable({ impact }: { impact: DraftImpact['versions'][number] }): ReactElement {
  const { t } = useTranslation()
  const { say, number } = useSpeech()
  return (
    <Table fz="sm" mb="sm" captionSide="top">
      <Table.Caption ta="start">
        {t('design.publish.jobsOf', { version: impact.version, count: impact.jobs })}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('design.publish.state')}</Table.Th>
          <Table.Th>{t('design.publish.count')}</Table.Th>
          <Table.Th>{t('design.publish.verdict')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {impact.states
          .filter(({ jobs }) => jobs > 0)
          .map(({ path, title, jobs, verdict, timers }) => (
            <Table.Tr key={path}>
              <Table.Td>{say(title, path)}</Table.Td>
              <Table.Td>{number(jobs)}</Table.Td>
              <Table.Td>
                {t(`design.publish.verdicts.${verdict}`)}
                {timers.length > 0
                  ? `${t('common.list')}${t('design.publish.timers', { count: timers.length })}`
                  : ''}
              </Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  )
}
