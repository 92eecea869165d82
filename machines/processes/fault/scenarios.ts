/**
 * What is rehearsed of faults, from easy to hard.
 */
import type { Scenario } from '../../simulate/scenario.ts'
import { clinicServer } from './scenarios/clinic-server.ts'
import { portGate } from './scenarios/port-gate.ts'

export const scenarios: readonly Scenario[] = [clinicServer, portGate]
