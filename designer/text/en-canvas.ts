/** What the canvas says of its structure, in English: folding, showing alone, sizes, marks. */
export const canvas = {
  legend: 'What the signs mean',
  mark: { added: 'Added', changed: 'Changed', removed: 'Removed' },
}
