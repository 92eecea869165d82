/** What the streams of training tell, read; undefined for what is none of it. */
import { Check } from 'typebox/value'
import { TrainingChange } from '../../../machines/wire/training.ts'

export function readChange(data: string): TrainingChange | undefined {
  try {
    const change: unknown = JSON.parse(data)
    return Check(TrainingChange, change) ? change : undefined
  } catch {
    return undefined
  }
}
