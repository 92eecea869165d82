/**
 * The views of people in SQLite.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does). (The steps of the schema are `migrations.ts`.)
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { SavedView } from '../view-port.ts'
import { text } from './rows.ts'

export class ViewTable {
  readonly #find: StatementSync
  readonly #save: StatementSync
  readonly #drop: StatementSync

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT id, name, search FROM views WHERE person = ? ORDER BY row')
    this.#save = db.prepare(
      `INSERT INTO views (person, id, name, search) VALUES (?, ?, ?, ?)
       ON CONFLICT (person, id) DO UPDATE SET name = excluded.name, search = excluded.search`,
    )
    this.#drop = db.prepare('DELETE FROM views WHERE person = ? AND id = ?')
  }

  list(person: string): SavedView[] {
    return this.#find
      .all(person)
      .map((row) => ({ id: text(row, 'id'), name: text(row, 'name'), search: text(row, 'search') }))
  }

  save(person: string, { id, name, search }: SavedView): void {
    this.#save.run(person, id, name, search)
  }

  drop(person: string, id: string): boolean {
    return this.#drop.run(person, id).changes > 0
  }
}
