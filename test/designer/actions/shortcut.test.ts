import { describe, expect, it } from 'vitest'
import { isPressed, type Press, shownKeys } from '../../../designer/actions/shortcut.ts'

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('a shortcut', () => {
  it('is met by its own keys alone', () => {
    expect(isPressed('Mod+Z', press('z', { ctrlKey: true }), false)).toBe(true)
    expect(isPressed('Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
    expect(isPressed('Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(isPressed('Z', press('z', { ctrlKey: true }), false)).toBe(false)
    expect(isPressed('T', press('T', { shiftKey: true }), false)).toBe(false)
    expect(isPressed('F8', press('F8', { shiftKey: true }), false)).toBe(false)
  })
  it('means Cmd on a Mac and Ctrl elsewhere', () => {
    expect(isPressed('Mod+K', press('k', { metaKey: true }), true)).toBe(true)
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false)
    expect(isPressed('Mod+K', press('k', { metaKey: true }), false)).toBe(false)
  })
  it('is met on other layouts, with signs that need Shift, and in full width', () => {
    expect(isPressed('Mod+Z', press('\u044f', { ctrlKey: true, code: 'KeyZ' }), false)).toBe(true)
    expect(isPressed('?', press('?', { shiftKey: true }), false)).toBe(true)
    expect(isPressed('?', press('\uff1f', { shiftKey: true }), false)).toBe(true)
    expect(isPressed('.', press('\u3002'), false)).toBe(true)
    expect(isPressed('.', press('>', { shiftKey: true }), false)).toBe(false)
    expect(isPressed('Mod+Plus', press('=', { ctrlKey: true }), false)).toBe(true)
  })
  it('is shown as it stands on the keyboard', () => {
    expect(shownKeys('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z')
    expect(shownKeys('Mod+Shift+Z', true)).toBe('\u21e7\u2318Z')
    expect(shownKeys('Alt+ArrowUp', false)).toBe('Alt+\u2191')
    expect(shownKeys('Delete', false)).toBe('Del')
    expect(shownKeys('Mod+Plus', false)).toBe('Ctrl++')
  })
})
