import { type FileHandle, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { DurableJson } from '../../server/store/library/durable-json.ts'

const calls = vi.hoisted((): string[] => [])
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const noting = (handle: FileHandle, path: string): FileHandle => {
    const sync = handle.sync.bind(handle)
    handle.sync = () => {
      calls.push(`sync ${path}`)
      return sync()
    }
    return handle
  }
  return {
    ...real,
    open: async (path: string, flags: string, mode?: number) =>
      noting(await real.open(path, flags, mode), path),
    rename: (from: string, to: string) => {
      calls.push(`rename ${from} ${to}`)
      return real.rename(from, to)
    },
  }
})

it("syncs the new file before it takes the old one's name, and then the folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-durable-'))
  const file = join(folder, 'deep', 'people.json')
  await new DurableJson(file).write({ people: [] })
  const next = join(folder, 'deep', '.people.json.next')
  expect(calls).toEqual([
    // The new folder's name.
    `sync ${folder}`,
    `sync ${next}`,
    `rename ${next} ${file}`,
    `sync ${join(folder, 'deep')}`,
  ])
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ people: [] })
  await rm(folder, { recursive: true })
})
