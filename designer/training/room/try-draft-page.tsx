/**
 * "What if" of a draft as it is edited right now: a job of it is begun and played through in the page.
 *
 * Promises: no real job, no server's count, nothing kept. What keeps the draft from running is said, with the way back to it.
 */
import { Alert, Anchor, Box, Button, Group, List, Stack, Switch, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Reason } from '../../../machines/advance/job.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import type { Me } from '../../../machines/wire/people.ts'
import type { SettingsView } from '../../../machines/wire/server.ts'
import { Opening } from '../../design/opening.tsx'
import { useSession } from '../../design/use-design-state.ts'
import { useProblems } from '../../design/use-problems.ts'
import type { Json } from '../../document/json.ts'
import { PayloadForm } from '../../jobs/parts/payload-form.tsx'
import { formOf, type TypedFields, typedDefaults } from '../../jobs/payload.ts'
import { api } from '../../session/api.ts'
import type { DraftSession } from '../../session/draft-session.ts'
import { usePeople } from '../../session/people.ts'
import { useMe } from '../../session/queries.ts'
import { Icon } from '../../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import type { Room } from './room.ts'
import { OverSign, RoomFrame } from './room-frame.tsx'
import { castOf, tryDraft } from './trial.ts'

export default function TryDraftPage(): ReactElement {
  const { process = '' } = useParams()
  const me = useMe().data
  if (me === undefined) return <Waiting />
  return (
    <Opening key={`${me.id} ${process}`} process={process} person={me.id}>
      {(session) => <Trial process={process} session={session} me={me} />}
    </Opening>
  )
}

type Props = { process: string; session: DraftSession; me: Me }

function Trial({ process, session, me }: Props): ReactElement {
  const { t } = useTranslation()
  const [room, setRoom] = useState<Room>()
  // As it is now; what another saves meanwhile is tried by beginning anew.
  const { definition } = useSession(session).document
  const back = `/processes/${encodeURIComponent(process)}/design`
  if (room === undefined)
    return (
      <Box maw={720} mx="auto" p="md">
        <title>{`${t('training.try.title')} \u00b7 ${t('app.name')}`}</title>
        <Anchor component={Link} to={back} size="sm">
          {t('training.try.toDesign')}
        </Anchor>
        <Stack className="fc-panel" p={{ base: 'md', sm: 'xl' }} mt="sm">
          <div>
            <Title order={1} size="h3">
              {t('training.try.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('training.try.draftLead')}
            </Text>
          </div>
          <Ready process={process} definition={definition} me={me} begin={setRoom} />
        </Stack>
      </Box>
    )
  return (
    <RoomFrame
      room={room}
      beside={
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setRoom(undefined)}>
            {t('training.try.anew')}
          </Button>
          <Button size="xs" variant="default" component={Link} to={back}>
            {t('training.try.toDesign')}
          </Button>
        </Group>
      }
      atEnd={<TrialOver room={room} />}
    />
  )
}

/** It is over, and can still be gone back in. */
export function TrialOver({ room }: { room: Room }): ReactElement {
  const { t } = useTranslation()
  const { over = 'job' } = room.view
  return (
    <Stack gap="sm" className="room-choices">
      <OverSign text={t(`training.over.${over}`)} />
      <Group>
        <Button variant="default" leftSection={<Icon name="undo" size={14} />} onClick={() => room.back()}>
          {t('training.tree.back')}
        </Button>
      </Group>
    </Stack>
  )
}

const isWhole = (value: unknown): value is Definition => typeof value === 'object' && value !== null

function Ready({
  process,
  definition,
  me,
  begin,
}: {
  process: string
  definition: Json
  me: Me
  begin(room: Room): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const problems = useProblems(process, definition)
  const settings = useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => api.settings(signal) })
  if (settings.isError) return <ProblemNotice error={settings.error} retry={() => void settings.refetch()} />
  if (problems.state === 'checking' || settings.data === undefined)
    return <Waiting label={t('training.try.checking')} />
  const errors = problems.list.filter(({ severity }) => severity === 'error')
  if (problems.state === 'failed' || errors.length > 0 || !isWhole(definition))
    return (
      <Alert color="red" variant="light" icon={<Icon name="alert" />} title={t('training.try.barred')}>
        <List size="sm" spacing={4}>
          {errors.map(({ code, path, message }) => (
            <List.Item key={`${code} ${path} ${message.en}`} className="fc-wrap">
              {say(message)}
            </List.Item>
          ))}
        </List>
      </Alert>
    )
  return <StartForm definition={definition} settings={settings.data} me={me} begin={begin} />
}

/** As an input for a local date and time has it. */
function localNow(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function StartForm({
  definition,
  settings,
  me,
  begin,
}: {
  definition: Definition
  settings: SettingsView
  me: Me
  begin(room: Room): void
}): ReactElement {
  const { t } = useTranslation()
  const { properties, required = [] } = definition.schemas.context
  const people = usePeople()
  const [isWide, setWide] = useState(false)
  const [form] = useState(() =>
    formOf({
      properties: Object.fromEntries(
        Object.entries(properties).filter(([, field]) => field.meta?.locked !== true),
      ),
      required,
    }),
  )
  const needed = form.inputs.filter((input) => input.required)
  const shown = isWide ? form : { ...form, inputs: needed }
  const [typed, setTyped] = useState<TypedFields>(() => typedDefaults(form))
  const [at, setAt] = useState(localNow)
  const [reasons, setReasons] = useState<readonly Reason[]>([])
  const { say } = useSpeech()
  const start = (fields: Record<string, unknown>): void => {
    const now = Date.parse(at)
    const { hash, timeZone, calendars } = settings
    const begun = tryDraft(
      definition,
      1,
      { hash, timeZone, calendars },
      {
        now: Number.isNaN(now) ? Date.now() : now,
        fields,
        trainee: { name: { en: me.name, zh: me.name }, roles: me.roles, certificates: me.certificates },
        cast: castOf(people.values(), me.id),
      },
    )
    if (begun.ok) begin(begun.room)
    else setReasons(begun.reasons)
  }
  return (
    <PayloadForm form={shown} typed={typed} put={setTyped} submit={start} reasons={reasons}>
      {needed.length === form.inputs.length ? null : (
        <Switch
          label={t('training.try.allFields')}
          checked={isWide}
          onChange={(event) => setWide(event.currentTarget.checked)}
        />
      )}
      <TextInput
        type="datetime-local"
        label={t('training.try.startsAt')}
        description={t('training.try.startsAtHint')}
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      {reasons.map(({ code, message }) => (
        <Text size="sm" c="var(--mantine-color-error)" key={`${code} ${message.en}`} role="alert">
          {say(message)}
        </Text>
      ))}
      <Group>
        <Button type="submit" leftSection={<Icon name="play" size={16} />}>
          {t('training.try.begin')}
        </Button>
      </Group>
    </PayloadForm>
  )
}
