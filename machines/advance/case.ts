/**
 * One command on one job, as the steps of `advance` hand it on.
 *
 * Must not: decide anything.
 */
import type { AnyMachineSnapshot } from 'xstate'
import type { Compiled } from '../compile/compile.ts'
import type { Frame, Standing } from '../compile/frame.ts'
import { activePaths } from '../compile/machine-config.ts'
import type { Advanced, Command, Job, Reason, RefusalCode, Surroundings } from './job.ts'
import { contextOf } from './run-machine.ts'

export type Case = {
  compiled: Compiled
  /** The job before the command; for a start, an empty one with `seq` 0. */
  before: Job
  command: Command
  surroundings: Surroundings
  frame: Frame
}

export function caseOf(compiled: Compiled, before: Job, command: Command, surroundings: Surroundings): Case {
  return { compiled, before, command, surroundings, frame: frameOf(compiled, before, surroundings) }
}

/** What guards and delays may know beside the snapshot. */
export const frameOf = (compiled: Compiled, job: Job, surroundings: Surroundings): Frame => ({
  ...surroundings,
  settings: compiled.settings,
  unticked: compiled.unticked,
  links: Object.fromEntries(
    job.links.map(({ link, job: id, process, status }) => [link, { job: id, process, status }]),
  ),
})

export const standingAt = (snapshot: AnyMachineSnapshot, event?: Standing['event']): Standing => ({
  ...contextOf(snapshot.context),
  active: activePaths(snapshot),
  ...(event === undefined ? {} : { event }),
})

export const refuse = (code: RefusalCode, reasons: Reason[]): Advanced => ({
  ok: false,
  refusal: { code, reasons },
})
