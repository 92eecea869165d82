/**
 * A new process from a file: read, shown with all that was not carried over, and only then made.
 *
 * Promises: nothing is kept before the reader has seen what the file became.
 * Must not: read a form itself; the server does.
 */
import { Alert, Box, Button, FileButton, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readChart } from '../../machines/drawing/model.ts'
import { LONGEST_FILE } from '../../machines/exchange/plain.ts'
import type { ImportPreview } from '../../machines/wire/exchange.ts'
import { LazyChart } from '../canvas/lazy-chart.tsx'
import { ApiError, api } from '../session/api.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { FORMS, type Form, formOf } from './file-form.ts'
import { ImportNotes } from './import-notes.tsx'
import { freeId, idFrom, idProblem } from './process-id.ts'
import { useFileDrop } from './use-file-drop.ts'

const MEGABYTE = 1024 * 1024

type Read = { name: string; text: string; at: number }

export function ImportProcess({
  file,
  taken,
  created,
}: {
  file: File | undefined
  taken: readonly string[]
  created(id: string): Promise<void>
}): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const [read, setRead] = useState<Read>()
  const [form, setForm] = useState<Form>('json')
  const [isTooLarge, setTooLarge] = useState(false)
  const take = async (chosen: File): Promise<void> => {
    setTooLarge(chosen.size > LONGEST_FILE)
    if (chosen.size > LONGEST_FILE) return
    const text = await chosen.text()
    setForm(formOf(chosen.name, text))
    setRead({ name: chosen.name, text, at: chosen.lastModified })
  }
  const isOver = useFileDrop(true, (dropped) => void take(dropped))
  const given = useEffectEvent(take)
  useEffect(() => {
    if (file !== undefined) void given(file)
  }, [file])
  return (
    <Stack>
      <Group
        justify="center"
        gap="sm"
        p={read === undefined ? 'xl' : 'sm'}
        style={{
          border: `2px dashed var(--mantine-color-${isOver ? 'cyan-6' : 'default-border'})`,
          borderRadius: 'var(--mantine-radius-md)',
        }}
      >
        <Text size="sm" fw={read === undefined ? 400 : 600} className="fc-wrap">
          {isOver ? t('page.imports.dropHere') : (read?.name ?? t('page.imports.drop'))}
        </Text>
        <FileButton accept=".json,.scxml,.xml" onChange={(chosen) => chosen !== null && void take(chosen)}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              {t(read === undefined ? 'page.imports.choose' : 'page.imports.other')}
            </Button>
          )}
        </FileButton>
        {read === undefined ? (
          <Text size="xs" c="dimmed" w="100%" ta="center">
            {t('page.imports.kinds')}
          </Text>
        ) : null}
      </Group>
      {isTooLarge ? (
        <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
          {t('page.imports.tooLarge', { most: number(Math.floor(LONGEST_FILE / MEGABYTE)) })}
        </Alert>
      ) : null}
      {read === undefined || isTooLarge ? null : (
        <>
          <Select
            label={t('page.imports.format')}
            value={form}
            allowDeselect={false}
            w={280}
            onChange={(value) => setForm(FORMS.find((each) => each === value) ?? form)}
            data={FORMS.map((value) => ({ value, label: t(`page.exports.formats.${value}`) }))}
          />
          <Preview
            key={`${read.at} ${read.name} ${form}`}
            read={read}
            form={form}
            taken={taken}
            created={created}
          />
        </>
      )}
    </Stack>
  )
}

type PreviewProps = { read: Read; form: Form; taken: readonly string[]; created(id: string): Promise<void> }

function Preview({ read, form, taken, created }: PreviewProps): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const preview = useQuery({
    queryKey: ['import', form, read.name, read.at, read.text.length],
    queryFn: ({ signal }) => api.previewImport(read.text, form, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  if (preview.isPending) return <Waiting label={t('page.imports.reading')} />
  if (preview.isError) {
    const { error } = preview
    if (!(error instanceof ApiError) || error.reasons.length === 0)
      return <ProblemNotice error={error} retry={() => void preview.refetch()} />
    return (
      <Alert
        color="red"
        variant="light"
        title={t('page.imports.unread')}
        icon={<Icon name="alert" />}
        role="alert"
      >
        {error.reasons.map(({ code, message }) => (
          <Text size="sm" key={`${code} ${message.en}`}>
            {say(message)}
          </Text>
        ))}
      </Alert>
    )
  }
  return <Outcome preview={preview.data} read={read} form={form} taken={taken} created={created} />
}

const idIn = (definition: unknown): string =>
  typeof definition === 'object' &&
  definition !== null &&
  'id' in definition &&
  typeof definition.id === 'string'
    ? definition.id
    : ''

function Outcome({
  preview,
  read,
  form,
  taken,
  created,
}: PreviewProps & { preview: ImportPreview }): ReactElement {
  const { t } = useTranslation()
  const { definition, notes } = preview
  const [id, setId] = useState(() =>
    freeId(idIn(definition) || idFrom(read.name.replace(/\.\w+$/, '')), taken),
  )
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const wrong = idProblem(id, taken)
  const make = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await api.importProcess(read.text, form, id)
      await created(id)
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <Stack>
      <ImportNotes notes={notes} states={readChart(definition).states.size - 1} />
      <section>
        <Title order={3} size="h6" mb="xs">
          {t('page.imports.drawing')}
        </Title>
        <Box h={280} style={{ border: '1px solid var(--mantine-color-default-border)' }}>
          <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
            <LazyChart
              definition={definition}
              layoutKey={`import ${form} ${read.name} ${read.at} ${read.text.length}`}
              label={t('page.imports.drawing')}
            />
          </Suspense>
        </Box>
      </section>
      <TextInput
        label={t('design.create.id')}
        description={t('design.create.idHint')}
        value={id}
        maxLength={80}
        error={wrong === undefined ? undefined : t(`design.create.${wrong}`)}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      {error === undefined ? null : <ProblemNotice error={error} />}
      <Group justify="flex-end">
        <Button loading={isBusy} disabled={id === '' || wrong !== undefined} onClick={() => void make()}>
          {t('design.create.go')}
        </Button>
      </Group>
    </Stack>
  )
}
