/**
 * The designer: a process drawn, changed, checked, saved and published.
 *
 * Promises: how saving stands is always in sight; leaving the page never loses what this browser could keep.
 */
import { Box } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import type { DraftNotice } from '../../machines/wire/drafts.ts'
import type { MessageKey } from '../actions/action.ts'
import { useDesignActions } from '../actions/use-design-actions.ts'
import { at, type Json } from '../document/json.ts'
import type { Words } from '../document/problem.ts'
import { FINDINGS } from '../findings/finding-api.ts'
import { useLed } from '../findings/use-led.ts'
import { useDraftLife } from '../session/draft-life.ts'
import type { DraftSession } from '../session/draft-session.ts'
import { useNameOf } from '../session/people.ts'
import { useMe, useProcesses, useVersion } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { REVIEW } from './approval-part.tsx'
import { DesignContext } from './design-api.ts'
import { MergedMessage, Message } from './messages.tsx'
import { Opening } from './opening.tsx'
import { ProblemList } from './problem-list.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { Stage } from './stage.tsx'
import { StaleDialog } from './stale-dialog.tsx'
import { type Standing, standingOf } from './standing.ts'
import { Toolbar } from './toolbar.tsx'
import { useApprovals } from './use-approvals.ts'
import { useDesignState, useSession } from './use-design-state.ts'
import { useProblems } from './use-problems.ts'
import { VersionsDialog } from './versions-dialog.tsx'

export default function DesignPage(): ReactElement {
  const { process = '' } = useParams()
  const me = useMe().data
  const rights = useRightsOn(process)
  return me === undefined ? (
    <Waiting />
  ) : (
    <Opening key={`${me.id} ${process}`} process={process} person={me.id}>
      {(session) => <Designer process={process} session={session} rights={rights} />}
    </Opening>
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
  const { say, time, list } = useSpeech()
  const nameOf = useNameOf()
  const client = useQueryClient()
  const [search] = useSearchParams()
  const view = useSession(session)
  const [message, setMessage] = useState<string>()
  const refused = useCallback((why: Words) => setMessage(t('design.refused', { why: say(why) })), [t, say])
  const mayWrite = rights.includes('drafts:write')
  const design = useDesignState(process, session, mayWrite, refused)
  const { definition } = view.document
  const problems = useProblems(process, definition)
  const life = useDraftLife(process)
  const latest = useVersion(process, life.now?.latest ?? view.basedOn).data
  const summary = useProcesses().data?.processes.find(({ id }) => id === process)
  const approvals = useApprovals(process, life.now)
  const isAsked = (approvals.now?.rule ?? summary?.approval)?.kind !== 'none'
  const [published, setPublished] = useState<number>()
  const [shown, setShown] = useState<'publish' | 'versions' | 'stale' | undefined>(
    search.has(REVIEW) ? 'publish' : undefined,
  )
  const [isListed, setListed] = useState(true)
  const title = processTitle(definition, say, process)
  useComings(session, life.now)
  useLed(design)
  useLeaving(!view.kept && view.save !== 'saved')
  const hide = (): void => setShown(undefined)
  const isStale = view.stale !== undefined
  useEffect(() => {
    if (isStale) setShown('stale')
  }, [isStale])
  const publish = async (note: string, answers: readonly string[]): Promise<number> => {
    const version = await session.publish(note, answers)
    setPublished(version)
    await client.invalidateQueries({ queryKey: ['processes'] })
    void client.invalidateQueries({ queryKey: [FINDINGS] })
    return version
  }
  const isSaved = view.save === 'saved'
  const standing = standingOf({
    problems,
    definition,
    latest: latest?.definition,
    published,
    isAsked: summary === undefined ? false : isAsked,
    approvals: approvals.now,
    isSaved,
    isArchived: life.now?.archived === true,
  })
  const openPublish = (): void => {
    void session.save()
    setShown('publish')
  }
  useDesignActions({
    design,
    problems: problems.list,
    notToPublish: notToPublish(standing, rights.includes('processes:publish')),
    version: latest?.version,
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
          isAsked={isAsked}
          present={life.present}
          version={latest?.version}
          decide={() => setShown('stale')}
          showProblems={() => setListed(true)}
          showVersions={() => setShown('versions')}
          publish={openPublish}
        />
        {mayWrite ? null : <Message text={t('design.readOnly')} />}
        {view.kept ? null : <Message text={t('design.notKept')} />}
        {summary?.archivedAt === undefined ? null : (
          <Message text={t('page.archive.since', { when: time(summary.archivedAt) })} />
        )}
        {approvals.voided.length === 0 ? null : (
          <Message
            text={t('page.approval.voided', { who: list(approvals.voided.map(nameOf)) })}
            close={approvals.forget}
          />
        )}
        <MergedMessage key={view.merged.times} merged={view.merged} />
        {message === undefined ? null : <Message text={message} close={() => setMessage(undefined)} />}
        <Stage title={title} problems={problems.list} />
        <ProblemList problems={problems} opened={isListed} toggle={() => setListed(!isListed)} />
      </Box>
      {shown === 'publish' ? (
        <PublishDialog
          title={title}
          latest={latest}
          warnings={problems.list.filter(({ severity }) => severity === 'warning')}
          revision={view.revision}
          approvals={isAsked ? approvals.now : undefined}
          isSaved={isSaved}
          mayPublish={rights.includes('processes:publish')}
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
  if (kind === 'ready' || kind === 'waits' || kind === 'objected') return undefined
  return kind === 'problems' || kind === 'checking' ? 'actions.why.hasErrors' : 'actions.why.noChange'
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

/** Another's save is taken in as soon as the server tells of it, and when the reader comes back to the page. */
function useComings(session: DraftSession, now: DraftNotice | undefined): void {
  const revision = now === undefined ? undefined : (now.draft?.revision ?? 0)
  const latest = now?.latest
  useEffect(() => {
    if (revision !== undefined) session.hear({ revision, latest })
  }, [session, revision, latest])
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') void session.refresh()
    }
    const online = (): void => void session.save()
    window.addEventListener('focus', look)
    window.addEventListener('online', online)
    return () => {
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
