/**
 * The sample day on record: it makes people, and takes jobs away with all that was done to them.
 *
 * Must not: know what is in it.
 */
import { actVia } from '../access/acting.ts'
import type { Recorder } from '../access/record.ts'
import type { SamplePort } from './sample-day.ts'

export function auditedSample(sample: SamplePort, record: Recorder): SamplePort {
  const recorded =
    (kind: string, change: SamplePort['make']): SamplePort['make'] =>
    (by) =>
      record({ kind, subject: 'sample' }, () => actVia('sample', () => change(by)))
  return {
    state: (within) => sample.state(within),
    make: recorded('sample.make', (by) => sample.make(by)),
    remove: recorded('sample.remove', (by) => sample.remove(by)),
  }
}
