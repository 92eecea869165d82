import { openMemoryLibrary } from '../../server/store/library/open-library.ts'
import { libraryContract } from './library-contract.ts'
import { SETTINGS } from './library-fixtures.ts'

libraryContract('memory', async () => ({ open: () => openMemoryLibrary(SETTINGS), clean: async () => {} }))
