/**
 * A new process: blank, or a copy of one that was published.
 *
 * Promises: the id is proposed from the name, and refused here already where it cannot be one.
 */
import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CreateProcess, ProcessSummary } from '../../machines/wire/processes.ts'
import { api } from '../session/api.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { idFrom, idProblem } from './process-id.ts'

const BLANK = ''

type Wanted = { from: string; id: string; title: { en: string; zh: string } }

export function FreshProcess({
  processes,
  taken,
  created,
}: {
  processes: readonly ProcessSummary[]
  taken: readonly string[]
  created(id: string): Promise<void>
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [from, setFrom] = useState(BLANK)
  const [en, setEn] = useState('')
  const [zh, setZh] = useState('')
  const [ownId, setOwnId] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const id = ownId ?? idFrom(en)
  const wrong = idProblem(id, taken)
  const isReady = id !== '' && wrong === undefined && (en.trim() !== '' || zh.trim() !== '')
  const create = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const title = { en: en.trim() || zh.trim(), zh: zh.trim() || en.trim() }
      await api.createProcess(bodyOf({ from, id, title }))
      await created(id)
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isBusy) void create()
      }}
    >
      <Stack>
        <Select
          label={t('design.create.kind')}
          value={from}
          allowDeselect={false}
          onChange={(value) => setFrom(value ?? BLANK)}
          data={[
            { value: BLANK, label: t('design.create.blank') },
            ...processes
              .filter(({ latest }) => latest !== undefined)
              .map((process) => ({
                value: process.id,
                label: t('design.create.copy', { title: say(process.title, process.id) }),
              })),
          ]}
        />
        <TextInput
          label={t('design.create.nameEn')}
          value={en}
          maxLength={200}
          onChange={(event) => setEn(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('design.create.nameZh')}
          value={zh}
          maxLength={200}
          onChange={(event) => setZh(event.currentTarget.value)}
        />
        <TextInput
          label={t('design.create.id')}
          description={t('design.create.idHint')}
          value={id}
          maxLength={80}
          error={wrong === undefined ? undefined : t(`design.create.${wrong}`)}
          onChange={(event) => setOwnId(event.currentTarget.value)}
        />
        {error === undefined ? null : <ProblemNotice error={error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {t('design.create.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A blank process has the least that can be drawn: where it begins and where it ends. */
function bodyOf({ from, id, title }: Wanted): CreateProcess {
  if (from !== BLANK) return { from: { process: from }, id, title }
  return {
    definition: {
      id,
      initial: 'begin',
      schemas: {
        context: { properties: {} },
        events: {},
      },
      states: {
        begin: { meta: { title: { en: 'Begin', zh: '开始' } } },
        end: { type: 'final', meta: { title: { en: 'End', zh: '结束' } } },
      },
      meta: { title },
    },
  }
}
