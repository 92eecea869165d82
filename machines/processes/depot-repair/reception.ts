/**
 * From the front desk to the customer's yes or no: reception, registration, inspection, quote and consent.
 *
 * Promises: nothing leads from here into the workshop but an accepted quote (DR-07); a disk is not touched before
 * its disclaimer is signed (DR-08).
 */
import type { StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, breach, cel, item, remind, text, toField, toRole } from '../author.ts'
import { assignGiven } from '../customer-file.ts'

const receipted = all(
  cel('event.inspectionBy > now'),
  cel('has(event.receiptNumber) || has(job.receiptNumber)'),
)
const registered = assign({
  receiptNumber: cel('has(event.receiptNumber) ? event.receiptNumber : job.receiptNumber'),
  inspectionBy: cel('event.inspectionBy'),
})

export const reception: StateNode = {
  initial: 'receiving',
  meta: { title: text('Reception', '前台接待') },
  states: {
    receiving: {
      meta: {
        title: text('Receiving', '接待收机'),
        checklist: [
          item(
            'deskWelcome',
            text('Customer received, front desk introduced itself', '已主动接待客户并自我介绍'),
            ['DR-01'],
            { required: cel("job.broughtBy == 'customer'"), roles: ['front-desk'] },
          ),
          item(
            'accessoriesConfirmed',
            text('Accessories confirmed with the customer', '已与客户确认所带附件'),
            ['DR-02'],
            { roles: ['front-desk'] },
          ),
          item(
            'conditionChecked',
            text('Configuration and damage checked', '已检查配置与异常损伤'),
            ['DR-03'],
            { roles: ['front-desk'] },
          ),
        ],
      },
      on: {
        'machine.receive': {
          target: 'registering',
          actions: [
            assign({
              machine: cel('event.machine'),
              accessories: cel('event.accessories'),
              configuration: cel('event.configuration'),
              damage: cel('event.damage'),
              diskWork: cel('event.diskWork'),
            }),
            assignGiven('serialNumber', 'orderNumber', 'problemKind', 'severity'),
          ],
          meta: { norms: ['DR-02', 'DR-03'] },
        },
      },
    },
    registering: {
      meta: {
        title: text('Registering', '登记'),
        checklist: [
          item('logRegistered', text('Entered in the log', '已引导客户在登记本登记'), ['DR-04']),
          item(
            'backupAsked',
            text('Backup asked after: what the customer said', '已询问数据备份情况并记录'),
            ['DR-08'],
            { evidence: 'text' },
          ),
          item(
            'waitingAreaShown',
            text('Customer shown to the waiting area', '已引导客户至休息区'),
            ['DR-06'],
            { required: false },
          ),
        ],
      },
      on: {
        'repair.register': [
          {
            target: '#depot-repair.inspection.protecting',
            guard: all(receipted, cel('job.diskWork')),
            actions: [registered],
            meta: { norms: ['DR-04', 'DR-05', 'DR-08'] },
          },
          {
            target: '#depot-repair.inspection.queued',
            guard: receipted,
            actions: [registered],
            meta: { norms: ['DR-04', 'DR-05'] },
          },
        ],
      },
    },
  },
}

const found = { findings: cel('event.findings') }
const inspectionFinished: Transition[] = [
  {
    target: '#depot-repair.quoting',
    guard: cel("event.result == 'repairable'"),
    actions: [assign(found)],
    meta: { norms: ['DR-05'] },
  },
  {
    target: '#depot-repair.closing',
    guard: cel("event.result == 'unrepairable'"),
    actions: [
      assign({
        ...found,
        outcome: 'unrepairable',
        unrepairableReason: cel('event.findings'),
        amountDue: cel('settings.inspectionFee'),
      }),
    ],
    meta: { norms: ['DR-05'] },
  },
  {
    target: '#depot-repair.closing',
    guard: cel("event.result == 'no-fault'"),
    actions: [assign({ ...found, outcome: 'no-fault', amountDue: cel('settings.inspectionFee') })],
    meta: { norms: ['DR-05'] },
  },
]

/** From any step to its sibling `protecting`, for a disk whose disclaimer is not signed yet (DR-08). */
export const diskNeeded: Transition = {
  target: 'protecting',
  guard: cel('!job.dataProtected'),
  actions: [assign({ diskWork: true })],
  meta: { norms: ['DR-08'], waivesChecklist: true },
}

export const inspection: StateNode = {
  initial: 'queued',
  meta: { title: text('Inspection', '检测'), norms: ['DR-05'] },
  after: {
    inspectionPromised: {
      actions: [
        breach('DR-05'),
        remind(
          [toField('engineer'), toRole('front-desk'), toRole('dispatcher')],
          text(
            'The promised inspection time has passed: tell the customer.',
            '已超过承诺的检测时间，请告知客户。',
          ),
          'DR-05',
        ),
      ],
      meta: { norms: ['DR-05'] },
    },
  },
  on: { 'quote.decline': declined() },
  states: {
    protecting: {
      meta: {
        title: text('Protecting the data', '数据保护'),
        norms: ['DR-08'],
        checklist: [
          item(
            'disclaimerSigned',
            text('Disclaimer for the data signed', '客户已签数据免责声明'),
            ['DR-08'],
            { evidence: 'signature', roles: ['front-desk', 'engineer', 'customer'] },
          ),
        ],
      },
      on: {
        'data.protect': [
          {
            target: 'examining',
            guard: cel('has(job.inspectionStartedAt)'),
            actions: [assign({ dataProtected: true })],
            meta: { norms: ['DR-08'] },
          },
          { target: 'queued', actions: [assign({ dataProtected: true })], meta: { norms: ['DR-08'] } },
        ],
      },
    },
    queued: {
      meta: { title: text('Waiting for inspection', '待检测') },
      on: {
        'inspection.start': {
          target: 'examining',
          guard: all(cel('has(job.engineer)'), cel('!job.diskWork || job.dataProtected')),
          actions: [assign({ inspectionStartedAt: cel('now') })],
          meta: { norms: ['DR-08'] },
        },
        'disk.need': diskNeeded,
      },
    },
    examining: {
      meta: { title: text('Being inspected', '检测中') },
      on: {
        'inspection.finish': inspectionFinished,
        'disk.need': diskNeeded,
      },
    },
  },
}

/** A no, at whatever point before work is done: the machine goes back as it came. */
export function declined(): Transition {
  return {
    target: '#depot-repair.closing',
    actions: [
      assign({
        outcome: 'declined',
        declineReason: cel('event.reason'),
        quoteAccepted: false,
        amountDue: cel('settings.inspectionFee'),
      }),
    ],
    meta: { norms: ['DR-07'], waivesChecklist: true },
  }
}

const explained: Transition = {
  target: 'awaitingAnswer',
  /** What is free is free; a promise already past is none. */
  guard: all(cel('event.repairBy > now'), cel('!event.warranty || event.charge == 0')),
  actions: [
    assign({
      warranty: cel('event.warranty'),
      charge: cel('event.charge'),
      repairBy: cel('event.repairBy'),
      quoteAccepted: false,
    }),
  ],
  meta: { norms: ['DR-07', 'DR-09'] },
}
const accepted = assign({
  quoteAccepted: true,
  consentBy: cel('event.by'),
  consentWay: cel('event.way'),
  amountDue: cel('job.charge'),
})
const stillPromised = cel('job.repairBy > now')

export const quoting: StateNode = {
  initial: 'explaining',
  meta: { title: text('Quote and consent', '报价与认可'), norms: ['DR-07'] },
  states: {
    explaining: {
      meta: { title: text('To be explained', '待说明'), norms: ['DR-07'] },
      on: { 'quote.explain': explained },
    },
    awaitingAnswer: {
      meta: { title: text("Awaiting the customer's answer", '待客户答复'), norms: ['DR-07'] },
      after: {
        answerOverdue: {
          target: 'awaitingAnswer',
          reenter: true,
          actions: [
            remind(
              [toRole('front-desk')],
              text('The customer has not answered the quote: ask.', '客户尚未答复报价，请跟进。'),
            ),
          ],
        },
      },
      on: {
        'quote.explain': { ...explained, reenter: true },
        'quote.accept': [
          {
            target: 'seeingOff',
            guard: all(stillPromised, cel("event.way == 'in-person'")),
            actions: [accepted],
            meta: { norms: ['DR-07'] },
          },
          {
            target: '#depot-repair.service',
            guard: stillPromised,
            actions: [accepted],
            meta: { norms: ['DR-07'] },
          },
        ],
        'quote.decline': declined(),
      },
    },
    seeingOff: {
      meta: {
        title: text('Seeing the customer off', '送别客户'),
        checklist: [
          item('cardGiven', text('Name card given, customer seen off', '已留名片并送别'), ['DR-10'], {
            roles: ['front-desk'],
          }),
        ],
      },
      on: { 'customer.seeOff': { target: '#depot-repair.service', meta: { norms: ['DR-10'] } } },
    },
  },
}
