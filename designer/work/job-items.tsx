/**
 * The checklist of where the job stands, with camera and signature; files go before the tick that names them.
 */
import { Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tick } from '../../machines/advance/job.ts'
import type { OpenItem } from '../../machines/wire/jobs.ts'
import { ChecklistItem } from '../jobs/parts/checklist-item.tsx'
import { evidenceOf, fileOf, type Proof } from '../jobs/parts/proof.ts'
import { useNameOf } from '../session/people.ts'
import { useSpeech } from '../text/use-language.ts'
import type { Act } from './act.ts'
import { AgainstNotice } from './against.tsx'
import { useDraft } from './drafts.ts'
import { hashOfFile } from './file-hash.ts'
import { type Done, type Scene, useDoing } from './scene.ts'
import { useQueueState, useWork } from './work.ts'

export function JobItems({ scene }: { scene: Scene }): ReactElement | null {
  const { t } = useTranslation()
  const { detail } = scene.expected
  if (detail.items.length === 0) return null
  const open = detail.items.filter(({ done, required }) => required && !done).length
  return (
    <section className="fc-panel work-part" aria-label={t('work.items')}>
      <Title order={2} size="h5">
        {t('work.items')}
      </Title>
      <Text size="sm" c="dimmed" role="status">
        {open === 0 ? t('work.itemsDone') : t('work.itemsOpen', { count: open })}
      </Text>
      <ul className="work-items">
        {detail.items.map((item) => (
          <Item key={`${item.state} ${item.id}`} item={item} scene={scene} />
        ))}
      </ul>
    </section>
  )
}

function Item({ item, scene }: { item: OpenItem; scene: Scene }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { me } = useWork()
  const { acts } = useQueueState()
  const nameOf = useNameOf()
  const { detail } = scene.expected
  const { act, working, against, clear } = useDoing(scene)
  const [draft, setDraft] = useDraft(`item ${detail.id} ${item.id}`)
  const isMine = item.roles.some((role) => me.roles.some((own) => own === role))
  const confirm = async (proof?: Proof): Promise<void> => {
    const doings = await doingsOf(item, say(item.title, item.id), proof)
    if (await act(...doings)) setDraft({})
  }
  const tick = detail.checklist[item.id]
  return (
    <ChecklistItem
      item={item}
      tick={tick === undefined ? undefined : withoutUnsent(tick, acts)}
      nameOf={(person) => (person === me.id ? me.name : nameOf(person))}
      mayTick={isMine}
      state={{
        working,
        problem: (
          <>
            {handsOver(item) && isMine && !item.done ? <Text size="sm">{t('work.handOver')}</Text> : null}
            <AgainstNotice against={against} />
          </>
        ),
      }}
      proof={item.done ? undefined : draft?.proof}
      put={(proof) => {
        clear()
        setDraft(proof === undefined ? {} : { proof })
      }}
      confirm={(proof) => void confirm(proof)}
      takeBack={() => void act({ doing: { kind: 'untick', item: item.id } })}
      camera
      size="md"
    />
  )
}

/** The customer's own: he does it himself, on the engineer's telephone. */
const handsOver = ({ roles }: OpenItem): boolean =>
  roles.length > 0 && roles.every((role) => role === 'customer')

async function doingsOf(item: OpenItem, title: string, proof: Proof | undefined): Promise<Done[]> {
  if (proof === undefined) return [{ doing: { kind: 'tick', item: item.id } }]
  const file = fileOf(proof)
  if (file === undefined) return [{ doing: { kind: 'tick', item: item.id, evidence: evidenceOf(proof) } }]
  const evidence = evidenceOf(proof, await hashOfFile(file))
  return [
    { doing: { kind: 'attach', evidence, title: title.slice(0, 200) }, file },
    { doing: { kind: 'tick', item: item.id, evidence } },
  ]
}

/** A picture that the server has not got yet cannot be shown from there. */
function withoutUnsent(tick: Tick, acts: readonly Act[]): Tick {
  const { evidence } = tick
  if (evidence?.file === undefined) return tick
  const { file, ...words } = evidence
  const isUnsent = acts.some(
    ({ state, doing }) => state !== 'sent' && doing.kind === 'attach' && doing.evidence.file === file,
  )
  return isUnsent ? { ...tick, evidence: words } : tick
}
