/**
 * One call, from its ringing to its end: what counts, what is to be said, what can be done, who is calling.
 *
 * Promises: all of it by the keyboard alone. The keyboard goes where the next state wants it, and never away from a field
 * that somebody writes in.
 * Must not: know what the states of the process mean, but for which events have a key.
 */
import { Alert, Anchor, Box, Button, Group, Stack, Title } from '@mantine/core'
import { type ReactElement, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate } from 'react-router'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import type { Me } from '../../machines/wire/people.ts'
import { useActions } from '../actions/register.ts'
import { stateInWords } from '../jobs/job-words.ts'
import { StatusBadge } from '../jobs/status-badge.tsx'
import { useNameOf } from '../session/people.ts'
import { Icon } from '../shell/icons.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { PHONE_CALL } from './call-api.ts'
import { Counter, LaterDeadlines } from './counter.tsx'
import { FilePart, focusEntry } from './file-part.tsx'
import { Finder, type Found } from './finder.tsx'
import { dropKept, readBadge } from './kept.ts'
import { KeyCap } from './key-cap.tsx'
import { Booked, Broken, Summary } from './outcome-part.tsx'
import { CallItems, ScriptPart } from './script-part.tsx'
import { StepList } from './step-list.tsx'
import { searchOf } from './take-over.ts'
import type { Call } from './use-call.ts'
import { useCallKeys } from './use-call-keys.ts'
import { type CustomerFile, FILE_EVENT, useFile } from './use-file.ts'
import { type Presses, usePresses } from './use-presses.ts'
import { type Steps, useSteps } from './use-steps.ts'
import { isOnTheLine } from './watch.ts'

type Props = { call: Call; me: Me; isTheirs: boolean; start(): void }

export function OneCall({ call, me, isTheirs, start }: Props): ReactElement {
  const { list } = useSpeech()
  const { job, words } = call
  const isLocked = isTheirs && isOnTheLine(job)
  const isOver = job.status !== 'active'
  const steps = useSteps(job)
  const file = useFile(call, steps, isLocked)
  const [own, setOwn] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const next = useRef<HTMLButtonElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const box = useRef<HTMLInputElement>(null)
  const toHeading = (): void => heading.current?.focus()
  const toFile = (): void => focusEntry(form.current)
  const presses = usePresses(job, { steps, file, me: me.id, isLocked, toFile })
  const state = list(job.active.map((path) => stateInWords(path, words)))
  const needed = neededOf(call)
  const canRecord = !isLocked && job.allowed.some(({ type, open }) => type === FILE_EVENT && open)
  useArrival(job, state, () => {
    const isFileDue = canRecord && needed.some((name) => typeof job.fields[name] !== 'string')
    if (isOver) next.current?.focus()
    else if (isFileDue) toFile()
    else toHeading()
  })
  useEffect(() => {
    if (isOver) dropKept(job.id)
  }, [isOver, job.id])
  useCallKeys(new Map([...presses.byKey, ['C', toFile], ['/', () => box.current?.focus()]]))
  const takeOver = useTakeOver(call, file, toFile)
  const title = useTitle(call, file)

  if (job.process !== PHONE_CALL) return <Navigate to={`/jobs/${job.id}`} replace />
  const isFixed = isLocked || isOver
  return (
    <Page title={title} beside={<Beside job={job} />}>
      <div className="call-page">
        <Box component="section" className="fc-panel" p="md" aria-labelledby="call-state">
          <Stack gap="md">
            <Title order={2} size="h3" id="call-state" ref={heading} tabIndex={-1} className="call-state">
              {state}
            </Title>
            {isLocked ? <Theirs job={job} /> : null}
            <div>
              {isOver ? <Summary call={call} /> : <Counter call={call} />}
              <Broken breaches={job.breaches} />
            </div>
            <LaterDeadlines call={call} />
            <Booked links={job.links} />
            {isOver ? (
              <After start={start} next={next} />
            ) : (
              <Now
                call={call}
                steps={steps}
                presses={presses}
                badge={textOf(job.fields.badge) || readBadge(me.id)}
                isLocked={isLocked}
                leave={toHeading}
              />
            )}
          </Stack>
        </Box>
        <div className="call-sides">
          <Box className="fc-panel" p="md">
            <FilePart
              file={file}
              needed={needed}
              canRecord={canRecord}
              isFixed={isFixed}
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
              takeOver={isFixed ? undefined : takeOver}
              leave={toHeading}
            />
          </Box>
        </div>
      </div>
    </Page>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function useTitle({ job }: Call, file: CustomerFile): string {
  const { t } = useTranslation()
  const caller = textOf(file.values.customerName) || textOf(job.fields.callerNumber)
  return caller === '' ? t('call.unknown') : t('call.with', { caller })
}

function Beside({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  return (
    <Group gap="md">
      <StatusBadge status={job.status} />
      <Anchor component={Link} to={`/jobs/${job.id}`} target="_blank" size="sm">
        {t('call.details')}
      </Anchor>
      <Anchor component={Link} to="/call" size="sm">
        {t('call.back')}
      </Anchor>
    </Group>
  )
}

function Theirs({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  return (
    <Alert color="blue" icon={<Icon name="user" />}>
      {t('call.theirs', { name: nameOf(textOf(job.fields.agent)) })}
    </Alert>
  )
}

/** What is to be said and done in the present state. */
function Now({
  call,
  steps,
  presses,
  badge,
  isLocked,
  leave,
}: {
  call: Call
  steps: Steps
  presses: Presses
  badge: string
  isLocked: boolean
  leave(): void
}): ReactElement {
  return (
    <>
      <ScriptPart call={call} badge={badge} />
      <CallItems call={call} isMine={!isLocked} tick={presses.tick} />
      <StepList
        call={call}
        steps={steps}
        keys={presses.keys}
        opened={presses.opened}
        isLocked={isLocked}
        press={presses.press}
        close={() => {
          presses.close()
          leave()
        }}
      />
    </>
  )
}

/** Nobody is on the line any more. */
function After({ start, next }: { start(): void; next: RefObject<HTMLButtonElement | null> }): ReactElement {
  const { t } = useTranslation()
  return (
    <Group gap="sm">
      <Button ref={next} size="md" onClick={start} rightSection={<KeyCap name="N" />} aria-keyshortcuts="N">
        {t('call.next')}
      </Button>
      <Button component={Link} to="/call" size="md" variant="default">
        {t('call.back')}
      </Button>
    </Group>
  )
}

/** Takes a found customer over, and says what was taken. */
function useTakeOver(
  { definition }: Call,
  file: CustomerFile,
  toFile: () => void,
): (found: Found, searched: string) => void {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const { announce } = useActions()
  return (found, searched) => {
    const taken = file.takeOver(found.fields, searched)
    const properties = definition?.schemas.events?.[FILE_EVENT]?.properties ?? {}
    const titles = taken.map((name) => say(properties[name]?.meta?.title, name))
    announce(taken.length === 0 ? t('call.nothingTaken') : t('call.taken', { entries: list(titles) }), {
      seen: true,
    })
    // What was taken is there only when it is drawn.
    requestAnimationFrame(toFile)
  }
}

/** GN-09: what a file must have before the talk goes on; the process's own setting. */
function neededOf({ definition }: Call): string[] {
  const value: unknown = definition?.meta.settings?.mandatoryCustomerFile?.value
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
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
