/**
 * The setting of a process: who must agree before a version is published (GN-19).
 *
 * Promises: a rule in force is changed only by a proposal, and the dialog says so before it is sent.
 */
import { Button, Group, MultiSelect, Radio, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalRule, ApprovalSetting } from '../../machines/wire/drafts.ts'
import { api } from '../session/api.ts'
import { useNameOf, usePeople } from '../session/people.ts'
import { useRightsOn } from '../session/reach.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { RuleText, SayPart } from './say-part.tsx'

const KINDS = ['none', 'second-person', 'all'] as const satisfies readonly ApprovalRule['kind'][]

export function ApprovalDialog({
  process,
  title,
  close,
}: {
  process: string
  title: string
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const setting = useQuery({
    queryKey: ['processes', process, 'approval-rule'],
    queryFn: ({ signal }) => api.approvalRule(process, signal),
    staleTime: 0,
  })
  return (
    <Dialog close={close} title={t('page.approval.title', { title })} closeLabel={t('design.publish.close')}>
      {setting.isPending ? <Waiting /> : null}
      {setting.isError ? <ProblemNotice error={setting.error} retry={() => void setting.refetch()} /> : null}
      {setting.data === undefined ? null : (
        <Setting key={setting.data.revision} process={process} setting={setting.data} />
      )}
    </Dialog>
  )
}

function Setting({ process, setting }: { process: string; setting: ApprovalSetting }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayWrite = useRightsOn(process).includes('approval:write')
  const [error, setError] = useState<unknown>()
  const { revision, rule, proposal } = setting
  const set = async (next: ApprovalRule): Promise<void> => {
    setError(undefined)
    try {
      await api.setApprovalRule(process, revision, next)
    } catch (thrown) {
      setError(thrown)
    }
    await refresh()
  }
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['processes'] })
    await client.invalidateQueries({ queryKey: ['approvals'] })
  }
  return (
    <Stack>
      {rule.kind === 'none' ? null : (
        <section>
          <Title order={3} size="h6" mb="xs">
            {t('page.approval.inForce')}
          </Title>
          <RuleText rule={rule} />
        </section>
      )}
      {proposal === undefined ? null : (
        <Proposal
          proposal={proposal}
          inForce={rule}
          takeBack={mayWrite ? () => void set(rule) : undefined}
          say={async (said) => {
            await api.approveRule(process, revision, said)
            await refresh()
          }}
        />
      )}
      {mayWrite ? <Choice rule={proposal?.rule ?? rule} isProposal={rule.kind !== 'none'} set={set} /> : null}
      {error === undefined ? null : <ProblemNotice error={error} />}
    </Stack>
  )
}

function Proposal({
  proposal,
  inForce,
  takeBack,
  say,
}: {
  proposal: NonNullable<ApprovalSetting['proposal']>
  inForce: ApprovalRule
  takeBack: (() => void) | undefined
  say: Parameters<typeof SayPart>[0]['send']
}): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  return (
    <Stack className="fc-panel" p="sm" gap="sm">
      <Title order={3} size="h6">
        {t('page.approval.proposal', { who: nameOf(proposal.by), when: time(proposal.at) })}
      </Title>
      <RuleText rule={proposal.rule} />
      <SayPart matter={{ ...proposal, rule: inForce }} send={say} />
      {takeBack === undefined ? null : (
        <Button variant="default" size="xs" w="max-content" onClick={takeBack}>
          {t('page.approval.takeBack')}
        </Button>
      )}
    </Stack>
  )
}

function Choice({
  rule,
  isProposal,
  set,
}: {
  rule: ApprovalRule
  isProposal: boolean
  set(rule: ApprovalRule): Promise<void>
}): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  const [kind, setKind] = useState(rule.kind)
  const [named, setNamed] = useState<string[]>(rule.kind === 'all' ? [...rule.people] : [])
  const [isBusy, setBusy] = useState(false)
  const next: ApprovalRule = kind === 'all' ? { kind, people: named } : { kind }
  const isComplete = kind !== 'all' || named.length > 0
  const isSame = JSON.stringify(next) === JSON.stringify(rule)
  const send = async (): Promise<void> => {
    setBusy(true)
    await set(next)
    setBusy(false)
  }
  return (
    <Stack>
      <Radio.Group
        label={t('page.approval.who')}
        value={kind}
        onChange={(value) => setKind(KINDS.find((each) => each === value) ?? 'none')}
      >
        <Stack gap="sm" mt="xs">
          {KINDS.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`page.approval.kinds.${value}`)}
              description={t(`page.approval.hints.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'all' ? (
        <MultiSelect
          label={t('page.approval.people')}
          placeholder={t('page.approval.choose')}
          searchable
          value={named}
          onChange={setNamed}
          error={named.length === 0 ? t('page.approval.chooseOne') : undefined}
          data={[...people.values()]
            .filter(({ id, disabled }) => !disabled || named.includes(id))
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      {isProposal && !isSame ? <Text size="sm">{t('page.approval.proposes')}</Text> : null}
      <Group justify="flex-end">
        <Button loading={isBusy} disabled={!isComplete || isSame} onClick={() => void send()}>
          {t(isProposal ? 'page.approval.propose' : 'page.approval.set')}
        </Button>
      </Group>
    </Stack>
  )
}
