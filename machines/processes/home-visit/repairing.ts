/**
 * The repair: hardware, software and disks, each behind its own gate, around one place to choose from.
 *
 * Promises: no case opened without leave and discharge (HV-20, HV-21); no software work without a backup (HV-50); no
 * work on a disk before backup and disclaimer (HV-19, HV-49). The gates are paths: there is no other way in.
 */
import type { StateNode } from '../../definition/schema.ts'
import { assign, cel, item, text } from '../author.ts'
import { diagnosed } from './assessing.ts'

const DISK_CAN_LOSE_DATA = cel(
  "has(job.diskOperation) && job.diskOperation in ['partition', 'format', 'virus-removal']",
)
const replaced = cel(
  "dyn(job.partsReplaced) + [{'part': dyn(event.part), 'oldSerial': dyn(event.oldSerial), 'newSerial': dyn(event.newSerial), 'count': dyn(event.count), 'stockCount': dyn(event.stockCount), 'at': dyn(now)}]",
)

const hardware: StateNode = {
  initial: 'opening',
  meta: { title: text('Hardware', '硬件作业') },
  states: {
    opening: {
      meta: {
        title: text('Before opening', '开机箱前'),
        norms: ['HV-20', 'HV-21'],
        checklist: [
          item(
            'leaveToOpen',
            text('Leave to open the case (given by)', '已征得同意开机箱（同意人）'),
            ['HV-21'],
            {
              evidence: 'text',
              roles: ['engineer', 'customer'],
            },
          ),
          item('cordOut', text('Power cord out', '拔下电源线'), ['HV-20']),
          item('batteryOut', text('Battery out (or none)', '取下电池（或无电池）'), ['HV-20']),
        ],
      },
      on: {
        'case.open': { target: 'opened', meta: { norms: ['HV-20', 'HV-21'] } },
        'work.stop': { target: '#choosing', meta: { waivesChecklist: true } },
      },
    },
    opened: {
      meta: {
        title: text('Case open', '机箱已开'),
        checklist: [
          item('machineCleaned', text('Opened machine cleaned', '清洁机器内部'), ['HV-53']),
          item(
            'replacementSignature',
            text('The customer confirmed the replacement', '客户签更换确认单'),
            ['HV-23'],
            { required: cel('job.partsUnconfirmed > 0'), evidence: 'signature', roles: ['customer'] },
          ),
        ],
      },
      on: {
        'part.replace': {
          guard: cel('!has(event.disk) || !event.disk || job.dataProtected'),
          actions: [assign({ partsReplaced: replaced, partsUnconfirmed: cel('job.partsUnconfirmed + 1') })],
          meta: { norms: ['HV-23', 'GN-14', 'HV-19'] },
        },
        'case.close': {
          target: '#choosing',
          actions: [assign({ partsUnconfirmed: 0 })],
          meta: { norms: ['HV-53', 'HV-23'] },
        },
      },
    },
  },
}

const software: StateNode = {
  initial: 'backup',
  meta: { title: text('Software', '软件维护') },
  states: {
    backup: {
      meta: {
        title: text('Backup', '备份'),
        norms: ['HV-50'],
        checklist: [
          item('softwareBackup', text('Backed up (where to)', '已备份（备份位置）'), ['HV-50'], {
            evidence: 'text',
          }),
        ],
      },
      on: {
        'software.start': { target: 'working', meta: { norms: ['HV-50'] } },
        'work.stop': { target: '#choosing', meta: { waivesChecklist: true } },
      },
    },
    working: {
      meta: { title: text('Software work', '软件作业中'), norms: ['HV-50'] },
      on: { 'software.done': { target: '#choosing' } },
    },
  },
}

const disk: StateNode = {
  initial: 'protecting',
  meta: { title: text('Disk', '硬盘操作') },
  states: {
    protecting: {
      meta: {
        title: text('Protecting the data', '数据保护'),
        norms: ['HV-19', 'HV-49'],
        checklist: [
          item('dataAskedAfter', text('Asked after important data', '询问重要数据'), ['HV-19']),
          item(
            'dataBackedUp',
            text(
              'Backup confirmed (where, or that there is nothing to keep)',
              '确认已备份（位置，或无需保留）',
            ),
            ['HV-19', 'HV-49'],
            { evidence: 'text' },
          ),
          item(
            'disclaimerSignature',
            text('Disclaimer signed by the person who uses the machine', '机器使用人签免责声明'),
            ['HV-19'],
            { evidence: 'signature', roles: ['customer'] },
          ),
          item('consequencesExplained', text('Consequences explained', '说明操作后果'), ['HV-49'], {
            required: DISK_CAN_LOSE_DATA,
          }),
          item('operatorSignature', text('Signed by the operator', '操作人签字'), ['HV-49'], {
            required: DISK_CAN_LOSE_DATA,
            evidence: 'signature',
            roles: ['customer'],
          }),
        ],
      },
      on: {
        'disk.start': {
          target: 'working',
          actions: [assign({ dataProtected: true, machineUser: cel('event.machineUser') })],
          meta: { norms: ['HV-19', 'HV-49'] },
        },
        'work.stop': { target: '#choosing', meta: { waivesChecklist: true } },
      },
    },
    working: {
      meta: { title: text('Work on the disk', '硬盘操作中'), norms: ['HV-19', 'HV-49'] },
      on: { 'disk.done': { target: '#choosing' } },
    },
  },
}

export const repairing: StateNode = {
  id: 'repairing',
  initial: 'choosing',
  meta: { title: text('Repairing', '维修中'), norms: ['HV-18', 'HV-48'] },
  states: {
    choosing: {
      id: 'choosing',
      meta: { title: text('Choosing the next work', '选择作业') },
      on: {
        'hardware.begin': { target: 'hardware' },
        'software.begin': { target: 'software' },
        'disk.begin': {
          target: 'disk',
          actions: [assign({ diskOperation: cel('event.operation') })],
          meta: { norms: ['HV-19', 'HV-49'] },
        },
        'machine.exchange': {
          target: 'exchanged',
          guard: cel("has(job.remedy) && job.remedy == 'exchange' && job.dataProtected"),
          actions: [assign({ partsReplaced: replaced })],
          meta: { norms: ['HV-17', 'HV-19', 'HV-23', 'GN-14'] },
        },
        'repair.done': { target: '#finishing', guard: cel("has(job.remedy) && job.remedy == 'repair'") },
        'spot.unrepairable': { target: '#stuck', meta: { norms: ['HV-24'] } },
        /** Another fault came to light: explained, decided and signed anew. */
        'fault.diagnosed': { target: '#solution', actions: [diagnosed], meta: { norms: ['HV-48', 'HV-16'] } },
      },
    },
    hardware,
    software,
    disk,
    exchanged: {
      meta: {
        title: text('Machine exchanged', '已换机'),
        norms: ['HV-23'],
        checklist: [
          item(
            'exchangeSignature',
            text('The customer confirmed the exchange', '客户签换机确认单'),
            ['HV-23'],
            {
              evidence: 'signature',
              roles: ['customer'],
            },
          ),
        ],
      },
      on: { 'exchange.done': { target: '#finishing', meta: { norms: ['HV-23'] } } },
    },
  },
}
