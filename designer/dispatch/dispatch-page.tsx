/**
 * Handing out jobs: what waits at the left, everybody's day at the right; a job is chosen and given, or dragged.
 *
 * Promises: day, region and chosen job stand in the address; the same can be done by mouse and by keyboard; what other
 * dispatchers do appears by itself.
 * Must not: judge whom a job suits, or change a job by anything but its own event or the hand of `jobs:reassign`.
 */
import { Anchor, Box, Button, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Candidates, PlannedJob } from '../../machines/wire/dispatch.ts'
import { dayIn } from '../life/range.ts'
import { useNow } from '../session/now.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { AssignDialog, formFor } from './assign-dialog.tsx'
import { DayBoard } from './day-board.tsx'
import { DispatchBar, LENGTHS } from './dispatch-bar.tsx'
import { type Assignment, useAssign, useCandidates, useDay, useFetchCandidates } from './dispatch-queries.ts'
import { useDayWords } from './use-day-words.ts'
import { JobTime, lateOf, WaitingList } from './waiting-list.tsx'
import './dispatch.css'

const USUAL_MINUTES = 120
const FIRST = 100
const SEARCH_MS = 250
/** As in the stylesheet. */
const NARROW = '(max-width: 61.99em)'

type Meant = { job: string; person: string }

export default function DispatchPage(): ReactElement {
  const { t } = useTranslation()
  const now = useNow()
  const [search, setSearch] = useSearchParams()
  const [text, setText] = useState('')
  const [searched] = useDebouncedValue(text, SEARCH_MS)
  const [limit, setLimit] = useState(FIRST)
  const [meant, setMeant] = useState<Meant>()
  const [given, setGiven] = useState<Assignment>()

  const chosen = search.get('job') ?? undefined
  const region = search.get('region') ?? undefined
  const date = search.get('date') ?? undefined
  const minutes = LENGTHS.find((each) => String(each) === search.get('minutes')) ?? USUAL_MINUTES
  const candidates = useCandidates(chosen === undefined ? undefined : { job: chosen, date, minutes })
  const found = chosen === undefined ? undefined : candidates.data
  const process = search.get('process') ?? undefined
  const day = useDay({ date: date ?? found?.date, region, process, text: searched, minutes, limit })
  const timeZone = day.data?.timeZone ?? 'UTC'
  const words = useDayWords(timeZone)
  const fetchCandidates = useFetchCandidates()
  const toFocus = useRef<string>(undefined)
  const shown = useRef<string>(undefined)
  const right = useRef<HTMLDivElement>(null)

  const put = useCallback(
    (changes: Record<string, string | undefined>): void =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [key, value] of Object.entries(changes))
            if (value === undefined) next.delete(key)
            else next.set(key, value)
          return next
        },
        { replace: true },
      ),
    [setSearch],
  )
  const waiting = day.data?.waiting.jobs
  const assign = useAssign((assignment) => {
    const here = waiting?.findIndex(({ id }) => id === assignment.candidates.job.id) ?? -1
    const next = waiting?.[here + 1] ?? waiting?.[here - 1]
    setMeant(undefined)
    setGiven(assignment)
    put({ job: undefined })
    // The next one that waits is where the dispatcher goes on.
    if (here !== -1 && next !== undefined)
      requestAnimationFrame(() => focusOn(`[data-job="${CSS.escape(next.id)}"]`))
  })
  const { mutate, reset } = assign

  const choose = useCallback(
    (job: PlannedJob, byKey: boolean): void => {
      setGiven(undefined)
      shown.current = undefined
      if (job.id === chosen) {
        put({ job: undefined })
        return
      }
      toFocus.current = byKey ? job.id : undefined
      const its = job.kind === 'appointment' && job.at !== undefined ? { date: dayIn(job.at, timeZone) } : {}
      put({ job: job.id, ...its })
    },
    [chosen, put, timeZone],
  )
  useEffect(() => {
    if (found === undefined || shown.current === found.job.id) return
    shown.current = found.job.id
    // Where the two stand one above the other, whom it suits is out of sight.
    if (window.matchMedia(NARROW).matches) right.current?.scrollIntoView({ block: 'start' })
    if (toFocus.current !== found.job.id) return
    toFocus.current = undefined
    focusOn('.dispatch-rows [data-stop]')
  }, [found])

  const give = useCallback(
    async (person: string, dragged: string | undefined): Promise<void> => {
      const job = dragged ?? chosen
      if (job === undefined) return
      reset()
      setGiven(undefined)
      try {
        const fresh = await fetchCandidates({ job, date, minutes })
        if (dragged !== undefined && fresh.job.assignee === person) return
        put({ job, ...(fresh.visit === undefined ? {} : { date: fresh.date }) })
        if (isPlain(fresh, person))
          mutate({ person, candidates: fresh, payload: {} }, { onError: () => setMeant({ job, person }) })
        else setMeant({ job, person })
      } catch {
        setMeant({ job, person })
      }
    },
    [chosen, date, minutes, fetchCandidates, mutate, reset, put],
  )

  const leave = (): void => {
    if (chosen === undefined || meant !== undefined) return
    put({ job: undefined })
    focusOn(`[data-job="${CSS.escape(chosen)}"]`)
  }
  const nameOf = (id: string): string => day.data?.engineers.find((each) => each.id === id)?.name ?? id

  return (
    <Page title={t('dispatch.title')}>
      {day.isPending ? <Waiting /> : null}
      {day.isError ? <ProblemNotice error={day.error} retry={() => void day.refetch()} /> : null}
      {day.data === undefined ? null : (
        <>
          <DispatchBar day={day.data} region={region} put={put} />
          <Box
            className="dispatch-desk"
            role="group"
            aria-label={t('dispatch.title')}
            onKeyDown={(event) => {
              if (event.key === 'Escape') leave()
            }}
          >
            <WaitingList
              now={now}
              waiting={day.data.waiting}
              chosen={chosen}
              words={words}
              text={text}
              search={setText}
              choose={choose}
              more={() => setLimit((before) => Math.min(500, before + FIRST))}
            />
            <div className="dispatch-right" ref={right}>
              <Text component="h2" fw={600} mb={6}>
                {words.day(day.data.date)}
                {day.data.open.length === 0 ? (
                  <Text component="span" c="dimmed" size="sm" ml="sm">
                    {t('dispatch.dayOff')}
                  </Text>
                ) : null}
              </Text>
              <div role="status" className="dispatch-said">
                {given === undefined ? null : <Given given={given} name={nameOf(given.person)} />}
                {found === undefined || given !== undefined ? null : (
                  <Chosen found={found} now={now} words={words} clear={() => put({ job: undefined })} />
                )}
                {chosen === undefined && given === undefined ? (
                  <Text size="sm" c="dimmed">
                    {t('dispatch.lead')}
                  </Text>
                ) : null}
              </div>
              {candidates.isError && chosen !== undefined ? <ProblemNotice error={candidates.error} /> : null}
              {day.data.engineers.length === 0 ? (
                <Empty title={t('dispatch.noEngineers')} lead={t('dispatch.noEngineersLead')} />
              ) : (
                <DayBoard
                  day={day.data}
                  now={now}
                  words={words}
                  candidates={found}
                  chosen={chosen}
                  choose={choose}
                  give={give}
                />
              )}
            </div>
          </Box>
        </>
      )}
      {meant === undefined ? null : (
        <AssignDialog
          key={`${meant.job} ${meant.person}`}
          asked={{ job: meant.job, date, minutes }}
          person={{ id: meant.person, name: nameOf(meant.person) }}
          words={words}
          pending={assign.isPending}
          error={assign.error}
          assign={(assignment) => mutate(assignment)}
          close={() => setMeant(undefined)}
        />
      )}
    </Page>
  )
}

/** Nothing speaks against it and nothing is asked: one press is enough. */
function isPlain(candidates: Candidates, person: string): boolean {
  const { assigning } = candidates
  const fit = candidates.candidates.find(({ id }) => id === person)?.fit
  if (fit !== 'yes' || assigning?.by !== 'event' || !assigning.event.open) return false
  const form = formFor(candidates, { en: '' })
  return form.complete && form.inputs.every(({ required }) => !required)
}

function focusOn(selector: string): void {
  const place = document.querySelector(selector)
  if (place instanceof HTMLElement) place.focus()
}

function Given({ given, name }: { given: Assignment; name: string }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { job } = given.candidates
  return (
    <Group gap="sm">
      <Text size="sm" fw={600}>
        {t('dispatch.given', { name, job: job.about[0] ?? say(job.title, job.process) })}
      </Text>
      <Anchor component={Link} to={`/jobs/${job.id}`} size="sm">
        {t('dispatch.openJob')}
      </Anchor>
    </Group>
  )
}

function Chosen({
  found: { job, candidates },
  now,
  words,
  clear,
}: {
  found: Candidates
  now: number
  words: ReturnType<typeof useDayWords>
  clear(): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const suits = candidates.filter(({ fit }) => fit === 'yes').length
  return (
    <Group gap="sm">
      <Text size="sm" fw={600} className="fc-wrap">
        {job.about.length === 0 ? say(job.title, job.process) : job.about.slice(0, 2).join(' · ')}
      </Text>
      <JobTime job={job} late={lateOf(job, now)} words={words} />
      <Text size="sm" c="dimmed">
        {t('dispatch.suits', { count: suits, all: candidates.length })}
      </Text>
      <Anchor component={Link} to={`/jobs/${job.id}`} size="sm">
        {t('dispatch.openJob')}
      </Anchor>
      <Button size="compact-sm" variant="default" onClick={clear}>
        {t('dispatch.letGo')}
      </Button>
    </Group>
  )
}
