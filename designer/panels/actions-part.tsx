/**
 * What is done by itself: listed in words, put in order, and the usual kinds filled in as forms.
 *
 * Promises: an action that has no form here keeps all it holds. Must not: drop a broken one; such a list is not edited.
 */
import { Button, Card, Group, Menu, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, Action as ActionSchema, ROLES } from '../../machines/definition/schema.ts'
import { actionInWords } from '../../machines/drawing/words.ts'
import { NORMS } from '../../machines/norms.ts'
import type { Words } from '../canvas/chart-words.ts'
import { textIn } from '../canvas/gestures.ts'
import { useDesign } from '../design/design-api.ts'
import { at, entriesOf, isList, type Json } from '../document/json.ts'
import { AssignForm } from './assign-form.tsx'
import { Part, RolesField, TextFields } from './fields.tsx'
import { JobActionForm } from './job-action-form.tsx'
import { NormsField } from './norms-field.tsx'
import { readAs } from './read.ts'
import { RowTools } from './row-tools.tsx'

const NO_EVENTS: readonly string[] = []
const FORMS = ['assign', 'breach', 'remind', 'notify', 'raise', 'startJob', 'signal'] as const
const SEVERITIES = ['minor', 'major', 'critical'] as const

function freshAction(form: (typeof FORMS)[number], words: Words, known: readonly string[]): Action {
  const message = textIn(words.language, words.t('panel.newMessage'))
  if (form === 'assign') {
    const [field = 'field'] = words.model.fields.keys()
    return { type: '@xstate.assign', context: { [field]: { '@expr': 'now', '@lang': 'cel' } } }
  }
  if (form === 'breach')
    return { type: 'breach', params: { norm: NORMS[0]?.id ?? 'GN-01', severity: 'major' } }
  if (form === 'raise') return { type: '@xstate.raise', event: { type: known[0] ?? 'event' } }
  if (form === 'startJob') return { type: 'startJob', params: { process: words.model.id, link: 'linked' } }
  if (form === 'signal') return { type: 'signal', params: { to: 'parent', event: 'update' } }
  return { type: form, params: { to: [{ role: 'dispatcher' }], message } }
}

const needs = (event: Json): number => {
  const required = at(event, 'required')
  return isList(required) ? required.length : 0
}

export function ActionsPart({
  title,
  actions,
  whole,
  words,
  events = NO_EVENTS,
  change,
}: {
  title: string
  actions: readonly Action[]
  /** How many there are with the broken ones. */
  whole: number
  words: Words
  /** Types of the events at hand. */
  events?: readonly string[]
  change(actions: Action[]): void
}): ReactElement {
  const { t } = useTranslation()
  const { document } = useDesign()
  const [open, setOpen] = useState<number>()
  if (whole !== actions.length)
    return (
      <Part title={title}>
        <Text size="xs" c="red">
          {t('panel.broken')}
        </Text>
      </Part>
    )
  // One that needs nothing handed over comes first.
  const known = entriesOf(at(document.definition, 'schemas', 'events'))
    .toSorted(([, one], [, other]) => needs(one) - needs(other))
    .map(([type]) => type)
  // By their place: what is typed into one must not make another of it.
  const rows = actions.map((action, index) => ({ action, index, id: `${index} ${action.type}` }))
  const set = (index: number, action: Action): void => change(actions.with(index, action))
  const move = (from: number, to: number): void => {
    const moved = actions[from]
    if (moved === undefined) return
    setOpen(undefined)
    change(actions.toSpliced(from, 1).toSpliced(to, 0, moved))
  }
  return (
    <Part title={title}>
      {rows.map(({ action, index, id }) => {
        const said = actionInWords(action, words)
        return (
          <Card key={id} withBorder p="xs">
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Button
                variant="subtle"
                size="compact-sm"
                c="inherit"
                justify="start"
                style={{ flex: 1, minWidth: 0 }}
                aria-expanded={open === index}
                onClick={() => setOpen(open === index ? undefined : index)}
              >
                <span className="panel-cut">{said}</span>
              </Button>
              <RowTools
                what={said}
                index={index}
                count={actions.length}
                move={(to) => move(index, to)}
                remove={() => change(actions.toSpliced(index, 1))}
              />
            </Group>
            {open === index ? (
              <ActionForm action={action} events={events} change={(made) => set(index, made)} />
            ) : null}
          </Card>
        )
      })}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="light" style={{ alignSelf: 'start' }}>
            {t('panel.addAction')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMS.map((form) => (
            <Menu.Item
              key={form}
              onClick={() => {
                change([...actions, freshAction(form, words, known)])
                setOpen(actions.length)
              }}
            >
              {t(`panel.actionKind.${form}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Part>
  )
}

function ActionForm({
  action,
  events,
  change,
}: {
  action: Action
  events: readonly string[]
  change(action: Action): void
}): ReactElement {
  const { t } = useTranslation()
  if (readAs(ActionSchema, action) === undefined)
    return (
      <Text size="xs" c="dimmed" pt="xs">
        {t('panel.noForm')}
      </Text>
    )
  switch (action.type) {
    case '@xstate.assign':
      return <AssignForm action={action} events={events} change={change} />
    case 'breach': {
      const { params } = action
      return (
        <Stack gap="xs" pt="xs">
          <NormsField
            label={t('panel.brokenNorm')}
            value={[params.norm]}
            change={(norms) => {
              const norm = norms.at(-1)
              if (norm !== undefined) change({ ...action, params: { ...params, norm } })
            }}
          />
          <Select
            size="xs"
            label={t('panel.severity')}
            allowDeselect={false}
            data={SEVERITIES.map((each) => ({ value: each, label: t(`severity.${each}`) }))}
            value={params.severity}
            onChange={(chosen) => {
              const severity = SEVERITIES.find((each) => each === chosen)
              if (severity !== undefined) change({ ...action, params: { ...params, severity } })
            }}
          />
        </Stack>
      )
    }
    case 'remind':
    case 'notify': {
      const { params } = action
      const roles = params.to.flatMap((one) => ('role' in one ? [one.role] : []))
      const people = params.to.filter((one) => 'field' in one)
      return (
        <Stack gap="xs" pt="xs">
          <RolesField
            label={t('panel.toRoles')}
            value={roles}
            change={(chosen) => {
              const to = [
                ...people,
                ...ROLES.filter((role) => chosen.includes(role)).map((role) => ({ role })),
              ]
              if (to.length > 0) change({ ...action, params: { ...params, to } })
            }}
          />
          <TextFields
            label={t('panel.message')}
            value={params.message}
            change={(message) =>
              message !== undefined && change({ ...action, params: { ...params, message } })
            }
          />
        </Stack>
      )
    }
    default:
      return <JobActionForm action={action} change={change} />
  }
}
