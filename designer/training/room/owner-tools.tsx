/**
 * What an owner may set aside to see what would come of it: guards, states, the job's data.
 *
 * Promises: what was done by hand says so wherever it is seen.
 * Must not: be offered to a trainee.
 */
import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { guardInWords, titleAt } from '../../../machines/drawing/words.ts'
import type { Sim } from '../../../machines/simulate/sim.ts'
import { activeOf, statesOf } from '../../../machines/simulate/standing.ts'
import { chartWords } from '../../canvas/chart-words.ts'
import { fieldsOf, stateInWords } from '../../jobs/job-words.ts'
import { PayloadForm } from '../../jobs/parts/payload-form.tsx'
import { formOf, payloadOf, type TypedFields, typedDefaults } from '../../jobs/payload.ts'
import { wayInWords } from './line-words.ts'
import { useScene } from './room-scene.tsx'
import { GuardSwitch } from './run-chart.tsx'

/** The ways out of where the job stands that ask for something. */
export function Guards(): ReactElement {
  const { t } = useTranslation()
  const scene = useScene()
  const { view, model, words } = scene
  const states = statesOf(activeOf(view.sim))
  const drawing = chartWords(words.t, words.language, model)
  const ways = model.transitions.filter(
    ({ source, guard }) => guard !== undefined && (source === '' || states.has(source)),
  )
  const elsewhere = Object.keys(view.sim.forced).filter(
    (pointer) => !ways.some((way) => way.pointer === pointer),
  )
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('training.owner.guardsLead')}
      </Text>
      {ways.length === 0 ? <Text size="sm">{t('training.owner.noGuards')}</Text> : null}
      {ways.map(({ pointer, source, guard, targets }) => (
        <div key={pointer} data-guard={pointer}>
          <Text size="sm" fw={600} className="fc-wrap">
            {wayInWords(pointer, scene)}
          </Text>
          <Text size="xs" c="dimmed" className="fc-wrap">
            {[titleAt(source, drawing), targets.map((path) => titleAt(path, drawing)).join(t('common.list'))]
              .filter((each) => each !== '')
              .join(' \u2192 ')}
          </Text>
          <Text size="sm" className="fc-wrap" mb={4}>
            {guard === undefined ? '' : guardInWords(guard, drawing)}
          </Text>
          <GuardSwitch pointer={pointer} label={wayInWords(pointer, scene)} />
        </div>
      ))}
      {elsewhere.length === 0 ? null : (
        <>
          <Title order={3} size="h6">
            {t('training.owner.forcedElsewhere')}
          </Title>
          {elsewhere.map((pointer) => (
            <div key={pointer}>
              <Text size="sm" className="fc-wrap">
                {wayInWords(pointer, scene)}
              </Text>
              <GuardSwitch pointer={pointer} label={wayInWords(pointer, scene)} />
            </div>
          ))}
        </>
      )}
    </Stack>
  )
}

/** Any state by its name: the drawing has the same for the mouse. */
export function Jump(): ReactElement {
  const { t } = useTranslation()
  const { room, view, model, words } = useScene()
  const states = [...model.states.values()].filter(({ path, kind }) => path !== '' && kind !== 'history')
  const [to, setTo] = useState('')
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('training.owner.jumpLead')}
      </Text>
      <NativeSelect
        label={t('training.owner.state')}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        data={[
          { value: '', label: t('training.owner.choose') },
          ...states.map(({ path, depth }) => ({
            value: path,
            label: `${'\u2003'.repeat(Math.max(0, depth - 1))}${stateInWords(path, words)}`,
          })),
        ]}
      />
      <Group>
        <Button
          size="sm"
          disabled={to === '' || view.over !== undefined}
          onClick={() => room.do({ do: 'jump', to: [to] })}
        >
          {t('training.owner.jump')}
        </Button>
      </Group>
    </Stack>
  )
}

/** All fields, also those that only the process sets. */
export function SetFields(): ReactElement {
  const { view } = useScene()
  // A moment gone to has other values: the form begins anew.
  return <FieldsForm key={view.timeline.here} sim={view.sim} />
}

function FieldsForm({ sim }: { sim: Sim }): ReactElement {
  const { t } = useTranslation()
  const { room, view, words } = useScene()
  const form = formOf({ properties: fieldsOf(words), required: [] })
  const { fields } = sim.job.snapshot.context
  const [before] = useState<TypedFields>(() => typedDefaults(form, fields))
  const [typed, setTyped] = useState<TypedFields>(before)
  const was = payloadOf(form, before)
  const changed = (payload: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      form.inputs.flatMap(({ name }) =>
        JSON.stringify(payload[name]) === JSON.stringify(was[name])
          ? []
          : [[name, payload[name] ?? null] as const],
      ),
    )
  const count = Object.keys(changed(payloadOf(form, typed))).length
  return (
    <PayloadForm
      form={form}
      typed={typed}
      put={setTyped}
      submit={(payload) => {
        const fieldsNow = changed(payload)
        if (Object.keys(fieldsNow).length > 0) room.do({ do: 'set', fields: fieldsNow })
      }}
    >
      <Group>
        <Button type="submit" size="sm" disabled={count === 0 || view.over !== undefined}>
          {t('training.owner.set', { count })}
        </Button>
      </Group>
    </PayloadForm>
  )
}
