/**
 * Opens the draft's session and ends it with the page; says why where it cannot be opened, and tries again.
 */
import { Box } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Offer, openDrawings } from '../canvas/drawn.ts'
import { ApiError, api } from '../session/api.ts'
import { draftGateway } from '../session/draft-gateway.ts'
import { DraftSession } from '../session/draft-session.ts'
import { browserDrafts } from '../session/local-drafts.ts'
import { browserDrawings } from '../session/local-drawings.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'

type Asked = {
  process: string
  /** Who edits: what this browser keeps is his. */
  person: string
  children(session: DraftSession): ReactElement
}

export function Opening(asked: Asked): ReactElement {
  const [attempt, setAttempt] = useState(0)
  return <Attempt key={attempt} {...asked} again={() => setAttempt(attempt + 1)} />
}

/** A first layout is sure to be made here. */
const ready = ({ readyWorker }: typeof import('../canvas/chart-layout.ts')): void => readyWorker()

/** What the server laid out, asked for where this browser kept no drawing. */
function offered(process: string, language: string, last: Promise<unknown>): Offer {
  const asked = new AbortController()
  const ask = async () =>
    (await last) === undefined
      ? await api.drawing(process, language.startsWith('zh') ? 'zh' : 'en', asked.signal)
      : undefined
  // Where it cannot be had, the drawing is made here.
  return { drawing: ask().catch(() => undefined), giveUp: () => asked.abort() }
}

function Attempt({ process, person, children, again }: Asked & { again(): void }): ReactElement {
  const { t, i18n } = useTranslation()
  const [opened, setOpened] = useState<{ session?: DraftSession; error?: unknown }>({})
  useEffect(() => {
    let isGone = false
    let session: DraftSession | undefined
    const local = browserDrafts(person, process, Date.now)
    const drawings = browserDrawings(person, process, Date.now)
    const last = drawings.read()
    const offer = offered(process, i18n.language, last)
    DraftSession.open(draftGateway(process), local).then(
      async (made) => {
        session = made
        const drawn = await last
        openDrawings(made.stack, drawings, drawn, offer)
        const isPlaced = Object.keys(made.view.document.layout.states).length > 0
        if (isPlaced) offer.giveUp()
        else if (drawn === undefined)
          void offer.drawing.then((view) => {
            if (view === undefined && !isGone)
              void import('../canvas/chart-layout.ts').then(ready, () => undefined)
          })
        if (isGone) made.close()
        else setOpened({ session: made })
      },
      (error: unknown) => {
        if (!isGone) setOpened({ error })
      },
    )
    return () => {
      isGone = true
      offer.giveUp()
      session?.close()
    }
  }, [process, person, i18n])
  const { session, error } = opened
  if (session !== undefined) return children(session)
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
