/** What an earlier job brings into the file of a call, and what it must not. */
import { describe, expect, it } from 'vitest'
import { searchOf, takenOver } from '../../../designer/call/take-over.ts'

const NAMES = ['customerName', 'customerPhone', 'customerAddress', 'serialNumber', 'orderNumber']
const FOUND = {
  customerName: '蔡文静',
  customerPhone: '13800138000',
  customerAddress: '张江路 88 号',
  serialNumber: 'SN-778',
  problem: 'blank pages',
}

describe('taking a customer over', () => {
  it('fills what is empty, and what was being typed', () => {
    expect(takenOver(NAMES, { customerName: '蔡', customerPhone: '' }, FOUND, '蔡')).toEqual({
      customerName: '蔡文静',
      customerPhone: '13800138000',
      customerAddress: '张江路 88 号',
    })
  })

  it('leaves what was typed otherwise', () => {
    const typed = { customerPhone: '021-5555', customerAddress: '张江路 88 号' }
    const taken = takenOver(NAMES, typed, FOUND, '蔡')
    expect(taken).not.toHaveProperty('customerPhone')
    expect(taken).not.toHaveProperty('customerAddress')
  })

  it('takes the machine only where it was looked for', () => {
    expect(takenOver(NAMES, {}, FOUND, '13800138000')).not.toHaveProperty('serialNumber')
    expect(takenOver(NAMES, {}, FOUND, 'sn-77')).toHaveProperty('serialNumber', 'SN-778')
    expect(takenOver(NAMES, { serialNumber: 'SN-7' }, FOUND, '蔡')).toHaveProperty('serialNumber', 'SN-778')
  })

  it('looks for what tells most', () => {
    expect(searchOf({ customerName: '蔡文静', customerPhone: '138' })).toBe('蔡文静')
    expect(searchOf({ customerName: '蔡文静', customerPhone: '1380 ' })).toBe('1380')
    expect(searchOf({ customerName: '蔡', serialNumber: 'S' })).toBe('')
  })
})
