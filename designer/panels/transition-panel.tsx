/**
 * All there is to a transition: what opens it, where it leads, on what condition, and what is done on the way.
 *
 * Must not: hold anything but what is being typed; each field shows the document and changes it by a command.
 */
import { Anchor, Group, Select, Stack, Switch, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { matchesDescriptor } from '../../machines/definition/descriptor.ts'
import { tokensOf } from '../../machines/definition/pointer.ts'
import { Action, TransitionMeta } from '../../machines/definition/schema.ts'
import type { TreeTransition } from '../../machines/definition/tree.ts'
import { asText } from '../../machines/drawing/model.ts'
import { titleAt } from '../../machines/drawing/words.ts'
import type { Words } from '../canvas/chart-words.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import type { Command } from '../document/command-stack.ts'
import {
  moveTransition,
  reconnect,
  setActions,
  setReenter,
  setTransitionMeta,
  setTrigger,
} from '../document/commands/transition.ts'
import { treeOf } from '../document/document.ts'
import { at, keysOf, listOf, member } from '../document/json.ts'
import { ActionsPart } from './actions-part.tsx'
import { TextFields } from './fields.tsx'
import { GuardPart } from './guard/guard-part.tsx'
import { NormsField } from './norms-field.tsx'
import { readAs } from './read.ts'
import { RowTools } from './row-tools.tsx'
import { TriggerFields } from './trigger-fields.tsx'

const NOWHERE = ''

export function TransitionPanel({ way, words }: { way: TreeTransition; words: Words }): ReactElement {
  const { t } = useTranslation()
  const { document, select, stack } = useDesign()
  const edit = useEdit()
  const { pointer, source } = way
  const json = at(document.definition, ...tokensOf(pointer))
  const stored = member(json, 'meta')
  const meta = readAs(TransitionMeta, stored ?? {})
  const actions = listOf(member(json, 'actions')).flatMap((each) => readAs(Action, each) ?? [])
  const place = tokensOf(pointer).slice(0, -1)
  const peers = source.transitions.filter(
    (other) => JSON.stringify(other.trigger) === JSON.stringify(way.trigger),
  )
  /** A transition that was taken elsewhere has another pointer: it stays selected. */
  const moved = (command: Command, find: (one: TreeTransition) => boolean): void => {
    if (!edit.execute(command)) return
    const all = treeOf(stack.document.definition).nodes.flatMap(({ transitions }) => transitions)
    const found = all.findLast(find)
    if (found !== undefined) select([{ kind: 'transition', pointer: found.pointer }])
  }
  const setMeta = (parts: Partial<TransitionMeta>): void => {
    const made = { ...meta, ...parts }
    edit.execute(
      setTransitionMeta(pointer, {
        ...(made.title === undefined ? {} : { title: made.title }),
        ...(made.description === undefined ? {} : { description: made.description }),
        ...(made.norms === undefined || made.norms.length === 0 ? {} : { norms: made.norms }),
        ...(made.waivesChecklist === true ? { waivesChecklist: true } : {}),
      }),
    )
  }
  const states = [...words.model.states.values()].flatMap((state) =>
    state.parent === undefined
      ? []
      : [
          {
            value: state.path,
            label: titleAt(state.path, words) + (state.depth > 1 ? ` · ${titleAt(state.parent, words)}` : ''),
          },
        ],
  )
  const [target] = way.targets
  const { trigger } = way
  const events =
    trigger.kind === 'on'
      ? keysOf(at(document.definition, 'schemas', 'events')).filter((type) =>
          matchesDescriptor(trigger.descriptor, type),
        )
      : []
  return (
    <Stack gap="md" onBlur={() => stack.seal()}>
      <Group justify="space-between" wrap="nowrap">
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => select([{ kind: 'state', path: source.path }])}
        >
          {t('chart.from', { state: titleAt(source.path, words) })}
        </Anchor>
        {peers.length < 2 ? null : (
          <Group gap={4} wrap="nowrap">
            <Text size="xs" c="dimmed">
              {t('panel.tried', { at: way.index + 1, count: peers.length })}
            </Text>
            <RowTools
              what={t('panel.thisWay')}
              index={way.index}
              count={peers.length}
              move={(to) =>
                moved(
                  moveTransition(pointer, to),
                  (one) =>
                    tokensOf(one.pointer).slice(0, -1).join('/') === place.join('/') && one.index === to,
                )
              }
            />
          </Group>
        )}
      </Group>
      <TriggerFields
        way={way}
        take={(trigger) =>
          moved(
            setTrigger(pointer, trigger),
            (one) =>
              one.source.path === source.path && JSON.stringify(one.trigger) === JSON.stringify(trigger),
          )
        }
      />
      {way.targets.length > 1 ? (
        <Text size="sm">
          {t('chart.to', {
            state: way.targets.map(({ path }) => titleAt(path, words)).join(t('common.list')),
          })}
        </Text>
      ) : (
        <Select
          size="xs"
          label={t('edit.leadsTo')}
          searchable
          allowDeselect={false}
          data={[{ value: NOWHERE, label: t('edit.toNowhere') }, ...states]}
          value={target?.path ?? NOWHERE}
          onChange={(path) =>
            edit.execute(reconnect(pointer, { target: path === null || path === NOWHERE ? null : path }))
          }
          error={
            way.unresolved.length > 0 ? t('chart.unresolved', { target: way.unresolved.join(' ') }) : null
          }
          comboboxProps={{ withinPortal: true }}
        />
      )}
      <GuardPart way={way} />
      <ActionsPart
        title={t('chart.actions')}
        actions={actions}
        whole={listOf(member(json, 'actions')).length}
        words={words}
        events={events}
        change={(list) => edit.execute(setActions(pointer, list))}
      />
      {meta === undefined ? null : (
        <>
          <Switch
            size="xs"
            label={t('panel.waives')}
            description={t('panel.waivesHelp')}
            checked={meta.waivesChecklist === true}
            onChange={(event) => setMeta({ waivesChecklist: event.currentTarget.checked })}
          />
          <Switch
            size="xs"
            label={t('panel.reenters')}
            description={t('panel.reentersHelp')}
            checked={member(json, 'reenter') === true}
            onChange={(event) => edit.execute(setReenter(pointer, event.currentTarget.checked))}
          />
          <TextFields
            label={t('panel.wayTitle')}
            value={asText(member(stored, 'title'))}
            change={(title) => {
              const { title: _, ...rest } = meta
              edit.execute(setTransitionMeta(pointer, title === undefined ? rest : { ...rest, title }))
            }}
          />
          <NormsField value={meta.norms ?? []} change={(norms) => setMeta({ norms })} />
        </>
      )}
    </Stack>
  )
}
