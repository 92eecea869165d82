/**
 * The training room: clock, conversation and choices, and beside them what is known of the job.
 *
 * Promises: on a telephone one below the other, what is said and what can be done first.
 * Must not: know the server; whoever opens a room says what its end leads to.
 */
import './room.css'
import { Alert, Badge, Box, Group, NativeSelect, Tabs, Text, Title } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TRAINEE } from '../../../machines/simulate/scenario.ts'
import { Icon } from '../../shell/icons.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { Branches } from './branches.tsx'
import { ChoicePanel } from './choice-panel.tsx'
import { ClockBar } from './clock-bar.tsx'
import { Guards, Jump, SetFields } from './owner-tools.tsx'
import type { Room } from './room.ts'
import { RoomProvider, useScene } from './room-scene.tsx'
import { RunChart } from './run-chart.tsx'
import { Cast, Dues, Facts, Hints, NextDue } from './side-parts.tsx'
import { Talk } from './talk.tsx'
import { useClockOf } from './use-clock.ts'

type Props = {
  room: Room
  /** Beside the heading: how sending stands, the way out. */
  beside?: ReactNode
  /** Above all: what this is a copy of. */
  above?: ReactNode
  /** What is offered once it is over. */
  atEnd?: ReactNode
}

export function RoomFrame({ room, ...parts }: Props): ReactElement {
  useClockOf(room)
  return (
    <RoomProvider room={room}>
      <Frame {...parts} />
    </RoomProvider>
  )
}

function Frame({ beside, above, atEnd }: Omit<Props, 'room'>): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { view, isOwner } = useScene()
  const { scenario } = view.sim.setup
  const [by, setBy] = useState<string>(TRAINEE)
  return (
    <div className="room" data-mode={view.mode}>
      <header className="room-head">
        <Group gap="sm" justify="space-between">
          <Group gap="sm" style={{ minWidth: 0 }}>
            <Title order={1} size="h4" className="fc-wrap">
              {say(scenario.title)}
            </Title>
            <Badge
              variant="light"
              color={view.mode === 'examination' ? 'orange' : 'cyan'}
              c="var(--mantine-color-text)"
              tt="none"
            >
              {t(`training.mode.${view.mode}`)}
            </Badge>
          </Group>
          {beside}
        </Group>
        {above}
        <ClockBar />
      </header>
      <div className="room-body">
        <div className="room-main">
          <Cast />
          <NextDue />
          <Notice />
          <Hints />
          <Talk />
          {isOwner ? <Whose by={by} choose={setBy} /> : null}
          {view.over === undefined ? <ChoicePanel by={by === TRAINEE ? undefined : by} /> : atEnd}
        </div>
        <Box component="aside" className="room-side" aria-label={t('training.side')}>
          <SideParts />
        </Box>
      </div>
    </div>
  )
}

function Notice(): ReactElement | null {
  const { t } = useTranslation()
  const { room, view } = useScene()
  const { notice } = view
  if (notice === undefined) return null
  return (
    <Alert
      color={notice === 'thrown-in' ? 'indigo' : 'yellow'}
      variant="light"
      role="status"
      py={6}
      withCloseButton
      closeButtonLabel={t('training.close')}
      onClose={() => room.forgetNotice()}
    >
      <Text size="sm">{t(`training.notice.${notice}`)}</Text>
    </Alert>
  )
}

/** As whom the owner acts; those of the cast, where there is one. */
function Whose({ by, choose }: { by: string; choose(by: string): void }): ReactElement | null {
  const { t } = useTranslation()
  const { view, nameOf } = useScene()
  const keys = Object.keys(view.sim.setup.scenario.cast)
  if (keys.length === 0) return null
  return (
    <NativeSelect
      size="xs"
      mt="xs"
      label={t('training.owner.by')}
      value={by}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        { value: TRAINEE, label: t('training.owner.anybody') },
        ...keys.map((key) => ({ value: key, label: nameOf(key) })),
      ]}
    />
  )
}

type Part = 'drawing' | 'dues' | 'facts' | 'tree' | 'guards' | 'fields' | 'jump'

/** What a mode shows, the first opened. */
const PARTS: Readonly<Record<'practice' | 'examination' | 'owner', readonly Part[]>> = {
  practice: ['drawing', 'dues', 'facts', 'tree'],
  examination: ['dues', 'facts'],
  owner: ['drawing', 'guards', 'dues', 'facts', 'fields', 'jump', 'tree'],
}
const SHOWN: Readonly<Record<Part, () => ReactElement>> = {
  drawing: () => (
    <div className="room-chart">
      <RunChart />
    </div>
  ),
  dues: () => <Dues />,
  facts: () => <Facts />,
  tree: () => <Branches />,
  guards: () => <Guards />,
  fields: () => <SetFields />,
  jump: () => <Jump />,
}

function SideParts(): ReactElement {
  const { t } = useTranslation()
  const { view } = useScene()
  const parts = PARTS[view.mode]
  const [shown, setShown] = useState<string | null>(parts[0] ?? null)
  return (
    <Tabs value={shown} onChange={setShown} keepMounted={false} className="room-tabs">
      <Tabs.List>
        {parts.map((part) => (
          <Tabs.Tab key={part} value={part}>
            {t(`training.part.${part}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map((part) => (
        <Tabs.Panel key={part} value={part} className="room-panel" data-part={part}>
          {SHOWN[part]()}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

export const OverSign = ({ text }: { text: string }): ReactElement => (
  <Group gap="sm" wrap="nowrap">
    <Icon name="final" />
    <Text fw={600}>{text}</Text>
  </Group>
)
