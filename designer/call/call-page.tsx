/**
 * The hotline agent's page: without a call the desk, with one the call from its ringing to its end.
 */
import './call.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { Action } from '../actions/action.ts'
import { useBring } from '../actions/register.ts'
import { useMe, useProcesses } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { callApi, newKey, PHONE_CALL } from './call-api.ts'
import { CallDesk } from './call-desk.tsx'
import { OneCall } from './one-call.tsx'
import { useCall } from './use-call.ts'
import { isOnTheLine } from './watch.ts'

type Scene = { busy: boolean; start(): void }
const NEW_CALL: readonly Action<Scene>[] = [
  {
    id: 'call.new',
    title: 'call.new',
    group: 'go',
    icon: 'plus',
    keys: ['N'],
    barred: ({ busy }) => (busy ? 'call.busy' : undefined),
    run: ({ start }) => start(),
  },
]

export default function CallPage(): ReactElement {
  const { job } = useParams()
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const processes = useProcesses()
  const starting = useRef({ key: newKey(), busy: false })
  const begin = useMutation({
    // The same key until it is answered: a call that was begun without our hearing of it is not begun twice.
    mutationFn: () => callApi.start(starting.current.key),
    onSuccess: async (made) => {
      starting.current.key = newKey()
      await navigate(`/call/${made.id}`)
      void client.invalidateQueries({ queryKey: ['jobs'] })
    },
    onSettled: () => {
      starting.current.busy = false
    },
  })
  const start = (): void => {
    if (starting.current.busy) return
    starting.current.busy = true
    begin.mutate()
  }
  const isMissing = processes.data?.processes.every(({ id }) => id !== PHONE_CALL)
  if (isMissing === true)
    return (
      <Page title={t('call.title')}>
        <Empty title={t('call.noProcess')} lead={t('call.noProcessLead')} />
      </Page>
    )
  const fault = begin.isError ? <ProblemNotice error={begin.error} retry={start} /> : null
  return job === undefined ? (
    <Page title={t('call.title')}>
      <Bring scene={{ busy: false, start }} />
      {fault}
      <CallDesk start={start} isStarting={begin.isPending} />
    </Page>
  ) : (
    <>
      {fault}
      <CallById key={job} id={job} start={start} />
    </>
  )
}

function Bring({ scene }: { scene: Scene }): null {
  useBring(NEW_CALL, scene)
  return null
}

function CallById({ id, start }: { id: string; start(): void }): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const { call, error, retry } = useCall(id)
  if (error !== undefined && error !== null)
    return (
      <Page title={t('call.title')}>
        <ProblemNotice error={error} retry={retry} />
      </Page>
    )
  if (call === undefined || call.definition === undefined || me.data === undefined) return <Waiting />
  const { agent } = call.job.fields
  const isTheirs = typeof agent === 'string' && agent !== me.data.id
  return (
    <>
      <Bring scene={{ busy: isOnTheLine(call.job) && !isTheirs, start }} />
      <OneCall call={call} me={me.data} isTheirs={isTheirs} start={start} />
    </>
  )
}
