/**
 * What a key or a click does to a call: which event it means, whether that asks for a form, and when it goes.
 *
 * Promises: a form is open at once, for who presses its key goes on typing; a press that depends on what is still on
 * its way waits for it. Must not: send past `Steps`, or draw.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed } from '../../machines/advance/job.ts'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { useActions } from '../actions/register.ts'
import { formOf } from '../jobs/payload.ts'
import { useSpeech } from '../text/use-language.ts'
import type { Sent } from './call-api.ts'
import { readBadge } from './kept.ts'
import { itemKey, stepKeys } from './keys.ts'
import { isOthers } from './step-list.tsx'
import { type CustomerFile, FILE_EVENT } from './use-file.ts'
import type { Steps } from './use-steps.ts'

/** Sent without its form, which asks for nothing but the number that is known. */
const AT_ONCE = 'answer'

export type Presses = {
  /** The event whose form is open. */
  opened: string | undefined
  close(): void
  /** The key of each event that has one. */
  keys: ReadonlyMap<string, string>
  /** What each key does now. */
  byKey: ReadonlyMap<string, () => void>
  press(event: Allowed): void
  tick(item: string, done: boolean): void
}

export function usePresses(
  job: JobDetail,
  {
    steps,
    file,
    me,
    isLocked,
    toFile,
  }: { steps: Steps; file: CustomerFile; me: string; isLocked: boolean; toFile(): void },
): Presses {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { announce } = useActions()
  const client = useQueryClient()
  const [opened, setOpened] = useState<string>()

  const tellWhy = (event: Allowed): void => {
    const why = event.reasons.map(({ message }) => say(message)).join(t('common.list'))
    announce(t('actions.barred', { what: say(event.title, event.type), why }), { seen: true })
  }
  const press = async (pressed: Allowed): Promise<void> => {
    const { type } = pressed
    if (isLocked) return
    steps.dismiss()
    if (type === FILE_EVENT && pressed.open) {
      toFile()
      return
    }
    const asks = type !== AT_ONCE && formOf(pressed.payload).inputs.length > 0
    if (pressed.open && asks) {
      setOpened(type)
      await file.flush()
      return
    }
    // What is on its way, or was typed into the file, may be what the event waits for.
    await steps.settled()
    await file.flush()
    const known = client.getQueryData<JobDetail>(['job', job.id]) ?? job
    const event = known.allowed.find((each) => each.type === type) ?? pressed
    if (!event.open) tellWhy(event)
    else if (asks) setOpened(type)
    else {
      setOpened(undefined)
      await steps.send(withBadge(event, me))
    }
  }
  const tick = (item: string, done: boolean): void => void steps.tick(item, done)

  const keys = stepKeys(job.allowed.filter((event) => !isOthers(event)).map(({ type }) => type))
  const byKey = new Map<string, () => void>()
  if (job.status === 'active' && !isLocked) {
    for (const event of job.allowed) {
      const key = keys.get(event.type)
      if (key !== undefined) byKey.set(key, () => void press(event))
    }
    job.items.forEach((item, index) => {
      const key = itemKey(index)
      if (key !== undefined && item.evidence === 'none') byKey.set(key, () => tick(item.id, !item.done))
    })
  }
  return {
    opened,
    close: () => setOpened(undefined),
    keys,
    byKey,
    press: (event) => void press(event),
    tick,
  }
}

function withBadge({ type, payload }: Allowed, person: string): Sent {
  const badge = readBadge(person)
  const asks = formOf(payload).inputs.some(({ name }) => name === 'badge')
  return asks && badge !== '' ? { type, payload: { badge } } : { type }
}
