/**
 * Raising a finding: a button, and the window with the place in the process, the text and where it comes from.
 *
 * Promises: the places offered are those of the version in question, by their titles; what was typed stays when sending fails.
 */
import { Alert, Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition } from '../../machines/definition/schema.ts'
import { buildTree, type TreeNode } from '../../machines/definition/tree.ts'
import { FINDING_SOURCES } from '../../machines/wire/findings.ts'
import { useMe, useProcesses, useVersion } from '../session/queries.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { type Speech, useSpeech } from '../text/use-language.ts'
import { FINDINGS, raiseFinding } from './finding-api.ts'

/** What is known of it before anybody typed. */
export type Found = {
  process?: string
  version?: number
  place?: string
  job?: string
}

/** For a page of its own process or job: nothing where the reader may not raise one. */
export function RaiseFinding({
  found,
  variant = 'default',
}: {
  found: Found
  variant?: string
}): ReactElement | null {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const mayRaise = useMe().data?.rights.includes('findings:raise') === true
  if (!mayRaise) return null
  return (
    <>
      <Button variant={variant} onClick={() => setOpen(true)}>
        {t('findings.raise')}
      </Button>
      {isOpen ? <RaiseDialog found={found} close={() => setOpen(false)} /> : null}
    </>
  )
}

const WHOLE = '(whole)'

function RaiseDialog({ found, close }: { found: Found; close(): void }): ReactElement {
  const { t } = useTranslation()
  const speech = useSpeech()
  const client = useQueryClient()
  const processes = useProcesses().data?.processes.filter(({ latest }) => latest !== undefined) ?? []
  const [process, setProcess] = useState(found.process ?? '')
  const [place, setPlace] = useState<string | null>(found.place ?? null)
  const [text, setText] = useState('')
  const [source, setSource] = useState<string>('remark')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isRaised, setRaised] = useState(false)
  const version = found.version ?? processes.find(({ id }) => id === process)?.latest?.version
  const view = useVersion(process, version)
  const places = useMemo(
    () => (view.data === undefined ? [] : placesOf(view.data.definition, speech)),
    [view.data, speech],
  )
  const ready = process !== '' && version !== undefined && place !== null && text.trim() !== ''
  const send = async (): Promise<void> => {
    if (version === undefined || place === null) return
    setBusy(true)
    setError(undefined)
    try {
      await raiseFinding({
        process,
        version,
        place: place === WHOLE ? '' : place,
        text: text.trim(),
        source: FINDING_SOURCES.find((each) => each === source) ?? 'remark',
        ...(found.job === undefined ? {} : { job: found.job }),
      })
      void client.invalidateQueries({ queryKey: [FINDINGS] })
      setRaised(true)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  if (isRaised)
    return (
      <Dialog title={t('findings.raise')} closeLabel={t('findings.close')} close={close} size="md">
        <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
          {t('findings.raised')}
        </Alert>
        <Group justify="flex-end">
          <Button onClick={close} data-autofocus>
            {t('findings.close')}
          </Button>
        </Group>
      </Dialog>
    )
  return (
    <Dialog title={t('findings.raise')} closeLabel={t('findings.close')} close={close} size="md">
      <Stack gap="sm">
        {found.process === undefined ? (
          <Select
            label={t('findings.process')}
            searchable
            required
            allowDeselect={false}
            value={process === '' ? null : process}
            onChange={(value) => {
              setProcess(value ?? '')
              setPlace(null)
            }}
            data={processes.map(({ id, title }) => ({ value: id, label: speech.say(title, id) }))}
            data-autofocus
          />
        ) : null}
        {process !== '' && view.isPending ? <Waiting /> : null}
        {view.isError ? <ProblemNotice error={view.error} retry={() => void view.refetch()} /> : null}
        <Select
          label={t('findings.place')}
          description={t('findings.placeHint')}
          searchable
          required
          allowDeselect={false}
          disabled={view.data === undefined}
          value={place}
          onChange={setPlace}
          data={[
            { value: WHOLE, label: t('findings.whole') },
            { group: t('findings.states'), items: places.filter(({ isState }) => isState) },
            { group: t('findings.ways'), items: places.filter(({ isState }) => !isState) },
          ]}
          limit={300}
        />
        <Textarea
          label={t('findings.text')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={4000}
          autosize
          minRows={3}
          required
          {...(found.process === undefined ? {} : { 'data-autofocus': true })}
        />
        <Select
          label={t('findings.source')}
          allowDeselect={false}
          value={source}
          onChange={(value) => setSource(value ?? 'remark')}
          data={FINDING_SOURCES.map((value) => ({ value, label: t(`findings.sources.${value}`) }))}
        />
        {error === undefined ? null : <ProblemNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('findings.cancel')}
          </Button>
          <Button loading={isBusy} disabled={!ready} onClick={() => void send()}>
            {t('findings.send')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

type Place = { value: string; label: string; isState: boolean }

/** States by path and ways by pointer, each with the titles that lead to it. */
function placesOf(definition: Definition, { say }: Pick<Speech, 'say'>): Place[] {
  const { nodes } = buildTree(definition)
  const trail = (node: TreeNode): string[] =>
    node.parent === undefined ? [] : [...trail(node.parent), say(node.node.meta?.title, node.key)]
  const states = nodes
    .filter(({ path }) => path !== '')
    .map((node) => ({ value: node.path, label: trail(node).join(' › '), isState: true }))
  const ways = nodes.flatMap((node) =>
    node.transitions.flatMap(({ pointer, trigger, transition, targets }) => {
      const event =
        trigger.kind === 'on' ? definition.schemas.events[trigger.descriptor]?.meta.title : undefined
      const delay = trigger.kind === 'after' ? definition.delays?.[trigger.delay]?.meta?.title : undefined
      const title = transition.meta?.title ?? event ?? delay
      const to = targets[0]
      const end = to === undefined ? '' : ` → ${say(to.node.meta?.title, to.key)}`
      return title === undefined && end === ''
        ? []
        : [
            {
              value: pointer,
              label: `${[...trail(node), ...(title === undefined ? [] : [say(title)])].join(' › ')}${end}`,
              isState: false,
            },
          ]
    }),
  )
  return [...states, ...ways]
}
