/**
 * What was done here and waits: in order, what the engine expects of it, and what the server refused, for a decision.
 */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../machines/advance/job.ts'
import type { EventSchema } from '../../machines/definition/schema.ts'
import type { JobWords } from '../jobs/job-words.ts'
import { PayloadForm } from '../jobs/parts/payload-form.tsx'
import { formOf, type TypedFields, typedDefaults } from '../jobs/payload.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import type { Act } from './act.ts'
import { doingInWords } from './doing-words.ts'
import { Sheet } from './sheet.tsx'
import { useWork } from './work.ts'

export function JobQueue({
  acts,
  doubts,
  words,
}: {
  acts: readonly Act[]
  doubts: ReadonlyMap<number, Refusal>
  words: JobWords
}): ReactElement | null {
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  const refused = acts.filter(({ state }) => state === 'refused')
  const waiting = acts.filter(({ state }) => state === 'waiting')
  if (refused.length + waiting.length === 0) return null
  return (
    <Stack gap="sm">
      {refused.map((act) => (
        <Refused key={act.order} act={act} words={words} holdsUp={waiting.length > 0} />
      ))}
      {waiting.length === 0 ? null : (
        <details className="fc-panel work-part">
          <summary className="work-row">{t('work.sign.waiting', { count: waiting.length })}</summary>
          <ol className="work-waiting">
            {waiting.map((act) => {
              const doubt = doubts.get(act.order)
              return (
                <li key={act.order}>
                  <Text size="sm" className="fc-wrap">
                    {doingInWords(act.doing, words)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {t('work.doneAt', { time: time(act.at) })}
                  </Text>
                  {doubt === undefined ? null : (
                    <Text size="xs" className="fc-wrap" c="var(--mantine-color-error)">
                      {`${t('work.doubt')}${t('common.colon')}${doubt.reasons.map(({ message }) => say(message)).join(t('common.list'))}`}
                    </Text>
                  )}
                </li>
              )
            })}
          </ol>
        </details>
      )}
    </Stack>
  )
}

function Refused({ act, words, holdsUp }: { act: Act; words: JobWords; holdsUp: boolean }): ReactElement {
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  const { queue } = useWork()
  const [isEditing, setEditing] = useState(false)
  const [isSure, setSure] = useState(false)
  const because = act.refused
  const reasons = because?.reasons ?? []
  const { doing } = act
  const schema = doing.kind === 'event' ? words.definition?.schemas.events[doing.type] : undefined
  const isFilled = schema?.properties !== undefined && Object.keys(schema.properties).length > 0
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<Icon name="alert" />}
      title={t('work.refused', { what: doingInWords(doing, words) })}
      data-refused={act.order}
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('work.doneAt', { time: time(act.at) })}
        </Text>
        {reasons.length > 0 ? null : (
          <Text size="sm">{say(because?.detail ?? because?.title, because?.code)}</Text>
        )}
        {reasons.map((reason) => (
          <Text
            size="sm"
            key={`${reason.code} ${reason.item ?? ''} ${reason.message.en}`}
            className="fc-wrap"
          >
            {say(reason.message)}
          </Text>
        ))}
        {holdsUp ? <Text size="sm">{t('work.holdsUp')}</Text> : null}
        <Group gap="xs">
          {isFilled ? (
            <Button size="md" onClick={() => setEditing(true)}>
              {t('work.change')}
            </Button>
          ) : null}
          <Button size="md" variant="default" onClick={() => void queue.retry(act)}>
            {t('work.again')}
          </Button>
          <Button
            size="md"
            color="red"
            variant={isSure ? 'filled' : 'subtle'}
            onClick={() => (isSure ? void queue.drop(act) : setSure(true))}
          >
            {t(isSure ? 'work.dropSure' : 'work.drop')}
          </Button>
        </Group>
      </Stack>
      {isEditing && schema !== undefined ? (
        <Change act={act} schema={schema} close={() => setEditing(false)} />
      ) : null}
    </Alert>
  )
}

/** What was sent, to be put right. */
function Change({
  act,
  schema,
  close,
}: {
  act: Act
  schema: EventSchema
  close(): void
}): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { queue } = useWork()
  const { doing } = act
  const form = formOf({ properties: schema.properties ?? {}, required: schema.required ?? [] })
  const [typed, setTyped] = useState<TypedFields>(() =>
    typedDefaults(form, doing.kind === 'event' ? (doing.payload ?? {}) : {}),
  )
  if (doing.kind !== 'event') return null
  return (
    <Sheet title={say(schema.meta.title, doing.type)} close={close}>
      <PayloadForm
        form={form}
        typed={typed}
        put={setTyped}
        submit={(payload) => {
          void queue.retry(act, { ...doing, payload })
          close()
        }}
        reasons={act.refused?.reasons ?? []}
        size="md"
      >
        <Button type="submit" size="lg">
          {t('work.sendChanged')}
        </Button>
        <Button size="lg" variant="default" onClick={close}>
          {t('work.notNow')}
        </Button>
      </PayloadForm>
    </Sheet>
  )
}
