/**
 * The frame of the telephone's pages: the queue runs as long as one of them is open, and its state is always in sight.
 *
 * Promises: what waits is sent when the connection is back, when the page is looked at again, and every while.
 * Must not: know a job's process.
 */
import { Alert } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import type { Me } from '../../machines/wire/people.ts'
import { newKey } from '../session/job-acts.ts'
import { keptMe } from '../session/kept-me.ts'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Waiting } from '../shell/notices.tsx'
import { openShelf } from './browser-shelf.ts'
import { keepPages } from './keep-pages.ts'
import { Queue } from './queue.ts'
import { QueueSign } from './queue-sign.tsx'
import { sendAct } from './send-act.ts'
import { memoryShelf } from './shelf.ts'
import { seeAgain, useQueueState, useWork, type Work, WorkContext } from './work.ts'
import './work.css'

export default function WorkFrame(): ReactElement {
  // One object: who it is does not change with every look.
  const [last] = useState(keptMe)
  const who = useMe().data ?? last
  const work = useWorkOf(who)
  if (work === undefined) return <Waiting />
  return (
    <WorkContext value={work}>
      <div className="work">
        <QueueSign />
        <Settling />
        <Lasting />
        <Outlet />
      </div>
    </WorkContext>
  )
}

/** The queue of a person in this tab, made once. */
const works = new Map<string, Promise<Work>>()
async function makeWork(me: Me): Promise<Work> {
  const kept = await openShelf()
  const shelf = kept ?? memoryShelf()
  const others = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('fieldchart.work')
  const queue = new Queue({
    shelf,
    person: me.id,
    send: sendAct,
    // Where there are no locks two tabs may both try: the key still lets it be done but once.
    alone: async (work) =>
      'locks' in navigator ? navigator.locks.request(`fieldchart.work ${me.id}`, work) : work(),
    now: Date.now,
    newKey,
    tellOthers: () => others?.postMessage('changed'),
    later(ms, call) {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
  })
  others?.addEventListener('message', () => void queue.refresh())
  await queue.refresh()
  // Asks the browser not to clear what waits when it needs room.
  void navigator.storage?.persist?.().catch(() => undefined)
  return { me, queue, shelf, lasting: kept !== undefined }
}

function useWorkOf(me: Me | undefined): Work | undefined {
  const [work, setWork] = useState<Work>()
  const id = me?.id
  useEffect(() => {
    if (me === undefined) return
    let isGone = false
    const made = works.get(me.id) ?? makeWork(me)
    works.set(me.id, made)
    void made.then((each) => {
      if (!isGone) setWork({ ...each, me })
    })
    return () => {
      isGone = true
    }
  }, [me])
  useEffect(() => {
    if (work === undefined) return
    const wake = (): void => work.queue.wake()
    const look = (): void => {
      if (document.visibilityState === 'visible') wake()
    }
    wake()
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', look)
    }
  }, [work])
  useEffect(keepPages, [])
  return work?.me.id === id ? work : undefined
}

/** Sees the jobs anew whose acts were taken, so that what is shown is the server's again. */
function Settling(): null {
  const work = useWork()
  const client = useQueryClient()
  const { acts } = useQueueState()
  const jobs = [...new Set(acts.filter(({ state }) => state === 'sent').map(({ job }) => job))].join(' ')
  const count = acts.filter(({ state }) => state === 'sent').length
  useEffect(() => {
    if (count === 0) return
    for (const job of jobs.split(' ')) void seeAgain(work, client, job).catch(() => undefined)
    void client.invalidateQueries({ queryKey: ['jobs'] })
  }, [jobs, count, work, client])
  return null
}

function Lasting(): ReactElement | null {
  const { t } = useTranslation()
  const { lasting } = useWork()
  if (lasting) return null
  return (
    <Alert color="orange" variant="light" m="md" icon={<Icon name="alert" />}>
      {t('work.notLasting')}
    </Alert>
  )
}
