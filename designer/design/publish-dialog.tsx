/**
 * Before a version is published: what changes, what it means for running jobs, who agrees, and a note. Who may not
 * publish but is asked to agree reads the same.
 *
 * Must not: judge; the server refuses what may not be published, and its words are shown.
 */
import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../machines/definition/problem.ts'
import type { DraftApprovals } from '../../machines/wire/drafts.ts'
import type { VersionView } from '../../machines/wire/processes.ts'
import { toJson } from '../document/json.ts'
import { DocumentError } from '../document/problem.ts'
import { AnswerFindings } from '../findings/answer-findings.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { ApprovalPart } from './approval-part.tsx'
import { ChangesView } from './changes-view.tsx'
import { useDesign } from './design-api.ts'
import { ImpactPart } from './impact-part.tsx'
import { MoveOffer } from './move-offer.tsx'
import { placeName } from './places.ts'
import { RerunPart } from './rerun-part.tsx'
import { ScenariosPart } from './scenarios-part.tsx'
import { openApprovals } from './standing.ts'

const NOTE_LENGTH = 2000

type Props = {
  title: string
  /** The version that it would follow; undefined: there is none. */
  latest: VersionView | undefined
  warnings: readonly Problem[]
  /** Of the draft; 0 where the server has none. */
  revision: number
  /** Undefined where nobody is asked. */
  approvals: DraftApprovals | undefined
  /** What is on the page is what the server has. */
  isSaved: boolean
  mayPublish: boolean
  /** `answers`: findings that the version answers. */
  publish(note: string, answers: readonly string[]): Promise<number>
  close(): void
}

export function PublishDialog(props: Props): ReactElement {
  const { title, close, mayPublish } = props
  const { t } = useTranslation()
  const [published, setPublished] = useState<number>()
  return (
    <Dialog
      close={close}
      size="wide"
      title={t(mayPublish ? 'design.publish.title' : 'design.publish.look', { title })}
      closeLabel={t('design.publish.close')}
    >
      {published === undefined ? (
        <Preview {...props} done={setPublished} />
      ) : (
        <Stack>
          <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
            {t('design.publish.done', { version: published })}
          </Alert>
          <MoveOffer to={published} />
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
  approvals,
  isSaved,
  mayPublish,
  publish,
  close,
  done,
}: Props & { done(version: number): void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document, process } = useDesign()
  const [note, setNote] = useState('')
  const [answers, setAnswers] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const before = useMemo(() => toJson(latest?.definition ?? null), [latest])
  const isAgreed = approvals === undefined || (approvals.satisfied && isSaved)
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      done(await publish(note.trim(), answers))
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
          <ChangesView before={before} after={document.definition} />
        </section>
      )}
      {latest === undefined || revision === 0 ? null : <ImpactPart revision={revision} />}
      {latest === undefined || revision === 0 ? null : (
        <RerunPart key={revision} isSaved={isSaved} before={latest.definition} />
      )}
      {revision === 0 ? null : (
        <ScenariosPart
          revision={revision}
          isSaved={isSaved}
          before={latest?.definition}
          version={latest?.version}
        />
      )}
      {warnings.length === 0 ? null : (
        <section>
          <Title order={3} size="h6" mb="xs">
            {t('design.publish.warnings')}
          </Title>
          <Stack component="ul" gap={4} m={0} pl="lg" mah={140} style={{ overflow: 'auto' }}>
            {warnings.map(({ code, path, message }) => (
              <Text component="li" size="sm" key={`${code} ${path} ${message.en}`} className="fc-wrap">
                <b>{say(placeName(document.definition, path), t('design.problems.process'))}</b>
                {t('design.publish.warningOf', { what: say(message) })}
              </Text>
            ))}
          </Stack>
        </section>
      )}
      {approvals === undefined ? null : <ApprovalPart approvals={approvals} isSaved={isSaved} />}
      {mayPublish ? <AnswerFindings process={process} answers={answers} choose={setAnswers} /> : null}
      {mayPublish ? (
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
      ) : null}
      {error === undefined ? null : <Refusal error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('design.publish.cancel')}
        </Button>
        {mayPublish ? (
          <Button loading={isBusy} disabled={note.trim() === '' || !isAgreed} onClick={() => void send()}>
            {isAgreed || approvals === undefined
              ? t('design.publish.go')
              : t('design.publish.waits', { count: openApprovals(approvals) })}
          </Button>
        ) : null}
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
