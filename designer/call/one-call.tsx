/**
 * One call, from its ringing to its end: what counts, what is to be said, what can be done, who is calling.
 *
 * Promises: all of it by the keyboard alone. The keyboard goes where the next state wants it, and never away from a field
 * that somebody writes in.
 * Must not: know what the states of the process mean, but for which events have a key.
 */
import { Alert, Anchor, Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate } from 'react-router'
import type { Allowed } from '../../machines/advance/job.ts'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import type { Me } from '../../machines/wire/people.ts'
import { useActions } from '../actions/register.ts'
import { stateInWords } from '../jobs/job-words.ts'
import { formOf } from '../jobs/payload.ts'
import { StatusBadge } from '../jobs/status-badge.tsx'
import { useNameOf } from '../session/people.ts'
import { Icon } from '../shell/icons.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { PHONE_CALL, type Sent } from './call-api.ts'
import { Counter } from './counter.tsx'
import { FilePart, focusEntry } from './file-part.tsx'
import { Finder } from './finder.tsx'
import { dropKept, readBadge } from './kept.ts'
import { KeyCap } from './key-cap.tsx'
import { itemKey, stepKeys } from './keys.ts'
import { Booked, Broken } from './outcome-part.tsx'
import { CallItems, ScriptPart } from './script-part.tsx'
import { isOthers, StepList } from './step-list.tsx'
import { searchOf } from './take-over.ts'
import type { Call } from './use-call.ts'
import { useCallKeys } from './use-call-keys.ts'
import { FILE_EVENT, useFile } from './use-file.ts'
import { useSteps } from './use-steps.ts'
import { isOnTheLine } from './watch.ts'

/** Sent without its form, which asks for nothing but the number that is known. */
const AT_ONCE = 'answer'

type Props = { call: Call; me: Me; isTheirs: boolean; start(): void }

export function OneCall({ call, me, isTheirs, start }: Props): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const nameOf = useNameOf()
  const client = useQueryClient()
  const { announce } = useActions()
  const { job, words, definition } = call
  const isLocked = isTheirs && isOnTheLine(job)
  const isOver = job.status !== 'active'
  const steps = useSteps(job)
  const file = useFile(call, steps, isLocked)
  const [opened, setOpened] = useState<string>()
  const [own, setOwn] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const next = useRef<HTMLButtonElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const box = useRef<HTMLInputElement>(null)
  const state = list(job.active.map((path) => stateInWords(path, words)))
  const needed = neededOf(call)
  const canRecord = !isLocked && job.allowed.some(({ type, open }) => type === FILE_EVENT && open)
  useArrival(job, state, () => {
    const isFileDue = canRecord && needed.some((name) => typeof job.fields[name] !== 'string')
    if (isOver) next.current?.focus()
    else if (isFileDue) focusEntry(form.current)
    else heading.current?.focus()
  })
  useEffect(() => {
    if (isOver) dropKept(job.id)
  }, [isOver, job.id])

  const press = async (pressed: Allowed): Promise<void> => {
    if (isLocked) return
    steps.dismiss()
    const asks = pressed.type !== AT_ONCE && formOf(pressed.payload).inputs.length > 0
    if (pressed.open && pressed.type !== FILE_EVENT && asks) {
      // At once: who presses the key goes on typing.
      setOpened(pressed.type)
      await file.flush()
      return
    }
    // What is on its way, or was typed into the file, may be what the event waits for.
    await steps.settled()
    if (pressed.type !== FILE_EVENT) await file.flush()
    const known = client.getQueryData<JobDetail>(['job', job.id]) ?? job
    const event = known.allowed.find(({ type }) => type === pressed.type) ?? pressed
    if (!event.open) {
      const why = event.reasons.map(({ message }) => say(message)).join(t('common.list'))
      announce(t('actions.barred', { what: say(event.title, event.type), why }), { seen: true })
    } else if (event.type === FILE_EVENT) focusEntry(form.current)
    else if (asks) setOpened(event.type)
    else {
      setOpened(undefined)
      await steps.send(withBadge(event, me.id))
    }
  }
  const tick = (item: string, done: boolean): void => void steps.tick(item, done)
  const toHeading = (): void => heading.current?.focus()

  const keys = stepKeys(job.allowed.filter((event) => !isOthers(event)).map(({ type }) => type))
  const presses = new Map<string, () => void>()
  if (!isOver && !isLocked) {
    for (const event of job.allowed) {
      const key = keys.get(event.type)
      if (key !== undefined) presses.set(key, () => void press(event))
    }
    job.items.forEach((item, index) => {
      const key = itemKey(index)
      if (key !== undefined && item.evidence === 'none') presses.set(key, () => tick(item.id, !item.done))
    })
  }
  presses.set('C', () => focusEntry(form.current))
  presses.set('/', () => box.current?.focus())
  useCallKeys(presses)

  if (job.process !== PHONE_CALL) return <Navigate to={`/jobs/${job.id}`} replace />
  const caller = [file.values.customerName, job.fields.callerNumber].find(
    (each) => typeof each === 'string' && each !== '',
  )
  const needsMoving = steps.failed !== undefined && job.items.some(({ id }) => id === steps.failed?.type)
  return (
    <Page
      title={typeof caller === 'string' ? t('call.with', { caller }) : t('call.unknown')}
      beside={
        <Group gap="md">
          <StatusBadge status={job.status} />
          <Anchor component={Link} to={`/jobs/${job.id}`} target="_blank" size="sm">
            {t('call.details')}
          </Anchor>
          <Anchor component={Link} to="/call" size="sm">
            {t('call.back')}
          </Anchor>
        </Group>
      }
    >
      <div className="call-page">
        <Stack gap="md">
          <Box component="section" className="fc-panel" p="md" aria-labelledby="call-state">
            <Stack gap="md">
              <Title order={2} size="h3" id="call-state" ref={heading} tabIndex={-1} className="call-state">
                {state}
              </Title>
              {isLocked ? (
                <Alert color="blue" icon={<Icon name="user" />}>
                  {t('call.theirs', { name: nameOf(String(job.fields.agent)) })}
                </Alert>
              ) : null}
              <div>
                <Counter call={call} />
                <Broken breaches={job.breaches} />
              </div>
              <Booked links={job.links} />
              {isOver ? (
                <Group gap="sm">
                  <Button
                    ref={next}
                    size="md"
                    onClick={start}
                    rightSection={<KeyCap name="N" />}
                    aria-keyshortcuts="N"
                  >
                    {t('call.next')}
                  </Button>
                  <Button component={Link} to="/call" size="md" variant="default">
                    {t('call.back')}
                  </Button>
                </Group>
              ) : (
                <>
                  <ScriptPart call={call} badge={textOf(job.fields.badge) || readBadge(me.id)} />
                  <CallItems call={call} isMine={!isLocked} tick={tick} />
                  {needsMoving ? <Text size="sm">{t('call.notTicked')}</Text> : null}
                  <StepList
                    call={call}
                    steps={steps}
                    keys={keys}
                    opened={opened}
                    isLocked={isLocked}
                    press={(event) => void press(event)}
                    close={() => {
                      setOpened(undefined)
                      toHeading()
                    }}
                  />
                </>
              )}
            </Stack>
          </Box>
        </Stack>
        <div className="call-sides">
          <Box className="fc-panel" p="md">
            <FilePart
              file={file}
              needed={needed}
              canRecord={canRecord}
              isLocked={isLocked || isOver}
              place={form}
              leave={toHeading}
            />
          </Box>
          <Box className="fc-panel" p="md">
            <Finder
              job={job.id}
              own={own}
              setOwn={setOwn}
              typed={searchOf(file.values)}
              box={box}
              takeOver={
                isLocked || isOver
                  ? undefined
                  : (found, searched) => {
                      const taken = file.takeOver(found.fields, searched)
                      const properties = definition?.schemas.events?.[FILE_EVENT]?.properties ?? {}
                      const titles = taken.map((name) => say(properties[name]?.meta?.title, name))
                      announce(
                        taken.length === 0
                          ? t('call.nothingTaken')
                          : t('call.taken', { entries: list(titles) }),
                        { seen: true },
                      )
                      // What was taken is there only when it is drawn.
                      requestAnimationFrame(() => focusEntry(form.current))
                    }
              }
              leave={toHeading}
            />
          </Box>
        </div>
      </div>
    </Page>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** GN-09: what a file must have before the talk goes on; the process's own setting. */
function neededOf({ definition }: Call): string[] {
  const value: unknown = definition?.meta.settings?.mandatoryCustomerFile?.value
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function withBadge({ type, payload }: Allowed, person: string): Sent {
  const badge = readBadge(person)
  const asks = formOf(payload).inputs.some(({ name }) => name === 'badge')
  return asks && badge !== '' ? { type, payload: { badge } } : { type }
}

/** Tells of each new state, and hands it the keyboard unless somebody is writing. */
function useArrival(job: JobDetail, state: string, arrive: () => void): void {
  const { announce } = useActions()
  const latest = useRef({ state, arrive })
  latest.current = { state, arrive }
  const where = job.active.join(' ')
  useEffect(() => {
    if (where === '') return
    const here = document.activeElement
    const isWriting = here instanceof HTMLInputElement && here.type !== 'checkbox'
    if (isWriting || here instanceof HTMLTextAreaElement) announce(latest.current.state)
    else latest.current.arrive()
  }, [where, announce])
}
