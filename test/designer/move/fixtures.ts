/** Two versions of a process: a state and a field have other names, a region and a required field are new. */
import type { Definition } from '../../../machines/definition/schema.ts'

const text = (en: string, zh: string) => ({ en, zh })
const words: Pick<Definition['schemas'], 'events'> = {
  events: { go: { meta: { title: text('Go on', '继续'), roles: ['administrator'] } } },
}

export const FIRST: Definition = {
  id: 'parcel',
  initial: 'waiting',
  states: {
    waiting: {
      meta: { title: text('Waiting for the parts', '等待配件到货') },
      on: { go: { target: 'packing' } },
    },
    packing: { meta: { title: text('Packing', '装箱') }, on: { go: { target: 'sent' } } },
    sent: { type: 'final', meta: { title: text('Sent', '已寄出') } },
  },
  schemas: {
    context: {
      properties: {
        customer: { type: 'string', meta: { title: text('Customer', '客户') } },
        remark: { type: 'string', meta: { title: text('Remark', '备注') } },
      },
    },
    ...words,
  },
  meta: { title: text('Parcel', '寄件'), summary: ['customer'] },
}

export const SECOND: Definition = {
  ...FIRST,
  states: {
    waiting: {
      meta: { title: text('Waiting for the parts', '等待配件到货') },
      on: { go: { target: 'wrapping' } },
    },
    wrapping: {
      type: 'parallel',
      meta: { title: text('Getting ready', '备货') },
      on: { go: { target: 'sent' } },
      states: {
        box: {
          initial: 'boxing',
          meta: { title: text('Box', '包装') },
          states: { boxing: { meta: { title: text('Boxing', '装盒') } } },
        },
        papers: {
          initial: 'printing',
          meta: { title: text('Papers', '单据') },
          states: { printing: { meta: { title: text('Printing', '打印') } } },
        },
      },
    },
    sent: { type: 'final', meta: { title: text('Sent', '已寄出') } },
  },
  schemas: {
    context: {
      properties: {
        customer: { type: 'string', meta: { title: text('Customer', '客户') } },
        weight: { type: 'number', meta: { title: text('Weight', '重量') } },
      },
      required: ['weight'],
    },
    ...words,
  },
}
