/**
 * The draft's approval, in the dialog before publishing: who agreed, who is missing, how to ask them, one's own say.
 */
import { Button, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftApprovals } from '../../machines/wire/drafts.ts'
import { api } from '../session/api.ts'
import { useDesign } from './design-api.ts'
import { SayPart } from './say-part.tsx'

/** The address at which the dialog is open: what those are sent who are asked. */
export const REVIEW = 'review'

export function ApprovalPart({
  approvals,
  isSaved,
}: {
  approvals: DraftApprovals
  /** The draft on the page is the one that the approval is about. */
  isSaved: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { process } = useDesign()
  const client = useQueryClient()
  return (
    <section>
      <Title order={3} size="h6" mb="xs">
        {t('page.approval.section')}
      </Title>
      <Stack gap="sm">
        <SayPart
          matter={approvals}
          barred={isSaved ? undefined : t('page.approval.unsaved')}
          send={async (said) => {
            await api.approve(process, approvals.revision, said)
            await client.invalidateQueries({ queryKey: ['approvals'] })
          }}
        />
        {approvals.satisfied ? null : <ReviewLink process={process} />}
        <Text size="xs" c="dimmed">
          {t('page.approval.voids')}
        </Text>
      </Stack>
    </section>
  )
}

function ReviewLink({ process }: { process: string }): ReactElement {
  const { t } = useTranslation()
  const address = `${window.location.origin}/processes/${encodeURIComponent(process)}/design?${REVIEW}`
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        size="xs"
        readOnly
        label={t('page.approval.link')}
        value={address}
        style={{ flex: 1 }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
            {t(copied ? 'page.approval.copied' : 'page.approval.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
