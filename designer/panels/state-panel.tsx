/**
 * All there is to a state, in the words of the trade.
 *
 * Must not: hold anything; each field shows the document and changes it by a command.
 */
import { Alert, Anchor, Button, Group, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tokensOf } from '../../machines/definition/pointer.ts'
import { Action, NormId } from '../../machines/definition/schema.ts'
import type { TreeNode } from '../../machines/definition/tree.ts'
import { wholeLine } from '../../machines/drawing/boxes.ts'
import { asText, type ChartTransition } from '../../machines/drawing/model.ts'
import { titleAt } from '../../machines/drawing/words.ts'
import type { Words } from '../canvas/chart-words.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import {
  changeKind,
  renameState,
  setInitial,
  setStateNorms,
  setStatePart,
  setStateText,
} from '../document/commands/state.ts'
import { moveTransition } from '../document/commands/transition.ts'
import { at, listOf, member } from '../document/json.ts'
import { canBecome, type Kind, lostByKind } from '../document/questions.ts'
import { ActionsPart } from './actions-part.tsx'
import { ChecklistPart } from './checklist-part.tsx'
import { Part, TextFields } from './fields.tsx'
import { NameField } from './name-field.tsx'
import { NormsField } from './norms-field.tsx'
import { readAs } from './read.ts'
import { RowTools } from './row-tools.tsx'

const KINDS: readonly Kind[] = ['atomic', 'compound', 'parallel', 'final', 'history']
/** How a final state ends the job. */
const ENDS = ['done', 'cancelled', 'failed'] as const

export function StatePanel({ node, words }: { node: TreeNode; words: Words }): ReactElement {
  const { t } = useTranslation()
  const { document, select, stack } = useDesign()
  const edit = useEdit()
  const { path, kind, parent } = node
  const json = at(document.definition, ...tokensOf(node.pointer))
  const meta = member(json, 'meta')
  const norms = listOf(member(meta, 'norms')).flatMap((norm) => readAs(NormId, norm) ?? [])
  const actions = (key: 'entry' | 'exit'): Action[] =>
    listOf(member(json, key)).flatMap((each) => readAs(Action, each) ?? [])
  const ways = words.model.transitions.filter(
    ({ source, trigger }) => source === path && trigger.kind !== 'default',
  )
  const first = parent?.kind === 'compound' && parent.initial === node
  const tags = listOf(member(json, 'tags')).flatMap((tag) => (typeof tag === 'string' ? [tag] : []))
  const seal = (): void => stack.seal()
  return (
    <Stack gap="md" onBlur={seal}>
      <TextFields
        label={t('edit.title')}
        value={asText(member(meta, 'title'))}
        change={(title) => edit.execute(setStateText(path, 'title', title))}
      />
      <TextFields
        label={t('panel.description')}
        value={asText(member(meta, 'description'))}
        change={(text) => edit.execute(setStateText(path, 'description', text))}
      />
      <NameField
        label={t('panel.key')}
        help={t('panel.keyHelp')}
        value={node.key}
        change={(key) => {
          const done = edit.execute(renameState(path, key))
          if (done)
            select([
              {
                kind: 'state',
                path: parent === undefined || parent.path === '' ? key : `${parent.path}.${key}`,
              },
            ])
          return done
        }}
      />
      <KindField path={path} kind={kind} />
      {kind === 'final' ? (
        <Select
          size="xs"
          label={t('panel.endsAs')}
          allowDeselect={false}
          data={ENDS.map((end) => ({ value: end, label: t(`panel.ends.${end}`) }))}
          value={ENDS.find((end) => tags.includes(end)) ?? 'done'}
          onChange={(end) => {
            const others = tags.filter((tag) => tag !== 'cancelled' && tag !== 'failed')
            edit.execute(
              setStatePart(path, 'tags', end === 'done' || end === null ? others : [...others, end]),
            )
          }}
        />
      ) : null}
      {parent?.kind === 'compound' && kind !== 'history' ? (
        <Group>
          {first ? (
            <Text size="xs" c="dimmed">
              {t('panel.isFirst', { parent: titleAt(parent.path, words) })}
            </Text>
          ) : (
            <Button size="compact-sm" variant="light" onClick={() => edit.execute(setInitial(path))}>
              {t('panel.makeFirst', { parent: titleAt(parent.path, words) })}
            </Button>
          )}
        </Group>
      ) : null}
      {kind === 'history' ? null : (
        <>
          {kind === 'final' ? null : <ChecklistPart path={path} items={member(meta, 'checklist')} />}
          {ways.length === 0 ? null : <Ways ways={ways} words={words} />}
          <ActionsPart
            title={t('chart.entry')}
            actions={actions('entry')}
            whole={listOf(member(json, 'entry')).length}
            words={words}
            change={(list) => edit.execute(setStatePart(path, 'entry', list))}
          />
          <ActionsPart
            title={t('chart.exit')}
            actions={actions('exit')}
            whole={listOf(member(json, 'exit')).length}
            words={words}
            change={(list) => edit.execute(setStatePart(path, 'exit', list))}
          />
        </>
      )}
      <NormsField value={norms} change={(chosen) => edit.execute(setStateNorms(path, chosen))} />
    </Stack>
  )
}

/** Another kind; what that would take away is told first. */
function KindField({ path, kind }: { path: string; kind: Kind }): ReactElement {
  const { t, i18n } = useTranslation()
  const { document } = useDesign()
  const edit = useEdit()
  const [asked, setAsked] = useState<Kind>()
  const lost = asked === undefined ? [] : lostByKind(document, path, asked)
  const choose = (chosen: string | null): void => {
    const next = KINDS.find((each) => each === chosen)
    if (next === undefined || next === kind) return
    if (lostByKind(document, path, next).length > 0) setAsked(next)
    else edit.execute(changeKind(path, next))
  }
  return (
    <>
      <Select
        size="xs"
        label={t('panel.kind')}
        allowDeselect={false}
        value={kind}
        onChange={choose}
        data={KINDS.map((each) => {
          const answer = canBecome(document, path, each)
          const why = answer.ok ? '' : ` · ${i18n.language === 'zh-CN' ? answer.why.zh : answer.why.en}`
          return { value: each, label: `${t(`chart.kind.${each}`)}${why}`, disabled: !answer.ok }
        })}
      />
      {asked === undefined || lost.length === 0 ? null : (
        <Alert color="orange" p="xs">
          <Text size="sm">{t('panel.kindLoses', { count: lost.length })}</Text>
          <Group mt="xs" gap="xs">
            <Button
              size="compact-sm"
              color="orange"
              onClick={() => {
                edit.execute(changeKind(path, asked))
                setAsked(undefined)
              }}
            >
              {t('panel.changeAnyway')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setAsked(undefined)}>
              {t('edit.cancel')}
            </Button>
          </Group>
        </Alert>
      )}
    </>
  )
}

/** The ways out, each led to; those of the same trigger are tried from the top. */
function Ways({ ways, words }: { ways: readonly ChartTransition[]; words: Words }): ReactElement {
  const { t } = useTranslation()
  const { select } = useDesign()
  const edit = useEdit()
  const listOfWay = (pointer: string): string => tokensOf(pointer).slice(0, -1).join('/')
  return (
    <Part title={t('chart.transitions')}>
      {ways.map((way) => {
        const peers = ways.filter(
          (other) => /\/\d+$/.test(way.pointer) && listOfWay(other.pointer) === listOfWay(way.pointer),
        )
        const line = wholeLine(way, words)
        return (
          <Group key={way.pointer} gap="xs" wrap="nowrap" justify="space-between" align="flex-start">
            <Anchor
              component="button"
              type="button"
              size="sm"
              ta="start"
              className="fc-wrap"
              title={line}
              onClick={() => select([{ kind: 'transition', pointer: way.pointer }])}
            >
              {/* A long condition must not push its way's end out of sight. */}
              <Text span inherit lineClamp={3}>
                {line}
              </Text>
              {way.targets.map((path) => ` → ${titleAt(path, words)}`).join('')}
            </Anchor>
            <RowTools
              what={line}
              index={peers.indexOf(way)}
              count={peers.length}
              move={(to) => edit.execute(moveTransition(way.pointer, to))}
            />
          </Group>
        )
      })}
    </Part>
  )
}
