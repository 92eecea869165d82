/** A stretch of time in the reader's words: "5 minutes". */
import { formatDuration, isDuration } from '../../../../machines/time/duration.ts'
import { useSpeech } from '../../../text/use-language.ts'

/** What is no duration stays as it is written. */
export function useSpanWords(): (iso: string) => string {
  const { language } = useSpeech()
  return (iso) => (isDuration(iso) ? formatDuration(iso, language.startsWith('zh') ? 'zh' : 'en') : iso)
}
