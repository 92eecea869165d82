/**
 * What opens a transition: an event, time, its condition alone, or the end of all within.
 *
 * Must not: select the transition anew when it moves to another place in the definition (the panel does).
 */
import { Anchor, Select } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Delay } from '../../machines/definition/schema.ts'
import type { TreeTransition } from '../../machines/definition/tree.ts'
import { asText } from '../../machines/drawing/model.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import { changeDelay } from '../document/commands/declaration.ts'
import { at, entriesOf } from '../document/json.ts'
import type { Trigger } from '../document/questions.ts'
import { useSpeech } from '../text/use-language.ts'
import { DelayForm } from './delay-form.tsx'
import { Part } from './fields.tsx'
import { readAs } from './read.ts'

export function TriggerFields({
  way,
  take,
}: {
  way: TreeTransition
  take(trigger: Trigger): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document, select } = useDesign()
  const edit = useEdit()
  const { trigger } = way
  const named = (...steps: string[]): { value: string; label: string }[] =>
    entriesOf(at(document.definition, ...steps)).map(([name, value]) => ({
      value: name,
      label: say(asText(at(value, 'meta', 'title')), name),
    }))
  const events = named('schemas', 'events')
  const delays = named('delays')
  const kinds = [
    'on',
    'after',
    'always',
    ...(way.source.children.length > 0 && way.source.parent !== undefined ? ['done'] : []),
  ]
  const choose = (kind: string | null): void => {
    if (kind === 'on' && events[0] !== undefined) take({ kind, descriptor: events[0].value })
    if (kind === 'after' && delays[0] !== undefined) take({ kind, delay: delays[0].value })
    if (kind === 'always' || kind === 'done') take({ kind })
  }
  const delay =
    trigger.kind === 'after' ? readAs(Delay, at(document.definition, 'delays', trigger.delay)) : undefined
  return (
    <Part title={t('edit.opensBy')}>
      <Select
        size="xs"
        aria-label={t('edit.opensBy')}
        allowDeselect={false}
        value={trigger.kind}
        onChange={choose}
        data={kinds.map((kind) => ({
          value: kind,
          label: t(
            `panel.opens.${kind === 'on' ? 'on' : kind === 'after' ? 'after' : kind === 'always' ? 'always' : 'done'}`,
          ),
          disabled: (kind === 'on' && events.length === 0) || (kind === 'after' && delays.length === 0),
        }))}
      />
      {trigger.kind === 'on' ? (
        <>
          <Select
            size="xs"
            label={t('edit.event')}
            searchable
            allowDeselect={false}
            data={
              events.some(({ value }) => value === trigger.descriptor)
                ? events
                : [...events, { value: trigger.descriptor, label: trigger.descriptor }]
            }
            value={trigger.descriptor}
            onChange={(type) => type !== null && take({ kind: 'on', descriptor: type })}
          />
          <Anchor
            component="button"
            type="button"
            size="xs"
            ta="start"
            onClick={() => select([{ kind: 'place', pointer: `/schemas/events/${trigger.descriptor}` }])}
          >
            {t('panel.openEvent')}
          </Anchor>
        </>
      ) : null}
      {trigger.kind === 'after' ? (
        <>
          <Select
            size="xs"
            label={t('edit.delay')}
            searchable
            allowDeselect={false}
            data={
              delays.some(({ value }) => value === trigger.delay)
                ? delays
                : [...delays, { value: trigger.delay, label: trigger.delay }]
            }
            value={trigger.delay}
            onChange={(name) => name !== null && take({ kind: 'after', delay: name })}
          />
          {delay === undefined ? null : (
            <DelayForm delay={delay} change={(made) => edit.execute(changeDelay(trigger.delay, made))} />
          )}
        </>
      ) : null}
    </Part>
  )
}
