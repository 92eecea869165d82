/** A step to be filled in, or to be done for sure; what was typed is kept until it is done. */
import { Button, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed } from '../../machines/advance/job.ts'
import { PayloadForm } from '../jobs/parts/payload-form.tsx'
import { formOf, type TypedFields, typedDefaults } from '../jobs/payload.ts'
import { useSpeech } from '../text/use-language.ts'
import { AgainstNotice } from './against.tsx'
import { useDraft } from './drafts.ts'
import { type Scene, useDoing } from './scene.ts'
import { Sheet } from './sheet.tsx'

export function EventSheet({
  event,
  scene,
  close,
}: {
  event: Allowed
  scene: Scene
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { act, working, against, clear } = useDoing(scene)
  const { job } = scene.carried
  const [draft, setDraft] = useDraft(`event ${job.id} ${event.type}`)
  const form = formOf(event.payload)
  const typed: TypedFields = draft?.fields ?? typedDefaults(form)
  const title = say(event.title, event.type)
  const description = say(event.description)
  const send = async (payload: Record<string, unknown>): Promise<void> => {
    const filled = Object.keys(payload).length === 0 ? {} : { payload }
    if (!(await act({ doing: { kind: 'event', type: event.type, ...filled } }))) return
    setDraft({})
    close()
  }
  return (
    <Sheet title={title} close={close}>
      <Stack gap="md">
        {description === '' ? null : <Text size="sm">{description}</Text>}
        {draft === undefined ? null : (
          <PayloadForm
            form={form}
            typed={typed}
            put={(fields) => {
              clear()
              setDraft({ fields })
            }}
            submit={(payload) => void send(payload)}
            reasons={against?.reasons ?? []}
            size="md"
          >
            <AgainstNotice against={against} />
            <Button type="submit" size="lg" loading={working} className="work-step">
              {title}
            </Button>
            <Button size="lg" variant="default" onClick={close}>
              {t('work.notNow')}
            </Button>
          </PayloadForm>
        )}
      </Stack>
    </Sheet>
  )
}
