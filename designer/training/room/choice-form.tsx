/**
 * What a choice wants to be filled in: an event's payload, or the evidence of a checklist item.
 *
 * Promises: a picture or a signature is a stand-in here: rehearsing needs no camera.
 */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Evidence } from '../../../machines/advance/job.ts'
import { type Doing, TRAINEE } from '../../../machines/simulate/scenario.ts'
import type { Choice } from '../../../machines/simulate/sim.ts'
import { fieldsOf } from '../../jobs/job-words.ts'
import { PayloadForm } from '../../jobs/parts/payload-form.tsx'
import { blankProof, evidenceOf, isWhole, type Proof, wantedKind } from '../../jobs/parts/proof.ts'
import { ProofField } from '../../jobs/parts/proof-field.tsx'
import { type Form, formOf, knownTo, type TypedFields, typedDefaults } from '../../jobs/payload.ts'
import { Icon } from '../../shell/icons.tsx'
import { useScene } from './room-scene.tsx'

/** The hash of no file: what stands for a picture in a rehearsal. */
const STAND_IN = '0'.repeat(64)

export function ChoiceForm({
  choice,
  title,
  did,
  close,
}: {
  choice: Choice
  title: string
  did(what: Doing): void
  close(): void
}): ReactElement {
  const { explains } = useScene()
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Title order={2} size="h5" className="fc-wrap">
        {title}
      </Title>
      {explains ? (
        <Text size="xs" c="dimmed">
          {t('training.clockRests')}
        </Text>
      ) : null}
      {choice.is === 'tick' ? (
        <ItemForm item={choice.item} evidence={choice.evidence} did={did} close={close} />
      ) : choice.is === 'event' ? (
        <EventForm type={choice.type} payload={choice.payload} did={did} close={close} />
      ) : null}
    </Stack>
  )
}

type Part = { did(what: Doing): void; close(): void }

function Buttons({ close, children }: { close(): void; children: ReactNode }): ReactElement {
  const { t } = useTranslation()
  return (
    <Group gap="sm">
      {children}
      <Button variant="default" onClick={close}>
        {t('training.backToChoices')}
      </Button>
    </Group>
  )
}

function EventForm({ type, payload, did, close }: Part & { type: string; payload: unknown }): ReactElement {
  const { t } = useTranslation()
  const { view, words } = useScene()
  const [form] = useState<Form>(() => formOf(payload))
  const [typed, setTyped] = useState<TypedFields>(() => {
    const fields = view.sim.job.snapshot.context.fields
    return typedDefaults(form, { ...selfIn(form), ...knownTo(form, fields, fieldsOf(words)) })
  })
  const submit = useRef<HTMLButtonElement>(null)
  // A list of people would fold out over the buttons.
  const takesFocus = form.inputs[0]?.field.format !== 'person'
  useEffect(() => {
    if (!takesFocus) submit.current?.focus()
  }, [takesFocus])
  return (
    <PayloadForm
      form={form}
      typed={typed}
      put={setTyped}
      submit={(filled) =>
        did({ do: 'event', type, ...(Object.keys(filled).length === 0 ? {} : { payload: filled }) })
      }
      takesFocus={takesFocus}
    >
      <Buttons close={close}>
        <Button type="submit" ref={submit}>
          {t('training.doIt')}
        </Button>
      </Buttons>
    </PayloadForm>
  )
}

/** One person is asked for: most often oneself. */
function selfIn({ inputs }: Form): Record<string, string> {
  const [first, ...others] = inputs.filter(({ field }) => field.format === 'person')
  return first === undefined || others.length > 0 ? {} : { [first.name]: TRAINEE }
}

function ItemForm({
  item,
  evidence,
  did,
  close,
}: Part & { item: string; evidence: string }): ReactElement | null {
  const { t } = useTranslation()
  const { view, nameOf } = useScene()
  const kind = wantedKind(evidence)
  const [proof, setProof] = useState<Proof | undefined>(() =>
    kind === undefined ? undefined : blankProof(kind),
  )
  if (kind === undefined || proof === undefined) return null
  const confirm = (given: Evidence): void => did({ do: 'tick', item, evidence: given })
  if (kind === 'photo' || kind === 'signature') {
    const { cast } = view.sim.setup.scenario
    const signer = Object.keys(cast).find((key) => cast[key]?.roles.includes('customer'))
    const signedBy = nameOf(signer ?? TRAINEE)
    return (
      <Stack gap="sm">
        <Alert color="gray" variant="light" icon={<Icon name={kind === 'photo' ? 'camera' : 'rename'} />}>
          <Text size="sm">{t(`training.standIn.${kind}`, { name: signedBy })}</Text>
        </Alert>
        <Buttons close={close}>
          <Button
            data-autofocus
            onClick={() =>
              confirm(kind === 'photo' ? { kind, file: STAND_IN } : { kind, file: STAND_IN, signedBy })
            }
          >
            {t(`training.give.${kind}`)}
          </Button>
        </Buttons>
      </Stack>
    )
  }
  return (
    <form
      onSubmit={(submitted) => {
        submitted.preventDefault()
        if (isWhole(proof)) confirm(evidenceOf(proof))
      }}
    >
      <Stack gap="sm">
        <ProofField proof={proof} put={setProof} />
        <Buttons close={close}>
          <Button type="submit" disabled={!isWhole(proof)}>
            {t('training.doIt')}
          </Button>
        </Buttons>
      </Stack>
    </form>
  )
}
