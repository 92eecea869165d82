/**
 * The designer: a process drawn, changed, checked, saved and published.
 *
 * Promises: how saving stands is always in sight; leaving the page never loses what this browser could keep.
 */
import { Alert, Box } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { MessageKey } from '../actions/action.ts'
import { useDesignActions } from '../actions/use-design-actions.ts'
import { at, isAlike, type Json, toJson } from '../document/json.ts'
import type { Words } from '../document/problem.ts'
import { ApiError } from '../session/api.ts'
import { draftGateway } from '../session/draft-gateway.ts'
import { DraftSession } from '../session/draft-session.ts'
import { browserDrafts } from '../session/local-drafts.ts'
import { useMe, useVersion } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { DesignContext } from './design-api.ts'
import { countOf, ProblemList } from './problem-list.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { Stage } from './stage.tsx'
import { StaleDialog } from './stale-dialog.tsx'
import { type Standing, Toolbar } from './toolbar.tsx'
import { useDesignState, useSession } from './use-design-state.ts'
import { type Problems, useProblems } from './use-problems.ts'
import { VersionsDialog } from './versions-dialog.tsx'

export default function DesignPage(): ReactElement {
  const { process = '' } = useParams()
  const me = useMe().data
  return me === undefined ? (
    <Waiting />
  ) : (
    <Attempts key={`${me.id} ${process}`} process={process} person={me.id} rights={me.rights} />
  )
}

type Asked = { process: string; person: string; rights: readonly string[] }

function Attempts(asked: Asked): ReactElement {
  const [attempt, setAttempt] = useState(0)
  return <Opening key={attempt} {...asked} again={() => setAttempt(attempt + 1)} />
}

/** Opens the session, and ends it with the page. */
function Opening({ process, person, rights, again }: Asked & { again(): void }): ReactElement {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<{ session?: DraftSession; error?: unknown }>({})
  useEffect(() => {
    let isGone = false
    let session: DraftSession | undefined
    const local = browserDrafts(person, process, Date.now)
    DraftSession.open(draftGateway(process), local).then(
      (made) => {
        session = made
        if (isGone) made.close()
        else setOpened({ session: made })
      },
      (error: unknown) => {
        if (!isGone) setOpened({ error })
      },
    )
    return () => {
      isGone = true
      session?.close()
    }
  }, [process, person])
  const { session, error } = opened
  if (session !== undefined) return <Designer process={process} session={session} rights={rights} />
  if (error === undefined) return <Waiting />
  return (
    <Box p="xl" maw={720} mx="auto">
      {error instanceof ApiError && error.code === 'draft-not-found' ? (
        <Empty title={t('design.gone')} />
      ) : (
        <ProblemNotice error={error} retry={again} />
      )}
    </Box>
  )
}

function Designer({
  process,
  session,
  rights,
}: {
  process: string
  session: DraftSession
  rights: readonly string[]
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const client = useQueryClient()
  const view = useSession(session)
  const [message, setMessage] = useState<string>()
  const refused = useCallback((why: Words) => setMessage(t('design.refused', { why: say(why) })), [t, say])
  const mayWrite = rights.includes('drafts:write')
  const design = useDesignState(process, session, mayWrite, refused)
  const { definition } = view.document
  const problems = useProblems(process, definition)
  const latest = useVersion(process, view.basedOn).data
  const [published, setPublished] = useState<number>()
  const [shown, setShown] = useState<'publish' | 'versions' | 'stale'>()
  const [isListed, setListed] = useState(true)
  const title = processTitle(definition, say, process)
  useComings(session)
  useLeaving(!view.kept && view.save !== 'saved')
  const hide = (): void => setShown(undefined)
  const isStale = view.stale !== undefined
  useEffect(() => {
    if (isStale) setShown('stale')
  }, [isStale])
  const publish = async (note: string): Promise<number> => {
    const version = await session.publish(note)
    setPublished(version)
    await client.invalidateQueries({ queryKey: ['processes'] })
    return version
  }
  const standing = standingOf(problems, definition, latest?.definition, published)
  const openPublish = (): void => {
    void session.save()
    setShown('publish')
  }
  useDesignActions({
    design,
    problems: problems.list,
    notToPublish: notToPublish(standing, rights.includes('processes:publish')),
    save: () => void session.save(),
    publish: openPublish,
    showVersions: () => setShown('versions'),
    toggleProblems: () => setListed(!isListed),
  })
  return (
    <DesignContext value={design}>
      <Box h="calc(100dvh - 56px)" style={{ display: 'flex', flexDirection: 'column' }}>
        <title>{`${t('design.title', { title })} · ${t('app.name')}`}</title>
        <Toolbar
          title={title}
          view={view}
          standing={standing}
          mayPublish={rights.includes('processes:publish')}
          decide={() => setShown('stale')}
          showProblems={() => setListed(true)}
          showVersions={() => setShown('versions')}
          publish={openPublish}
        />
        <Messages
          texts={[mayWrite ? undefined : t('design.readOnly'), view.kept ? undefined : t('design.notKept')]}
        />
        <MergedMessage key={view.merged.times} merged={view.merged} />
        {message === undefined ? null : <Message text={message} close={() => setMessage(undefined)} />}
        <Stage title={title} />
        <ProblemList problems={problems} opened={isListed} toggle={() => setListed(!isListed)} />
      </Box>
      {shown === 'publish' ? (
        <PublishDialog
          title={title}
          latest={latest}
          warnings={problems.list.filter(({ severity }) => severity === 'warning')}
          revision={view.revision}
          publish={publish}
          close={hide}
        />
      ) : null}
      {shown === 'versions' ? <VersionsDialog title={title} close={hide} tell={setMessage} /> : null}
      {shown === 'stale' && view.stale !== undefined ? (
        <StaleDialog
          key={view.stale.conflicts.map(({ pointer }) => pointer).join(' ')}
          stale={view.stale}
          definition={definition}
          close={hide}
          decide={(choices) => {
            hide()
            session.decide(choices)
          }}
        />
      ) : null}
    </DesignContext>
  )
}

function notToPublish({ kind }: Standing, mayPublish: boolean): MessageKey | undefined {
  if (!mayPublish) return 'actions.why.mayNot'
  if (kind === 'ready') return undefined
  return kind === 'problems' || kind === 'checking' ? 'actions.why.hasErrors' : 'actions.why.noChange'
}

function standingOf(
  problems: Problems,
  definition: Json,
  latest: unknown,
  published: number | undefined,
): Standing {
  const errors = countOf(problems.list, 'error')
  if (latest !== undefined && isAlike(toJson(latest), definition))
    return published === undefined ? { kind: 'nothing' } : { kind: 'published', version: published }
  if (problems.state === 'checking') return { kind: 'checking' }
  return errors > 0 ? { kind: 'problems', errors } : { kind: 'ready' }
}

function processTitle(definition: Json, say: ReturnType<typeof useSpeech>['say'], id: string): string {
  const title = at(definition, 'meta', 'title')
  const [en, zh] = [at(title, 'en'), at(title, 'zh')]
  const text = {
    ...(typeof en === 'string' ? { en } : {}),
    ...(typeof zh === 'string' ? { zh } : {}),
  }
  return say(text, id)
}

/** Another's save is seen when the reader comes back to the page, and every so often. */
function useComings(session: DraftSession): void {
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') void session.refresh()
    }
    const timer = setInterval(look, 20_000)
    const online = (): void => void session.save()
    window.addEventListener('focus', look)
    window.addEventListener('online', online)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', look)
      window.removeEventListener('online', online)
    }
  }, [session])
}

/** Asks before the page is left, where leaving would lose something. */
function useLeaving(wouldLose: boolean): void {
  useEffect(() => {
    if (!wouldLose) return undefined
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [wouldLose])
}

function MergedMessage({
  merged,
}: {
  merged: { times: number; by: string | undefined }
}): ReactElement | null {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(true)
  if (merged.times === 0 || !isOpen) return null
  return (
    <Message
      text={t('design.mergedBy', { who: merged.by ?? t('design.someone') })}
      close={() => setOpen(false)}
    />
  )
}

function Messages({ texts }: { texts: readonly (string | undefined)[] }): ReactElement[] {
  return texts.flatMap((text) => (text === undefined ? [] : [<Message key={text} text={text} />]))
}

function Message({ text, close }: { text: string; close?: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <Alert
      role="status"
      radius={0}
      py={6}
      color="yellow"
      variant="light"
      withCloseButton={close !== undefined}
      closeButtonLabel={t('design.dismiss')}
      {...(close === undefined ? {} : { onClose: close })}
    >
      {text}
    </Alert>
  )
}
