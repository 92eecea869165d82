/**
 * What can be done now: the next step under the thumb, the other ways, what is barred and why, a note, a photo.
 */
import { Button, Stack, Text, Textarea, Title } from '@mantine/core'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed } from '../../machines/advance/job.ts'
import { PhotoField } from '../jobs/parts/photo-field.tsx'
import { evidenceOf, type Proof } from '../jobs/parts/proof.ts'
import { formOf } from '../jobs/payload.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { AgainstNotice } from './against.tsx'
import { useDraft } from './drafts.ts'
import { EventSheet } from './event-sheet.tsx'
import { hashOfFile } from './file-hash.ts'
import { type Scene, useDoing } from './scene.ts'
import { Sheet } from './sheet.tsx'
import { stepsOf } from './steps.ts'

type Opened = { kind: 'event'; type: string } | { kind: 'note' } | { kind: 'photo' }

export function JobSteps({ scene, more }: { scene: Scene; more: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { detail } = scene.expected
  const [opened, setOpened] = useState<Opened>()
  const { next, others, anywhere, barred } = stepsOf(scene.definition, detail.active, detail.allowed)
  const open = (event: Allowed): void => setOpened({ kind: 'event', type: event.type })
  const event = opened?.kind === 'event' ? detail.allowed.find(({ type }) => type === opened.type) : undefined
  const close = (): void => setOpened(undefined)
  return (
    <>
      <StepList title={t('work.others')} events={others} open={open} />
      <section className="fc-panel work-part" aria-label={t('work.add')}>
        <Title order={2} size="h5">
          {t('work.add')}
        </Title>
        <div className="work-pair">
          <Button
            size="md"
            variant="default"
            leftSection={<Icon name="camera" />}
            onClick={() => setOpened({ kind: 'photo' })}
          >
            {t('work.photo')}
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<Icon name="rename" />}
            onClick={() => setOpened({ kind: 'note' })}
          >
            {t('work.note')}
          </Button>
        </div>
      </section>
      <StepList title={t('work.anywhere')} events={anywhere} open={open} />
      {barred.length === 0 ? null : (
        <details className="fc-panel work-part">
          <summary className="work-row">{t('work.barred', { count: barred.length })}</summary>
          <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {barred.map((each) => (
              <li key={each.type} data-barred={each.type}>
                <Text fw={600}>{say(each.title, each.type)}</Text>
                <Why event={each} />
              </li>
            ))}
          </Stack>
        </details>
      )}
      {more}
      <NextStep key={next?.type ?? ''} event={next} scene={scene} open={open} />
      {event === undefined ? null : <EventSheet event={event} scene={scene} close={close} />}
      {opened?.kind === 'note' ? <NoteSheet scene={scene} close={close} /> : null}
      {opened?.kind === 'photo' ? <PhotoSheet scene={scene} close={close} /> : null}
    </>
  )
}

function Why({ event }: { event: Allowed }): ReactElement {
  const { say } = useSpeech()
  return (
    <>
      {event.reasons.map((reason) => (
        <Text
          size="sm"
          c="dimmed"
          key={`${reason.code} ${reason.role ?? ''} ${reason.item ?? ''} ${reason.message.en}`}
          className="fc-wrap"
        >
          {say(reason.message)}
        </Text>
      ))}
    </>
  )
}

function StepList({
  title,
  events,
  open,
}: {
  title: string
  events: readonly Allowed[]
  open(event: Allowed): void
}): ReactElement | null {
  const { say } = useSpeech()
  if (events.length === 0) return null
  return (
    <section className="fc-panel work-part" aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {events.map((event) => (
        <Button
          key={event.type}
          size="md"
          variant="default"
          fullWidth
          className="work-step"
          data-event={event.type}
          onClick={() => open(event)}
        >
          {say(event.title, event.type)}
        </Button>
      ))}
    </section>
  )
}

/** A thumb that lands twice must not do what came up in between. */
const STEADY_MS = 500

/** Where nothing is to be filled in, one touch does it. */
function NextStep({
  event,
  scene,
  open,
}: {
  event: Allowed | undefined
  scene: Scene
  open(event: Allowed): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { act, working, against } = useDoing(scene)
  const [isSteady, setSteady] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSteady(true), STEADY_MS)
    return () => clearTimeout(timer)
  }, [])
  if (event === undefined)
    return (
      <div className="work-next">
        <Text size="sm" ta="center">
          {t('work.nothing')}
        </Text>
      </div>
    )
  const isPlain = formOf(event.payload).inputs.length === 0
  const missing = event.reasons.filter(({ item }) => item !== undefined).length
  const go = (): void => {
    if (!isSteady) return
    if (isPlain) void act({ doing: { kind: 'event', type: event.type } })
    else open(event)
  }
  return (
    <div className="work-next">
      <AgainstNotice against={against} />
      {event.open && event.roles.every((role) => role === 'customer') ? (
        <Text size="sm" ta="center">
          {t('work.handOver')}
        </Text>
      ) : null}
      {event.open ? null : (
        <Text size="sm" ta="center" id="work-next-why">
          {t('work.itemsFirst', { count: missing })}
        </Text>
      )}
      <Button
        size="xl"
        fullWidth
        disabled={!event.open}
        loading={working}
        onClick={go}
        className="work-step"
        data-next={event.type}
        data-steady={isSteady}
        {...(event.open ? {} : { 'aria-describedby': 'work-next-why' })}
      >
        {say(event.title, event.type)}
      </Button>
    </div>
  )
}

function NoteSheet({ scene, close }: { scene: Scene; close(): void }): ReactElement {
  const { t } = useTranslation()
  const { act, working, against } = useDoing(scene)
  const [draft, setDraft] = useDraft(`note ${scene.carried.job.id}`)
  const text = draft?.text ?? ''
  const keep = async (): Promise<void> => {
    if (!(await act({ doing: { kind: 'note', text: text.trim() } }))) return
    setDraft({})
    close()
  }
  return (
    <Sheet title={t('work.note')} close={close}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault()
          if (text.trim() !== '') void keep()
        }}
      >
        <Stack gap="md">
          <Textarea
            label={t('work.noteText')}
            size="lg"
            autosize
            minRows={4}
            maxRows={12}
            maxLength={4000}
            data-autofocus
            value={text}
            onChange={(event) => {
              const { value } = event.currentTarget
              setDraft(value === '' ? {} : { text: value })
            }}
          />
          <AgainstNotice against={against} />
          <Button type="submit" size="lg" loading={working} disabled={text.trim() === ''}>
            {t('work.keepNote')}
          </Button>
        </Stack>
      </form>
    </Sheet>
  )
}

function PhotoSheet({ scene, close }: { scene: Scene; close(): void }): ReactElement {
  const { t } = useTranslation()
  const { act, working, against } = useDoing(scene)
  const [draft, setDraft] = useDraft(`photo ${scene.carried.job.id}`)
  const proof: Proof | undefined = draft?.proof
  const file = proof?.kind === 'photo' ? proof.file : undefined
  const keep = async (): Promise<void> => {
    if (file === undefined) return
    const evidence = evidenceOf({ kind: 'photo', file }, await hashOfFile(file))
    if (!(await act({ doing: { kind: 'attach', evidence }, file }))) return
    setDraft({})
    close()
  }
  return (
    <Sheet title={t('work.photo')} close={close}>
      <Stack gap="md">
        <PhotoField
          file={file}
          put={(taken) => setDraft(taken === undefined ? {} : { proof: { kind: 'photo', file: taken } })}
          camera
          size="lg"
        />
        <AgainstNotice against={against} />
        <Button size="lg" loading={working} disabled={file === undefined} onClick={() => void keep()}>
          {t('work.keepPhoto')}
        </Button>
      </Stack>
    </Sheet>
  )
}
