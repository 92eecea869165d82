/**
 * Evidence that was given, as a person sees it: words, or the picture with a way to its full size.
 *
 * Must not: load a file that the reader may not have.
 */
import { Anchor, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Evidence } from '../../../machines/advance/job.ts'
import { ERASED_FILE } from '../../../machines/erase/stand-in.ts'
import { useMe } from '../../session/queries.ts'
import { useSpeech } from '../../text/use-language.ts'
import './parts.css'

export function EvidenceView({ evidence, title }: { evidence: Evidence; title: string }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const maySee = useMe().data?.rights.includes('evidence:read') === true
  const { file, text, signedBy } = evidence
  const said = [
    text,
    evidence.number === undefined ? undefined : number(evidence.number),
    signedBy === undefined ? undefined : t('jobItem.signedBy', { name: signedBy }),
  ].filter((each) => each !== undefined)
  const label = t(evidence.kind === 'signature' ? 'jobItem.showSignature' : 'jobItem.showPhoto', { title })
  return (
    <>
      {said.length === 0 && file === undefined && !maySee ? (
        <Text size="sm" c="dimmed">
          {t('job.hidden')}
        </Text>
      ) : null}
      {said.length === 0 ? null : (
        <Text size="sm" className="fc-wrap" style={{ whiteSpace: 'pre-wrap' }}>
          {said.join(' · ')}
        </Text>
      )}
      {file === ERASED_FILE ? (
        <Text size="sm" c="dimmed">
          {t('job.erasedFile')}
        </Text>
      ) : file === undefined || !maySee ? null : (
        <Anchor
          href={`/api/evidence/${file}`}
          target="_blank"
          rel="noreferrer"
          display="inline-block"
          mt={4}
          size="sm"
        >
          <img className="fc-evidence" src={`/api/evidence/${file}`} alt={label} loading="lazy" />
        </Anchor>
      )}
    </>
  )
}
